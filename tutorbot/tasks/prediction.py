"""Did a learner's prediction come true? Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SURE = re.compile(r"(?<![\d.])(\d{1,3})\s*(?:%|per ?cent|percent)", re.IGNORECASE)
_FILLER = frozenset("i think it is will be its it's the a an that maybe probably guess say answer with and sure".split())
_WORD = re.compile(r"[\w'-]+")


@dataclass(frozen=True)
class Prediction:
    """What the learner expects, and how sure they are, 0 to 1; None where they did not say."""

    text: str
    confidence: float | None


def read_prediction(message: str) -> Prediction:
    """Take "negative, 80 % sure" apart."""
    found = _SURE.search(message)
    if not found or int(found[1]) > 100:
        return Prediction(message.strip(), None)
    rest = (message[: found.start()] + message[found.end() :]).strip(" ,;.-()")
    return Prediction(re.sub(r"\s*\b(?:sure|certain|confident)\b\s*$", "", rest).strip(" ,;.-()"), int(found[1]) / 100)


def holds(prediction: str, outcome: str) -> bool:
    """Whether the outcome was predicted: one says all the words of the other, articles and the like left out."""
    said, found = _words(prediction), _words(outcome)
    return bool(said) and bool(found) and (found <= said or said <= found)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower())) - _FILLER
