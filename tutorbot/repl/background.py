"""Work that a thread does while the terminal stays responsive."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from threading import Event, Thread
from threading import enumerate as living_threads
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")
_THREAD_NAME = "tutorbot-background"


class Background(Generic[T]):
    """Calls a function once, in a thread that does not keep the process alive."""

    def __init__(self, function: Callable[[], T]) -> None:
        self._function = function
        self._settled = Event()
        self._thread: Thread | None = None
        self._result: list[T] = []
        self.error: BaseException | None = None

    def start(self) -> None:
        """Begin; a second call does nothing."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name=_THREAD_NAME, daemon=True)
            self._thread.start()

    @property
    def done(self) -> bool:
        """It has returned or raised."""
        return self._settled.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait for the end, at most so long; whether it has come."""
        return self._settled.wait(seconds)

    def result(self) -> T:
        """What the function returned.

        Raises:
            BaseException: what the function raised.
            RuntimeError: it has not ended.
        """
        if self.error is not None:
            raise self.error
        if not self.done:
            raise RuntimeError("wait() comes before result()")
        return self._result[0]

    def _run(self) -> None:
        with self:
            self._result.append(self._function())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        # Nobody would see what a thread raises: it is kept for whoever asks for the result.
        self.error = error
        self._settled.set()
        return True


def leave_threads_behind(status: int) -> None:
    """End the process now, with this exit status, if background work goes on; otherwise do nothing.

    The interpreter's own way out stops threads in the middle of native code, and a model that is being loaded then
    aborts the process. What the work writes to disk is made to survive being killed.
    """
    if any(thread.name == _THREAD_NAME for thread in living_threads()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
