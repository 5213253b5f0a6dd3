"""Folding: chat speak and slips are put right, and the way back leads to what was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.dialogue.folding import fold


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Pls trnaslate THIS 4 me", "please translate this for me"),
        ("whats the diff btw u n me", "what is the difference by the way you and me"),
        ("GPT 4 and word2vec", "gpt 4 and word2vec"),
        ("say it 2 me, translate 2 german", "say it to me, translate to german"),
        ("a green ditch at the finish", "a green ditch at the finish"),
        ("the tokenizer examined a classic summary", "the tokenizer examined a classic summary"),
        ("n-grams", "n-grams"),
        ("TL;DR e.g. this", "tldr for example this"),
        ("don’t tokanize", "don't tokenize"),
    ],
)
def test_plain_form(typed: str, plain: str) -> None:
    assert fold(typed).plain == plain


def test_what_a_rule_finds_is_handed_on_as_typed() -> None:
    folded = fold("Pls clasify: I LOVED it, tho")
    start = folded.plain.index("i loved")
    assert folded.source(start, len(folded.plain)) == "I LOVED it, tho"
    assert folded.source(0, len("please")) == "Pls"
    assert folded.source(3, 3) == ""


@given(st.text(alphabet=st.characters()))
def test_every_character_knows_where_it_comes_from(text: str) -> None:
    folded = fold(text)
    assert len(folded.plain) == len(folded.starts) == len(folded.ends)
    assert folded.source(0, len(folded.plain)) == text
