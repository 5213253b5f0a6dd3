"""Logits to probabilities, and probabilities to words."""

from __future__ import annotations

import numpy as np

from tutorbot.ports import FloatArray


def softmax(logits: FloatArray) -> FloatArray:
    """Over the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    scaled: FloatArray = (shifted / shifted.sum(axis=-1, keepdims=True)).astype(np.float32)
    return scaled


def percent(share: float) -> str:
    """A share of 1 in per cent, with a decimal near the ends: 97 %, 99.6 %, over 99.9 %."""
    if 0 < share < 0.001:
        return "under 0.1 %"
    if 0.999 < share < 1:
        return "over 99.9 %"
    return f"{share * 100:.1f} %" if 0 < share < 0.01 or 0.99 < share < 1 else f"{share * 100:.0f} %"
