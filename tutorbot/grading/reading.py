"""Reads what a learner typed: options, phrases, numbers. Forgiving of case, endings and small slips. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:e[-+]?\d+)?", re.IGNORECASE)
_FACTORS = {
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "%": 1.0,
}
_FRACTION = re.compile(r"^\s*([-+]?\d+(?:\.\d+)?)\s*/\s*(\d+(?:\.\d+)?)\s*$")
_WORD = re.compile(r"[a-z0-9]+(?:[.'’][a-z0-9]+)*|[≤≥<>=+*/^-]")
_ENDINGS = (
    "ations",
    "ation",
    "ings",
    "ing",
    "ised",
    "ized",
    "ises",
    "izes",
    "ise",
    "ize",
    "edly",
    "ed",
    "es",
    "ly",
    "al",
    "s",
    "e",
)
_NOT = frozenset(("not", "no", "never", "cannot", "can't", "doesn't", "don't", "isn't", "aren't", "won't", "without"))
_REACH = 3
SMALL_SLIP = 0.84


def tidy(text: str) -> str:
    """White space as single blanks, quotes and case as they are, ends trimmed."""
    return " ".join(text.split())


def stems(text: str) -> list[str]:
    """Words without their endings, in order."""
    return [_stem(w) for w in _WORD.findall(text.lower())]


def says(answer: str, phrase: str) -> bool:
    """All words of the phrase occur in the answer, and the answer does not deny them.

    A phrase that begins with "not " is said only where the denial is there.
    """
    words, wanted = _WORD.findall(answer.lower()), stems(phrase)
    denied = [w for w in wanted if w in _NOT]
    places = [[i for i, word in enumerate(words) if _same(_stem(word), want)] for want in wanted if want not in _NOT]
    if not all(places):
        return False
    negated = any(w in _NOT for i in (min(p) for p in places[:1]) for w in words[max(0, i - _REACH) : i])
    return negated if denied else not negated


def chosen(answer: str, options: Sequence[str]) -> frozenset[int] | None:
    """Which options are named: by letter, by number or by their text; None where none is."""
    whole = tidy(answer).lower()
    for n, option in enumerate(options):
        if whole == tidy(option).lower():
            return frozenset((n,))
    whole = re.sub(r"\b(?:and|option|answer|options)\b", " ", whole)
    marks = re.findall(r"[a-z]|\d+", whole) if re.fullmatch(r"[\s,;.)(]*(?:(?:[a-z]|\d+)\b[\s,;.)(]*)+", whole) else []
    found = {int(m) - 1 if m.isdecimal() else ord(m) - ord("a") for m in marks if m.isdecimal() or len(m) == 1}
    return frozenset(found) if found and all(0 <= n < len(options) for n in found) else None


def first_number(answer: str) -> float | None:
    """The first number in the answer: "1,024", "1e6", "3/4", "7 billion", "12.5 %"; None where there is none."""
    if fraction := _FRACTION.match(answer):
        return float(fraction[1]) / float(fraction[2]) if float(fraction[2]) else None
    for match in _NUMBER.finditer(answer):
        digits = match.group().replace(",", "")
        if any(c.isdigit() for c in digits):
            after = re.match(r"\s*([a-z%]+)", answer[match.end() :].lower())
            return float(digits) * _FACTORS.get(after[1] if after else "", 1.0)
    return None


def fits_gap(word: str, fitting: Sequence[str]) -> bool:
    """The word is one of those that fit, but for case, endings and a small slip of the keys."""
    typed, plain = " ".join(stems(word)), tidy(word).lower()
    return any(_same(typed, " ".join(stems(option))) or _same(plain, option.lower()) for option in fitting)


def _same(a: str, b: str) -> bool:
    return a == b or (len(b) >= 6 and a[:2] == b[:2] and SequenceMatcher(None, a, b).ratio() >= SMALL_SLIP)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
