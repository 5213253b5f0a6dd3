"""The embedded writer opened up: its tokens, and what it would say next.

The folder is the writer's own, so what is shown is what the tutor writes with. The model keeps a state between calls,
which is cleared every time: each text is read from its beginning.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np

from tutorbot.errors import WeightsError
from tutorbot.models.byte_pieces import character_offsets, readable
from tutorbot.models.telemetry import forbid_telemetry
from tutorbot.models.verify import RUN_SETUP
from tutorbot.ports import NextTokens, Tokens

BPE = "bpe"
MODEL_FILE = "openvino_model.xml"
MOST_TOKENS = 512


class WriterTokenizer:
    """The writer's byte-level BPE. Loads when it is constructed, in a tenth of a second.

    Raises:
        WeightsError: the folder does not hold a tokenizer that can be loaded.
    """

    def __init__(self, folder: Path) -> None:
        forbid_telemetry()
        import openvino_genai

        try:
            self._tokenizer = openvino_genai.Tokenizer(folder)
            vocabulary: dict[bytes, int] = self._tokenizer.get_vocab()
        except RuntimeError as error:
            reason = str(error).strip().splitlines()[-1]
            raise WeightsError(f"The writer's tokenizer in {folder} cannot be loaded: {reason}", RUN_SETUP) from error
        self.pieces = {token: piece for piece, token in vocabulary.items()}
        # The tokenizer's native session is not meant for many threads.
        self._lock = threading.Lock()

    def tokenize(self, text: str) -> Tokens:
        """All tokens of the text."""
        with self._lock:
            data = self._tokenizer.encode(text, add_special_tokens=False).input_ids.data
            ids = tuple(int(token) for token in np.array(data).reshape(-1)) if text else ()
        pieces = [self.pieces[token] for token in ids]
        return Tokens(BPE, tuple(map(readable, pieces)), ids, character_offsets(text, pieces))


class NextTokenModel:
    """The writer's model, to be asked for scores. Loads when it is constructed, in a second or two.

    Args:
        threads: processor threads, 0 for as many as there are.

    Raises:
        WeightsError: the folder does not hold a model that can be loaded.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        self._request = _compile(folder, threads).create_infer_request()
        self._lock = threading.Lock()

    def next_tokens(self, tokens: Tokens) -> NextTokens:
        """Scores of what follows after the last 512 of these tokens, of which there is at least one."""
        last = slice(-MOST_TOKENS, None)
        read = Tokens(tokens.tokenizer, tokens.pieces[last], tokens.ids[last], tokens.offsets[last])
        ids = np.array([read.ids], dtype=np.int64)
        inputs = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "position_ids": np.arange(ids.shape[1], dtype=np.int64)[None],
            "beam_idx": np.zeros(1, dtype=np.int32),
        }
        with self._lock:
            self._request.reset_state()
            self._request.infer(inputs)
            logits = np.array(self._request.get_output_tensor(0).data[0, -1], dtype=np.float32)
        return NextTokens(logits, read)


def _compile(folder: Path, threads: int) -> Any:
    forbid_telemetry()
    import openvino

    properties: dict[str, object] = {"PERFORMANCE_HINT": "LATENCY"}
    if threads:
        properties["INFERENCE_NUM_THREADS"] = threads
    core = openvino.Core()
    try:
        model = core.read_model(folder / MODEL_FILE)
        _score_the_last_place_only(model)
        return core.compile_model(model, "CPU", properties)
    except RuntimeError as error:
        reason = str(error).strip().splitlines()[-1]
        raise WeightsError(f"The writer in {folder} cannot be opened up: {reason}", RUN_SETUP) from error


def _score_the_last_place_only(model: Any) -> None:
    """Cut what goes into the last matrix product: 49,152 scores for each of 512 places would be half of the work."""
    from openvino import opset13

    node = model.output("logits").get_node().input_value(0).get_node()
    while node.get_type_name() != "MatMul":
        node = node.input_value(0).get_node()
    start, stop, step, axis = (np.array([n], dtype=np.int64) for n in (-1, np.iinfo(np.int64).max, 1, 1))
    node.input(0).replace_source_output(opset13.slice(node.input_value(0), start, stop, step, axis).output(0))
    model.validate_nodes_and_infer_types()
