"""The encoder opened up: its word pieces, and what each of its attention heads looks at.

The prepared model keeps attention as one operation, which shows no weights. Queries and keys go into it, though, so they
are made outputs, and softmax(Q K^T / sqrt(d)) (Vaswani et al. 2017, https://arxiv.org/abs/1706.03762) is computed here:
the very weights that the tutor's search uses.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np

from tutorbot.errors import WeightsError
from tutorbot.models.openvino_encoder import MAX_PIECES, MODEL_FILE, TOKENIZER_FILE, load_tokenizer
from tutorbot.models.telemetry import forbid_telemetry
from tutorbot.models.verify import RUN_SETUP
from tutorbot.ports import AttentionMaps, FloatArray, Tokens

WORDPIECE = "wordpiece"
_ATTENTION = "ScaledDotProductAttention"


class OpenedEncoder:
    """Loads when it is constructed. Safe to call from many threads.

    Args:
        folder: made by `prepare_encoder`.
        threads: processor threads, 0 for as many as there are.

    Raises:
        WeightsError: the folder does not hold a model that can be loaded.
    """

    def __init__(self, folder: Path, threads: int, model: str) -> None:
        self._model = model
        self._tokenizer = load_tokenizer(folder / TOKENIZER_FILE)
        self._tokenizer.no_truncation()
        compiled, self._layers = _compile(folder, threads)
        self._request = compiled.create_infer_request()
        self._lock = threading.Lock()

    def tokenize(self, text: str) -> Tokens:
        """All word pieces of the text, without special ones."""
        found = self._tokenizer.encode(text, add_special_tokens=False)
        return Tokens(WORDPIECE, tuple(found.tokens), tuple(found.ids), tuple(found.offsets))

    def attention(self, text: str) -> AttentionMaps:
        """Weights over [CLS], the first 254 pieces and [SEP], shape (6, 12, length, length)."""
        found = self._tokenizer.encode(text)
        # [CLS] stands first and [SEP] last, also where pieces between them are left out.
        ids, pieces = (
            row if len(row) <= MAX_PIECES else [*row[: MAX_PIECES - 1], row[-1]] for row in (found.ids, found.tokens)
        )
        given = np.array([ids], dtype=np.int64)
        with self._lock:
            self._request.infer({"input_ids": given, "attention_mask": np.ones_like(given)})
            weights = np.stack([self._weights(layer) for layer in range(self._layers)])
        return AttentionMaps(self._model, tuple(pieces), weights)

    def _weights(self, layer: int) -> FloatArray:
        query, key = (self._request.get_tensor(f"{name}-{layer}").data[0] for name in ("query", "key"))
        scores = query @ key.swapaxes(-1, -2) / np.sqrt(query.shape[-1])
        raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
        weights: FloatArray = (raised / raised.sum(axis=-1, keepdims=True)).astype(np.float32)
        return weights


def _compile(folder: Path, threads: int) -> tuple[Any, int]:
    """The model with queries and keys as outputs, and how many layers it has."""
    forbid_telemetry()
    import openvino

    # The encoder computes in f32 as well.
    properties: dict[str, object] = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "f32"}
    if threads:
        properties["INFERENCE_NUM_THREADS"] = threads
    core = openvino.Core()
    try:
        model = core.read_model(folder / MODEL_FILE)
        layers = [node for node in model.get_ordered_ops() if node.get_type_name() == _ATTENTION]
        for number, node in enumerate(layers):
            for place, name in enumerate(("query", "key")):
                source = node.input_value(place)
                source.get_tensor().add_names({f"{name}-{number}"})
                model.add_outputs([source])
        return core.compile_model(model, "CPU", properties), len(layers)
    except RuntimeError as error:
        reason = str(error).strip().splitlines()[-1]
        raise WeightsError(f"The encoder in {folder} cannot be opened up: {reason}", RUN_SETUP) from error
