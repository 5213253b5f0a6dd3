"""Scores the tutor's answers to a file of questions with key points."""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tutorbot.errors import InputError
from tutorbot.evaluation.key_points import THRESHOLD, corrected


@dataclass(frozen=True)
class AskedQuestion:
    """A question with the points a correct answer states; the first is the essential one."""

    id: str
    question: str
    topic: str
    key_points: tuple[str, ...]


@dataclass(frozen=True)
class ScoredAnswer:
    """An answer and what it states. `probabilities` has one value a key point."""

    asked: AskedQuestion
    answer: str
    status: str
    source: str
    support: float
    probabilities: tuple[float, ...]

    @property
    def essential(self) -> bool:
        """The essential point is stated."""
        return self.probabilities[0] >= THRESHOLD

    @property
    def stated(self) -> float:
        """Share of the key points that are stated."""
        return sum(p >= THRESHOLD for p in self.probabilities) / len(self.probabilities)

    @property
    def answered(self) -> bool:
        """The tutor gave an answer from the course."""
        return self.status == "answered"


def read_questions(path: Path) -> list[AskedQuestion]:
    """Read JSON lines {"id", "question", "topic", "key_points"}.

    Raises:
        InputError: the file cannot be read or a line lacks a field.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}.", "Name a file of JSON lines.") from error
    questions = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            questions.append(_question(line, f"{path}:{number}"))
    if not questions:
        raise InputError(f"{path} has no questions.", 'Write {"id", "question", "topic", "key_points"} on each line.')
    return questions


def _question(line: str, where: str) -> AskedQuestion:
    try:
        row = json.loads(line)
        points = tuple(str(p) for p in row["key_points"])
        asked = AskedQuestion(str(row["id"]), str(row["question"]), str(row.get("topic", "")), points)
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise InputError(
            f"{where} is not a question with key points ({error}).", 'It needs "id", "question" and "key_points".'
        ) from error
    if not points:
        raise InputError(f"{where} has no key points.", "Give at least the essential one.")
    return asked


def score(
    questions: Iterable[AskedQuestion],
    ask: Callable[[str], dict[str, Any]],
    judge: Callable[[Sequence[str], str], list[float]],
) -> list[ScoredAnswer]:
    """Ask every question and judge its answer.

    Args:
        ask: question -> a record as `tutorbot ask --json` prints it.
        judge: (key points, answer) -> probabilities.
    """
    rows = []
    for asked in questions:
        record = ask(asked.question)
        answer = record["answer"] if record["status"] == "answered" else ""
        supports = [s["support"] for s in record["sentences"] if s["cites"]]
        rows.append(
            ScoredAnswer(
                asked=asked,
                answer=record["answer"],
                status=record["status"],
                source=record["citations"][0]["topic"] if record["citations"] else "",
                support=statistics.fmean(supports) if supports else 0.0,
                probabilities=tuple(judge(asked.key_points, answer)),
            )
        )
    return rows


def summarise(rows: Sequence[ScoredAnswer]) -> dict[str, Any]:
    """The figures over all rows, and the essential points stated by topic."""
    answered = [row for row in rows if row.answered]
    essential = statistics.fmean(row.essential for row in rows)
    every = statistics.fmean(row.stated for row in rows)
    by_topic: defaultdict[str, list[bool]] = defaultdict(list)
    for row in rows:
        by_topic[row.asked.topic].append(row.essential)
    return {
        "questions": len(rows),
        "essential_key_point": round(essential, 3),
        "essential_corrected": round(corrected(essential), 3),
        "all_key_points": round(every, 3),
        "all_corrected": round(corrected(every), 3),
        "abstained": round(1 - len(answered) / len(rows), 3),
        "support": round(statistics.fmean(row.support for row in answered), 3) if answered else None,
        "words_median": statistics.median(len(row.answer.split()) for row in answered) if answered else None,
        "by_topic": {topic: f"{sum(v)}/{len(v)}" for topic, v in sorted(by_topic.items())},
    }


def worst(rows: Sequence[ScoredAnswer], n: int) -> list[ScoredAnswer]:
    """The n answers that state least."""
    return sorted(rows, key=lambda row: (row.essential, row.stated, max(row.probabilities)))[:n]
