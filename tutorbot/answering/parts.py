"""A message with several questions becomes several questions. Pure.

"What is dropout? Why is it useful?" is two questions about one thing; each is searched by itself.
"""

from __future__ import annotations

import re

_END = re.compile(r"(?<=\?)\s+(?=\S)")
_JOINED = re.compile(
    r"(?:,\s*|\s+)(?:and|or)\s+(?=(?:what|how|why|when|where|which|who)\b)|,\s+(?=(?:what|how|why|when|where|which)\b)",
    re.IGNORECASE,
)
MOST_PARTS = 3
_LEAST_WORDS = 3


def split_question(text: str) -> tuple[str, ...]:
    """The questions of a message, at most three; a lead-in such as "Hi." stays with the question that follows."""
    parts: list[str] = []
    for sentence in _END.split(text.strip()):
        parts += _split_joined(sentence)
    merged: list[str] = []
    for part in parts:
        if merged and len(merged[-1].split()) < _LEAST_WORDS and not merged[-1].endswith("?"):
            merged[-1] = f"{merged[-1]} {part}"
        else:
            merged.append(part)
    return tuple(merged[:MOST_PARTS]) or (text.strip(),)


def _split_joined(sentence: str) -> list[str]:
    pieces = [p.strip() for p in _JOINED.split(sentence) if p.strip()]
    long_enough = all(len(p.split()) >= 2 for p in pieces)
    if len(pieces) < 2 or not long_enough or len(pieces[0].split()) < _LEAST_WORDS:
        return [sentence.strip()]
    return [p if p.endswith("?") else f"{p}?" for p in pieces]
