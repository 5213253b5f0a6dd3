"""Follow-ups as learners type them, and what they are searched as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.answering.followup import Talked, mentioned, standalone

NAMES = {"positional encodings", "lstm", "gru", "dropout", "lora", "bert", "self-attention"}
TALKED = Talked("why do transformers need positional encodings?", "Positional encodings")


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("and what happens without them?", "what happens without positional encodings?"),
        ("who invented them", "who invented positional encodings"),
        ("what are its limits", "what are positional encodings' limits"),
        ("how do these compare", "how do positional encodings compare"),
        ("how is it different from lstm?", "how is positional encodings different from lstm?"),
        ("what about gru?", "why do transformers need gru?"),
        ("and in bert?", "why do transformers need positional encodings in bert?"),
        ("why?", "why positional encodings?"),
    ],
)
def test_what_a_follow_up_leans_on_is_put_in(question: str, searched: str) -> None:
    made = standalone(question, TALKED, NAMES)
    assert (made.text, made.rewritten) == (searched, True)


@pytest.mark.parametrize(
    "question",
    [
        "is it ok to use dropout at inference?",
        "What is LoRA and how does it work?",
        "what is an lstm?",
        "does it make sense to freeze bert?",
        "how many parameters does bert have",
        "What are N-grams? How can we use them?",
        "What is LLM-as-Judge?",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    assert standalone(question, TALKED, NAMES).text == question
    assert not standalone(question, TALKED, NAMES).rewritten


@pytest.mark.parametrize("question", ["and without them?", "why?", "what about it?", "is it expensive?"])
def test_nothing_was_said_before(question: str) -> None:
    assert standalone(question, Talked(), NAMES).dangling


def test_the_longest_name_is_the_one_that_is_meant() -> None:
    names = {"attention", "self-attention", "positional encodings"}
    assert mentioned("does Self-Attention need it?", names) == "Self-Attention"
    assert mentioned("one positional encoding", names) == "positional encoding"
    assert mentioned("nothing here", names) == ""


@given(st.text(max_size=200), st.text(max_size=80))
def test_any_text_gives_some_question(question: str, before: str) -> None:
    assert isinstance(standalone(question, Talked(before, "Dropout"), NAMES).text, str)
