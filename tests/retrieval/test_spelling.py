"""Slips of the keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.retrieval.search import FusedRetriever
from tutorbot.retrieval.spelling import Spelling

WORDS = Spelling(["attention", "tokenizer", "gradient", "whether", "positional", "encodings", "bert"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("explain self atention pls", "explain self attention pls"),
        ("what is a tokenzier", "what is a tokenizer"),
        ("exploding gradeint", "exploding gradient"),
        ("what is the weather", "what is the weather"),
        ("Attention!", "Attention!"),
        ("bret", "bret"),
        ("gradients", "gradients"),
        ("zebras dancing", "zebras dancing"),
    ],
)
def test_a_slip_is_mended_and_other_words_are_left_alone(typed: str, meant: str) -> None:
    assert WORDS.correct(typed) == meant


@given(st.text(max_size=60))
def test_any_text_comes_through(text: str) -> None:
    assert isinstance(WORDS.correct(text), str)


def test_a_misspelt_question_finds_its_answer(retriever: FusedRetriever) -> None:
    found = retriever.search("why do transfomers need positonal encodngs?")
    assert found.hits[0].passage.id == "positional-encodings#answer-0"
    assert found.share == 1.0
