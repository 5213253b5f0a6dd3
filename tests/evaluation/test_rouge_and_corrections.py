"""Measures of summaries and corrections, on cases small enough to count by hand."""

from __future__ import annotations

import pytest

from tutorbot.evaluation.corrections import edits, evaluate_corrections, f_half
from tutorbot.evaluation.rouge import best_rouge_l, evaluate_summaries, longest_common, rouge_l


def test_the_longest_common_subsequence_keeps_order() -> None:
    assert longest_common("the cat sat on the mat".split(), "the mat sat on a cat".split()) == 3
    assert longest_common([], ["a"]) == 0


def test_rouge_l_by_hand() -> None:
    # Lin 2004, section 3: "police killed the gunman" against "police kill the gunman" shares three of four words.
    assert rouge_l("police kill the gunman", "Police killed the gunman.") == pytest.approx(0.75)
    assert rouge_l("the gunman kill police", "police killed the gunman") == pytest.approx(0.5)
    assert rouge_l("", "x") == rouge_l("x", "") == 0.0
    assert best_rouge_l("a b", ["c", "a b"]) == 1.0


def test_lead_and_oracle_stand_beside_each_way() -> None:
    rows = [{"source": "Ants are small. They carry leaves.", "summaries": ["they carry leaves"]}]
    scores = evaluate_summaries(rows, {"all": lambda text: text})
    assert scores == {"lead": 0.0, "oracle": 1.0, "all": 0.6667}


def test_edits_are_found_by_alignment() -> None:
    assert edits("She have two cat .", "She has two cats .") == {(1, 2, "has"), (3, 4, "cats")}
    assert edits("same", "same") == frozenset()


def test_corrections_are_counted_against_the_best_reference() -> None:
    rows = [
        {"source": "She have two cat", "refs": ["She has two cats", "They have two cats"]},
        {"source": "It is fine", "refs": ["It is fine"]},
    ]
    scores = evaluate_corrections(rows, lambda text: text.replace("have", "has"))
    assert (scores["precision"], scores["recall"], scores["edits"]) == (1.0, 0.5, 1)
    assert (scores["exact"], scores["exact_unchanged"]) == (0.5, 0.5)
    assert f_half(0, 0, 0) == 1.0
