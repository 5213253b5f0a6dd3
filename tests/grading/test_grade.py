"""Grades for what learners really type."""

from __future__ import annotations

import pytest
from fakes import COURSE
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.curriculum.item_files import read_items
from tutorbot.grading.grade import grade
from tutorbot.grading.reading import first_number, says

ITEMS = {item.id.removeprefix("dropout-"): item for item in read_items(COURSE / "items" / "dropout.yaml")}


@pytest.mark.parametrize(
    ("item", "answer", "score"),
    [
        ("1", "a", 1.0),
        ("1", "A)", 1.0),
        ("1", "1", 1.0),
        ("1", "while training", 1.0),
        ("1", "b", 0.0),
        ("1", "a b", 0.0),
        ("1", "no idea", 0.0),
        ("2", "1 and 3", 1.0),
        ("2", "a, c", 1.0),
        ("2", "a", 0.5),
        ("2", "a b c", 0.5),
        ("2", "b", 0.0),
        ("3", "neurons do not have to rely on each other", 1.0),
        ("3", "it prevents co-adaptation", 1.0),
        ("4", "1 2 3 4", 1.0),
        ("4", "2 1 3 4", 5 / 6),
        ("4", "1 2 3", 0.0),
        ("5", "activations, training", 1.0),
        ("5", "Activation, trainning", 1.0),
        ("5", "weights, training", 0.5),
        ("5", "activations", 0.0),
        ("6", " 4.0\n", 1.0),
        ("6", "1.0", 0.0),
        ("7", "about 100 activations", 1.0),
        ("7", "0.1k", 1.0),
        ("7", "900", 0.0),
        ("7", "many", 0.0),
    ],
)
def test_what_learners_type(item: str, answer: str, score: float) -> None:
    assert grade(ITEMS[item], answer).score == pytest.approx(score)


def test_every_grade_gives_its_reasons() -> None:
    assert grade(ITEMS["2"], "a b").reasons == (
        "Not right: The number of parameters",
        "Missed: How much neurons lean on one another",
    )
    assert "Missing: Neurons cannot rely" in grade(ITEMS["3"], "it is faster").reasons[0]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,024", 1024),
        ("1e6", 1e6),
        ("3/4", 0.75),
        ("7 billion", 7e9),
        ("-2.5", -2.5),
        ("12.5 %", 12.5),
        (".5", 0.5),
        ("x", None),
        ("1/0", None),
    ],
)
def test_numbers_as_they_are_typed(typed: str, number: float | None) -> None:
    assert first_number(typed) == number


@pytest.mark.parametrize(
    ("answer", "phrase", "said"),
    [
        ("the gradients vanish", "vanishing gradient", True),
        ("gradients do not vanish", "vanish gradient", False),
        ("it is not linear", "not linear", True),
        ("it is linear", "not linear", False),
        ("regularization of weights", "regularisation", True),
    ],
)
def test_phrases_are_found_past_endings_and_not_when_denied(answer: str, phrase: str, said: bool) -> None:
    assert says(answer, phrase) is said


@given(st.sampled_from(sorted(ITEMS)), st.text(max_size=80))
def test_any_answer_gets_a_grade_and_always_the_same(item: str, answer: str) -> None:
    first = grade(ITEMS[item], answer)
    assert 0 <= first.score <= 1
    assert first.reasons
    assert grade(ITEMS[item], answer) == first
