"""Splitting: where quotes, separators and sentences set a text apart."""

from __future__ import annotations

import pytest

from tutorbot.dialogue.splitting import mask, quoted, splits


@pytest.mark.parametrize(
    ("message", "inside"),
    [
        ('fix "he go home" please', ["he go home"]),
        ("fix 'he don't know' please", ["he don't know"]),
        ("it's what's on john's list", []),
        ("“curly” and «pointed» and „low“", ["curly", "pointed", "low"]),
        ("`code` and ```a block```", ["code", "a block"]),
        ('compare "dog" and "wolf"', ["dog", "wolf"]),
        ('an open " quote', []),
    ],
)
def test_quotes_of_all_kinds(message: str, inside: list[str]) -> None:
    assert [message[a:b] for a, b in quoted(message)] == inside


@pytest.mark.parametrize(
    "message",
    [
        "summarize: the lake froze",
        "summarize - the lake froze",
        "summarize >> the lake froze",
        "summarize => the lake froze",
        "summarize … the lake froze",
        "summarize\nthe lake froze",
        "summarize! the lake froze",
        'summarize "the lake froze"',
    ],
)
def test_some_split_finds_the_text(message: str) -> None:
    assert "the lake froze" in [message[slice(*s.content)] for s in splits(message)]


def test_text_may_come_first() -> None:
    message = "it was dull -> mood?"
    found = [(message[slice(*s.instruction[0])], message[slice(*s.content)]) for s in splits(message)]
    assert ("mood?", "it was dull") in found


@pytest.mark.parametrize(
    ("message", "masked"),
    [
        ('is "I am late" polite', 'is "..." polite'),
        ("translate into french: good morning to all", "translate into french: ..."),
        ("meet at 10:30", "meet at 10:30"),
        ("state-of-the-art models", "state-of-the-art models"),
        (" ".join(map(str, range(40))), "0 1 2 3 4 5 6 7 8 9 ... 32 33 34 35 36 37 38 39"),
    ],
)
def test_masking_leaves_the_instruction(message: str, masked: str) -> None:
    assert mask(message) == masked
