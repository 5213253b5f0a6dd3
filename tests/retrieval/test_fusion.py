"""How passages are ranked: by their own score first, by their topic's other passages second."""

from __future__ import annotations

import pytest

from tutorbot.retrieval.evidence import Hit
from tutorbot.retrieval.fusion import SECTION_HANDICAP, fuse, ranked
from tutorbot.retrieval.passages import Passage


def hit(topic: str, number: int, fused: float) -> Hit:
    return Hit(Passage(f"{topic}#answer-{number}", topic, topic, "q", "answer", "a"), 0.0, 0.0, 0.0, fused, "")


def order(*hits: Hit) -> list[str]:
    return [h.passage.id for h in ranked(hits)]


def test_a_clearly_better_passage_stays_first() -> None:
    assert order(hit("a", 1, 0.9), hit("b", 1, 0.7), hit("b", 2, 0.69))[0] == "a#answer-1"


def test_of_two_that_are_almost_equal_the_one_whose_topic_has_more_to_say_wins() -> None:
    alone, among_its_own = hit("a", 1, 0.71), hit("b", 1, 0.70)
    assert order(alone, among_its_own)[0] == "a#answer-1"
    assert order(alone, among_its_own, hit("b", 2, 0.69), hit("b", 3, 0.68))[0] == "b#answer-1"


def test_a_passage_written_for_this_very_question_comes_first() -> None:
    exact = Hit(Passage("c#answer-1", "c", "c", "q", "answer", "a"), 0.99, 0.3, 0.0, 0.5, "")
    assert order(hit("a", 1, 0.9), exact) == ["c#answer-1", "a#answer-1"]


def test_a_long_tail_of_weak_passages_counts_for_no_more_than_five() -> None:
    tail = [hit("b", n, 0.3) for n in range(2, 40)]
    assert order(hit("a", 1, 0.8), hit("b", 1, 0.7), *tail)[0] == "a#answer-1"


def test_scores_are_left_as_they_are() -> None:
    assert [h.fused for h in ranked([hit("a", 1, 0.5), hit("a", 2, 0.4)])] == [0.5, 0.4]


def test_a_section_without_questions_is_judged_by_its_text_with_a_handicap() -> None:
    assert fuse(None, 0.8, 0.5) == pytest.approx(fuse(0.8, 0.8, 0.5) - SECTION_HANDICAP)
