"""Which sentences of a text say what it is about: a small ranker over sentence vectors. Trained by
training/sentence_ranker.py.

A linear model over how near a sentence is to the whole text, where it stands, how long it is, and cues such as
"we propose". Papers tell their news after the background, newspapers first; so every feature is there twice, the second
time only for texts that speak as papers do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from tutorbot.errors import WeightsError
from tutorbot.ports import Encoder, FloatArray
from tutorbot.retrieval.words import content_words

RANKER_FILE = "ranker.npz"
SHIPPED = Path(__file__).parents[1] / "weights" / "sentence-ranker"
MOST_SENTENCES = 64
_READ_CHARACTERS = 600
_OFFER = re.compile(
    r"\b(?:we|this (?:paper|work|article)|in this (?:paper|work)|our)\b.{0,30}?\b(?:propos|introduc|present|develop|devis"
    r"|describ|design|study|studies|investigat|explor|address|offer|suggest|provid)",
    re.IGNORECASE,
)
_FINDING = re.compile(
    r"\b(?:we|results?|experiments?)\b.{0,30}?\b(?:show|find|found|demonstrat|prov|achiev|outperform|improv)", re.IGNORECASE
)
_CONTRAST = re.compile(r"^(?:however|but|yet|unfortunately|while|although|despite|in contrast)\b", re.IGNORECASE)
_LEANS = re.compile(
    r"^(?:it|they|he|she|this|these|those|that|such|then|also|moreover|furthermore|in addition|additionally|finally|for"
    r" example|for instance|and|so)\b",
    re.IGNORECASE,
)
_PAPER = re.compile(r"\b(?:we|our|this paper|this work)\b", re.IGNORECASE)


class SentenceRanker:
    """The trained ranker in `folder` (the shipped one by default) over an encoder.

    Raises:
        WeightsError: the ranker is missing or cannot be read.
    """

    def __init__(self, encoder: Encoder, folder: Path = SHIPPED) -> None:
        self._encoder = encoder
        self._weights = _load(folder / RANKER_FILE)

    def scores(self, parts: Sequence[str]) -> FloatArray:
        """How much each sentence says of what the text says, shape (sentences,); only their order means something."""
        if not parts:
            return np.zeros(0, np.float32)
        found: FloatArray = (
            features(list(parts), self._encoder.encode([p[:_READ_CHARACTERS] for p in parts])) @ self._weights
        )
        return found

    def best(self, parts: Sequence[str], count: int) -> list[int]:
        """Numbers of the best sentences, in the order of the text, leaving out any that repeats a better one."""
        scores, chosen = self.scores(parts), list[int]()
        for n in sorted(range(len(parts)), key=lambda n: -float(scores[n])):
            if len(chosen) < count and not any(_repeats(parts[n], parts[c]) for c in chosen):
                chosen.append(n)
        return sorted(chosen)

    def nearness(self, drafts: Sequence[str], text: str) -> list[float]:
        """Cosine of each draft's meaning vector with the text's."""
        vectors = self._encoder.encode([text, *drafts])
        return [float(score) for score in vectors[1:] @ vectors[0]]


def features(parts: Sequence[str], vectors: FloatArray) -> FloatArray:
    """Features of each sentence, shape (sentences, 34): every one for all texts, and again for papers.

    Args:
        parts: the sentences of one text.
        vectors: their unit vectors.
    """
    middle = vectors.mean(axis=0)
    middle = middle / (np.linalg.norm(middle) or 1.0)
    near = vectors @ middle
    cosines = vectors @ vectors.T
    counts = Counter(w for part in parts for w in set(content_words(part)))
    rows = [_row(n, parts, counts) for n in range(len(parts))]
    meaning = np.stack([near, near - near.mean(), cosines.mean(axis=1), cosines[0], _rank(near)], axis=1)
    each = np.hstack([meaning, np.array(rows, np.float32)])
    paper = float(any(_PAPER.search(p) and (_OFFER.search(p) or _FINDING.search(p)) for p in parts))
    return np.hstack([each, each * paper]).astype(np.float32)


def _row(n: int, parts: Sequence[str], counts: Counter[str]) -> list[float]:
    part, total = parts[n], len(parts)
    words = content_words(part)
    length = len(part.split())
    shared = sum(counts[w] > 1 for w in words) / (len(words) or 1)
    return [
        float(n == 0),
        float(n == 1),
        float(n == total - 1),
        n / total,
        float(np.log1p(length)),
        float(length < 8),
        float(length > 35),
        shared,
        float(bool(_OFFER.search(part))),
        float(bool(_FINDING.search(part))),
        float(bool(_CONTRAST.search(part))),
        float(bool(_LEANS.search(part))),
    ]


def _rank(values: FloatArray) -> FloatArray:
    places = values.argsort().argsort() / max(1, len(values) - 1)
    return places.astype(np.float32)


def _repeats(sentence: str, other: str) -> bool:
    said, there = set(content_words(sentence)), set(content_words(other))
    return bool(said) and len(said & there) / len(said) > 0.8


def _load(path: Path) -> FloatArray:
    try:
        with np.load(path, allow_pickle=False) as content:
            weights: FloatArray = content["weights"].astype(np.float32)
    except (OSError, KeyError, ValueError, BadZipFile) as error:
        raise WeightsError(
            f"The sentence ranker {path} cannot be read: {error}",
            "Train it again with `python -m tutorbot.training.sentence_ranker`.",
        ) from error
    return weights
