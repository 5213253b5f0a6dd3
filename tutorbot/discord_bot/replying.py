"""Gets each message answered: one at a time for a learner, many learners at once. Knows nothing of discord.py."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, Protocol
from weakref import WeakValueDictionary

from tutorbot.discord_bot.rendering import Page
from tutorbot.discord_bot.streaming import Canvas, EditPace, Painter, PartStream
from tutorbot.discord_bot.waking import Waking
from tutorbot.errors import ChannelError, DuplicateMessageError, TutorbotError
from tutorbot.messages import Message, Part, Sender, Text

WAKING = "I am still waking up. Your answer comes in a moment."
TOO_MANY = "I am still answering your earlier messages. Please ask me this again in a moment."
SORRY = "I am sorry, something went wrong on my side and I could not finish this. Please ask me again."
LEARNERS_AT_ONCE = 32
# A learner who sends more than this before the first is answered is asked to wait.
MOST_WAITING = 8
_log = logging.getLogger(__name__)


class Door(Protocol):
    """What of the tutor is used here; `tutorbot.tutor.Tutor` has it."""

    def respond(self, message: Message) -> Iterator[Part]:
        """The reply to a message."""
        ...

    def run_task(self, message: Message, task: str, arguments: Mapping[str, Any], predict: bool = False) -> Iterator[Part]:
        """The reply of a mini-task on the message's text."""
        ...

    def welcome(self, sender: Sender) -> Iterator[Part]:
        """A greeting."""
        ...

    def progress_parts(self, sender: Sender) -> Iterator[Part]:
        """The learner's progress report."""
        ...


class _Turns(asyncio.Lock):
    """The turns of one learner."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = 0


class Replier:
    """Hands messages to the tutor in worker threads and shows what comes out."""

    def __init__(self, build: Callable[[], Door]) -> None:
        self._pool = ThreadPoolExecutor(LEARNERS_AT_ONCE, thread_name_prefix="tutor")
        self.waking: Waking[Door] = Waking(build)
        self._turns: WeakValueDictionary[Sender, _Turns] = WeakValueDictionary()
        self._paces: WeakValueDictionary[int, EditPace] = WeakValueDictionary()
        self._under_way: set[asyncio.Task[None]] = set()

    async def respond(self, message: Message, canvas: Canvas, channel: int, header: str = "") -> None:
        """Answer a message; replies in the same `channel` share its rate limit."""
        await self._reply(message.sender, canvas, channel, lambda door: door.respond(message), header)

    async def run_task(
        self, message: Message, task: str, arguments: Mapping[str, Any], canvas: Canvas, channel: int, header: str
    ) -> None:
        """Run a mini-task on the message's text."""
        await self._reply(message.sender, canvas, channel, lambda door: door.run_task(message, task, arguments), header)

    async def welcome(self, sender: Sender, canvas: Canvas, channel: int) -> None:
        """Greet a learner who only called."""
        await self._reply(sender, canvas, channel, lambda door: door.welcome(sender))

    async def progress(self, sender: Sender, canvas: Canvas, channel: int) -> None:
        """Show a learner's progress."""
        await self._reply(sender, canvas, channel, lambda door: door.progress_parts(sender))

    async def drain(self, seconds: float) -> None:
        """Give the replies under way this long to be finished."""
        others = self._under_way - {asyncio.current_task()}
        if others:
            await asyncio.wait(others, timeout=seconds)

    def close(self) -> None:
        """Take no more work."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _reply(
        self, sender: Sender, canvas: Canvas, channel: int, ask: Callable[[Door], Iterator[Part]], header: str = ""
    ) -> None:
        painter = Painter(canvas, self._paces.setdefault(channel, EditPace()), header)
        try:
            async with self._counted(), self._turn(sender) as allowed:
                if allowed:
                    await self._show(painter, canvas, ask)
                else:
                    await painter.finish(Text(TOO_MANY))
        except ChannelError as error:
            # There is nobody to tell: what would be told is refused as well.
            _log.warning("A reply to user %s was not shown. %s", sender.id, error)

    async def _show(self, painter: Painter, canvas: Canvas, ask: Callable[[Door], Iterator[Part]]) -> None:
        if not self.waking.awake:
            await painter.note(Page(WAKING))
        door = await self.waking.door()
        if isinstance(door, BaseException):
            await painter.finish(*_ending(door))
            return
        stream = PartStream(lambda: ask(door), self._pool)
        try:
            await canvas.typing()
            await painter.follow(stream)
            error = await stream.error()
            await painter.finish(*_ending(error))
        finally:
            stream.abandon()

    @asynccontextmanager
    async def _counted(self) -> AsyncIterator[None]:
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        try:
            yield
        finally:
            self._under_way.discard(task)

    @asynccontextmanager
    async def _turn(self, sender: Sender) -> AsyncIterator[bool]:
        """Hold the learner's turn; False where too many of their messages wait already."""
        turns = self._turns.setdefault(Sender(sender.surface, sender.id), _Turns())
        if turns.waiting >= MOST_WAITING:
            yield False
            return
        turns.waiting += 1
        try:
            async with turns:
                yield True
        finally:
            turns.waiting -= 1


def _ending(error: BaseException | None) -> tuple[Part, ...]:
    """What the learner is told of an error; the log gets the rest."""
    if error is None:
        return ()
    if isinstance(error, DuplicateMessageError):
        # Another process of this bot has answered the message too; what was shown stands.
        _log.warning("A message was answered twice. Is the bot running twice?")
        return ()
    if isinstance(error, TutorbotError):
        _log.error("The tutor could not reply. %s", error)
        return (Text(f"I am sorry, I could not finish this. {error.what} {error.fix}"),)
    _log.error("The tutor failed.", exc_info=error)
    return (Text(SORRY),)
