"""all-MiniLM-L6-v2 on OpenVINO: sentence vectors and word-piece vectors without torch.

Sentence vectors are the mean of the last hidden states over all pieces, scaled to length one, as sentence-transformers
computes them (Reimers and Gurevych 2019, https://arxiv.org/abs/1908.10084).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tutorbot.errors import WeightsError
from tutorbot.models.layout import COMPILED
from tutorbot.models.telemetry import forbid_telemetry
from tutorbot.models.verify import RUN_SETUP
from tutorbot.ports import FloatArray, Pieces

MODEL_FILE = "openvino_model.xml"
TOKENIZER_FILE = "tokenizer.json"
LAST = "last_hidden_state"
MIDDLE = "middle_hidden_state"
MAX_PIECES = 256
_DIMENSION = 384
# Bounds the memory of a batch: 4,096 pieces are 16 texts of full length, or hundreds of short ones.
_PIECES_IN_BATCH = 4096
# bf16, the default on some processors, is 2.7 times as fast on long texts but moves similarities by up to 0.0024;
# thresholds and evaluations should mean the same on every machine.
_PRECISION = {"INFERENCE_PRECISION_HINT": "f32"}


class OpenVinoEncoder:
    """An `Encoder` (see `tutorbot.ports`) over a folder made by `prepare_encoder`. Loads when it is constructed.

    Args:
        folder: the prepared model with its tokenizer.
        threads: processor threads, 0 for as many as there are.

    Raises:
        WeightsError: the folder does not hold a model that can be loaded.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        self._tokenizer = load_tokenizer(folder / TOKENIZER_FILE)
        self._request = compile_encoder(folder, threads).create_infer_request()
        # One request at a time uses all the processor's threads; two at a time would only take turns.
        self._lock = threading.Lock()

    @property
    def dimension(self) -> int:
        """Width of a vector."""
        return _DIMENSION

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """One unit vector a text, shape (len(texts), 384). Texts past 256 word pieces are cut."""
        encodings = self._tokenize(texts)
        vectors = np.zeros((len(texts), _DIMENSION), dtype=np.float32)
        for rows in batches([len(e.ids) for e in encodings]):
            ids, mask = padded([encodings[row].ids for row in rows])
            states = self._infer(ids, mask, LAST)
            weights = mask[:, :, None].astype(np.float32)
            vectors[rows] = (states * weights).sum(axis=1) / weights.sum(axis=1)
        return unit(vectors)

    def encode_pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """The contextual vectors of each text's word pieces, special tokens left out."""
        encodings = self._tokenize(texts)
        found = [Pieces((), np.zeros((0, _DIMENSION), dtype=np.float32))] * len(texts)
        for rows in batches([len(e.ids) for e in encodings]):
            states = self._infer(*padded([encodings[row].ids for row in rows]), MIDDLE)
            for row, state in zip(rows, states, strict=True):
                # [CLS] stands first and [SEP] last.
                inner = slice(1, len(encodings[row].ids) - 1)
                found[row] = Pieces(tuple(encodings[row].tokens[inner]), unit(state[inner].copy()))
        return found

    def _tokenize(self, texts: Sequence[str]) -> list[Any]:
        # Lone surrogates cannot be passed on to the tokenizer.
        clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        encodings: list[Any] = self._tokenizer.encode_batch(clean)
        return encodings

    def _infer(self, ids: np.ndarray[Any, Any], mask: np.ndarray[Any, Any], output: str) -> FloatArray:
        with self._lock:
            self._request.infer({"input_ids": ids, "attention_mask": mask})
            states: FloatArray = np.array(self._request.get_tensor(output).data, dtype=np.float32)
        return states


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Row numbers in groups of like length, each at most 4,096 pieces once padded (or a single text)."""
    group: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda r: lengths[r]):
        # Sorted upwards, so the newest row is the longest and sets the padded width.
        if group and lengths[row] * (len(group) + 1) > _PIECES_IN_BATCH:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def padded(ids: Sequence[Sequence[int]]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Ids and mask as int64 arrays of shape (len(ids), longest), filled up with zeros."""
    width = max(len(row) for row in ids)
    values, mask = np.zeros((len(ids), width), dtype=np.int64), np.zeros((len(ids), width), dtype=np.int64)
    for number, row in enumerate(ids):
        values[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return values, mask


def unit(vectors: FloatArray) -> FloatArray:
    """The rows scaled to length one; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: FloatArray = vectors / np.maximum(lengths, 1e-12)
    return scaled


def load_tokenizer(path: Path) -> Any:
    """The encoder's tokenizer: word pieces, cut after 256, not padded.

    Raises:
        WeightsError: it is not there.
    """
    from tokenizers import Tokenizer

    if not path.is_file():
        raise WeightsError(f"The encoder's tokenizer {path} is missing.", RUN_SETUP)
    tokenizer = Tokenizer.from_file(str(path))
    # The file carries the settings of the model's training (128 pieces, padded to 128).
    tokenizer.enable_truncation(MAX_PIECES)
    tokenizer.no_padding()
    return tokenizer


def compile_encoder(folder: Path, threads: int) -> Any:
    """The model in `folder`, compiled for this processor; computes in f32.

    Raises:
        WeightsError: it cannot be loaded.
    """
    forbid_telemetry()
    import openvino

    properties: dict[str, object] = {"CACHE_DIR": str(folder / COMPILED), "PERFORMANCE_HINT": "LATENCY", **_PRECISION}
    if threads:
        properties["INFERENCE_NUM_THREADS"] = threads
    core = openvino.Core()
    try:
        return core.compile_model(core.read_model(folder / MODEL_FILE), "CPU", properties)
    except RuntimeError as error:
        reason = str(error).strip().splitlines()[-1]
        raise WeightsError(f"The encoder in {folder} cannot be loaded: {reason}", RUN_SETUP) from error
