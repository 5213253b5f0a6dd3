"""The best span of start and end scores."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.ports import PieceScores
from tutorbot.tasks.spans import LONGEST_ANSWER, best_spans


def window(start: list[float], end: list[float], none: float = 0.0) -> PieceScores:
    logits = np.array([start, end], np.float32).T
    places = tuple((4 * n, 4 * n + 3) for n in range(len(start)))
    return PieceScores(logits, places, tuple(range(len(start))), np.array([none / 2, none / 2], np.float32))


def test_start_and_end_are_chosen_together() -> None:
    (span,) = best_spans([window([0, 5, 0, 4], [9, 0, 6, 0])])
    # The best end (9) stands before the best start (5), so they cannot be a span.
    assert (span.start, span.end, span.margin) == (4, 11, 11.0)


def test_the_margin_is_over_no_answer() -> None:
    assert best_spans([window([5], [5], none=12)])[0].margin == -2.0


def test_of_several_windows_the_best_wins() -> None:
    weak, strong = window([1], [1]), window([0, 3], [0, 3])
    assert best_spans([weak, strong])[0].start == 4


def test_no_pieces_no_span() -> None:
    assert best_spans([window([], [])]) == []


@given(st.lists(st.tuples(st.floats(-9, 9, width=16), st.floats(-9, 9, width=16)), min_size=1, max_size=60))
def test_the_best_span_is_the_best_of_all_allowed_ones(rows: list[tuple[float, float]]) -> None:
    start, end = ([row[side] for row in rows] for side in (0, 1))
    (span,) = best_spans([window(start, end)])
    allowed = [start[a] + end[b] for a in range(len(rows)) for b in range(a, min(len(rows), a + LONGEST_ANSWER))]
    assert abs(span.margin - max(allowed)) < 1e-3
