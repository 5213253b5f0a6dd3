"""Which language is this, and what is it called?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.dialogue.languages import CODES
from tutorbot.errors import InputError
from tutorbot.tasks.languages import guess_language, language_code, language_name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The weather is fine today.", "en"),
        ("Don’t worry, it’s nothing.", "en"),
        ("O tempo está bom hoje.", "pt"),
        ("Não sei onde fica a estação.", "pt"),
        ("Il fait beau aujourd'hui.", "fr"),
        ("J'ai oublié mes clés à l'école.", "fr"),
        ("Das Wetter ist heute gut.", "de"),
        ("¿Dónde está la estación?", "es"),
        ("Il tempo è bello oggi.", "it"),
        ("これは漢字です", "ja"),
        ("这是什么意思", "zh"),
        ("안녕하세요", "ko"),
        ("Привет, как дела?", "ru"),
        ("Дякую, Київ!", "uk"),
        ("پنجره گرم است", "fa"),
        ("مرحبا بكم", "ar"),
        ("שלום", "he"),
        ("नमस्ते", "hi"),
        ("สวัสดี", "th"),
        ("Καλημέρα", "el"),
    ],
)
def test_texts_are_told_apart(text: str, code: str) -> None:
    guess = guess_language(text)
    assert (guess.code, guess.sure) == (code, True)


@pytest.mark.parametrize("text", ["", "   ", "12:30", "🎉", "Paris", "\ud800", "x" * 10_000])
def test_where_nothing_speaks_it_is_english_and_not_sure(text: str) -> None:
    guess = guess_language(text)
    assert (guess.code, guess.sure, guess.because) == ("en", False, ())


def test_the_words_that_spoke_are_given_once_each() -> None:
    assert guess_language("The cat and the dog and the bird are in the house.").because == ("the", "and", "are")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Portuguese", "pt"),
        ("pt", "pt"),
        ("PT-br", "pt"),
        ("pt_BR", "pt"),
        ("Brazilian Portuguese", "pt"),
        ("português", "pt"),
        ("  the French language ", "fr"),
        ("eng", "en"),
        ("deu", "de"),
    ],
)
def test_names_as_people_write_them(name: str, code: str) -> None:
    assert language_code(name) == code


@pytest.mark.parametrize("name", ["", " ", "Klingonese", "??", "q" * 5_000, "\ud800"])
def test_what_is_no_language_is_said_shortly(name: str) -> None:
    with pytest.raises(InputError, match="I know no language") as caught:
        language_code(name)
    assert len(caught.value.what) < 100


@given(st.sampled_from(sorted(CODES)))
def test_names_and_codes_agree(name: str) -> None:
    code = language_code(name)
    assert language_code(code) == language_code(language_name(code)) == language_code(name.upper()) == code


@given(st.text(max_size=300))
def test_any_text_gets_a_code_and_words_of_its_own(text: str) -> None:
    guess = guess_language(text)
    assert guess == guess_language(text)
    assert len(guess.code) == 2 and language_name(guess.code) != guess.code
    assert all(word in text.lower().replace("’", "'") for word in guess.because)


@given(st.text("abcdefghijklmnopqrstuvwxyz -_", max_size=40))
def test_any_name_gives_a_code_or_a_kind_error(name: str) -> None:
    try:
        assert language_code(name) in CODES.values()
    except InputError as error:
        assert error.fix
