"""From logits of word pieces to entities: the best sequence of BIO tags (Viterbi 1967), then spans of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tutorbot.ports import FloatArray, PieceScores
from tutorbot.tasks.probabilities import softmax

OUTSIDE = "O"
_NEVER = np.float32(-1e4)


@dataclass(frozen=True)
class Entity:
    """A span of the text with its type and the mean probability of its pieces' tags."""

    text: str
    label: str
    start: int
    end: int
    score: float


def tag_names(types: Sequence[str]) -> tuple[str, ...]:
    """O, then B- and I- of each type."""
    return (OUTSIDE, *(f"{prefix}-{kind}" for kind in types for prefix in "BI"))


def decode(text: str, windows: Sequence[PieceScores], tags: Sequence[str]) -> list[Entity]:
    """Entities of a text that was read in one or more windows, in order."""
    logits, offsets, words = _joined(windows)
    if not len(offsets):
        return []
    chances = softmax(logits)
    path = _best_path(np.log(chances + 1e-9), words, tuple(tags))
    found: list[list[int]] = []
    for n, tag in enumerate(path):
        if tags[tag].startswith("B-"):
            found.append([n, n])
        elif tags[tag].startswith("I-"):
            found[-1][1] = n
    return [_entity(text, tags[path[a]][2:], offsets, chances[range(a, b + 1), path[a : b + 1]], a, b) for a, b in found]


def _entity(text: str, label: str, offsets: Sequence[tuple[int, int]], chances: FloatArray, first: int, last: int) -> Entity:
    start, end = offsets[first][0], offsets[last][1]
    return Entity(text[start:end], label, start, end, round(float(chances.mean()), 4))


def _joined(windows: Sequence[PieceScores]) -> tuple[FloatArray, list[tuple[int, int]], list[int]]:
    """All pieces once; where windows overlap, from the window in which a piece stands further from the edge."""
    best: dict[tuple[int, int], tuple[int, FloatArray, int]] = {}
    for window in windows:
        last = len(window.offsets) - 1
        for n, (offset, word) in enumerate(zip(window.offsets, window.words, strict=True)):
            depth = min(n, last - n)
            if offset not in best or depth > best[offset][0]:
                best[offset] = (depth, window.logits[n], word)
    offsets = sorted(best)
    rows = [best[o][1] for o in offsets]
    return (np.stack(rows) if rows else np.zeros((0, 1), np.float32)), offsets, [best[o][2] for o in offsets]


def _best_path(scores: FloatArray, words: Sequence[int], tags: tuple[str, ...]) -> list[int]:
    """The allowed sequence of tags with the highest sum of log probabilities."""
    between, within, first = _transitions(tags)
    total, back = scores[0] + first, []
    for n in range(1, len(scores)):
        reach = total[:, None] + (within if words[n] == words[n - 1] else between)
        back.append(reach.argmax(axis=0))
        total = reach.max(axis=0) + scores[n]
    path = [int(total.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


@lru_cache(maxsize=4)
def _transitions(tags: tuple[str, ...]) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Costs from tag to tag between words and within a word, and of the first tag: 0 allowed, very low forbidden."""
    between, within = (np.full((len(tags), len(tags)), _NEVER, np.float32) for _ in range(2))
    first = np.zeros(len(tags), np.float32)
    for a, before in enumerate(tags):
        for b, after in enumerate(tags):
            goes_on = after.startswith("I-") and before[1:] == after[1:]
            # A word does not begin or end an entity in its middle.
            within[a, b] = 0 if goes_on or before == after == OUTSIDE else _NEVER
            between[a, b] = 0 if goes_on or not after.startswith("I-") else _NEVER
        first[a] = _NEVER if before.startswith("I-") else 0
    return between, within, first
