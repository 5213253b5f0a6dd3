import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.repl.printable import one_line, printable

WILD = st.text(st.one_of(st.characters(), st.sampled_from("\x1b[]0;m\x07\x9b\x9c\x90\u202e\ud800\r\n\t`*_<>[]()")))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b2Jgone", "gone"),
        ("\x1b]0;new title\x07text", "text"),
        ("\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\", "click"),
        ("\x1bPq#0\x1b\\sixel", "sixel"),
        ("over\rwritten", "over\nwritten"),
        ("a\u202eb\u2066c", "abc"),
        ("lone \ud83d surrogate", "lone \ufffd surrogate"),
        ("ring\x07 and back\x08", "ring and back"),
        ("two\u2028lines\r\nthree\ttabs", "two\nlines\nthree\ttabs"),
        ("שלום 🙂 e\u0301", "שלום 🙂 e\u0301"),
    ],
)
def test_no_control_sequence_gets_through(typed: str, shown: str) -> None:
    assert printable(typed) == shown


@given(WILD)
def test_whatever_is_typed_controls_nothing(text: str) -> None:
    shown = printable(text)
    assert all(c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") for c in shown)
    assert printable(shown) == shown
    shown.encode()


@given(WILD, st.integers(5, 40))
def test_one_line_is_one_line_of_that_length(text: str, characters: int) -> None:
    line = one_line(text, characters)
    assert "\n" not in line
    assert len(line) <= characters


def test_a_long_line_is_cut_at_a_word() -> None:
    assert one_line("every token looks at every token", 20) == "every token ..."
