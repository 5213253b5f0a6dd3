"""The whole course: stages in order and the topics of each, loaded from the knowledge folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from tutorbot.curriculum.markdown import read_topic
from tutorbot.curriculum.topic import Topic
from tutorbot.errors import CurriculumError


@dataclass(frozen=True)
class Stage:
    """A stage of the path; `topics` are ids in the order of study."""

    id: str
    title: str
    milestone: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Course:
    """Stages and topics. `topics` is keyed by id, in the order of study."""

    stages: tuple[Stage, ...]
    topics: Mapping[str, Topic]
    planned: tuple[str, ...] = ()

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What learners call a topic's subject, in lower case -> topic id. Titles win over aliases, earlier over later."""
        named: dict[str, str] = {}
        for pick in (lambda t: (t.title, t.id.replace("-", " ")), lambda t: t.aliases):
            for topic in self.topics.values():
                for name in pick(topic):
                    named.setdefault(name.lower(), topic.id)
        return named

    def title(self, topic: str) -> str:
        """The title of a topic id; the id itself for one that is no longer in the course."""
        return self.topics[topic].title if topic in self.topics else topic

    def next_after(self, studied: Iterable[str]) -> Topic | None:
        """The first topic of the path not yet studied whose prerequisites are, or the first one not studied."""
        done = set(studied)
        left = [t for t in self.topics.values() if t.id not in done]
        ready = [t for t in left if done.issuperset(t.prerequisites)]
        return next(iter(ready or left), None)


def load_course(folder: Path) -> Course:
    """Read path.yaml and the topics it names. Topics that are planned but not yet written are left out.

    Raises:
        CurriculumError: the folder is no course, or a file has a mistake.
    """
    stages = _read_path(folder)
    topics: dict[str, Topic] = {}
    planned = [topic for stage in stages for topic in stage.topics]
    for stage in stages:
        for topic_id in stage.topics:
            path = folder / "topics" / stage.id / f"{topic_id}.md"
            if path.is_file():
                topics[topic_id] = read_topic(path)
    if not topics:
        raise CurriculumError(f"{folder} has no topics.", "Write topics/<stage>/<id>.md files that path.yaml names.")
    return Course(stages, topics, tuple(planned))


def content_hash(folder: Path) -> str:
    """SHA-256 over path.yaml and all topic files: what the passage index depends on."""
    digest = hashlib.sha256()
    for path in [folder / "path.yaml", *sorted((folder / "topics").rglob("*.md"))]:
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _read_path(folder: Path) -> tuple[Stage, ...]:
    path = folder / "path.yaml"
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CurriculumError(
            f"{path} does not exist.", "Name a course folder with --knowledge or TUTORBOT_KNOWLEDGE."
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, problem = mark.line + 1 if mark else 1, getattr(error, "problem", None) or "bad YAML"
        raise CurriculumError(f"{path}:{line} is not YAML: {problem}.", "Mend this line.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise CurriculumError(f"{path} cannot be read: {error}.", "Save it as UTF-8 and check its permissions.") from error
    try:
        return tuple(_stage(row) for row in content["stages"])
    except (KeyError, TypeError) as error:
        raise CurriculumError(
            f"{path} has no proper list of stages ({error}).", "Each stage has id, title, milestone and topics."
        ) from error


def _stage(row: dict[str, Any]) -> Stage:
    return Stage(str(row["id"]), str(row["title"]), str(row["milestone"]), tuple(str(t) for t in row["topics"]))
