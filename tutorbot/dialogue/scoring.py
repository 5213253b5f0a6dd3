"""The intent head: softmax regression over sentence vectors and hashed word parts. Trained by training/intent_head.py.

A message is looked at twice, whole and with the text it carries masked, because a long payload would drown the few
words that say what is wanted. Word parts catch what the encoder's vocabulary splits badly: slips, chat speak.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol
from zipfile import BadZipFile

import numpy as np

from tutorbot.dialogue.folding import fold
from tutorbot.dialogue.splitting import mask, quoted
from tutorbot.errors import WeightsError
from tutorbot.ports import Encoder, FloatArray

HEAD_FILE = "head.npz"
SHIPPED = Path(__file__).parents[1] / "weights" / "intent-head"
BUCKETS = 2048
MAX_CHARACTERS = 2_000
_SURFACE = 6


class IntentScorer(Protocol):
    """Says how likely each intent is."""

    def score(self, text: str) -> Mapping[str, float]:
        """Probabilities by intent slug; they sum to 1."""
        ...


class HeadScorer:
    """The trained head in `folder` (the shipped one by default) over an encoder.

    Raises:
        WeightsError: the head is missing, cannot be read or was trained for another encoder.
    """

    def __init__(self, encoder: Encoder, folder: Path = SHIPPED) -> None:
        self._encoder = encoder
        self._weights, self._bias, self._intents = _load(folder / HEAD_FILE)
        if self._weights.shape[1] != width(encoder.dimension):
            raise WeightsError(
                f"{folder / HEAD_FILE} was trained for an encoder of another width than {encoder.dimension}.",
                "Train it again with `python -m tutorbot.training.intent_head`.",
            )

    def score(self, text: str) -> Mapping[str, float]:
        """Probabilities by intent slug. Only the first 2,000 characters are looked at."""
        logits = self._weights @ features(self._encoder, [text])[0] + self._bias
        odds = np.exp(logits - logits.max())
        return dict(zip(self._intents, (odds / odds.sum()).tolist(), strict=True))


def width(dimension: int) -> int:
    """Number of features over an encoder of this dimension."""
    return 2 * dimension + BUCKETS + _SURFACE


def features(encoder: Encoder, texts: Sequence[str]) -> FloatArray:
    """Whole vector, masked vector, hashed parts and surface marks, shape (len(texts), width(encoder.dimension))."""
    plain = [fold(text[:MAX_CHARACTERS]).plain for text in texts]
    masked = [mask(p) for p in plain]
    vectors = encoder.encode([*plain, *masked])
    parts = np.stack([_hashed_parts(m) for m in masked])
    surface = np.stack([_surface(p, m) for p, m in zip(plain, masked, strict=True)])
    return np.hstack([vectors[: len(plain)], vectors[len(plain) :], parts, surface]).astype(np.float32)


def _hashed_parts(text: str) -> FloatArray:
    """Words, pairs of words and word parts of 3 to 5 letters, hashed to buckets, length 1."""
    row = np.zeros(BUCKETS, np.float32)
    for part in _parts(text.split()[:40]):
        row[zlib.crc32(part.encode("utf-8", "replace")) % BUCKETS] += 1.0
    row = np.sqrt(row)
    length = float(np.linalg.norm(row))
    return row / length if length else row


def _parts(words: Sequence[str]) -> Iterator[str]:
    yield from (f"{a} {b}" for a, b in zip(["^", *words], [*words, "$"], strict=True))
    for word in words:
        edged = f"_{word}_"
        yield edged
        yield from (edged[i : i + n] for n in (3, 4, 5) for i in range(len(edged) - n + 1))


def _surface(plain: str, masked: str) -> FloatArray:
    """What the eye sees first: marks and length."""
    words = len(plain.split())
    marks = (masked != plain, bool(quoted(plain)), plain.rstrip().endswith("?"), words <= 2, words > 12, words > 30)
    return np.array(marks, np.float32) * 0.5


def _load(path: Path) -> tuple[FloatArray, FloatArray, tuple[str, ...]]:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            weights = stored["weights"].astype(np.float32)
            bias = stored["bias"].astype(np.float32)
            intents = tuple(str(name) for name in stored["intents"])
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error) as error:
        raise WeightsError(
            f"The intent head {path} cannot be read ({error}).",
            "Install tutorbot again, or train it with `python -m tutorbot.training.intent_head`.",
        ) from error
    return weights, bias, intents
