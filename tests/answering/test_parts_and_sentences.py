"""Messages into questions, texts into sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.answering.parts import MOST_PARTS, search_words, split_question
from tutorbot.answering.sentences import sentences, stream_sentences


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("What is dropout? Why is it useful?", ("What is dropout?", "Why is it useful?")),
        ("What is LoRA, and how does it work?", ("What is LoRA?", "how does it work?")),
        ("What is precision and recall at k?", ("What is precision and recall at k?",)),
        ("hi there. what is bert?", ("hi there. what is bert?",)),
        ("explain dropout", ("explain dropout",)),
    ],
)
def test_questions_of_a_message(message: str, parts: tuple[str, ...]) -> None:
    assert split_question(message) == parts


@given(st.text(max_size=300))
def test_there_is_always_a_question_and_never_too_many(message: str) -> None:
    assert 1 <= len(split_question(message)) <= MOST_PARTS


def test_abbreviations_and_decimals_end_no_sentence() -> None:
    text = "Use e.g. BERT. It has 12 layers (v1.5). See Vaswani et al. 2017. Done!"
    assert sentences(text) == ["Use e.g. BERT.", "It has 12 layers (v1.5).", "See Vaswani et al. 2017.", "Done!"]


def test_a_sentence_is_out_as_soon_as_the_next_begins() -> None:
    written = []

    def pieces():  # type: ignore[no-untyped-def]
        for piece in ("The cat", " sat. The", " dog ran", "."):
            written.append(piece)
            yield piece

    stream = stream_sentences(pieces())
    assert next(stream) == "The cat sat."
    assert written == ["The cat", " sat. The"]
    assert list(stream) == ["The dog ran."]


@given(st.lists(st.text(alphabet="ab .!?\nA", max_size=8), max_size=30))
def test_streaming_loses_and_invents_nothing(pieces: list[str]) -> None:
    assert "".join("".join(stream_sentences(pieces)).split()) == "".join("".join(pieces).split())


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("What does attention cost in the Transformer model?", "What does attention cost?"),
        ("What is quantization in Large Language Models (LLMs)?", "What is quantization?"),
        ("How does quantization change latency in LLMs?", "How does quantization change latency?"),
        ("In the context of LLM pretraining, what is a scaling law?", "what is a scaling law?"),
        ("what is a transformer?", "what is a transformer?"),
        ("What are the types of language models?", "What are the types of language models?"),
        ("why do transformers need positions?", "why do transformers need positions?"),
    ],
)
def test_the_name_of_the_field_is_left_out_of_the_search(question: str, searched: str) -> None:
    assert search_words(question) == searched
