"""Mini-tasks on Discord: what members type after /demo and /try, and what they see."""

from __future__ import annotations

from typing import Any

import pytest
from fakes import CueScorer, MemoryStore, QueuedWriter, SetClock, WordEncoder
from server_talk import pinged
from task_fakes import small_tools

from tutorbot.actions.context import Services
from tutorbot.answering.answerer import Answerer
from tutorbot.answering.support import SupportChecker
from tutorbot.curriculum.course import Course
from tutorbot.dialogue.events import MessageReceived, ReplySent, TaskRun
from tutorbot.dialogue.reading import Reader
from tutorbot.discord_bot.bot import TutorBot
from tutorbot.discord_bot.cogs.task_commands import task_command
from tutorbot.retrieval.search import FusedRetriever
from tutorbot.tasks.catalogue import TASKS
from tutorbot.tutor import Tutor

GOOD = "A good, good film."


@pytest.fixture
def simcord_bot(course: Course, retriever: FusedRetriever, store: MemoryStore, clock: SetClock) -> TutorBot:
    """A bot with the real tutor and fakes at its ports."""
    writer = QueuedWriter("music")
    answerer = Answerer(retriever, SupportChecker(WordEncoder()), writer)
    services = Services(course, retriever, answerer, writer, small_tools(course, retriever, writer))
    tutor = Tutor(services, Reader(CueScorer()), store, clock)
    return TutorBot(lambda: tutor)


@pytest.fixture
def channel(simcord_env: Any) -> Any:
    return simcord_env.create_guild().create_text_channel("llm-course")


@pytest.fixture
def ana(simcord_env: Any, channel: Any) -> Any:
    return simcord_env.guild.add_member(simcord_env.create_user("ana", global_name="Ana"))


def everything(result: Any) -> str:
    messages = [result.response, *result.followups]
    return "\n".join([m.content for m in messages] + [f"{e.title}\n{e.description}" for m in messages for e in m.embeds])


async def test_try_runs_a_task_on_the_members_words(channel: Any, ana: Any, store: MemoryStore) -> None:
    result = await ana.slash(channel, "try classify", text=GOOD)

    assert result.response.content.startswith("-# Ana asked: classify: A good, good film.\n\n**positive**")
    assert result.response.embeds[0].title == "What just happened"
    ((_, events),) = store.events.items()
    received, ran, sent = (
        next(s.event for s in events if isinstance(s.event, k)) for k in (MessageReceived, TaskRun, ReplySent)
    )
    assert (received.text, ran.task, sent.intent, sent.payload, sent.status) == (GOOD, "classify", "classify", GOOD, "task")


async def test_typed_options_reach_the_task(channel: Any, ana: Any) -> None:
    asked = await ana.slash(channel, "try extractive_qa", text="Utrecht, 1713.", question="When?")
    shown = await ana.slash(channel, "try few_shot", text="play a song", examples="play jazz=music, lamp on=device")
    next_token = await ana.slash(channel, "try next_token", text="The capital is", temperature=0.5, top_k=2)

    assert "1713" in everything(asked)
    assert "**music** (nearest examples)" in everything(shown)
    assert "Paris" in everything(next_token)


async def test_an_option_that_cannot_be_read_is_told_kindly(channel: Any, ana: Any, store: MemoryStore) -> None:
    result = await ana.slash(channel, "try few_shot", text="play a song", examples="jazz, lamp")

    assert "`examples` has a part without `=`. Write it like this:" in result.response.content
    assert [e.event.status for e in store.events["discord", str(ana.id)] if isinstance(e.event, ReplySent)] == ["task"]


async def test_a_heat_map_comes_as_a_file(channel: Any, ana: Any) -> None:
    result = await ana.slash(channel, "try attention", text="The cat sat.", layer=1, head=2)

    files = [file for message in (result.response, *result.followups) for file in message.attachments]
    assert [file.filename for file in files] == ["picture.png"]
    assert files[0].description


async def test_demo_runs_any_task_by_name_with_options_after_the_text(channel: Any, ana: Any) -> None:
    classified = await ana.slash(channel, "demo", name="classify", text="a bad film")
    asked = await ana.slash(channel, "demo", name=" Extractive_QA ", text="Utrecht, 1713. --question When?")

    assert "**negative**" in classified.response.content
    assert "1713" in everything(asked)


async def test_demo_completes_names_from_what_is_typed(channel: Any, ana: Any) -> None:
    begun = await ana.autocomplete(channel, "demo", "name", "to")
    every = await ana.autocomplete(channel, "demo", "name", "")

    assert begun[0]["value"] == "tokenize"
    assert all(len(choice["name"]) <= 100 for choice in every)
    assert [choice["value"] for choice in every] == [task.name for task in TASKS]


async def test_an_unknown_task_is_answered_with_those_there_are(channel: Any, ana: Any) -> None:
    result = await ana.slash(channel, "demo", name="juggle", text="three balls")
    assert "There is no mini-task `juggle`. There are classify, generate, ner" in result.response.content


async def test_nobody_is_pinged_by_a_text_and_limits_are_kept(simcord_env: Any, channel: Any, ana: Any) -> None:
    result = await ana.slash(channel, "try tokenize", text="@everyone " * 550)

    assert pinged(simcord_env) == []
    assert all(len(m.content) <= 2_000 for m in (result.response, *result.followups))
    assert "@everyone" not in everything(result)


async def test_a_command_without_text_of_a_task_that_needs_it_is_refused_by_discord(channel: Any, ana: Any) -> None:
    with pytest.raises(Exception, match="text"):
        await ana.slash(channel, "try classify")


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_every_task_makes_a_command_within_discords_limits(task: Any) -> None:
    async def run(*_: object) -> None:
        pass

    made = task_command(task, run)
    assert len(made.description) <= 100
    assert next(p.name for p in made.parameters) == task.arguments[0].name
    assert {p.name for p in made.parameters} == {a.name for a in task.arguments}
    assert all(len(str(p.description)) <= 100 for p in made.parameters)
    assert {p.name for p in made.parameters if p.required} >= {a.name for a in task.arguments if a.required}
