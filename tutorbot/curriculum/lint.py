"""Rules that hold for the course as a whole, on top of those of `lint_topic`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tutorbot.curriculum.codeblocks import FENCED
from tutorbot.curriculum.course import Course, load_course
from tutorbot.curriculum.item import Item
from tutorbot.curriculum.item_files import read_items
from tutorbot.curriculum.lint_extras import lint_extras
from tutorbot.curriculum.lint_items import lint_items, lint_keys
from tutorbot.curriculum.lint_topic import Finding, lint_topic
from tutorbot.curriculum.markdown import read_topic
from tutorbot.curriculum.topic import Topic
from tutorbot.errors import CurriculumError
from tutorbot.retrieval.words import bare_words

_LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_ID = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
WORKERS = 2


def lint_course(folder: Path, run_code: bool = True) -> list[Finding]:
    """Every breach in the course, sorted by file and line.

    Raises:
        CurriculumError: path.yaml is missing or cannot be read, so that there is no course to check.
    """
    findings = list(_unreadable(folder))
    if findings:
        # One file that cannot be read hides nothing else: the others are still checked by themselves.
        topics = [t for path in _files(folder) if (t := _read(path))]
        findings += _each(topics, run_code)
    else:
        course = load_course(folder)
        findings += [*_each(list(course.topics.values()), run_code), *_whole(course, folder)]
        findings += [*lint_extras(course, folder), *_exercises(course, folder, run_code)]
    return sorted(findings, key=lambda f: (f.path, f.line))


def _files(folder: Path) -> list[Path]:
    return sorted((folder / "topics").glob("*/*.md"))


def _read(path: Path) -> Topic | None:
    try:
        return read_topic(path)
    except CurriculumError:
        return None


def _unreadable(folder: Path) -> Iterator[Finding]:
    for path in _files(folder):
        try:
            read_topic(path)
        except CurriculumError as error:
            yield _as_finding(error, path)


def _as_finding(error: CurriculumError, path: Path) -> Finding:
    where, _, what = error.what.partition(" ")
    line = where.rpartition(":")[2]
    return Finding(str(path), int(line) if line.isdecimal() else 1, f"The file {what}", error.fix)


def _each(topics: list[Topic], run_code: bool) -> list[Finding]:
    """Findings of every topic by itself; code blocks run side by side, as each is a process of its own."""
    with ThreadPoolExecutor(WORKERS) as pool:
        return [f for found in pool.map(lambda t: list(lint_topic(t, run_code)), topics) for f in found]


def _whole(course: Course, folder: Path) -> Iterator[Finding]:
    yield from _places(course, folder)
    yield from _prerequisites(course)
    yield from _names(course)
    yield from _wordings(course)
    yield from _links(course)


def _places(course: Course, folder: Path) -> Iterator[Finding]:
    """Every planned topic is written and every written one planned, once, in the stage it says."""
    path = str(folder / "path.yaml")
    for topic_id, times in Counter(course.planned).items():
        if times > 1:
            yield Finding(path, 1, f"The topic `{topic_id}` stands {times} times in the path.", "Name it once.")
        if not _ID.match(topic_id):
            yield Finding(path, 1, f"The id `{topic_id}` is no id.", "Use lower-case words joined by `-`.")
    for stage in course.stages:
        for topic_id in stage.topics:
            if topic_id not in course.topics:
                missing = f"topics/{stage.id}/{topic_id}.md"
                yield Finding(path, 1, f"The topic `{topic_id}` is planned but not written.", f"Write {missing}.")
            elif course.topics[topic_id].stage != stage.id:
                yield Finding(
                    course.topics[topic_id].path, 1, "The stage is not that of the path.", f"Write `stage: {stage.id}`."
                )
    for file in _files(folder):
        if file.stem not in course.topics:
            yield Finding(
                str(file), 1, f"The topic `{file.stem}` is in no stage.", "Add it to path.yaml, or remove the file."
            )


def _prerequisites(course: Course) -> Iterator[Finding]:
    """Prerequisites exist and come earlier in the path, which also rules out cycles."""
    order = {topic_id: n for n, topic_id in enumerate(course.topics)}
    for topic in course.topics.values():
        for needed in topic.prerequisites:
            if needed not in course.planned:
                yield Finding(topic.path, 1, f"The prerequisite `{needed}` does not exist.", "Name an id of path.yaml.")
            elif needed in order and order[needed] >= order[topic.id]:
                yield Finding(
                    topic.path,
                    1,
                    f"The prerequisite `{needed}` comes later in the path, or needs this topic.",
                    "Name an earlier one.",
                )


def _exercises(course: Course, folder: Path, run_code: bool) -> Iterator[Finding]:
    """Items of all topics that have a file; a course without any exercises is told once."""
    items: dict[str, tuple[Item, ...]] = {}
    for path in sorted((folder / "items").glob("*.yaml")):
        try:
            items[path.stem] = read_items(path)
        except CurriculumError as error:
            yield _as_finding(error, path)
        if path.stem not in course.topics:
            yield Finding(str(path), 1, f"`{path.stem}` is no topic.", "Name the file after a topic.")
    for topic in course.topics.values():
        yield from lint_items(items.get(topic.id, ()), topic, run_code)
    yield from lint_keys(item for rows in items.values() for item in rows)


def _names(course: Course) -> Iterator[Finding]:
    """No two topics have the same title."""
    first: dict[str, Topic] = {}
    for topic in course.topics.values():
        title = topic.title.lower()
        if title in first:
            yield Finding(topic.path, 1, f"The title `{topic.title}` is taken by {first[title].id}.", "Choose another.")
        first.setdefault(title, topic)


def _wordings(course: Course) -> Iterator[Finding]:
    """No question is asked, in the same words, under two topics: only one of them could be found by it."""
    first: dict[str, Topic] = {}
    for topic in course.topics.values():
        for question in topic.questions:
            for wording in question.all_wordings:
                key = bare_words(wording)
                other = first.setdefault(key, topic)
                if other.id != topic.id:
                    yield Finding(
                        topic.path, question.line, f"`{wording}` is asked under {other.id} too.", "Keep it in one topic."
                    )


def _links(course: Course) -> Iterator[Finding]:
    """Links inside the course lead to a topic."""
    for topic in course.topics.values():
        for section in topic.sections:
            # Blanked, not cut: an index into code looks like a link, and line numbers must stay.
            text = FENCED.sub(lambda m: "\n" * m.group().count("\n"), section.text)
            for match in _LINK.finditer(text):
                target = match["target"]
                if target.startswith(("https://", "#", "mailto:")):
                    continue
                name = Path(target).stem
                if name not in course.topics:
                    line = section.line + 1 + text[: match.start()].count("\n")
                    yield Finding(
                        topic.path,
                        line,
                        f"The link to `{target}` leads nowhere.",
                        "Link to a topic file or an https address.",
                    )
