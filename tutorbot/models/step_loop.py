"""One thread that steps a continuous-batching pipeline, so that all who ask at once share each pass over the weights.

Only this thread touches the pipeline. Requests are handed over through a list, tokens come back through a queue each.
"""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from tutorbot.errors import ModelError

_AGAIN = "Ask again; if it happens once more, run `tutorbot doctor`."


class Output(Protocol):
    """Some new tokens of a request."""

    @property
    def generated_ids(self) -> list[int]: ...


class Handle(Protocol):
    """A request as the pipeline knows it."""

    def can_read(self) -> bool: ...
    def read(self) -> dict[int, Output]: ...
    def cancel(self) -> None: ...
    def get_status(self) -> Any: ...


class Pipeline(Protocol):
    """What is used of `openvino_genai.ContinuousBatchingPipeline`."""

    def add_request(self, request_id: int, prompt: Any, generation_config: Any) -> Handle: ...
    def step(self) -> None: ...


@dataclass(eq=False)
class Request:
    """One prompt on its way through the pipeline. Iterating yields lists of new token ids, until the end or `deadline`.

    Attributes:
        deadline: in the time of `time.monotonic`, None for none.

    Raises (when iterated):
        ModelError: the pipeline failed or was closed.
    """

    prompt: Any
    config: Any
    deadline: float | None = None
    cancelled: bool = False
    _tokens: SimpleQueue[list[int] | ModelError | None] = field(default_factory=SimpleQueue)

    def __iter__(self) -> Iterator[list[int]]:
        while (tokens := self._next()) is not None:
            if isinstance(tokens, ModelError):
                raise tokens
            yield tokens

    def _next(self) -> list[int] | ModelError | None:
        try:
            return self._tokens.get(timeout=None if self.deadline is None else max(0.0, self.deadline - time.monotonic()))
        except Empty:
            self.cancel()
            return None

    def cancel(self) -> None:
        """Stop generating at the next step; nothing more need be read."""
        self.cancelled = True

    def deliver(self, tokens: list[int] | ModelError | None) -> None:
        """New tokens, an error, or None for the end."""
        self._tokens.put(tokens)


class StepLoop:
    """Runs requests through a pipeline.

    Args:
        running: the status a handle has while it is at work.
        ignored: the status of a request that found no room in the cache.
    """

    def __init__(self, pipeline: Pipeline, running: object, ignored: object) -> None:
        self._pipeline = pipeline
        self._running_status, self._ignored_status = running, ignored
        self._arrived: list[Request] = []
        self._active: dict[Request, Handle] = {}
        self._closed = False
        # The pipeline forgets a cancelled request, and frees its memory, only in the next step.
        self._to_forget = False
        self._number = 0
        self._wake = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()
        # A daemon thread inside native code while the interpreter goes away ends in a crash.
        atexit.register(self.close)

    def submit(self, prompt: Any, config: Any, seconds: float | None = None) -> Request:
        """Queue a prompt.

        Raises:
            ModelError: the loop is closed.
        """
        request = Request(prompt, config, None if seconds is None else time.monotonic() + seconds)
        with self._wake:
            if self._closed:
                raise _closed_error()
            self._arrived.append(request)
            self._wake.notify()
        return request

    def close(self) -> None:
        """Stop after the present step; requests still at work end with a ModelError."""
        with self._wake:
            self._closed = True
            self._wake.notify()
        self._thread.join()
        atexit.unregister(self.close)

    def _run(self) -> None:
        while self._wait_for_work():
            try:
                self._admit()
                self._to_forget = False
                self._pipeline.step()
                self._deliver()
            except RuntimeError as error:
                # All who shared the step have lost their state in the pipeline.
                self._fail_all(_native_error(error))
        self._fail_all(_closed_error())
        if self._to_forget:
            self._pipeline.step()

    def _wait_for_work(self) -> bool:
        with self._wake:
            self._wake.wait_for(lambda: self._arrived or self._active or self._to_forget or self._closed)
            return not self._closed

    def _admit(self) -> None:
        with self._wake:
            arrived, self._arrived = self._arrived, []
        for request in (r for r in arrived if not r.cancelled):
            self._number += 1
            try:
                self._active[request] = self._pipeline.add_request(self._number, request.prompt, request.config)
            except RuntimeError as error:
                request.deliver(_native_error(error))

    def _deliver(self) -> None:
        for request, handle in list(self._active.items()):
            while handle.can_read():
                for output in handle.read().values():
                    request.deliver(list(output.generated_ids))
            if request.cancelled:
                self._cancel(handle)
                del self._active[request]
            elif (status := handle.get_status()) != self._running_status:
                request.deliver(_no_room_error() if status == self._ignored_status else None)
                del self._active[request]

    def _fail_all(self, error: ModelError) -> None:
        with self._wake:
            arrived, self._arrived = self._arrived, []
        for request in [*self._active, *arrived]:
            request.deliver(error)
        for handle in self._active.values():
            self._cancel(handle)
        self._active.clear()

    def _cancel(self, handle: Handle) -> None:
        handle.cancel()
        self._to_forget = True


def _native_error(error: RuntimeError) -> ModelError:
    return ModelError(f"The writer failed: {str(error).strip().splitlines()[-1]}", _AGAIN)


def _closed_error() -> ModelError:
    return ModelError("The writer was closed while it was at work.", "Start tutorbot again.")


def _no_room_error() -> ModelError:
    return ModelError("The text is too long for the writer's memory.", "Ask about a shorter text.")
