"""A trained head on OpenVINO: logits for texts and pairs of texts, without torch."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tutorbot.models.head_format import read_spec
from tutorbot.models.openvino_encoder import batches, compile_encoder, load_tokenizer, padded
from tutorbot.models.word_shapes import piece_shapes
from tutorbot.ports import FloatArray, PieceScores

LOGITS = "logits"
_WINDOW, _OVERLAP = 384, 96
_LONGEST_FIRST = 128

Input = str | tuple[str, str]


class OpenVinoHead:
    """A `Head` (see `tutorbot.ports`) over a folder made by `prepare_heads`. Loads when it is first used.

    Raises:
        WeightsError: the folder does not hold a head that can be loaded (raised by the first use).
    """

    def __init__(self, folder: Path, tokenizer: Path, threads: int) -> None:
        self._spec = read_spec(folder)
        self._folder, self._tokenizer_file, self._threads = folder, tokenizer, threads
        self._loaded: tuple[Any, Any] | None = None
        self._lock = threading.Lock()

    @property
    def labels(self) -> tuple[str, ...]:
        """What its outputs stand for."""
        return self._spec.labels

    @property
    def threshold(self) -> float:
        """What a score must pass to count, in logits."""
        return self._spec.threshold

    def warm_up(self) -> None:
        """Load now."""
        with self._lock:
            self._load()

    def score(self, inputs: Sequence[Input]) -> FloatArray:
        """Logits of each input as a whole, shape (inputs, labels). Of a long one the first 384 pieces are read."""
        with self._lock:
            encodings = [self._encode(each) for each in inputs]
            return np.stack([logits[0] for logits in self._run(encodings, inputs)])

    def score_pieces(self, inputs: Sequence[Input]) -> list[list[PieceScores]]:
        """Logits piece by piece, a list of windows for each input; windows of 384 pieces overlap by 96."""
        found = []
        with self._lock:
            for each in inputs:
                first = self._encode(each)
                windows = [first, *first.overflowing]
                rows = self._run(windows, [each] * len(windows))
                side = 0 if isinstance(each, str) else 1
                found.append([_pieces(e, logits, side) for e, logits in zip(windows, rows, strict=True)])
        return found

    def _load(self) -> tuple[Any, Any]:
        if self._loaded is None:
            tokenizer = load_tokenizer(self._tokenizer_file)
            self._loaded = tokenizer, compile_encoder(self._folder, self._threads).create_infer_request()
        return self._loaded

    def _encode(self, given: Input) -> Any:
        tokenizer, _ = self._load()
        if isinstance(given, str):
            tokenizer.enable_truncation(_WINDOW, stride=_OVERLAP)
            return tokenizer.encode(given)
        tokenizer.enable_truncation(_WINDOW, stride=_OVERLAP, strategy="only_second")
        return tokenizer.encode(_cut(given[0], tokenizer), given[1])

    def _run(self, encodings: Sequence[Any], inputs: Sequence[Input]) -> list[FloatArray]:
        """Logits of each encoding, of shape (1, labels) or (length, labels)."""
        _, request = self._load()
        found: list[FloatArray] = [np.zeros((0, len(self.labels)), np.float32)] * len(encodings)
        segments = [self._segments(e, given) for e, given in zip(encodings, inputs, strict=True)]
        for rows in batches([len(e.ids) for e in encodings]):
            ids, mask = padded([encodings[row].ids for row in rows])
            types, _ = padded([segments[row] for row in rows])
            request.infer({"input_ids": ids, "attention_mask": mask, "token_type_ids": types})
            logits = np.array(request.get_tensor(LOGITS).data, dtype=np.float32)
            for row, values in zip(rows, logits, strict=True):
                found[row] = values[None] if self._spec.pooled else values[: len(encodings[row].ids)]
        return found

    def _segments(self, encoding: Any, given: Input) -> Sequence[int]:
        if self._spec.shapes and isinstance(given, str):
            return piece_shapes(given, encoding.offsets, encoding.word_ids)
        types: Sequence[int] = encoding.type_ids
        return types


def _pieces(encoding: Any, logits: FloatArray, side: int) -> PieceScores:
    kept = [n for n, sequence in enumerate(encoding.sequence_ids) if sequence == side]
    offsets, words = (tuple(values[n] for n in kept) for values in (encoding.offsets, encoding.word_ids))
    return PieceScores(logits[kept], offsets, words, logits[0])


def _cut(first: str, tokenizer: Any) -> str:
    """The first text of a pair with so few pieces that there is room for the second one."""
    tokenizer.no_truncation()
    offsets = tokenizer.encode(first, add_special_tokens=False).offsets
    tokenizer.enable_truncation(_WINDOW, stride=_OVERLAP, strategy="only_second")
    return first if len(offsets) <= _LONGEST_FIRST else first[: offsets[_LONGEST_FIRST - 1][1]]
