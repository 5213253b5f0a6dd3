"""Logits of word pieces become spans of the text."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.ports import PieceScores
from tutorbot.tasks.bio import decode, tag_names

TAGS = tag_names(("PER", "LOC"))


def scores(text: str, pieces: list[tuple[str, str]], sure: float = 5.0) -> PieceScores:
    """Pieces as (text, wanted tag); a piece that begins with ## belongs to the word before it."""
    offsets, words, rows, at = [], [], [], 0
    for piece, tag in pieces:
        bare = piece.removeprefix("##")
        at = text.index(bare, at)
        offsets.append((at, at + len(bare)))
        words.append(words[-1] if piece.startswith("##") else len(set(words)))
        rows.append([sure if name == tag else 0.0 for name in TAGS])
        at += len(bare)
    return PieceScores(np.array(rows, np.float32), tuple(offsets), tuple(words), np.zeros(len(TAGS), np.float32))


def test_a_name_of_two_words_and_a_place() -> None:
    text = "Marie Curie lived in Warsaw."
    window = scores(
        text, [("Marie", "B-PER"), ("Curie", "I-PER"), ("lived", "O"), ("in", "O"), ("Warsaw", "B-LOC"), (".", "O")]
    )
    assert [(e.text, e.label, e.start, e.end) for e in decode(text, [window], TAGS)] == [
        ("Marie Curie", "PER", 0, 11),
        ("Warsaw", "LOC", 21, 27),
    ]


def test_a_name_cannot_begin_with_a_tag_that_goes_on() -> None:
    text = "in Warsaw"
    found = decode(text, [scores(text, [("in", "O"), ("Warsaw", "I-LOC")])], TAGS)
    assert all(e.label in ("LOC", "PER") and text[e.start : e.end] == e.text for e in found)


def test_a_word_is_never_split() -> None:
    text = "Warsaw"
    found = decode(text, [scores(text, [("War", "B-LOC"), ("##saw", "O")])], TAGS)
    assert [e.text for e in found] in (["Warsaw"], [])


def test_two_places_side_by_side_stay_two() -> None:
    text = "Paris London"
    found = decode(text, [scores(text, [("Paris", "B-LOC"), ("London", "B-LOC")])], TAGS)
    assert [e.text for e in found] == ["Paris", "London"]


def test_where_windows_overlap_the_one_with_more_around_it_is_believed() -> None:
    text = "a b Warsaw c d"
    edge = scores(text, [("a", "O"), ("b", "O"), ("Warsaw", "O")])
    middle = scores(text, [("b", "O"), ("Warsaw", "B-LOC"), ("c", "O"), ("d", "O")])
    # Words are numbered over the whole text.
    middle = replace(middle, words=(1, 2, 3, 4))
    assert [e.text for e in decode(text, [edge, middle], TAGS)] == ["Warsaw"]


def test_an_empty_text_has_no_names() -> None:
    empty = PieceScores(np.zeros((0, len(TAGS)), np.float32), (), (), np.zeros(len(TAGS), np.float32))
    assert decode("", [empty], TAGS) == []


@given(st.lists(st.lists(st.floats(-9, 9, width=32), min_size=5, max_size=5), min_size=1, max_size=30))
def test_whatever_the_logits_spans_are_in_order_and_apart(rows: list[list[float]]) -> None:
    text = "x " * len(rows)
    places = tuple((2 * n, 2 * n + 1) for n in range(len(rows)))
    window = PieceScores(np.array(rows, np.float32), places, tuple(range(len(rows))), np.zeros(5, np.float32))
    found = decode(text, [window], TAGS)
    assert all(e.text == text[e.start : e.end] and 0 < e.score <= 1 for e in found)
    assert all(a.end < b.start for a, b in pairwise(found))
