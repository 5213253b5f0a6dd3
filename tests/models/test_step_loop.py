from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tutorbot.errors import ModelError
from tutorbot.models.step_loop import StepLoop


@dataclass
class FakeOutput:
    generated_ids: list[int]


@dataclass
class FakeHandle:
    """Counts down from the number that is its prompt."""

    left: int
    unread: list[int] = field(default_factory=list)
    status: str = "running"

    def can_read(self) -> bool:
        return bool(self.unread)

    def read(self) -> dict[int, FakeOutput]:
        tokens, self.unread = self.unread, []
        return {0: FakeOutput(tokens)}

    def cancel(self) -> None:
        self.status = "cancelled"

    def get_status(self) -> str:
        return self.status


class FakePipeline:
    def __init__(self) -> None:
        self.handles: list[FakeHandle] = []
        self.at_work: list[int] = []
        self.error: str | None = None
        self.may_step = threading.Event()
        self.may_step.set()

    def add_request(self, request_id: int, prompt: Any, generation_config: Any) -> FakeHandle:
        if prompt == "bad":
            raise RuntimeError("Check failed\nthe prompt is bad")
        self.handles.append(FakeHandle(prompt, status="ignored" if prompt > 1000 else "running"))
        return self.handles[-1]

    def step(self) -> None:
        assert self.may_step.wait(5)
        time.sleep(0.001)
        if self.error:
            error, self.error = self.error, None
            raise RuntimeError(error)
        running = [handle for handle in self.handles if handle.status == "running"]
        self.at_work.append(len(running))
        for handle in running:
            handle.unread.append(handle.left)
            handle.left -= 1
            if handle.left == 0:
                handle.status = "finished"


@pytest.fixture
def pipeline() -> FakePipeline:
    return FakePipeline()


@pytest.fixture
def loop(pipeline: FakePipeline) -> Iterator[StepLoop]:
    loop = StepLoop(pipeline, running="running", ignored="ignored")
    yield loop
    pipeline.may_step.set()
    loop.close()


def flat(request: Any) -> list[int]:
    return [token for tokens in request for token in tokens]


def test_one_request(loop: StepLoop) -> None:
    assert flat(loop.submit(3, None)) == [3, 2, 1]


def test_those_who_ask_together_share_the_steps(loop: StepLoop, pipeline: FakePipeline) -> None:
    pipeline.may_step.clear()
    requests = [loop.submit(5, None) for _ in range(32)]
    pipeline.may_step.set()
    assert [flat(request) for request in requests] == [[5, 4, 3, 2, 1]] * 32
    # The first may have been taken in alone, before the others arrived.
    assert max(pipeline.at_work) >= 31
    assert len(pipeline.at_work) <= 10


def test_a_cancelled_request_leaves_the_pipeline(loop: StepLoop, pipeline: FakePipeline) -> None:
    request = loop.submit(900, None)
    next(iter(request))
    request.cancel()
    assert flat(loop.submit(2, None)) == [2, 1]
    assert pipeline.handles[0].status == "cancelled"
    assert pipeline.handles[0].left > 800


def test_a_cancelled_request_is_forgotten_though_nobody_else_asks(loop: StepLoop, pipeline: FakePipeline) -> None:
    request = loop.submit(900, None)
    next(iter(request))
    request.cancel()
    deadline = time.monotonic() + 5
    while pipeline.at_work[-1] > 0:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    steps = len(pipeline.at_work)
    time.sleep(0.05)
    assert len(pipeline.at_work) == steps


def test_an_error_reaches_all_who_shared_the_step_and_the_loop_goes_on(loop: StepLoop, pipeline: FakePipeline) -> None:
    pipeline.may_step.clear()
    pipeline.error = "Exception from somewhere.cpp\nout of memory"
    requests = [loop.submit(4, None), loop.submit(4, None)]
    time.sleep(0.05)
    pipeline.may_step.set()
    failed = 0
    for request in requests:
        try:
            flat(request)
        except ModelError as error:
            assert "out of memory" in error.what
            failed += 1
    assert failed >= 1
    assert flat(loop.submit(2, None)) == [2, 1]


def test_a_prompt_that_the_pipeline_refuses(loop: StepLoop) -> None:
    with pytest.raises(ModelError, match="the prompt is bad"):
        flat(loop.submit("bad", None))
    assert flat(loop.submit(1, None)) == [1]


def test_a_prompt_that_finds_no_room(loop: StepLoop) -> None:
    with pytest.raises(ModelError, match="too long"):
        flat(loop.submit(2000, None))


def test_closing_ends_what_is_at_work(pipeline: FakePipeline) -> None:
    loop = StepLoop(pipeline, running="running", ignored="ignored")
    request = loop.submit(900, None)
    next(iter(request))
    loop.close()
    with pytest.raises(ModelError, match="closed"):
        flat(request)
    with pytest.raises(ModelError, match="closed"):
        loop.submit(1, None)


def test_what_is_not_written_in_time_is_left_out(loop: StepLoop, pipeline: FakePipeline) -> None:
    pipeline.may_step.clear()
    request = loop.submit(1000, None, seconds=0.05)
    assert list(request) == []
    assert request.cancelled
    pipeline.may_step.set()
    assert list(loop.submit(2, None, seconds=5.0))
