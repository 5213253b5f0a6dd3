"""Exact match, F1 and the area under the curve, against values worked out by hand."""

from __future__ import annotations

import pytest

from tutorbot.evaluation.ranking import roc_auc
from tutorbot.evaluation.span_metrics import exact_match, overlap_f1


def test_articles_case_and_full_stops_do_not_count() -> None:
    assert exact_match("The Eiffel tower.", ["eiffel tower"]) == 1


def test_f1_of_two_words_of_three_that_are_right() -> None:
    # Two shared words, three given, two wanted: 2 * 2 / (3 + 2).
    assert overlap_f1("in northern France", ["northern France"]) == pytest.approx(0.8)


def test_the_best_of_several_accepted_answers_counts() -> None:
    assert overlap_f1("1713", ["the year 1713", "1713"]) == 1


def test_no_answer_is_right_only_where_there_is_none() -> None:
    assert (overlap_f1("", [""]), overlap_f1("", ["Utrecht"]), overlap_f1("Utrecht", [""])) == (1, 0, 0)


def test_auc_counts_pairs_in_the_right_order() -> None:
    # Pairs (true, false): 0.9>0.8, 0.9>0.1, 0.4<0.8, 0.4>0.1: three of four.
    assert roc_auc([0.9, 0.8, 0.4, 0.1], [True, False, True, False]) == pytest.approx(0.75)


def test_ties_count_half() -> None:
    assert roc_auc([0.5, 0.5], [True, False]) == pytest.approx(0.5)


def test_one_kind_alone_has_no_area() -> None:
    with pytest.raises(ValueError, match="true ones and false ones"):
        roc_auc([0.5, 0.6], [True, True])
