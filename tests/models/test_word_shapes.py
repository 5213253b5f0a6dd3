"""The shape of a word is what the encoder cannot see."""

from __future__ import annotations

import pytest

from tutorbot.models.word_shapes import SHAPES, piece_shapes, shape


@pytest.mark.parametrize(
    ("word", "named"),
    [
        ("apple", "lower"), ("Apple", "Capital"), ("I", "Capital"), ("IBM", "UPPER"), ("iPhone", "miXed"),
        ("1969", "digits"), ("B2B", "digits"), ("-", "other"), ("Élan", "Capital"),
    ],
)  # fmt: skip
def test_shapes(word: str, named: str) -> None:
    assert SHAPES[shape(word)] == named


def test_all_pieces_of_a_word_have_its_shape_and_special_ones_have_none() -> None:
    text = "Cupertino is"
    shapes = piece_shapes(text, [(0, 0), (0, 3), (3, 9), (10, 12), (0, 0)], [None, 0, 0, 1, None])
    assert [SHAPES[n] for n in shapes] == ["special", "Capital", "Capital", "lower", "special"]
