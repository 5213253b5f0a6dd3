"""The embedded writer: SmolLM2 on OpenVINO GenAI, with continuous batching and prefix caching."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from tutorbot.errors import ModelError, WeightsError
from tutorbot.models.layout import COMPILED
from tutorbot.models.step_loop import StepLoop
from tutorbot.models.streaming import TokenText, until_stop
from tutorbot.models.telemetry import forbid_telemetry
from tutorbot.models.verify import RUN_SETUP
from tutorbot.ports import WritingJob

CONTEXT = 8192
# A block is 32 tokens and 438 kB: 280 MB in all, enough for 32 learners with 640 tokens each.
_CACHE_BLOCKS = 640
# A step that takes in more of a prompt would keep those who are already being answered waiting.
_TOKENS_IN_STEP = 256
_AT_ONCE = 64


class OpenVinoWriter:
    """A `Writer` (see `tutorbot.ports`) over a folder made by `prepare_writer`. Loads at the first use.

    Args:
        folder: the prepared model.
        threads: processor threads, 0 for as many as there are.
        model: the model's name, for people.
    """

    def __init__(self, folder: Path, threads: int, model: str) -> None:
        self._folder, self._threads, self._model = folder, threads, model
        self._loading = threading.Lock()
        self._engine: _Engine | None = None

    @property
    def name(self) -> str:
        """Model and runtime, for people."""
        return f"{self._model} on OpenVINO"

    def warm_up(self) -> None:
        """Load the model, unless it is loaded. Others who call meanwhile wait.

        Raises:
            WeightsError: the folder does not hold a model that can be loaded.
        """
        self._loaded()

    def write(self, job: WritingJob) -> Iterator[str]:
        """Yield the text in pieces as they are made. Closing the iterator stops the generation.

        Raises:
            ModelError: the model cannot run, or the prompt is longer than its context.
        """
        return until_stop(self._pieces(job), job.stop, job.seconds)

    def prompt(self, job: WritingJob) -> str:
        """The exact text that the model is given."""
        return self._loaded().prompt(job)

    def count_tokens(self, text: str) -> int:
        """How many tokens the text has."""
        return len(self._loaded().encode(text)[0])

    def close(self) -> None:
        """Stop the thread and free the memory."""
        with self._loading:
            if self._engine is not None:
                self._engine.loop.close()
                self._engine = None

    def _loaded(self) -> _Engine:
        with self._loading:
            if self._engine is None:
                self._engine = _Engine(self._folder, self._threads)
            return self._engine

    def _pieces(self, job: WritingJob) -> Generator[str, None, None]:
        engine = self._loaded()
        ids = engine.encode(engine.prompt(job))
        if ids.shape[1] + job.max_new_tokens > CONTEXT:
            raise ModelError(
                f"The prompt has {ids.shape[1]} tokens, more than {self.name} can read.", "Ask about a shorter text."
            )
        request = engine.loop.submit(engine.tensor(ids), engine.config(job), job.seconds)
        text = TokenText(engine.decode)
        try:
            for tokens in request:
                if piece := text.push(tokens):
                    yield piece
            if rest := text.flush():
                yield rest
        finally:
            request.cancel()


class _Engine:
    """The loaded pipeline with its tokenizer."""

    def __init__(self, folder: Path, threads: int) -> None:
        forbid_telemetry()
        import openvino
        import openvino_genai

        self._genai, self._openvino = openvino_genai, openvino
        properties: dict[str, object] = {"CACHE_DIR": str(folder / COMPILED)}
        if threads:
            properties["INFERENCE_NUM_THREADS"] = threads
        try:
            self._tokenizer = openvino_genai.Tokenizer(folder)
            pipeline = openvino_genai.ContinuousBatchingPipeline(
                folder, self._tokenizer, _scheduler(openvino_genai.SchedulerConfig()), "CPU", **properties
            )
        except RuntimeError as error:
            reason = str(error).strip().splitlines()[-1]
            raise WeightsError(f"The writer in {folder} cannot be loaded: {reason}", RUN_SETUP) from error
        # The tokenizer's native session is not meant for many threads.
        self._tokenizing = threading.Lock()
        status = openvino_genai.GenerationStatus
        self.loop = StepLoop(pipeline, running=status.RUNNING, ignored=status.IGNORED)

    def prompt(self, job: WritingJob) -> str:
        messages = [{"role": turn.role, "content": plain(turn.text)} for turn in job.turns]
        with self._tokenizing:
            text: str = self._tokenizer.apply_chat_template(messages, add_generation_prompt=True)
        return text + plain(job.begun)

    def encode(self, text: str) -> np.ndarray[Any, Any]:
        """Token ids, int64, shape (1, tokens)."""
        with self._tokenizing:
            return np.array(self._tokenizer.encode(text, add_special_tokens=False).input_ids.data, dtype=np.int64)

    def decode(self, ids: list[int]) -> str:
        with self._tokenizing:
            text: str = self._tokenizer.decode(ids)
        return text

    def tensor(self, ids: np.ndarray[Any, Any]) -> Any:
        return self._openvino.Tensor(ids)

    def config(self, job: WritingJob) -> Any:
        config = self._genai.GenerationConfig()
        config.max_new_tokens = job.max_new_tokens
        config.repetition_penalty = job.repetition_penalty
        config.eos_token_id = end = self._tokenizer.get_eos_token_id()
        config.stop_token_ids = {end}
        if job.temperature > 0:
            config.do_sample, config.temperature, config.top_p = True, job.temperature, job.top_p
            config.rng_seed = job.seed
            if job.top_k:
                config.top_k = job.top_k
        return config


def plain(text: str) -> str:
    """The text without anything that the tokenizer would read as the end of a turn, or cannot read at all."""
    return text.replace("<|", "< |").encode("utf-8", "replace").decode("utf-8")


def _scheduler(config: Any) -> Any:
    config.num_kv_blocks = _CACHE_BLOCKS
    config.enable_prefix_caching = True
    config.max_num_batched_tokens = _TOKENS_IN_STEP
    config.max_num_seqs = _AT_ONCE
    return config
