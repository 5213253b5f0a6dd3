"""What a text keeps on its way through a translation model, whatever the model does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.models.translation_layout import (
    MOST_CHARACTERS,
    MOST_WORDS,
    SECONDS,
    Engine,
    Run,
    chunks,
    translate_text,
)


def same(sentence: str) -> str:
    return sentence


def reversed_words(sentence: str) -> str:
    """A model that moves everything about and loses nothing."""
    return " ".join(reversed(sentence.split()))


def forgetful(sentence: str) -> str:
    """A model that knows no made-up words."""
    return " ".join(word for word in sentence.split() if "XQ" not in word) or "?"


class Listening:
    """Writes every letter as "z" but for the stand-ins, and remembers what it saw."""

    def __init__(self) -> None:
        self.saw: list[str] = []

    def __call__(self, sentence: str) -> str:
        self.saw.append(sentence)
        return " ".join(w if "XQ" in w else "".join("z" if c.isalpha() else c for c in w) for w in sentence.split())


class Watch:
    """A clock on which every look takes a while."""

    def __init__(self, step: float) -> None:
        self.time, self.step = 0.0, step

    def __call__(self) -> float:
        self.time += self.step
        return self.time


def notes(run: Run) -> str:
    return " ".join(run.notes)


@pytest.mark.parametrize("engine", [Listening(), forgetful, reversed_words], ids=["keeps", "forgets", "moves"])
@pytest.mark.parametrize(
    "kept",
    [
        "`x = model(y)`",
        "https://arxiv.org/abs/1706.03762",
        "www.example.org/a?b=c",
        "ana@example.org",
        "$a_i = b^2$",
        "<b>",
        "&amp;",
        "@ana",
        "#nlp",
        "torch.softmax(x)",
        "learning_rate",
        "torch.nn.functional",
        "日本語",
        "🎉",
        "→",
        "x" * 50,
    ],
)
def test_what_is_no_language_comes_back_unchanged(kept: str, engine: Engine) -> None:
    whole, run = translate_text(f"The model shows {kept} in the table here", engine)
    assert kept in whole and "XQ" not in whole
    assert len(run.pairs) == 1


def test_code_blocks_are_never_seen() -> None:
    engine = Listening()
    text = "Run this:\n\n```python\nfor word in text:\n    print(word)\n```\n\nIt prints words."
    whole, _ = translate_text(text, engine)
    assert whole == "zzz zzzz:\n\n```python\nfor word in text:\n    print(word)\n```\n\nzz zzzzzz zzzzz."
    assert engine.saw == ["Run this:", "It prints words."]


def test_an_open_code_block_runs_to_the_end() -> None:
    assert translate_text("Look:\n```\nx = 1\ny = 2", Listening())[0] == "zzzz:\n```\nx = 1\ny = 2"


def test_lists_headings_quotes_and_blank_lines_stay_where_they_are() -> None:
    text = "# Title\n\n- one thing\n  - another thing\n\n1. first\n2) second\n\n> said so\n"
    assert translate_text(text, Listening())[0] == (
        "# zzzzz\n\n- zzz zzzzz\n  - zzzzzzz zzzzz\n\n1. zzzzz\n2) zzzzzz\n\n> zzzz zz\n"
    )


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "- ", "-  \n", "1. \n2. ", "```", "12 + 30 = 42", "🎉", "日本語です。", "{}", "  # "]
)
def test_where_there_are_no_words_the_model_is_not_asked(text: str) -> None:
    engine = Listening()
    assert translate_text(text, engine)[0] == text
    assert engine.saw == []


def test_each_sentence_stands_beside_its_translation() -> None:
    whole, run = translate_text("It rains. We stay.", str.upper)
    assert whole == "IT RAINS. WE STAY."
    assert run.pairs == [("It rains.", "IT RAINS."), ("We stay.", "WE STAY.")]
    assert not run.notes


def test_what_is_shouted_is_translated_and_shouted_again() -> None:
    engine = Listening()
    assert translate_text("STOP THE TRAIN", engine)[0] == "ZZZZ ZZZ ZZZZZ"
    assert engine.saw == ["Stop the train"]


def test_a_number_that_was_changed_is_noted() -> None:
    _, run = translate_text("It costs 1,234 euros and 5 cents.", lambda _: "Custa 1.234 euros e 6 centavos.")
    assert list(run.notes) == ["Check the numbers: 5 stands in your text but not, in digits, in the translation."]
    _, run = translate_text("It costs 1,234.5 euros.", lambda _: "Custa 1.234,5 euros.")
    assert not run.notes


def test_a_model_that_loops_or_says_nothing_leaves_the_sentence() -> None:
    for nonsense in ("no " * 50, "", "...", "very long " * 60):
        whole, run = translate_text("It rains today.", lambda _, said=nonsense: said)  # type: ignore[misc]
        assert whole == "It rains today."
        assert 'could make nothing of "It rains today."' in notes(run)


def test_what_repeats_itself_is_not_sent_to_the_model() -> None:
    engine = Listening()
    whole, run = translate_text("ha " * 30, engine)
    assert whole.split() == ["ha"] * 30 and engine.saw == []
    assert "repeats itself" in notes(run)


def test_brackets_that_the_model_adds_are_left_out() -> None:
    assert translate_text("It rains.", lambda _: "Chove (chuva).")[0] == "Chove."
    assert translate_text("It (the rain) falls.", lambda _: "Ela (a chuva) cai.")[0] == "Ela (a chuva) cai."


def test_past_six_seconds_the_rest_stays_as_it_is() -> None:
    engine = Listening()
    # The first look sets the deadline; the next ones come 2.5, 5, 7.5 and 10 seconds after it.
    watch = Watch(2.5)
    whole, run = translate_text("It rains. We stay. They go. You wait.", engine, watch)
    assert SECONDS == 6.0
    assert whole == "zz zzzzz. zz zzzz. They go. You wait."
    assert engine.saw == ["It rains.", "We stay."]
    assert list(run.notes) == ["The time was up before the end of the text, so the rest was left as it is."]


@pytest.mark.parametrize("clock", [Watch(0.0), Watch(1e-9)])
def test_a_quick_model_is_never_cut_short(clock: Callable[[], float]) -> None:
    _, run = translate_text("One thing. " * 200, str.upper, clock)
    assert len(run.pairs) == 200 and not run.notes


def test_long_sentences_are_cut_after_a_comma() -> None:
    first, second = "word " * 30 + "end,", "other " * 20 + "end."
    assert list(chunks(f"{first} {second}")) == [first, second]


@given(st.lists(st.text("abcde,;:", min_size=1, max_size=30), max_size=150))
def test_chunks_fit_and_lose_no_word(words: list[str]) -> None:
    cut = list(chunks(" ".join(words)))
    assert " ".join(cut).split() == words
    assert all(len(c.split()) <= MOST_WORDS and len(c) <= MOST_CHARACTERS for c in cut)


@given(st.text(max_size=300))
def test_a_model_that_changes_nothing_changes_nothing_but_blanks(text: str) -> None:
    whole, _ = translate_text(text, same)
    assert whole.split() == text.split()


_piece = st.sampled_from(
    [
        "the",
        "cat",
        "sat",
        "12",
        "3.5",
        "`code`",
        "https://a.org/b",
        "🎉",
        "日本",
        "(see",
        "below)",
        "- ",
        "\n",
        "1. ",
        "f(x)",
    ]
)


@given(st.lists(_piece, max_size=40).map(" ".join))
def test_pieces_of_every_kind_survive_a_model_that_forgets_its_stand_ins(text: str) -> None:
    whole, _ = translate_text(text, forgetful)
    assert whole.split() == text.split()


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "ab " * 3_000, "$" * 5_000, "(" * 5_000, "`" * 5_001, "<a " * 3_000, "日" * 9_000]
)
def test_odd_texts_take_no_time(text: str) -> None:
    whole, _ = translate_text(text, same, Watch(0.0))
    assert whole.split() == text.split()
