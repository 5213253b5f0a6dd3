from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tutorbot.models.benchmark import DecodeRun, decode_speed, measure_decode, transformers_decode_speed
from tutorbot.models.runtimes import load_writer
from tutorbot.ports import WritingJob
from tutorbot.settings import Settings


class SteadyWriter:
    """Ten milliseconds a word, after fifty for the first."""

    name = "steady"

    def warm_up(self) -> None: ...

    def write(self, job: WritingJob) -> Iterator[str]:
        time.sleep(0.04)
        for _ in range(job.max_new_tokens):
            time.sleep(0.01)
            yield "word "


class CountingWriter(SteadyWriter):
    """Two tokens a word."""

    def count_tokens(self, text: str) -> int:
        return 2 * len(text.split())


class SilentWriter(SteadyWriter):
    def write(self, job: WritingJob) -> Iterator[str]:
        return iter(())


def test_reading_the_prompt_does_not_count() -> None:
    run = measure_decode(SteadyWriter(), "go", 10)
    assert run.tokens == 10
    assert 0.05 <= run.first < 0.2
    assert 30 < run.tokens_per_second <= 100


def test_tokens_are_counted_by_a_writer_that_can() -> None:
    assert measure_decode(CountingWriter(), "go", 5).tokens == 10


def test_a_writer_that_is_silent_has_no_speed() -> None:
    assert decode_speed(SilentWriter(), "go", 5) == 0.0
    assert DecodeRun(1, 0.1, 0.0).tokens_per_second == 0.0


@pytest.mark.slow
def test_both_runtimes_are_measured_on_the_same_weights(real: Settings) -> None:
    # Which is faster by how much depends on who else is using the machine; `tutorbot bench` is for that.
    assert decode_speed(load_writer(real), "Explain attention.", 20, runs=1) > 0
    assert transformers_decode_speed(real, "Explain attention.", 4, runs=1) > 0
