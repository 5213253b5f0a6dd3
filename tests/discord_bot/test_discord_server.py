"""What members of a server see when they talk with the bot."""

from __future__ import annotations

from typing import Any

import discord
import pytest
import simcord
from server_talk import ATTENTION, DONE, ScriptedTutor, me, pinged, said

from tutorbot.discord_bot.bot import TutorBot
from tutorbot.errors import StorageError
from tutorbot.messages import Card, Citation, Picture, Text


@pytest.fixture
def channel(simcord_env: Any) -> Any:
    return simcord_env.create_guild().create_text_channel("llm-course")


@pytest.fixture
def ana(simcord_env: Any, channel: Any) -> Any:
    return simcord_env.guild.add_member(simcord_env.create_user("ana", global_name="Ana"))


@pytest.fixture
def ben(simcord_env: Any, channel: Any) -> Any:
    return simcord_env.guild.add_member(simcord_env.create_user("ben", global_name="Ben"))


async def test_a_mention_is_answered_in_a_thread_named_after_the_question(
    simcord_env: Any, channel: Any, ana: Any, tutor: ScriptedTutor
) -> None:
    tutor.scripts["attention"] = ATTENTION

    await ana.send(channel, f"{me(simcord_env)} what is attention?")

    (thread,) = channel.threads
    assert thread.name == "what is attention?"
    (answer,) = said(simcord_env, thread)
    assert answer == (
        "Attention weighs every token by its relevance. [1]\n\n"
        '-# [1] Attention > What it is: "Attention weighs every token by how relevant it is."'
    )
    (heard,) = tutor.heard
    assert (heard.text, heard.sender.surface, heard.sender.id, heard.sender.name) == (
        "what is attention?",
        "discord",
        str(ana.id),
        "Ana",
    )


async def test_a_follow_up_in_the_thread_is_the_same_conversation(
    simcord_env: Any, channel: Any, ana: Any, tutor: ScriptedTutor
) -> None:
    await ana.send(channel, f"{me(simcord_env)} what is attention?")
    (thread,) = channel.threads
    await ana.send(thread, "and what happens without it?")

    assert said(simcord_env, thread) == ["You said: what is attention?", "You said: and what happens without it?"]
    assert [m.conversation for m in tutor.heard] == [str(thread.id)] * 2


async def test_two_members_who_ask_at_the_same_time_each_get_their_answer(
    simcord_env: Any, channel: Any, ana: Any, ben: Any, tutor: ScriptedTutor
) -> None:
    tutor.scripts["attention"] = ATTENTION
    create = simcord_env.backend.create_message
    create(channel.id, ana.id, f"{me(simcord_env)} what is attention?")
    create(channel.id, ben.id, f"{me(simcord_env)} what is dropout?")
    await simcord_env.settle()

    answers = {thread.name: said(simcord_env, thread) for thread in channel.threads}
    assert answers["what is attention?"][0].startswith("Attention weighs every token by its relevance. [1]")
    assert answers["what is dropout?"] == ["You said: what is dropout?"]
    assert {m.sender.name for m in tutor.heard} == {"Ana", "Ben"}


async def test_where_threads_are_not_allowed_the_answer_is_a_reply(simcord_env: Any, ana: Any) -> None:
    guild = simcord_env.guild
    closed = guild.create_text_channel(
        "no-threads", overwrites={guild.default_role: discord.PermissionOverwrite(create_public_threads=False)}
    )
    question = await ana.send(closed, f"{me(simcord_env)} what is attention?")

    assert closed.threads == []
    assert said(simcord_env, closed) == ["You said: what is attention?"]
    assert closed.last_message.reference.message_id == question.id


async def test_a_reply_to_the_bot_needs_no_mention(simcord_env: Any, channel: Any, ana: Any, tutor: ScriptedTutor) -> None:
    await ana.slash(channel, "ask", question="what is attention?")
    await ana.send(channel, "tell me more", reply_to=channel.last_message)

    assert said(simcord_env, channel)[-1] == "You said: tell me more"
    assert [m.conversation for m in tutor.heard] == [f"{channel.id}-{ana.id}"] * 2


async def test_a_direct_message_is_answered(simcord_env: Any, ana: Any) -> None:
    await ana.send_dm("what is attention?")

    assert said(simcord_env, ana.user.dm_channel) == ["You said: what is attention?"]


async def test_what_is_not_for_the_bot_is_not_answered(
    simcord_env: Any, channel: Any, ana: Any, tutor: ScriptedTutor
) -> None:
    role = simcord_env.guild.create_role("Tutors")
    robot = simcord_env.guild.add_member(simcord_env.create_user("robot", bot=True))
    await ana.send(channel, "good morning")
    await ana.send(channel, "@everyone look")
    await ana.send(channel, f"{role.mention} look")
    await robot.send(channel, f"{me(simcord_env)} are you a bot?")

    assert tutor.heard == []


async def test_only_calling_the_bot_gets_a_greeting(simcord_env: Any, channel: Any, ana: Any) -> None:
    await ana.send(channel, me(simcord_env))

    assert said(simcord_env, channel) == ["Hello Ana."]


async def test_nobody_is_pinged_whatever_is_written(
    simcord_env: Any, channel: Any, ana: Any, ben: Any, tutor: ScriptedTutor
) -> None:
    role = simcord_env.guild.create_role("Everybody")
    text = f"say @everyone @here {ben.mention} {role.mention}"
    tutor.scripts["say"] = [Text(text), Card(text, text), Citation(1, text, text, text, text), DONE]
    await ana.send(channel, f"{me(simcord_env)} {text}")
    await ana.slash(channel, "ask", question=text)
    await ana.send_dm(text)

    assert pinged(simcord_env) == []
    everything = [c for place in (channel, *channel.threads, ana.user.dm_channel) for c in said(simcord_env, place)]
    assert len(everything) == 3
    assert not any("@everyone" in c or "@here" in c or "<@" in c for c in everything)


async def test_an_answer_of_6000_characters_arrives_whole_within_the_limits(
    simcord_env: Any, channel: Any, ana: Any, tutor: ScriptedTutor
) -> None:
    sentences = [f"Sentence number {i} says something about attention in a few words." for i in range(90)]
    tutor.scripts["long"] = [*(Text(s, ends_paragraph=i % 5 == 4) for i, s in enumerate(sentences)), DONE]
    await ana.send(channel, f"{me(simcord_env)} a long one")

    pieces = said(simcord_env, channel.threads[0])
    assert len(" ".join(sentences)) > 5_500
    assert all(len(piece) <= 2_000 for piece in pieces)
    assert " ".join(" ".join(pieces).split()) == " ".join(sentences)


async def test_a_pressed_button_is_said_by_whoever_presses_it(
    simcord_env: Any, channel: Any, ana: Any, ben: Any, tutor: ScriptedTutor
) -> None:
    tutor.scripts["attention"] = ATTENTION
    await ana.send(channel, f"{me(simcord_env)} what is attention?")
    (thread,) = channel.threads
    result = await ben.click(thread.last_message, label="Example")

    assert result.response.content == "-# Ben asked: give me an example\n\nYou said: give me an example"
    pressed = tutor.heard[-1]
    assert (pressed.sender.name, pressed.text, pressed.choice) == ("Ben", "give me an example", "give me an example")
    assert pressed.conversation == str(thread.id)


async def test_buttons_work_after_the_bot_was_started_again(
    simcord_env: Any, channel: Any, ana: Any, tutor: ScriptedTutor
) -> None:
    tutor.scripts["attention"] = ATTENTION
    await ana.send(channel, f"{me(simcord_env)} what is attention?")
    await simcord_env.restart_bot(TutorBot(lambda: tutor))
    result = await ana.click(channel.threads[0].last_message, label="Simpler")

    assert result.response.content.endswith("You said: simpler")


async def test_slash_commands(simcord_env: Any, channel: Any, ana: Any, tutor: ScriptedTutor) -> None:
    asked = await ana.slash(channel, "ask", question="what is *attention*?")
    helped = await ana.slash(channel, "help")
    progress = await ana.slash(channel, "progress")

    assert asked.response.content == "-# Ana asked: what is \\*attention\\*?\n\nYou said: what is *attention*?"
    assert not asked.ephemeral
    assert (helped.response.content, helped.ephemeral) == ("You said: help", True)
    assert (progress.response.content, progress.ephemeral) == ("Ana has asked about 2 topics.", True)


async def test_a_long_answer_to_a_slash_command_goes_on_in_follow_ups(
    simcord_env: Any, channel: Any, ana: Any, tutor: ScriptedTutor
) -> None:
    tutor.scripts["long"] = [*(Text(f"Sentence {i} has some words.") for i in range(200)), DONE]
    asked = await ana.slash(channel, "ask", question="long")

    pieces = [asked.response.content, *(f.content for f in asked.followups)]
    assert len(pieces) == 3
    assert all(f"Sentence {i} has some words." in " ".join(pieces) for i in range(200))


async def test_a_tutor_that_cannot_answer_says_what_to_do(
    simcord_env: Any, channel: Any, ana: Any, tutor: ScriptedTutor
) -> None:
    tutor.scripts["full"] = [Text("So far so good."), StorageError("The disk is full.", "Make room.")]
    await ana.send(channel, f"{me(simcord_env)} is it full?")
    await ana.send(channel.threads[0], "and now?")

    first, second = said(simcord_env, channel.threads[0])
    assert first == "So far so good. I am sorry, I could not finish this. The disk is full. Make room."
    assert second == "You said: and now?"


async def test_a_tutor_with_a_fault_apologises_and_the_bot_lives_on(
    simcord_env: Any, channel: Any, ana: Any, tutor: ScriptedTutor, caplog: pytest.LogCaptureFixture
) -> None:
    tutor.scripts["fault"] = [ZeroDivisionError("division by zero")]
    await ana.send(channel, f"{me(simcord_env)} a fault")
    await ana.send(channel.threads[0], "and now?")

    first, second = said(simcord_env, channel.threads[0])
    assert first.startswith("I am sorry, something went wrong")
    assert second == "You said: and now?"
    assert "ZeroDivisionError" in caplog.text


async def test_a_channel_where_the_bot_may_not_speak(
    simcord_env: Any, channel: Any, ana: Any, caplog: pytest.LogCaptureFixture
) -> None:
    simcord_env.inject_error("POST", "/channels/*/messages", status=403, code=50013, message="Missing Permissions")
    await ana.send(channel, f"{me(simcord_env)} one")
    await ana.send(channel, f"{me(simcord_env)} two")

    assert {thread.name: said(simcord_env, thread) for thread in channel.threads} == {"one": [], "two": ["You said: two"]}
    assert "was not shown" in caplog.text


async def test_a_question_that_was_deleted_meanwhile_is_still_answered(simcord_env: Any, ana: Any) -> None:
    guild = simcord_env.guild
    closed = guild.create_text_channel(
        "no-threads", overwrites={guild.default_role: discord.PermissionOverwrite(create_public_threads=False)}
    )
    question = simcord_env.backend.create_message(closed.id, ana.id, f"{me(simcord_env)} what is attention?")
    simcord_env.backend.delete_message(closed.id, question.id)
    await simcord_env.settle()

    assert said(simcord_env, closed) == ["You said: what is attention?"]


async def test_pictures_and_cards_arrive_and_where_embeds_are_not_allowed_as_text(
    simcord_env: Any, channel: Any, ana: Any, tutor: ScriptedTutor
) -> None:
    tutor.scripts["show"] = [Card("Prompt", "Be kind."), Picture(b"\x89PNG", "a rising curve"), DONE]
    guild = simcord_env.guild
    bare = guild.create_text_channel(
        "bare", overwrites={guild.default_role: discord.PermissionOverwrite(embed_links=False, attach_files=False)}
    )
    await ana.send(channel, f"{me(simcord_env)} show")
    await ana.send(bare, f"{me(simcord_env)} show")
    asked = await ana.slash(channel, "ask", question="show")

    rich = channel.threads[0].last_message
    assert (rich.embeds[0].title, rich.embeds[0].description) == ("Prompt", "Be kind.")
    assert (rich.attachments[0].filename, rich.attachments[0].description) == ("picture.png", "a rising curve")
    assert said(simcord_env, bare.threads[0]) == ["**Prompt**\nBe kind.\n\na rising curve"]
    assert asked.response.embeds[0].title == "Prompt"
    assert len(asked.response.attachments) == 1


async def test_a_missing_command_right_leaves_messages_answered(tutor: ScriptedTutor) -> None:
    env = simcord.Env(TutorBot(lambda: tutor))
    env.inject_error("PUT", "/applications/*/commands", status=403, code=50001, message="Missing Access")
    await env.start()
    ana = env.create_user("ana")
    await ana.send_dm("hello?")
    assert said(env, ana.dm_channel) == ["You said: hello?"]
    await env.shutdown()


@pytest.mark.simcord(check_errors=False)
async def test_a_press_that_discord_has_given_up_is_let_go(
    simcord_env: Any, channel: Any, ana: Any, tutor: ScriptedTutor, caplog: pytest.LogCaptureFixture
) -> None:
    tutor.scripts["attention"] = ATTENTION
    await ana.send(channel, f"{me(simcord_env)} what is attention?")
    simcord_env.inject_error("POST", "/interactions/*/callback", status=404, code=10062, message="Unknown interaction")
    await ana.click(channel.threads[0].last_message, label="Simpler")

    assert [m.text for m in tutor.heard] == ["what is attention?"]
    assert "no longer takes an answer" in caplog.text
