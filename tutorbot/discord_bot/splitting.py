"""Splits Markdown into pieces at paragraphs, sentences or words; code blocks stay closed in every piece. Pure."""

from __future__ import annotations

import re

from tutorbot.discord_bot.escaping import FENCE, balanced
from tutorbot.discord_bot.limits import fitting, units

_CLOSE = f"\n{FENCE}"
_LANGUAGE = re.compile(r"```([\w+#.-]{0,20})\n")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"')\]]*\s+")


def split(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` units each, none of them blank.

    Nothing is lost but blanks at the places of the cuts. A code block that is cut is closed and opened again.

    Args:
        limit: at least 64, which leaves room for closing and opening a code block.
    """
    pieces: list[str] = []
    opening, rest = "", text.strip("\n").rstrip()
    while rest.strip():
        if units(piece := balanced(opening + rest)) <= limit:
            return [*pieces, piece]
        cut = _cut(rest, limit - units(opening) - len(_CLOSE), bool(opening))
        piece = balanced(opening + rest[:cut].rstrip())
        opening = _still_open(opening + rest[:cut])
        rest = rest[cut:].lstrip("\n") if opening else rest[cut:].lstrip()
        if piece.strip():
            pieces.append(piece)
    return pieces


def _cut(text: str, budget: int, in_code: bool) -> int:
    """Where to cut, counted in characters: the best place among the first `budget` units."""
    window = text[: fitting(text, budget)]
    cut = _best_break(window)
    if text[cut - 1] == text[cut : cut + 1] == "`":
        cut = len(window[:cut].rstrip("`")) or cut
    fence = window.rfind(FENCE, 0, cut)
    opens_here = fence > 0 and window.count(FENCE, 0, cut) % 2 == (0 if in_code else 1)
    # A block of which only the first line would fit begins with the next piece.
    if opens_here and not _LANGUAGE.sub("", window[fence:cut], count=1).strip("`\n "):
        return fence
    return cut


def _best_break(window: str) -> int:
    paragraph = window.rfind("\n\n") + 1
    line = window.rfind("\n") + 1
    sentence = max((found.end() for found in _SENTENCE_END.finditer(window)), default=0)
    word = window.rfind(" ") + 1
    half = len(window) // 2
    return next((place for place in (paragraph, line, sentence) if place > half), 0) or word or len(window)


def _still_open(text: str) -> str:
    """The line that opens the code block again which the text leaves open, "" if it leaves none open."""
    if text.count(FENCE) % 2 == 0:
        return ""
    found = _LANGUAGE.match(text, text.rfind(FENCE))
    return f"{FENCE}{found[1] if found else ''}\n"
