"""Pieces of a byte-level vocabulary as people can read them. Pure.

GPT-2 (Radford et al. 2019) writes the blank before a word as Ġ and a line end as Ċ; the course does the same. Bytes that
are only part of a character cannot be read, and are shown as numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_BYTE = re.compile(r"\\x([0-9a-f]{2})")
_SEEN = str.maketrans({" ": "Ġ", "\n": "Ċ", "\t": "ĉ", "\r": "č"})


def readable(piece: bytes) -> str:
    """ "Ġworld" for b" world", "Ġ<0xF0><0x9F>" for a blank and half of an emoji."""
    try:
        return piece.decode("utf-8").translate(_SEEN)
    except UnicodeDecodeError:
        shown = piece.decode("utf-8", "backslashreplace").translate(_SEEN)
        return _BYTE.sub(lambda m: f"<0x{m[1].upper()}>", shown)


def character_offsets(text: str, pieces: Sequence[bytes]) -> tuple[tuple[int, int], ...]:
    """Where each piece stands in the text, in characters; a piece that holds part of a character covers all of it.

    Raises:
        ValueError: the pieces are not the text's bytes.
    """
    owner = [n for n, character in enumerate(text) for _ in character.encode("utf-8")]
    found, at = [], 0
    for piece in pieces:
        found.append((owner[at], owner[at + len(piece) - 1] + 1) if piece else (0, 0))
        at += len(piece)
    if at != len(owner):
        raise ValueError(f"the pieces have {at} bytes, the text has {len(owner)}")
    return tuple(found)
