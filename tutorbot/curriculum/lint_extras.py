"""Rules for what stands beside the topics, and for the syllabus that they must cover."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tutorbot.curriculum.course import Course
from tutorbot.curriculum.extras import Dialogue, read_dialogues, read_glossary, read_resources, read_syllabus
from tutorbot.curriculum.lint_topic import Finding, count_sentences
from tutorbot.errors import CurriculumError

TURNS = (2, 8)
_WORDS = re.compile(r"[a-z0-9]+")


def lint_extras(course: Course, folder: Path) -> Iterator[Finding]:
    """Every breach in glossary, resources, dialogues and the coverage of the syllabus."""
    for rule in (_glossary, _resources, _dialogues, _syllabus):
        try:
            yield from rule(course, folder)
        except CurriculumError as error:
            where, _, what = error.what.partition(" ")
            path, _, line = where.rpartition(":")
            yield Finding(path, int(line) if line.isdecimal() else 1, what, error.fix)


def _glossary(course: Course, folder: Path) -> Iterator[Finding]:
    path, terms = str(folder / "glossary.yaml"), read_glossary(folder)
    for name, times in Counter(t.term.lower() for t in terms).items():
        if times > 1:
            yield Finding(path, 1, f"The term `{name}` stands {times} times.", "Keep one.")
    for term in terms:
        if term.topic not in course.topics:
            yield Finding(path, 1, f"`{term.term}` names the unknown topic `{term.topic}`.", "Name a topic of the path.")
        if count_sentences(term.definition) != 1:
            yield Finding(path, 1, f"The definition of `{term.term}` is not one sentence.", "Write exactly one.")


def _resources(course: Course, folder: Path) -> Iterator[Finding]:
    path = str(folder / "resources.yaml")
    for row in read_resources(folder):
        if not row.url.startswith("https://"):
            yield Finding(path, 1, f"The address of `{row.name}` is not https.", "Give its https address.")
        for topic in row.topics:
            if topic not in course.topics:
                yield Finding(path, 1, f"`{row.name}` names the unknown topic `{topic}`.", "Name a topic of the path.")


def _dialogues(course: Course, folder: Path) -> Iterator[Finding]:
    dialogues = read_dialogues(folder)
    for name, times in Counter(d.id for d in dialogues).items():
        if times > 1:
            path = next(d.path for d in dialogues if d.id == name)
            yield Finding(path, 1, f"The id `{name}` stands {times} times.", "Ids are unique over all files.")
    for dialogue in dialogues:
        for what, fix in _turns(dialogue):
            yield Finding(dialogue.path, 1, f"{dialogue.id}: {what}", fix)
        if dialogue.topic is not None and dialogue.topic not in course.topics:
            yield Finding(dialogue.path, 1, f"{dialogue.id}: unknown topic `{dialogue.topic}`.", "Name a topic of the path.")


def _turns(dialogue: Dialogue) -> Iterator[tuple[str, str]]:
    if not TURNS[0] <= len(dialogue.turns) <= TURNS[1]:
        yield f"There are {len(dialogue.turns)} turns.", f"Use {TURNS[0]} to {TURNS[1]}."
    wanted = ["learner", "tutor"] * (len(dialogue.turns) // 2 + 1)
    if [speaker for speaker, _ in dialogue.turns] != wanted[: len(dialogue.turns)] or len(dialogue.turns) % 2:
        yield "The turns do not alternate from learner to tutor.", "Begin with the learner and end with the tutor."
    if any(not text.strip() for _, text in dialogue.turns):
        yield "A turn is empty.", "Write it."


def _syllabus(course: Course, folder: Path) -> Iterator[Finding]:
    """Every term of the syllabus is a name of a topic, stands in its `covers`, or is spoken of in its text."""
    homes = {_plain(name) for t in course.topics.values() for name in (*t.names, *t.covers, t.id)}
    text = _plain(" ".join(s.text for t in course.topics.values() for s in t.sections))
    asked = _plain(" ".join(q.answer for t in course.topics.values() for q in t.questions))
    for stage, terms in read_syllabus(folder).items():
        for term in terms:
            plain = _plain(term)
            if plain not in homes and (f" {plain} " not in f" {text} " or f" {plain} " not in f" {asked} "):
                path = str(folder / "syllabus.yaml")
                yield Finding(path, 1, f"`{term}` ({stage}) has no home in the course.", "Write a topic that covers it.")


def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(text.lower()))
