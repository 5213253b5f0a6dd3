"""Did a learner's prediction come true? Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SURE = re.compile(r"(?<![\d.])(\d{1,3})\s*(?:%|per ?cent|percent)", re.IGNORECASE)
_FILLER = frozenset("i think it is will be its it's the a an that maybe probably guess say answer with and sure".split())
_COUNT = re.compile(r"\d+ \w+")
_NOT = "not"
_DENIALS = frozenset("no not none nothing never".split())
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
    """Whether the outcome was predicted: one says all the words of the other, articles and the like left out.

    A prediction that says "not" where the outcome does not, or the other way round, or that leaves it open ("7 or 8"),
    does not hold; and "1 per, 2 loc" is not "2 per, 1 loc".
    """
    said, found = _words(prediction), _words(outcome)
    open_still = "or" in said - found
    if not said or not found or open_still or (_NOT in said) != (_NOT in found):
        return False
    return _one_says_the_other(said, found) and _one_says_the_other(_counts(prediction), _counts(outcome))


def _one_says_the_other(said: frozenset[str], found: frozenset[str]) -> bool:
    return found <= said or said <= found


def _counts(text: str) -> frozenset[str]:
    return frozenset(_COUNT.findall(text.lower()))


def _words(text: str) -> frozenset[str]:
    words = (_NOT if word in _DENIALS or word.endswith("n't") else word for word in _WORD.findall(_plain(text)))
    return frozenset(words) - _FILLER


def _plain(text: str) -> str:
    return text.lower().replace("’", "'").replace("unsupported", "not supported")
