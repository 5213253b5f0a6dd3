"""Holding learner questions out of the index."""

from __future__ import annotations

from fakes import WordEncoder

from tutorbot.curriculum.course import Course
from tutorbot.evaluation.retrieval import evaluate_retrieval, hold_out
from tutorbot.retrieval.index import lexical_text
from tutorbot.retrieval.passages import passages_of


def test_what_is_held_out_is_nowhere_in_the_index(course: Course) -> None:
    passages = passages_of(course.topics.values())
    kept, held = hold_out(passages, 0.5, seed=1)
    wordings = {h.wording for h in held}
    assert 10 < len(held) < 45
    for passage in kept:
        assert wordings.isdisjoint(passage.keys)
        assert passage.section.removeprefix("Questions > ") not in wordings
        assert not any(lexical_text(passage).startswith(f"{passage.title} {w} ") for w in wordings)


def test_every_passage_keeps_a_wording_and_the_split_is_the_same_each_time(course: Course) -> None:
    passages = [p for p in passages_of(course.topics.values()) if p.keys]
    kept, _ = hold_out(passages, 1.0, seed=0)
    assert all(p.keys for p in kept)
    assert hold_out(passages, 0.3, seed=5) == hold_out(passages, 0.3, seed=5)


def test_rates_for_three_rankings(course: Course) -> None:
    rates = evaluate_retrieval(passages_of(course.topics.values()), WordEncoder(), share=0.4, seed=2)
    assert [r.ranking for r in rates] == ["fused", "dense alone", "BM25 alone"]
    assert all(0 <= r.at_1 <= r.at_5 <= 1 for r in rates)
    assert rates[0].at_5 == 1.0
