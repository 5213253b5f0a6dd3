"""How a word is capitalised. The encoder lowers all letters, so a head that needs capitals is told about them."""

from __future__ import annotations

from collections.abc import Sequence

SHAPES = ("special", "lower", "Capital", "UPPER", "miXed", "digits", "other")
_AS_NUMBER = {shape: number for number, shape in enumerate(SHAPES)}


def shape(word: str) -> int:
    """Number of the word's shape in `SHAPES`."""
    return _AS_NUMBER[_shape(word)]


def _shape(word: str) -> str:
    if any(c.isdigit() for c in word):
        return "digits"
    if not any(c.isalpha() for c in word):
        return "other"
    if word.islower():
        return "lower"
    if word[0].isupper() and (len(word) == 1 or not any(c.isupper() for c in word[1:])):
        return "Capital"
    return "UPPER" if word.isupper() else "miXed"


def piece_shapes(text: str, offsets: Sequence[tuple[int, int]], words: Sequence[int | None]) -> tuple[int, ...]:
    """The shape of each piece's word; 0 for special pieces (word None)."""
    spans: dict[int, tuple[int, int]] = {}
    for (start, end), word in zip(offsets, words, strict=True):
        if word is not None:
            first, last = spans.get(word, (start, end))
            spans[word] = (min(first, start), max(last, end))
    shapes = {word: shape(text[start:end]) for word, (start, end) in spans.items()}
    return tuple(0 if word is None else shapes[word] for word in words)
