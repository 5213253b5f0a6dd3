"""The measuring of the translator, on a translator that shouts."""

from __future__ import annotations

from fakes import COURSE
from task_fakes import ShoutingTranslator

from tutorbot.curriculum.course import load_course
from tutorbot.evaluation import translation
from tutorbot.evaluation.chrf import chrf


def test_sentences_of_the_course_are_plain_and_in_a_set_order() -> None:
    texts = translation.course_sentences(load_course(COURSE))
    assert texts == sorted(set(texts)) and texts
    assert all(5 <= len(text.split()) <= 30 and "`" not in text for text in texts)


def test_the_card_holds_both_directions_the_round_trip_and_the_baseline() -> None:
    card = translation._card(ShoutingTranslator(), load_course(COURSE), None)
    there, back, trip = card["figures"].values()
    assert there["rows"] == back["rows"] == len(translation.read_pairs(translation.PAIRS)) >= 60
    assert there["chrf"] < there["baseline_copied"] < 0.3
    assert trip["rows"] > 0 and card["milliseconds_a_sentence"]["p50"] >= 0


def test_chrf_is_that_of_the_usual_tool() -> None:
    # Values that sacrebleu 2.6 gives, divided by 100.
    assert round(chrf([("the cat is on the mat", "the cat sat on the mat")]), 6) == 0.619252
    assert round(chrf([("o gato dorme", "o gato está dormindo")]), 6) == 0.302218
    assert round(chrf([("hello world", "hello there world"), ("a", "b")]), 5) == 0.39118
