"""Choosing: short answers to an offer pick one of its choices."""

from __future__ import annotations

import pytest

from tutorbot.dialogue.choosing import chosen

OFFERED = ("What is BERT?", "What is GPT?", "What is T5?")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2", "What is GPT?"),
        ("b)", "What is GPT?"),
        ("the second one", "What is GPT?"),
        ("option 3 please", "What is T5?"),
        ("Last", "What is T5?"),
        ("what is bert", "What is BERT?"),
        ("9", "9"),
        ("why", "why"),
        ("yes", "yes"),
        ("a long question", "a long question"),
    ],
)
def test_one_of_three(said: str, meant: str) -> None:
    assert chosen(said, OFFERED) == meant


def test_yes_takes_the_only_choice() -> None:
    assert chosen("Yes please!", ("What is BERT?",)) == "What is BERT?"


def test_nothing_was_offered() -> None:
    assert chosen("1", ()) == "1"
