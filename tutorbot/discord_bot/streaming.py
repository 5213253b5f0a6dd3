"""From the tutor's generator, which blocks, to messages that grow by paced edits. Knows nothing of discord.py."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor
from threading import Event
from typing import Protocol

from tutorbot.discord_bot.rendering import Abilities, Page, render
from tutorbot.messages import Part, Progress, Text

# Discord allows five edits in five seconds and channel.
EDITS = 5
WINDOW_SECONDS = 5.0
# Four edits on the way leave one of the five for the last, which then need not wait.
INTERVAL_SECONDS = 1.25
# Replies that are complete within this time are sent once and never edited.
GRACE_SECONDS = 0.25


class Canvas(Protocol):
    """Where the messages of one reply are shown."""

    @property
    def can(self) -> Abilities:
        """What the bot may put into messages here."""
        ...

    async def typing(self) -> None:
        """Say that a reply is being written."""
        ...

    async def show(self, index: int, page: Page) -> None:
        """Send message `index` of the reply, or edit it where it has been sent.

        Raises:
            ChannelError: Discord refuses it.
        """
        ...


class EditPace:
    """Keeps the edits of one channel, over all replies there, within the rate limit."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._times: deque[float] = deque(maxlen=EDITS)

    def delay(self) -> float:
        """Seconds until an edit is allowed."""
        if len(self._times) < EDITS:
            return 0.0
        return max(0.0, self._times[0] + WINDOW_SECONDS - self._clock())

    async def turn(self) -> None:
        """Wait until an edit is allowed, and take its place."""
        while (delay := self.delay()) > 0:
            await asyncio.sleep(delay)
        self._times.append(self._clock())


class PartStream:
    """Runs a generator of parts in a worker thread and hands the parts to the event loop."""

    def __init__(self, produce: Callable[[], Iterator[Part]], pool: Executor) -> None:
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[Part | None] = asyncio.Queue()
        self._abandoned = Event()
        self._work = self._loop.run_in_executor(pool, self._pump, produce)
        self.ended = False

    async def next(self, timeout: float | None) -> Part | None:
        """The next part; None when `timeout` seconds have passed or the stream has `ended`."""
        try:
            async with asyncio.timeout(timeout):
                part = await self._queue.get()
        except TimeoutError:
            return None
        self.ended = part is None
        return part

    async def error(self) -> BaseException | None:
        """What the generator raised, once the stream has ended."""
        await asyncio.wait([self._work])
        return self._work.exception()

    def abandon(self) -> None:
        """Stop the generator at its next part, so that it records nothing."""
        self._abandoned.set()
        self._work.add_done_callback(lambda work: work.cancelled() or work.exception())

    def _pump(self, produce: Callable[[], Iterator[Part]]) -> None:
        try:
            parts = produce()
            for part in parts:
                if self._abandoned.is_set():
                    break
                self._loop.call_soon_threadsafe(self._queue.put_nowait, part)
            if isinstance(parts, Generator):
                parts.close()
        finally:
            self._loop.call_soon_threadsafe(self._queue.put_nowait, None)


class Painter:
    """Keeps the messages of one reply in step with its parts."""

    def __init__(
        self, canvas: Canvas, pace: EditPace, header: str = "", clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._canvas = canvas
        self._pace = pace
        self._header = header
        self._clock = clock
        self._parts: list[Part] = []
        self._shown: list[Page] = []
        self._painted_at = -INTERVAL_SECONDS

    async def follow(self, stream: PartStream) -> None:
        """Show the parts as they come, until the stream ends.

        Raises:
            ChannelError: Discord refuses a message.
        """
        due: float | None = None
        while not stream.ended:
            part = await stream.next(None if due is None else max(0.0, due - self._clock()))
            if part is not None:
                self._parts.append(part)
            if due is None and isinstance(part, (Text, Progress)):
                due = max(self._clock() + GRACE_SECONDS, self._painted_at + INTERVAL_SECONDS)
            if due is not None and self._clock() >= due and not stream.ended:
                await self._paint(final=False)
                due = None

    async def finish(self, *more: Part) -> None:
        """Show the complete reply, with `more` at its end.

        Raises:
            ChannelError: Discord refuses a message.
        """
        self._parts += more
        await self._paint(final=True)

    async def note(self, page: Page) -> None:
        """Show something for now; the reply takes its place.

        Raises:
            ChannelError: Discord refuses it.
        """
        await self._put(0, page)

    async def _paint(self, final: bool) -> None:
        for index, page in enumerate(render(self._parts, self._header, final, self._canvas.can)):
            await self._put(index, page)
        self._painted_at = self._clock()

    async def _put(self, index: int, page: Page) -> None:
        if index == len(self._shown):
            await self._canvas.show(index, page)
            self._shown.append(page)
        elif self._shown[index] != page:
            await self._pace.turn()
            await self._canvas.show(index, page)
            self._shown[index] = page
