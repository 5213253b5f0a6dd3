"""Reads what stands beside the topics: glossary, resources, dialogues, the syllabus. Values only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from tutorbot.curriculum.yaml_files import load_yaml
from tutorbot.errors import CurriculumError

T = TypeVar("T")


@dataclass(frozen=True)
class Term:
    """An entry of the glossary."""

    term: str
    also: tuple[str, ...]
    definition: str
    topic: str


@dataclass(frozen=True)
class Reading:
    """A course, book, paper, tool, data set, competition or documentation to point at."""

    name: str
    author: str
    kind: str
    url: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Dialogue:
    """An example of good tutoring: turns alternate, (speaker, text), the learner first, the tutor last."""

    id: str
    topic: str | None
    shows: tuple[str, ...]
    turns: tuple[tuple[str, str], ...]
    path: str


def read_glossary(folder: Path) -> tuple[Term, ...]:
    """glossary.yaml; empty where there is none."""
    return tuple(
        _rows(
            folder / "glossary.yaml",
            "terms",
            lambda r: Term(str(r["term"]), _texts(r.get("also")), str(r["definition"]), str(r["topic"])),
        )
    )


def read_resources(folder: Path) -> tuple[Reading, ...]:
    """resources.yaml; empty where there is none."""
    return tuple(
        _rows(
            folder / "resources.yaml",
            "resources",
            lambda r: Reading(str(r["name"]), str(r["author"]), str(r["kind"]), str(r["url"]), _texts(r["topics"])),
        )
    )


def read_dialogues(folder: Path) -> tuple[Dialogue, ...]:
    """All of dialogues/*.yaml."""
    return tuple(
        d for path in sorted((folder / "dialogues").glob("*.yaml")) for d in _rows(path, "dialogues", _dialogue(path))
    )


def read_syllabus(folder: Path) -> dict[str, tuple[str, ...]]:
    """syllabus.yaml: what the course must teach, by stage; empty where there is none."""
    path = folder / "syllabus.yaml"
    content = load_yaml(path) if path.is_file() else {}
    if not isinstance(content, dict):
        raise CurriculumError(f"{path}:1 is no list of terms by stage.", "Write `stage id: [term, ...]`.")
    return {str(stage): _texts(terms) for stage, terms in content.items()}


def _dialogue(path: Path) -> Callable[[dict[str, Any]], Dialogue]:
    def make(row: dict[str, Any]) -> Dialogue:
        turns = tuple((str(speaker), str(text)) for turn in row["turns"] for speaker, text in turn.items())
        topic = row["topic"]
        return Dialogue(str(row["id"]), None if topic is None else str(topic), _texts(row["shows"]), turns, str(path))

    return make


def _rows(path: Path, key: str, make: Callable[[dict[str, Any]], T]) -> Iterator[T]:
    if not path.is_file():
        return
    content = load_yaml(path)
    if not isinstance(content, dict) or not isinstance(content.get(key), list):
        raise CurriculumError(f"{path}:1 has no list `{key}`.", f"Begin the file with `{key}:`.")
    for n, row in enumerate(content[key], 1):
        try:
            yield make(row)
        except (KeyError, TypeError, AttributeError) as error:
            raise CurriculumError(
                f"{path}:1 entry {n} of `{key}` is not as it should be ({error}).", "Mend the entry."
            ) from error


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(str(v) for v in value or ())
