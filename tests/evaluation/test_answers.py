"""Scoring answers by key points, with a judge that looks for words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tutorbot.errors import InputError
from tutorbot.evaluation.answers import AskedQuestion, read_questions, score, summarise, worst
from tutorbot.evaluation.key_points import corrected
from tutorbot.evaluation.speed import spread

QUESTIONS = [
    AskedQuestion("1", "what is bert?", "models", ("encoder", "masked")),
    AskedQuestion("2", "what is gpt?", "models", ("decoder",)),
    AskedQuestion("3", "what is tea?", "other", ("leaves",)),
]
ANSWERS = {"what is bert?": "An encoder.", "what is gpt?": "A model.", "what is tea?": ""}


def ask(question: str) -> dict[str, Any]:
    text = ANSWERS[question]
    return {
        "status": "answered" if text else "abstained",
        "answer": text or "I would rather not guess about leaves.",
        "citations": [{"topic": "t"}] if text else [],
        "sentences": [{"support": 0.8, "cites": [1]}] if text else [],
    }


def judge(points: Sequence[str], answer: str) -> list[float]:
    return [float(point in answer) for point in points]


def test_figures_over_all_and_by_topic() -> None:
    summary = summarise(score(QUESTIONS, ask, judge))
    assert summary["essential_key_point"] == round(1 / 3, 3)
    assert summary["all_key_points"] == round((0.5 + 0 + 0) / 3, 3)
    assert summary["abstained"] == round(1 / 3, 3)
    assert summary["support"] == 0.8
    assert summary["words_median"] == 2
    assert summary["by_topic"] == {"models": "1/2", "other": "0/1"}


def test_an_abstention_states_nothing_whatever_its_words() -> None:
    rows = score(QUESTIONS, ask, judge)
    assert rows[2].probabilities == (0.0,)
    assert [r.asked.id for r in worst(rows, 2)] == ["2", "3"]


def test_the_correction_undoes_misses_and_false_credit() -> None:
    assert corrected(0.83) == 1.0
    assert corrected(0.13) == 0.0
    assert corrected(0.0) == 0.0
    assert corrected(0.48) == pytest.approx(0.5)


def test_questions_are_read_and_mistakes_named(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps({"id": 1, "question": "q?", "key_points": ["p"]}) + "\n\n")
    assert read_questions(path) == [AskedQuestion("1", "q?", "", ("p",))]
    for content, told in (
        ("{", ":1 is not"),
        ('{"id": 1, "question": "q", "key_points": []}', "no key points"),
        ("", "no questions"),
    ):
        path.write_text(content)
        with pytest.raises(InputError, match=told):
            read_questions(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_questions(tmp_path / "missing.jsonl")


def test_median_and_95th_percentile() -> None:
    assert spread([float(n) for n in range(1, 102)]).p50 == 51.0
    assert spread([float(n) for n in range(1, 102)]).p95 == 96.0
