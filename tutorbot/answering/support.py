"""Is a sentence supported by the passages it would cite?

A sentence that stands in a passage word for word is supported. For any other, every content word piece is matched with
its nearest piece of the passage in meaning (the recall of BERTScore, Zhang et al. 2020, turned round: how much of the
sentence is found in the evidence), a logistic curve makes a probability of it, and three things that meaning vectors
are blind to are checked by hand: numbers, names and negation.
"""

from __future__ import annotations

import math
import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from tutorbot.answering.sentences import sentences
from tutorbot.ports import Encoder, Pieces
from tutorbot.retrieval.words import STOP_WORDS

SUPPORTED = 0.7
# Set on STS-B dev (pairs that people score 4.6 to 5 of 5 have a median of 0.93, those below 3 one of 0.59) and SICK
# (entailed pairs 0.92, neutral ones 0.64): half probable at 0.80.
_SLOPE, _MIDDLE = 22.0, 0.80
_UNSEEN_NUMBER, _UNSEEN_NAME, _NEGATION = 0.1, 0.5, 0.3
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"\b(?:[A-Z]{2,}[\w-]*|[A-Z][a-z]+[A-Z]\w*|(?<=[a-z,;] )[A-Z][a-z]{2,})\b")
_NOT = re.compile(r"\b(?:not|no|never|cannot|without|neither|nor|none|nothing|nobody)\b|n['’]t\b", re.IGNORECASE)
_PLAIN = re.compile(r"[^a-z0-9]+")
_CACHE_SIZE = 2048


@dataclass(frozen=True)
class Support:
    """How well a sentence is supported, 0 to 1, and by which of the passages (position in the list)."""

    score: float
    passage: int

    @property
    def holds(self) -> bool:
        """The sentence may be shown."""
        return self.score >= SUPPORTED


class SupportChecker:
    """Checks sentences against passages with the encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._cache: OrderedDict[str, Pieces] = OrderedDict()
        self._lock = Lock()

    def check(self, sentence: str, passages: Sequence[str]) -> Support:
        """The best support that any one sentence of the passages gives the sentence.

        One sentence, because a claim that joins words from several is just what a small model makes up.

        Raises:
            ValueError: there is no passage.
        """
        plain = _plain(sentence)
        for n, passage in enumerate(passages):
            if plain and plain in _plain(passage):
                return Support(1.0, n)
        evidence = [(n, part) for n, passage in enumerate(passages) for part in sentences(passage)]
        if not evidence:
            return Support(0.0, 0)
        said = self._encoder.encode_pieces([sentence])[0]
        scores = [
            probability(_found(said, pieces)) * blind_spots(sentence, part)
            for (_, part), pieces in zip(evidence, self._pieces([part for _, part in evidence]), strict=True)
        ]
        best = max(range(len(scores)), key=scores.__getitem__)
        return Support(scores[best], evidence[best][0])

    def _pieces(self, passages: Sequence[str]) -> list[Pieces]:
        """Vectors of the passages; a passage is often checked against several sentences in a row."""
        with self._lock:
            missing = [p for p in dict.fromkeys(passages) if p not in self._cache]
        new = dict(zip(missing, self._encoder.encode_pieces(missing), strict=True)) if missing else {}
        with self._lock:
            found = [new.get(p) or self._cache[p] for p in passages]
            self._cache.update(new)
            while len(self._cache) > _CACHE_SIZE:
                self._cache.popitem(last=False)
        return found


def _found(said: Pieces, evidence: Pieces) -> float:
    """Mean over the sentence's content pieces of the cosine with the nearest piece of the evidence."""
    keep = [i for i, piece in enumerate(said.pieces) if piece not in STOP_WORDS and any(c.isalnum() for c in piece)]
    if not keep or not evidence.pieces:
        return 0.0
    return float((said.vectors[keep] @ evidence.vectors.T).max(axis=1).mean())


def probability(found: float) -> float:
    """The found share as a probability of being supported."""
    return 1 / (1 + math.exp(-_SLOPE * (found - _MIDDLE)))


def blind_spots(sentence: str, passage: str) -> float:
    """A factor below 1 where the sentence has a number or a name that the passage has not, or turns its sense round."""
    factor = 1.0
    if set(_NUMBER.findall(sentence)) - set(_NUMBER.findall(passage)):
        factor *= _UNSEEN_NUMBER
    low = passage.lower()
    if any(name.lower() not in low for name in _NAME.findall(sentence)):
        factor *= _UNSEEN_NAME
    if bool(_NOT.search(sentence)) and not _NOT.search(passage):
        factor *= _NEGATION
    return factor


def _plain(text: str) -> str:
    return _PLAIN.sub(" ", text.lower()).strip()
