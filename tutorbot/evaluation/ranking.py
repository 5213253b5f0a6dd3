"""How well scores tell two kinds apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def roc_auc(scores: Sequence[float], truth: Sequence[bool]) -> float:
    """Area under the ROC curve: the chance that a true one scores above a false one, ties counting half.

    By ranks (Mann and Whitney 1947).

    Raises:
        ValueError: only one kind is there.
    """
    kinds = np.asarray(truth, dtype=bool)
    positive, negative = int(kinds.sum()), int((~kinds).sum())
    if not positive or not negative:
        raise ValueError("an area needs true ones and false ones")
    values = np.asarray(scores, dtype=np.float64)
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = (last - (counts - 1) / 2)[place]
    return float((ranks[kinds].sum() - positive * (positive + 1) / 2) / (positive * negative))
