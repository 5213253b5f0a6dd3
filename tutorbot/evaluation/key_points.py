"""Does an answer state a key point?

Every content word piece of the key point is matched with its nearest piece of the answer (cosine of contextual vectors,
all-MiniLM-L6-v2, layers 4 and 6): BERTScore's recall (Zhang et al., 2020). A logistic curve fitted on 220 pairs that
people labelled turns the two recalls into a probability. On those pairs it finds 83 % of the stated points and wrongly
credits 13 % of the others, so shares are also given corrected for both (Rogan and Gladen, 1978). Negation is invisible
to it: read answers too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

INTERCEPT, LAYER_WEIGHTS = -8.90, {4: 8.77, 6: 6.69}
THRESHOLD = 0.5
SENSITIVITY, FALSE_CREDIT = 0.83, 0.13
LONGEST = 256
_STOP = frozenset(
    """a an the of to in on at by for with from and or but is are was were be been being it its this that these those as
    than then so such can may might will would should must do does did not no into over under between each other more
    most less very also only both any all some one two which who what when where how why they them their there here
    you your we our i he she his her has have had if because while about using use used uses like e g etc
    . , ; : ( ) [ ] { } " ' ` - – — / ? ! * + = < > | # $ % & @ ~""".split()
)


class KeyPointJudge:
    """Judges key points with the encoder's own weights, loaded from their folder by transformers."""

    def __init__(self, folder: Path) -> None:
        import torch
        from transformers import AutoModel, AutoTokenizer

        self._torch = torch
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        self._model = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()

    def probabilities(self, key_points: Sequence[str], answer: str) -> list[float]:
        """For each key point the probability that the answer states it; 0 for an empty answer."""
        if not answer.strip():
            return [0.0] * len(key_points)
        _, said = self._pieces(answer)
        return [self._probability(point, said) for point in key_points]

    def _probability(self, point: str, said: dict[int, Any]) -> float:
        names, vectors = self._pieces(point)
        keep = [i for i, name in enumerate(names) if name not in _STOP]
        total = INTERCEPT
        for layer, weight in LAYER_WEIGHTS.items():
            if keep and len(said[layer]):
                total += weight * float((vectors[layer][keep] @ said[layer].T).max(1).values.mean())
        return 1 / (1 + math.exp(-total))

    def _pieces(self, text: str) -> tuple[list[str], dict[int, Any]]:
        """Word pieces, and a layer's unit vectors for them, shape (pieces, 384)."""
        torch = self._torch
        encoded = self._tokenizer([text], truncation=True, max_length=LONGEST, return_tensors="pt")
        with torch.inference_mode():
            states = self._model(**encoded, output_hidden_states=True).hidden_states
        names = self._tokenizer.convert_ids_to_tokens(encoded["input_ids"][0, 1:-1].tolist())
        return names, {n: torch.nn.functional.normalize(states[n][0, 1:-1], dim=-1) for n in LAYER_WEIGHTS}


def corrected(share: float) -> float:
    """The true share of stated points that an observed share stands for, kept within 0 and 1."""
    return min(1.0, max(0.0, (share - FALSE_CREDIT) / (SENSITIVITY - FALSE_CREDIT)))
