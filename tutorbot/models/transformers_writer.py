"""Any Hugging Face model, by id or local folder, through transformers.

Decoder-only models with a chat template get their template. Those without one (GPT-2, DialoGPT) get the turns joined by
their end-of-text token, as DialoGPT was trained (Zhang et al. 2020, https://arxiv.org/abs/1911.00536). Encoder-decoder
models (T5, BART) map a text to a text: they get the turns, line by line.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from typing import Any

from tutorbot.errors import ModelError
from tutorbot.models.streaming import until_stop
from tutorbot.ports import Turn, WritingJob

# Where a model's configuration does not say how much it can read.
_DEFAULT_CONTEXT = 2048
_CONTEXT_NAMES = ("max_position_embeddings", "n_positions", "n_ctx")


class TransformersWriter:
    """A `Writer` (see `tutorbot.ports`) over transformers. Loads at the first use; writes one job after the other.

    Args:
        source: a Hugging Face id such as "microsoft/DialoGPT-small", or a folder.
        threads: processor threads for torch, 0 for its default.
    """

    def __init__(self, source: str, threads: int) -> None:
        self._source, self._threads = source, threads
        self._loading, self._generating = threading.Lock(), threading.Lock()
        self._loaded: _Loaded | None = None

    @property
    def name(self) -> str:
        """Model and runtime, for people."""
        return f"{self._source} on transformers"

    def warm_up(self) -> None:
        """Load the model, unless it is loaded.

        Raises:
            ModelError: there is no such model, it cannot be fetched, or it is of a kind that does not write.
        """
        self._get()

    def write(self, job: WritingJob) -> Iterator[str]:
        """Yield the text in pieces as they are made. Closing the iterator stops the generation.

        Raises:
            ModelError: the model cannot be loaded or fails.
        """
        return until_stop(self._pieces(job), job.stop, job.seconds)

    def count_tokens(self, text: str) -> int:
        """How many tokens the text has."""
        return len(self._get().tokenizer(text, add_special_tokens=False).input_ids)

    def close(self) -> None:
        """Free the model's memory."""
        with self._loading:
            self._loaded = None

    def _get(self) -> _Loaded:
        with self._loading:
            if self._loaded is None:
                self._loaded = _Loaded(self._source, self._threads)
            return self._loaded

    def _pieces(self, job: WritingJob) -> Generator[str, None, None]:
        run = _Run(self._get(), job, self._generating)
        try:
            yield from run.pieces()
        finally:
            run.stop()


class _Loaded:
    """A model with its tokenizer."""

    def __init__(self, source: str, threads: int) -> None:
        import torch
        import transformers

        # Progress bars and hints for programmers would be written into the learner's terminal.
        transformers.utils.logging.disable_progress_bar()
        transformers.utils.logging.set_verbosity_error()
        if threads:
            torch.set_num_threads(threads)
        try:
            config = transformers.AutoConfig.from_pretrained(source)
            self.is_encoder_decoder = bool(config.is_encoder_decoder)
            kind = transformers.AutoModelForSeq2SeqLM if self.is_encoder_decoder else transformers.AutoModelForCausalLM
            self.tokenizer = transformers.AutoTokenizer.from_pretrained(source)
            self.model = kind.from_pretrained(source).eval()
        except (OSError, ValueError, KeyError, ImportError) as error:
            raise _cannot_load(source, error) from error
        self.context = next((n for name in _CONTEXT_NAMES if (n := getattr(config, name, None))), _DEFAULT_CONTEXT)

    def inputs(self, job: WritingJob) -> Any:
        """Ids and mask, shape (1, tokens), the oldest tokens left out where there are too many."""
        room = self.context if self.is_encoder_decoder else max(self.context - job.max_new_tokens, self.context // 2)
        ids = self._ids(job.turns, job.begun)[:, -room:]
        return {"input_ids": ids, "attention_mask": ids.new_ones(ids.shape)}

    def room_after(self, inputs: Any) -> int:
        """How many tokens can be written after these inputs."""
        return int(self.context if self.is_encoder_decoder else self.context - inputs["input_ids"].shape[1])

    def _ids(self, turns: tuple[Turn, ...], begun: str) -> Any:
        texts = [turn.text.encode("utf-8", "replace").decode("utf-8") for turn in turns]
        if self.is_encoder_decoder:
            return self.tokenizer("\n".join([*texts, begun] if begun else texts), return_tensors="pt").input_ids
        if self.tokenizer.chat_template:
            messages = [{"role": turn.role, "content": text} for turn, text in zip(turns, texts, strict=True)]
            prompt = self.tokenizer.apply_chat_template(messages, add_generation_prompt=True, tokenize=False)
            return self.tokenizer(prompt + begun, return_tensors="pt", add_special_tokens=False).input_ids
        end = self.tokenizer.eos_token or "\n"
        return self.tokenizer("".join(text + end for text in texts) + begun, return_tensors="pt").input_ids


class _Run:
    """One generation, in a thread of its own, which waits for its turn."""

    def __init__(self, loaded: _Loaded, job: WritingJob, turn: threading.Lock) -> None:
        from transformers import TextIteratorStreamer

        self._loaded, self._job, self._turn = loaded, job, turn
        self._stopped = threading.Event()
        self._error: ModelError | None = None
        self._streamer = TextIteratorStreamer(
            loaded.tokenizer, skip_prompt=not loaded.is_encoder_decoder, skip_special_tokens=True
        )
        self._thread = threading.Thread(target=self._generate, name="writer", daemon=True)
        self._thread.start()

    def pieces(self) -> Iterator[str]:
        yield from (piece for piece in self._streamer if piece)
        if self._error:
            raise self._error

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()

    def _generate(self) -> None:
        try:
            # torch uses all processor threads for one job, and its random state is shared.
            with self._turn:
                if not self._stopped.is_set():
                    self._write()
        except (RuntimeError, ValueError, IndexError, TypeError) as error:
            self._error = ModelError(
                f"The model {self._loaded.model.name_or_path} failed: {error}", "Try a shorter text or another model."
            )
        finally:
            self._streamer.end()

    def _write(self) -> None:
        import torch

        torch.manual_seed(self._job.seed)
        inputs = self._loaded.inputs(self._job)
        with torch.inference_mode():
            self._loaded.model.generate(**inputs, **self._options(self._loaded.room_after(inputs)))

    def _options(self, room: int) -> dict[str, Any]:
        from transformers import StoppingCriteriaList

        job, tokenizer = self._job, self._loaded.tokenizer
        options: dict[str, Any] = {
            "streamer": self._streamer,
            "stopping_criteria": StoppingCriteriaList([self._is_stopped]),
            "max_new_tokens": min(job.max_new_tokens, room),
            "repetition_penalty": job.repetition_penalty,
            "pad_token_id": tokenizer.pad_token_id if tokenizer.pad_token_id is not None else tokenizer.eos_token_id,
            # Summarising models come with beam search as their default, which cannot be streamed.
            "num_beams": 1,
            "do_sample": job.temperature > 0,
        }
        sampling = {"temperature": job.temperature, "top_p": job.top_p, "top_k": job.top_k}
        return options | (sampling if job.temperature > 0 else {})

    def _is_stopped(self, input_ids: Any, scores: Any, **_: Any) -> Any:
        return input_ids.new_full((input_ids.shape[0],), int(self._stopped.is_set())).bool()


def _cannot_load(source: str, error: Exception) -> ModelError:
    reason = str(error).strip().splitlines()
    return ModelError(
        f"The model `{source}` cannot be loaded: {reason[0] if reason else type(error).__name__}",
        "Check that it is a text-generating model's id on Hugging Face or a folder with config.json, tokenizer and weights; "
        "an id must be downloaded once while there is a network. TUTORBOT_WRITER=openvino uses the embedded model.",
    )
