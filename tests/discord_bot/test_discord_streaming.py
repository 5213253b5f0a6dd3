from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from server_talk import DONE, ScriptedTutor

from tutorbot.discord_bot.rendering import Abilities, Page
from tutorbot.discord_bot.replying import MOST_WAITING, SORRY, TOO_MANY, WAKING, Replier
from tutorbot.discord_bot.streaming import EDITS, WINDOW_SECONDS, EditPace, Painter, PartStream
from tutorbot.errors import ChannelError, ModelError
from tutorbot.messages import Message, Part, Sender, Text

ANA = Sender("discord", "1", "Ana")
BEN = Sender("discord", "2", "Ben")


class Wall:
    """Remembers what was shown, and when."""

    can = Abilities()

    def __init__(self, refuses: bool = False) -> None:
        self.refuses = refuses
        self.sent: list[str] = []
        self.edited: list[tuple[float, int, str]] = []
        self.pages: list[Page] = []

    async def typing(self) -> None:
        pass

    async def show(self, index: int, page: Page) -> None:
        if self.refuses:
            raise ChannelError("Discord does not allow it.", "Allow it.")
        if index == len(self.pages):
            self.pages.append(page)
            self.sent.append(page.content)
        else:
            self.pages[index] = page
            self.edited.append((time.perf_counter(), index, page.content))


def message(text: str, sender: Sender = ANA) -> Message:
    return Message(sender, "c", text, datetime.now(UTC))


def started(tutor: object) -> Replier:
    replier = Replier(lambda: tutor)  # type: ignore[arg-type,return-value]
    replier.waking.start(lambda error: None)
    return replier


async def awake(tutor: object) -> Replier:
    replier = started(tutor)
    await replier.waking.door()
    return replier


async def test_a_quick_reply_is_sent_once_and_never_edited() -> None:
    wall = Wall()
    replier = await awake(ScriptedTutor(hi=[Text("One."), Text("Two."), DONE]))
    await replier.respond(message("hi"), wall, 1)

    assert (wall.sent, wall.edited) == (["One. Two."], [])


async def test_a_slow_reply_grows_by_edits_within_the_rate_limit() -> None:
    def slowly() -> Iterator[Part]:
        for i in range(30):
            time.sleep(0.1)
            yield Text(f"Sentence {i}.")
        yield DONE

    wall = Wall()
    with ThreadPoolExecutor(1) as pool:
        stream = PartStream(slowly, pool)
        painter = Painter(wall, EditPace())
        await painter.follow(stream)
        await painter.finish()

    assert wall.sent[0].startswith("Sentence 0.") and len(wall.sent[0]) < 60
    times = [at for at, _, _ in wall.edited]
    assert 2 <= len(times) <= 4
    # The last edit, which makes the reply complete, need not wait.
    assert all(later - earlier >= 1.0 for earlier, later in pairwise(times[:-1]))
    assert wall.pages[0].content.endswith("Sentence 29.")


async def test_edits_of_one_channel_share_its_rate_limit() -> None:
    now = [0.0]
    pace = EditPace(lambda: now[0])
    for _ in range(EDITS):
        await pace.turn()
    assert pace.delay() == WINDOW_SECONDS
    now[0] = 3.0
    assert pace.delay() == WINDOW_SECONDS - 3.0
    now[0] = WINDOW_SECONDS
    assert pace.delay() == 0.0


async def test_messages_of_one_learner_are_answered_in_turn_and_of_many_at_once() -> None:
    both_in = threading.Barrier(2, timeout=5)

    class Together(ScriptedTutor):
        def respond(self, message: Message) -> Iterator[Part]:
            if message.text == "together":
                both_in.wait()
            self.heard.append(message)
            yield Text(message.text)
            yield DONE

    tutor = Together()
    replier = await awake(tutor)
    walls = [Wall() for _ in range(4)]
    await asyncio.gather(
        replier.respond(message("together", ANA), walls[0], 1),
        replier.respond(message("second", ANA), walls[1], 1),
        replier.respond(message("third", ANA), walls[2], 1),
        replier.respond(message("together", BEN), walls[3], 1),
    )

    assert [wall.sent for wall in walls] == [["together"], ["second"], ["third"], ["together"]]
    assert [m.text for m in tutor.heard if m.sender == ANA] == ["together", "second", "third"]


async def test_who_asks_too_much_at_once_is_asked_to_wait() -> None:
    replier = await awake(ScriptedTutor())
    walls = [Wall() for _ in range(MOST_WAITING + 2)]
    await asyncio.gather(*(replier.respond(message(f"q{i}"), wall, 1) for i, wall in enumerate(walls)))

    assert [wall.sent for wall in walls].count([TOO_MANY]) == 2


async def test_who_asks_before_the_tutor_is_awake_is_answered_then() -> None:
    ready = threading.Event()

    def build() -> ScriptedTutor:
        ready.wait(5)
        return ScriptedTutor()

    replier, wall = Replier(build), Wall()
    replier.waking.start(lambda error: None)
    replying = asyncio.create_task(replier.respond(message("hello?"), wall, 1))
    await asyncio.sleep(0.05)
    assert wall.sent == [WAKING]
    ready.set()
    await replying

    assert [text for _, _, text in wall.edited] == ["You said: hello?"]


async def test_a_tutor_that_cannot_be_built_is_told_to_who_waits() -> None:
    told: list[BaseException] = []

    def build() -> ScriptedTutor:
        raise ModelError("The weights are missing.", "Run tutorbot setup.")

    replier, wall = Replier(build), Wall()
    replier.waking.start(told.append)
    await replier.respond(message("hello?"), wall, 1)

    assert wall.pages[-1].content.endswith("The weights are missing. Run tutorbot setup.")
    assert [type(error) for error in told] == [ModelError]


async def test_what_was_said_before_a_fault_stays(caplog: pytest.LogCaptureFixture) -> None:
    wall = Wall()
    replier = await awake(ScriptedTutor(hi=[Text("So far."), KeyError("oops")]))
    await replier.respond(message("hi"), wall, 1)

    assert wall.pages[-1].content == f"So far. {SORRY}"
    assert "KeyError" in caplog.text


async def test_where_nothing_can_be_shown_the_tutor_stops_and_records_nothing(caplog: pytest.LogCaptureFixture) -> None:
    ended: list[str] = []

    class Long(ScriptedTutor):
        def respond(self, message: Message) -> Iterator[Part]:
            try:
                for _ in range(100):
                    time.sleep(0.05)
                    yield Text("More.")
                ended.append("committed")
            finally:
                ended.append("closed")

    replier = await awake(Long())
    await replier.respond(message("hi"), Wall(refuses=True), 1)
    await asyncio.sleep(0.3)

    assert ended == ["closed"]
    assert "was not shown" in caplog.text
    replier.close()


async def test_replies_under_way_are_finished_before_leaving() -> None:
    class Slow(ScriptedTutor):
        def respond(self, message: Message) -> Iterator[Part]:
            time.sleep(0.2)
            yield Text("Done.")
            yield DONE

    replier, wall = await awake(Slow()), Wall()
    replying = asyncio.create_task(replier.respond(message("hi"), wall, 1))
    await asyncio.sleep(0)
    await replier.drain(5)

    assert replying.done()
    assert wall.sent == ["Done."]
