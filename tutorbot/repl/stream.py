"""A reply that is made in a thread, so that Ctrl-C interrupts the waiting and never the work.

A KeyboardInterrupt inside the tutor could fall between a commit and its confirmation. Here it falls on the side that
shows: the thread then closes the reply after the part it is making, and nothing is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from queue import Empty, SimpleQueue
from threading import Event

from tutorbot.messages import Outcome, Part
from tutorbot.repl.background import Background

TICK_S = 0.1


class PartStream:
    """The parts of one reply as they are made."""

    def __init__(self, respond: Callable[[], Iterator[Part]]) -> None:
        self._respond = respond
        self._made: SimpleQueue[Part | None] = SimpleQueue()
        self._unwanted = Event()
        self._work = Background(self._make)

    def parts(self, waiting: Callable[[], None] = lambda: None) -> Iterator[Part]:
        """Yield each part; `waiting` is called every 0.1 s while there is none.

        Raises:
            BaseException: what the reply raised, after the parts that came before it.
        """
        self._work.start()
        while (part := self._next(waiting)) is not None:
            yield part
        while not self._work.wait(TICK_S):
            waiting()
        self._work.result()

    def stop(self, patience: float) -> bool:
        """Ask for no more, and wait at most `patience` seconds until nothing is being made; whether it was all made.

        A reply that was all made is recorded, and no longer can be taken back.
        """
        self._unwanted.set()
        self._work.wait(patience)
        return any(isinstance(part, Outcome) for part in self._rest())

    def _next(self, waiting: Callable[[], None]) -> Part | None:
        while True:
            try:
                return self._made.get(timeout=TICK_S)
            except Empty:
                waiting()

    def _rest(self) -> Iterator[Part | None]:
        while not self._made.empty():
            yield self._made.get()

    def _make(self) -> None:
        try:
            self._make_parts()
        finally:
            self._made.put(None)

    def _make_parts(self) -> None:
        parts = self._respond()
        try:
            for part in parts:
                self._made.put(part)
                if self._unwanted.is_set():
                    break
        finally:
            if isinstance(parts, Generator):
                parts.close()
