"""Exact match and F1 of answer spans, as SQuAD defines them (Rajpurkar et al. 2016, https://aclanthology.org/D16-1264/)."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalised(text: str) -> list[str]:
    """Words in lower case without punctuation and articles."""
    return _ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split()


def exact_match(given: str, accepted: Sequence[str]) -> float:
    """1 if the answer is one of the accepted ones, else 0. "" stands for "no answer"."""
    return float(any(normalised(given) == normalised(text) for text in accepted))


def overlap_f1(given: str, accepted: Sequence[str]) -> float:
    """The best F1 of the answer's words with an accepted answer's, 0 to 1. "" stands for "no answer"."""
    return max((_f1(normalised(given), normalised(text)) for text in accepted), default=0.0)


def _f1(given: Sequence[str], wanted: Sequence[str]) -> float:
    if not given or not wanted:
        return float(given == wanted)
    shared = sum((Counter(given) & Counter(wanted)).values())
    return 2 * shared / (len(given) + len(wanted))
