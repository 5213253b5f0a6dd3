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
def test_the_embedded_writer_is_faster_than_transformers_on_the_same_weights(real: Settings) -> None:
    embedded = decode_speed(load_writer(real), "Explain attention.", 40, runs=2)
    assert embedded > transformers_decode_speed(real, "Explain attention.", 40)
