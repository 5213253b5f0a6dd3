"""Text that arrives in pieces: whole characters out of tokens, and an end at a stop text. Pure."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing

_UNFINISHED = "\ufffd"
# A character is at most four bytes, and a byte at least a token of its own; more pending tokens are no character.
_LONGEST_CHARACTER = 4


class TokenText:
    """Turns token ids into text, holding back characters whose bytes are not all there yet.

    Args:
        decode: ids to text; bytes that are no UTF-8 must come out as U+FFFD, and the text of two lists of ids must be
            the text of the first followed by that of the second, as it is with byte-level vocabularies.
    """

    def __init__(self, decode: Callable[[list[int]], str]) -> None:
        self._decode = decode
        self._pending: list[int] = []

    def push(self, ids: Sequence[int]) -> str:
        """The text that these ids complete; may be empty."""
        self._pending += ids
        text = self._decode(self._pending)
        if text.endswith(_UNFINISHED) and len(self._pending) < _LONGEST_CHARACTER + len(ids):
            return ""
        self._pending = []
        return text

    def flush(self) -> str:
        """What was held back, at the end."""
        text = self._decode(self._pending) if self._pending else ""
        self._pending = []
        return text


def until_stop(pieces: Generator[str, None, None], stops: Sequence[str], seconds: float | None = None) -> Iterator[str]:
    """The pieces up to the first of the stop texts, which is left out, and not after `seconds` have passed.

    `pieces` is closed at the end.
    """
    held = ""
    end_of_time = math.inf if seconds is None else time.monotonic() + seconds
    with closing(pieces):
        for piece in pieces:
            if time.monotonic() > end_of_time:
                break
            held += piece
            if (end := _first(held, stops)) is not None:
                held = held[:end]
                break
            safe = len(held) - _overhang(held, stops)
            if safe:
                yield held[:safe]
                held = held[safe:]
    if held:
        yield held


def _first(text: str, stops: Sequence[str]) -> int | None:
    return min((at for stop in stops if stop and (at := text.find(stop)) >= 0), default=None)


def _overhang(text: str, stops: Sequence[str]) -> int:
    """Length of the longest end of the text that could be the beginning of a stop text."""
    longest = max((len(stop) - 1 for stop in stops), default=0)
    return next((n for n in range(min(longest, len(text)), 0, -1) if any(s.startswith(text[-n:]) for s in stops)), 0)
