"""From logits of start and end to the best span of a text, or to none (Devlin et al. 2019, section 4.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tutorbot.ports import PieceScores

LONGEST_ANSWER = 30
START, END = 0, 1


@dataclass(frozen=True)
class Span:
    """The best span: its place in characters, and how far its score lies above that of "no answer", in logits."""

    start: int
    end: int
    margin: float


def best_spans(windows: Sequence[PieceScores], count: int = 1) -> list[Span]:
    """The best span of each window, the best first, at most `count`; empty where there are no pieces."""
    found = [span for window in windows if (span := _best(window)) is not None]
    return sorted(found, key=lambda span: -span.margin)[:count]


def _best(window: PieceScores) -> Span | None:
    length = len(window.offsets)
    if not length:
        return None
    start, end = window.logits[:, START], window.logits[:, END]
    reach = np.full((min(LONGEST_ANSWER, length), length), -np.inf, dtype=np.float32)
    for size in range(reach.shape[0]):
        reach[size, : length - size] = start[: length - size] + end[size:]
    size, first = (int(n) for n in np.unravel_index(int(reach.argmax()), reach.shape))
    none = float(window.whole[START] + window.whole[END])
    return Span(window.offsets[first][0], window.offsets[first + size][1], float(reach[size, first]) - none)
