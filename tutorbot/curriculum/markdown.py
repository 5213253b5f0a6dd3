"""Reads one topic file into a `Topic`.

The format is described in knowledge/README.md. Every mistake is raised as a CurriculumError that names file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tutorbot.curriculum.topic import QUESTIONS, WRONG_BELIEFS, Question, Resource, Section, Topic, WrongBelief
from tutorbot.errors import CurriculumError

FENCE = re.compile(r"^\s*(```|~~~)")
# The C loader reads the whole course in a tenth of the time; PyYAML may be built without it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_REQUIRED = ("id", "title", "stage", "level", "objectives", "minutes", "resources")


def read_topic(path: Path) -> Topic:
    """Parse the topic file at `path`.

    Raises:
        CurriculumError: the file cannot be read, is not UTF-8, or breaks the format.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise _mistake(path, 1, f"is not UTF-8 ({error.reason} at byte {error.start})", "Save it as UTF-8.") from error
    except OSError as error:
        raise _mistake(path, 1, f"cannot be read ({error.strerror})", "Check the file and its permissions.") from error
    return parse_topic(text, path)


def parse_topic(text: str, path: Path) -> Topic:
    """Parse the text of a topic file; `path` is used for messages only."""
    lines = text.splitlines()
    meta, start = _front_matter(lines, path)
    body, questions, beliefs = [], [], []
    for heading, content, line in _split(lines, start, "## "):
        if heading == QUESTIONS:
            questions = [Question(*parts) for parts in _entries(lines, content, path)]
        elif heading == WRONG_BELIEFS:
            beliefs = [WrongBelief(*parts) for parts in _entries(lines, content, path)]
        else:
            body.append(Section(heading, "\n".join(lines[content.start : content.stop]).strip(), line))
    return Topic(
        id=str(meta["id"]),
        title=str(meta["title"]),
        stage=str(meta["stage"]),
        level=str(meta["level"]),
        prerequisites=_strings(meta, "prerequisites", path),
        aliases=_strings(meta, "aliases", path),
        objectives=_strings(meta, "objectives", path),
        minutes=_minutes(meta, path),
        covers=_strings(meta, "covers", path),
        resources=_resources(meta, path),
        sections=tuple(body),
        questions=tuple(questions),
        wrong_beliefs=tuple(beliefs),
        path=str(path),
    )


def _front_matter(lines: list[str], path: Path) -> tuple[dict[str, Any], int]:
    """The YAML between the two `---` lines and the index of the first line after it."""
    if not lines or lines[0].strip() != "---":
        raise _mistake(path, 1, "has no front matter", "Begin the file with a line `---` and the fields of a topic.")
    end = next((i for i, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        raise _mistake(path, 1, "has front matter without an end", "Close it with a line `---`.")
    try:
        meta = yaml.load("\n".join(lines[1:end]), Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        problem = getattr(error, "problem", "bad YAML")
        raise _mistake(path, line, f"has front matter that is not YAML: {problem}", "Mend this line.") from error
    if not isinstance(meta, dict):
        raise _mistake(path, 1, "has front matter that is not a list of fields", "Write lines such as `id: my-topic`.")
    for field in _REQUIRED:
        if not meta.get(field):
            raise _mistake(path, 1, f"has no `{field}` in its front matter", f"Add a line `{field}: ...`.")
    return meta, end + 1


def _split(lines: list[str], start: int, mark: str, stop: int | None = None) -> Iterator[tuple[str, range, int]]:
    """Headings that begin with `mark` outside code fences: (heading, range of content lines, 1-based line)."""
    found: list[tuple[str, int]] = []
    stop = len(lines) if stop is None else stop
    fenced = False
    for i in range(start, stop):
        if FENCE.match(lines[i]):
            fenced = not fenced
        elif not fenced and lines[i].startswith(mark):
            found.append((lines[i][len(mark) :].strip(), i))
    for (heading, i), (_, following) in zip(found, [*found[1:], ("", stop)], strict=True):
        yield heading, range(i + 1, following), i + 1


def _entries(lines: list[str], content: range, path: Path) -> Iterator[tuple[str, tuple[str, ...], str, int]]:
    """`### heading`, an optional `also:` line, and text: (heading, wordings, text, line)."""
    for heading, part, line in _split(lines, content.start, "### ", content.stop):
        kept, wordings = [], []
        for raw in lines[part.start : part.stop]:
            if raw.lower().startswith("also:"):
                wordings += [w.strip() for w in raw[5:].split("|") if w.strip()]
            else:
                kept.append(raw)
        text = " ".join(" ".join(kept).split())
        if not text:
            raise _mistake(path, line, f"has no text under `### {heading}`", "Write the answer below the heading.")
        yield heading, tuple(wordings), text, line


def _strings(meta: dict[str, Any], field: str, path: Path) -> tuple[str, ...]:
    value = meta.get(field) or []
    if not isinstance(value, list) or not all(isinstance(v, (str, int, float)) for v in value):
        raise _mistake(
            path, 1, f"has `{field}` that is not a list of texts", "Write it as `[a, b]`, quoting texts with colons."
        )
    return tuple(str(v) for v in value)


def _minutes(meta: dict[str, Any], path: Path) -> int:
    if not isinstance(meta["minutes"], int):
        raise _mistake(path, 1, "has `minutes` that is not a whole number", "Write it as `minutes: 10`.")
    return int(meta["minutes"])


def _resources(meta: dict[str, Any], path: Path) -> tuple[Resource, ...]:
    rows = []
    for row in meta["resources"]:
        if not isinstance(row, dict) or not {"name", "author", "url"} <= row.keys():
            raise _mistake(
                path, 1, "has a resource without name, author and url", "Write `- {name: ..., author: ..., url: ...}`."
            )
        rows.append(Resource(str(row["name"]), str(row["author"]), str(row["url"])))
    return tuple(rows)


def _mistake(path: Path, line: int, what: str, fix: str) -> CurriculumError:
    return CurriculumError(f"{path}:{line} {what}.", fix)
