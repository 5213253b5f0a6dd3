"""Cuts text into sentences, also while it is still being written. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9`$*])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|et al|etc|Fig|No|approx|Dr|Mr|Ms|Prof|St|al|Eq|resp)\.|\b[A-Z]\.|^\s*\d+\.)$", re.IGNORECASE
)


def sentences(text: str) -> list[str]:
    """The sentences of a text, trimmed, empty ones left out."""
    return [s for s in _cut(text) if s]


def stream_sentences(pieces: Iterable[str]) -> Iterator[str]:
    """Sentences as soon as each is complete, from text that arrives in pieces."""
    waiting = ""
    for piece in pieces:
        waiting += piece
        *done, waiting = _cut(waiting, strip_last=False)
        yield from (s for s in done if s)
    if waiting.strip():
        yield waiting.strip()


def _cut(text: str, strip_last: bool = True) -> list[str]:
    parts, start = [], 0
    for match in _END.finditer(text):
        if not _ABBREVIATION.search(text[start : match.start()]):
            parts.append(text[start : match.end()].strip())
            start = match.end()
    rest = text[start:]
    return [*parts, rest.strip() if strip_last else rest]
