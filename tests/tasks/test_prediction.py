"""Did a prediction come true?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.tasks.prediction import holds, read_prediction


@pytest.mark.parametrize(
    ("message", "text", "confidence"),
    [
        ("positive", "positive", None),
        ("negative, 80 % sure", "negative", 0.8),
        ("80% negative", "negative", 0.8),
        ("I'd say Paris (95 per cent)", "I'd say Paris", 0.95),
        ("7 pieces, 100%", "7 pieces", 1.0),
        ("it costs 300 %", "it costs 300 %", None),
        ("99.5%", "99.5%", None),
        ("", "", None),
    ],
)
def test_predictions_are_taken_apart(message: str, text: str, confidence: float | None) -> None:
    read = read_prediction(message)
    assert (read.text, read.confidence) == (text, confidence)


@pytest.mark.parametrize(
    ("prediction", "outcome"),
    [
        ("I think it is positive", "positive"),
        ("Positive!", "positive"),
        ("utrecht", "in utrecht"),
        ("no answer", "none"),
        ("nothing", "none"),
        ("no", "not supported"),
        ("unsupported", "not supported"),
        ("it isn’t supported", "not supported"),
        ("1 LOC, 2 PER", "2 per, 1 loc"),
        ("7 pieces", "7"),
    ],
)
def test_what_holds(prediction: str, outcome: str) -> None:
    assert holds(prediction, outcome)


@pytest.mark.parametrize(
    ("prediction", "outcome"),
    [
        ("negative", "positive"),
        ("not positive", "positive"),
        ("supported", "not supported"),
        ("not supported", "supported"),
        ("positive or negative", "positive"),
        ("7 or 8", "7"),
        ("1 per, 2 loc", "2 per, 1 loc"),
        ("17", "7"),
        ("", "positive"),
        ("I think it is", "positive"),
        ("?!", "positive"),
    ],
)
def test_what_does_not_hold(prediction: str, outcome: str) -> None:
    assert not holds(prediction, outcome)


@given(st.text(max_size=200))
def test_any_message_can_be_read(message: str) -> None:
    read = read_prediction(message)
    assert read.confidence is None or 0 <= read.confidence <= 1
    assert len(read.text) <= len(message)


@given(st.text(max_size=60), st.text(max_size=60))
def test_holding_is_mutual_unless_something_is_left_open(prediction: str, outcome: str) -> None:
    if "or" not in f"{prediction} {outcome}".lower():
        assert holds(prediction, outcome) == holds(outcome, prediction)


@given(st.lists(st.sampled_from(["paris", "rome", "2", "per", "cats"]), min_size=1, unique=True))
def test_saying_the_outcome_itself_always_holds(words: list[str]) -> None:
    assert holds(" ".join(words), " ".join(words))
