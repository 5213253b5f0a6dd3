from __future__ import annotations

import time
from collections.abc import Generator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.models.streaming import TokenText, until_stop


def decode_bytes(ids: list[int]) -> str:
    return bytes(ids).decode("utf-8", "replace")


def pieces_of(*texts: str) -> Generator[str, None, None]:
    yield from texts


@given(st.text())
def test_a_token_a_byte_gives_the_text_back(text: str) -> None:
    decoder = TokenText(decode_bytes)
    out = [decoder.push([byte]) for byte in text.encode("utf-8", "replace")]
    assert "".join(out) + decoder.flush() == text.encode("utf-8", "replace").decode()


def test_half_a_character_is_held_back() -> None:
    decoder = TokenText(decode_bytes)
    first, *rest = "é".encode()
    assert decoder.push([first]) == ""
    assert decoder.push(rest) == "é"


def test_bytes_that_are_no_text_do_not_block_the_rest() -> None:
    decoder = TokenText(decode_bytes)
    out = "".join(decoder.push([byte]) for byte in b"\xff\xff\xff\xff\xffok")
    assert out.endswith("ok")


@pytest.mark.parametrize(
    ("pieces", "stops", "written"),
    [
        (["one ", "two."], (), "one two."),
        (["one ", "two. three"], (".",), "one two"),
        (["Question", ": x\nAns", "wer: y"], ("\nAnswer:",), "Question: x"),
        (["a\nAns", "gar"], ("\nAnswer:",), "a\nAnsgar"),
        (["ab", "ab", "c"], ("abc", "ba"), "a"),
        (["END"], ("END",), ""),
        (["left over\n"], ("\n\n",), "left over\n"),
    ],
)
def test_writing_ends_before_the_stop_text(pieces: list[str], stops: tuple[str, ...], written: str) -> None:
    assert "".join(until_stop(pieces_of(*pieces), stops)) == written


def test_pieces_are_passed_on_as_they_come() -> None:
    assert list(until_stop(pieces_of("a", "b."), ("END",))) == ["a", "b."]


def test_at_the_stop_text_the_writer_is_stopped_too() -> None:
    closed = []

    def endless() -> Generator[str, None, None]:
        try:
            while True:
                yield "word. "
        finally:
            closed.append(True)

    assert list(until_stop(endless(), (".",))) == ["word"]
    assert closed == [True]


@given(st.lists(st.text("ab.", max_size=4)), st.lists(st.text("ab.", min_size=1, max_size=3), max_size=3))
def test_cutting_pieces_is_cutting_the_whole_text(pieces: list[str], stops: list[str]) -> None:
    whole = "".join(pieces)
    end = min([whole.find(stop) for stop in stops if stop in whole], default=len(whole))
    written = "".join(until_stop(pieces_of(*pieces), stops))
    # A stop text is acted on as soon as it is complete, so a longer one that began earlier may be pre-empted.
    assert whole.startswith(written)
    assert len(written) >= end
    assert not any(stop in written for stop in stops)


def test_no_piece_is_given_after_the_time_is_up() -> None:
    def slow() -> Generator[str, None, None]:
        yield "in time "
        time.sleep(0.05)
        yield "too late"

    assert "".join(until_stop(slow(), (), seconds=0.02)) == "in time "
    assert "".join(until_stop(slow(), ())) == "in time too late"
