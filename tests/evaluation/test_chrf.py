"""chrF on texts small enough to count by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tutorbot.evaluation
from tutorbot.evaluation.chrf import chrf, evaluate_round_trip, evaluate_translations, n_grams

_short = st.text("abcd é", max_size=12)


def test_n_grams_run_across_blanks() -> None:
    assert n_grams("a ba b", 2) == {"ab": 2, "ba": 1}
    assert n_grams("ab", 3) == {}
    assert n_grams("Ab", 1) == {"A": 1, "b": 1}


def test_recall_counts_twice_as_much_as_precision() -> None:
    # Lengths 1 and 2 count ("ab" has nothing longer): precision (1 + 1) / 2 = 1, recall (2/3 + 1/2) / 2 = 7/12.
    # F2 = 5 * 1 * 7/12 / (4 * 1 + 7/12) = 35/55.
    assert chrf([("ab", "abc")]) == pytest.approx(35 / 55)
    # The other way round precision is 7/12 and recall 1: 5 * 7/12 / (4 * 7/12 + 1) = 35/40.
    assert chrf([("abc", "ab")]) == pytest.approx(35 / 40)


def test_one_letter_of_three_is_wrong() -> None:
    # Two of three letters, "ab" of two pairs, no triple: precision = recall = (2/3 + 1/2 + 0) / 3 = 7/18, and so is F.
    assert chrf([("abd", "abc")]) == pytest.approx(7 / 18)


def test_a_letter_that_is_said_too_often_counts_as_often_as_it_stands_there() -> None:
    # Letters: 1 of 2 said, 1 of 2 wanted; pairs: none of 1. (1/2 + 0) / 2 = 1/4 both ways.
    assert chrf([("aa", "ab")]) == pytest.approx(1 / 4)


def test_counts_are_summed_over_texts_before_they_are_divided() -> None:
    # Letters 2 of 3 said and 2 of 3 wanted, pairs 1 of 1 and 1 of 1: (2/3 + 1) / 2 = 5/6.
    assert chrf([("ab", "ab"), ("c", "d")]) == pytest.approx(5 / 6)


def test_six_letters_count_and_seven_do_not() -> None:
    # In "abcdefg" against "abcdefh" of each length n all but one of 8 - n are shared, of n = 7 none would be:
    # (6/7 + 5/6 + 4/5 + 3/4 + 2/3 + 1/2) / 6.
    mean = (6 / 7 + 5 / 6 + 4 / 5 + 3 / 4 + 2 / 3 + 1 / 2) / 6
    assert chrf([("abcdefg", "abcdefh")]) == pytest.approx(mean)


@pytest.mark.parametrize("pairs", [[], [("", "")], [("", "ab")], [("ab", "")], [("ab", "cd")], [(" ", "a")]])
def test_where_nothing_is_shared_it_is_nought(pairs: list[tuple[str, str]]) -> None:
    assert chrf(pairs) == 0.0


@given(st.lists(st.tuples(_short, _short), max_size=5))
def test_it_lies_between_nought_and_one(pairs: list[tuple[str, str]]) -> None:
    assert 0.0 <= chrf(pairs) <= 1.0 + 1e-12


@given(st.lists(_short.filter(str.strip), min_size=1, max_size=5))
def test_the_reference_itself_gets_one_whatever_its_blanks(texts: list[str]) -> None:
    assert chrf((f" {text.replace(' ', '  ')}", text) for text in texts) == pytest.approx(1.0)


def test_the_copied_source_stands_beside_a_translation() -> None:
    figures = evaluate_translations([("ab", "abc"), ("x", "y")], {"ab": "abc", "x": "y"}.__getitem__)
    # Letters 2 of 3 said and 2 of 4 wanted, pairs 1 of 1 and 1 of 2: precision 5/6, recall 1/2.
    assert figures == {"rows": 2, "chrf": 1.0, "baseline_copied": round(5 * (5 / 6) * (1 / 2) / (4 * (5 / 6) + 1 / 2), 4)}


def test_a_round_trip_that_copies_is_seen_halfway() -> None:
    assert evaluate_round_trip(["ab", "cd"], str, str) == {"rows": 2, "chrf": 1.0, "chrf_halfway": 1.0, "copied": 2}
    whole = evaluate_round_trip(["ab", "cd"], str.upper, str.lower)
    assert whole == {"rows": 2, "chrf": 1.0, "chrf_halfway": 0.0, "copied": 0}


def test_the_pairs_written_for_it_are_whole_and_different() -> None:
    file = Path(tutorbot.evaluation.__file__).parent / "data" / "en_pt.jsonl"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 60 and all(set(row) == {"en", "pt"} for row in rows)
    assert len({row["en"] for row in rows}) == len({row["pt"] for row in rows}) == len(rows)
    assert all(row[side] == row[side].strip() and row[side][-1] in ".?!" for row in rows for side in row)
