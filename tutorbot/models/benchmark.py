"""How fast does a writer write? Tokens a second after the first one, for any writer, beside transformers.generate."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from tutorbot.errors import ModelError
from tutorbot.models.layout import source_folder
from tutorbot.models.preparation import run_module
from tutorbot.models.registry import WRITER
from tutorbot.ports import Turn, Writer, WritingJob
from tutorbot.settings import Settings


@runtime_checkable
class CountsTokens(Protocol):
    """A writer that knows its own tokens."""

    def count_tokens(self, text: str) -> int:
        """How many tokens the text has."""
        ...


@dataclass(frozen=True)
class DecodeRun:
    """One measured generation.

    Attributes:
        tokens: how many were written.
        first: seconds to the first.
        rest: seconds from the first to the last.
    """

    tokens: int
    first: float
    rest: float

    @property
    def tokens_per_second(self) -> float:
        """Decoding speed, the reading of the prompt left out; 0 where fewer than two tokens were written."""
        return (self.tokens - 1) / self.rest if self.rest > 0 and self.tokens > 1 else 0.0


def measure_decode(writer: Writer, prompt: str, new_tokens: int) -> DecodeRun:
    """Write greedily once, without a penalty for repetition. A writer that cannot count tokens is taken at its pieces."""
    job = WritingJob((Turn("user", prompt),), max_new_tokens=new_tokens, repetition_penalty=1.0)
    start = time.perf_counter()
    times, pieces = [], []
    for piece in writer.write(job):
        times.append(time.perf_counter())
        pieces.append(piece)
    if not times:
        return DecodeRun(0, 0.0, 0.0)
    tokens = writer.count_tokens("".join(pieces)) if isinstance(writer, CountsTokens) else len(pieces)
    return DecodeRun(tokens, times[0] - start, times[-1] - times[0])


def decode_speed(writer: Writer, prompt: str, new_tokens: int, runs: int = 3) -> float:
    """Tokens a second, the best of several runs after one that does not count."""
    measured = [measure_decode(writer, prompt, new_tokens).tokens_per_second for _ in range(runs + 1)]
    return max(measured[1:])


def transformers_decode_speed(
    settings: Settings, prompt: str, new_tokens: int, dtype: str = "bfloat16", runs: int = 3
) -> float:
    """Tokens a second of `transformers.generate` on the embedded writer's own weights, in a process of its own.

    Args:
        dtype: "bfloat16", which is the faster on processors that have it, or "float32".

    Raises:
        ModelError: the process failed.
    """
    folder = source_folder(settings, WRITER)
    arguments = [str(folder), WRITER.files[0].name, prompt, str(new_tokens), dtype]
    threads = str(settings.threads or os.cpu_count() or 1)
    done = run_module("tutorbot.models.benchmark_transformers", [*arguments, threads, str(runs)])
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise ModelError(f"transformers could not be measured: {lines[-1]}", "Run `tutorbot setup`, then try again.")
    return float(json.loads(done.stdout.splitlines()[-1])["tokens_per_second"])
