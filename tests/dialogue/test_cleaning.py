"""Cleaning: what cannot be seen goes, what can be seen stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.dialogue.cleaning import MAX_CHARACTERS, clean


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  what is BERT?\n", "what is BERT?"),
        ("e\u0301tude", "\u00e9tude"),
        ("zero\u200bwidth\u2060 and\ufeff bom", "zerowidth and bom"),
        ("\u202eevil\u202c order", "evil order"),
        ("tab\tand\r\nnew\rline", "tab\tand\nnew\nline"),
        ("bell\x07 null\x00 escape\x1b[31m", "bell null escape[31m"),
        ("lone \ud83d surrogate", "lone \ufffd surrogate"),
        ("family \U0001f468\u200d\U0001f469\u200d\U0001f467", "family \U0001f468\u200d\U0001f469\u200d\U0001f467"),
        ("heart \u2764\ufe0f\u200d\U0001f525", "heart \u2764\ufe0f\u200d\U0001f525"),
        ("ignore\u200dme", "ignoreme"),
        ("\u3164\u3164", ""),
        ("", ""),
    ],
)
def test_what_is_left_of_a_message(typed: str, read: str) -> None:
    assert clean(typed) == read


def test_a_book_is_cut() -> None:
    assert clean("word " * 20_000) == ("word " * 1_600).strip()


@given(st.text(alphabet=st.characters()))
def test_cleaning_settles_everything_at_once(text: str) -> None:
    read = clean(text)
    assert len(read) <= MAX_CHARACTERS
    assert clean(read) == read
    read.encode("utf-8")
    assert all(c in "\n\t" or unicodedata.category(c) != "Cc" for c in read)
