"""Counts of a course. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from tutorbot.curriculum.codeblocks import python_blocks
from tutorbot.curriculum.course import Course
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
