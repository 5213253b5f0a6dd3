"""Mends slips of the keys in a query, from the words that the course uses. Pure.

The encoder cuts an unknown word into pieces that mean nothing ("atention" becomes "ate", "##ntion"), and BM25 never saw
it, so one slip can hide the subject of a question.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from tutorbot.retrieval.words import STOP_WORDS

# Shorter words have too many neighbours, and "weather" must not become "whether".
_SHORTEST = 6
_LIKENESS = 0.87
_WORD = re.compile(r"[A-Za-z]{6,}")


class Spelling:
    """Knows the words of a course."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._by_letter: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            if len(word) >= _SHORTEST - 1 and word.isalpha():
                self._by_letter[word[0]].append(word)
        self._nearest = lru_cache(maxsize=4096)(self._find)

    def correct(self, text: str) -> str:
        """The text with each word that the course does not know replaced by one that differs in a letter or two."""
        return _WORD.sub(lambda m: self._nearest(m.group().lower()) or m.group(), text)

    def _find(self, word: str) -> str | None:
        if word in self._words or word in STOP_WORDS:
            return None
        # Another ending is no slip: "considered" is not "consider" mistyped.
        near = [w for w in self._by_letter[word[0]] if abs(len(w) - len(word)) <= 2 and not _same_beginning(w, word)]
        return next(iter(get_close_matches(word, near, n=1, cutoff=_LIKENESS)), None)


def _same_beginning(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a)
