"""Where an instruction ends and the text it speaks about begins: quotes, separators, sentences, lines.

All positions are indexes into the plain form of a `Folded` message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]
Kind = Literal["quote", "separator", "line", "sentence"]
_QUOTES = (
    ("```", "```"),
    ("“", "”"),
    ("„", "“"),
    ("„", "”"),
    ("”", "”"),
    ("«", "»"),
    ("»", "«"),
    ("「", "」"),
    ("『", "』"),
    ("‹", "›"),
    ("‘", "’"),
    ("‚", "‘"),
    ('"', '"'),
    ("''", "''"),
    ("`", "`"),
    ("'", "'"),
    ("*", "*"),
    ("<", ">"),
    ("[", "]"),
)
_CLOSE_TO_APOSTROPHE = frozenset("'‘’`*‚<[")
# A colon inside 10:30, a hyphen inside a word and the dot of 3.14 do not separate anything.
SEPARATOR = re.compile(
    r" *(?:<?[-=~]+>+|<[-=]+|[→⇒➜➡←»]+|>+|<+|\|+|\.{2,}|…|(?<=[^\s]):(?=\s|[^\s\d/)(\\])|(?<=\d):(?=\s)"
    r"| :(?= )|(?<=\s)[-–—~=]+(?=\s)|—|(?<=\w)-(?= )|;(?= )|\s::?\s)[>\s]*"
)
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)]*\s+|\s*\n\s*")
_MOST_QUOTES = 40
_TRIM = " \t\n\r:;,|>=→⇒-–—~<"


@dataclass(frozen=True)
class Split:
    """One way to take a message apart: the instruction around a text, and the text."""

    instruction: tuple[Span, ...]
    content: Span
    kind: Kind


def quoted(plain: str) -> list[Span]:
    """The contents of quotes of all kinds, outermost ones only, in order. Apostrophes are not quotes."""
    found: list[Span] = []
    taken: list[Span] = []
    for opening, closing in _QUOTES:
        for match in _quote_pattern(opening, closing).finditer(plain):
            if all(match.end() <= a or match.start() >= b for a, b in taken):
                taken.append(match.span())
                found.append(match.span(1))
                if len(found) == _MOST_QUOTES:
                    return sorted(found)
    return sorted(found)


def _quote_pattern(opening: str, closing: str) -> re.Pattern[str]:
    return _PATTERNS[opening + closing]


def _compile(opening: str, closing: str) -> re.Pattern[str]:
    o, c = re.escape(opening), re.escape(closing)
    if opening in _CLOSE_TO_APOSTROPHE:
        # 'isn't it' closes at the last mark that no letter follows; content starts and ends without blanks.
        return re.compile(rf"(?<![\w{o}]){o}(?=[^\s{o}{c}])((?:[^{c}\n]|{c}(?=\w)){{0,1200}}?\S){c}(?![\w{c}])")
    return re.compile(rf"{o}\s*(\S(?:(?!{c}).)*?)\s*{c}", re.DOTALL)


_PATTERNS = {opening + closing: _compile(opening, closing) for opening, closing in _QUOTES}


def trim(plain: str, start: int, end: int) -> Span:
    """Without blanks and separators around."""
    while start < end and plain[start] in _TRIM:
        start += 1
    while end > start and plain[end - 1] in _TRIM:
        end -= 1
    return start, end


def splits(plain: str) -> Iterator[Split]:
    """All ways to take the message apart, the most telling first."""
    quotes = quoted(plain)
    yield from _at_quotes(plain, quotes)
    inside = [(a - 1, b + 1) for a, b in quotes]
    yield from _at_marks(plain, SEPARATOR, "separator", inside)
    yield from _at_marks(plain, re.compile(r"\s*\n\s*"), "line", inside)
    yield from _at_sentences(plain, inside)


def _at_quotes(plain: str, quotes: list[Span]) -> Iterator[Split]:
    for a, b in sorted(quotes, key=lambda q: q[0] - q[1]):
        around = tuple(s for s in (trim(plain, 0, a - 1), trim(plain, b + 1, len(plain))) if s[0] < s[1])
        yield Split(around, (a, b), "quote")


def _at_marks(plain: str, mark: re.Pattern[str], kind: Kind, inside: list[Span]) -> Iterator[Split]:
    """Text after the first mark, text before the last one, then the marks between."""
    marks = [m for m in mark.finditer(plain) if not any(a < m.start() < b for a, b in inside)]
    marks = [m for m in marks if m.start() > 0 and m.end() < len(plain)][:20]
    for m in marks:
        yield Split((trim(plain, 0, m.start()),), trim(plain, m.end(), len(plain)), kind)
    for m in reversed(marks):
        yield Split((trim(plain, m.end(), len(plain)),), (0, m.start()), kind)


def _at_sentences(plain: str, inside: list[Span]) -> Iterator[Split]:
    ends = [m.end() for m in _SENTENCE_END.finditer(plain) if not any(a < m.start() < b for a, b in inside)]
    for end in ends[:20]:
        if end < len(plain):
            yield Split((trim(plain, 0, end),), trim(plain, end, len(plain)), "sentence")
    for end in reversed(ends[-20:]):
        if 0 < end < len(plain):
            yield Split((trim(plain, end, len(plain)),), (0, len(plain[:end].rstrip())), "sentence")


def mask(plain: str) -> str:
    """The message with quoted and separated-off text replaced by "...", so that the instruction stands out.

    A long message without marks keeps its first and last words, where instructions stand.
    """
    quotes = quoted(plain)
    if quotes:
        for a, b in reversed(quotes):
            plain = f"{plain[:a]}...{plain[b:]}"
        return plain
    for match in SEPARATOR.finditer(plain):
        before, after = plain[: match.start()], plain[match.end() :]
        if before.strip() and len(after) > 3 and len(before.split()) <= 16:
            return f"{before}: ..."
        break
    words = plain.split()
    return plain if len(words) <= 24 else " ".join([*words[:10], "...", *words[-8:]])
