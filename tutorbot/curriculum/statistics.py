"""Counts of a course."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tutorbot.curriculum.codeblocks import python_blocks
from tutorbot.curriculum.course import Course
from tutorbot.curriculum.extras import read_dialogues, read_glossary, read_resources
from tutorbot.curriculum.item import KINDS
from tutorbot.curriculum.item_files import read_items
from tutorbot.curriculum.lint_topic import body_words


@dataclass(frozen=True)
class StageCounts:
    """Counts of one stage, or of the whole course."""

    title: str
    topics: int
    words: int
    questions: int
    wordings: int
    wrong_beliefs: int
    code_blocks: int


def count_course(course: Course) -> list[StageCounts]:
    """One row a stage and one for the whole."""
    rows = []
    for title, ids in [*((s.title, s.topics) for s in course.stages), ("The whole course", tuple(course.topics))]:
        topics = [course.topics[i] for i in ids if i in course.topics]
        rows.append(
            StageCounts(
                title=title,
                topics=len(topics),
                words=sum(body_words(t) for t in topics),
                questions=sum(len(t.questions) for t in topics),
                wordings=sum(len(q.all_wordings) for t in topics for q in t.questions),
                wrong_beliefs=sum(len(t.wrong_beliefs) for t in topics),
                code_blocks=sum(len(python_blocks(t)) for t in topics),
            )
        )
    return rows


def count_beside(folder: Path) -> list[tuple[str, int]]:
    """What stands beside the topics: (name, count) each.

    Raises:
        CurriculumError: a file cannot be read.
    """
    items = [item for path in sorted((folder / "items").glob("*.yaml")) for item in read_items(path)]
    kinds = Counter(item.kind for item in items)
    return [
        ("items", len(items)),
        *((f"  {kind}", kinds[kind]) for kind in KINDS),
        ("dialogues", len(read_dialogues(folder))),
        ("glossary terms", len(read_glossary(folder))),
        ("resources", len(read_resources(folder))),
    ]
