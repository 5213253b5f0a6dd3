from __future__ import annotations

from dataclasses import replace

import pytest

from tutorbot.discord_bot.listening import Heard, conversation_of, heard_text, thread_name

ME = 42
CALLED = Heard("<@42> what is attention?", ME, mentions_me=True)


@pytest.mark.parametrize(
    ("heard", "text"),
    [
        (CALLED, "what is attention?"),
        (Heard("tell me more", ME, replies_to_me=True), "tell me more"),
        (Heard("what is attention?", ME, direct=True), "what is attention?"),
        (Heard("and without it?", ME, own_thread=True), "and without it?"),
        (Heard("", ME, direct=True), ""),
        (Heard("<@42>", ME, mentions_me=True), ""),
        (Heard("@everyone what is attention?", ME, own_thread=True), "everyone what is attention?"),
    ],
)
def test_what_is_for_the_tutor(heard: Heard, text: str) -> None:
    assert heard_text(heard) == text


@pytest.mark.parametrize(
    "heard",
    [
        Heard("what is attention?", ME),
        Heard("@everyone what is attention?", ME),
        Heard("<@&77> what is attention?", ME),
        replace(CALLED, by_bot=True),
        replace(CALLED, ordinary=False),
        Heard("@everyone <@&77>", ME, own_thread=True),
        Heard("@here", ME, direct=True),
    ],
)
def test_what_is_not(heard: Heard) -> None:
    assert heard_text(heard) is None


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<@42>, what is attention?", "what is attention?"),
        ("<@!42> what is attention?", "what is attention?"),
        ("can <@42> explain attention?", "can explain attention?"),
        ("<@42> what did <@7> say in <#8>?", "what did Ben say in #general?"),
        ("<@42> who are <@&9> and <@99>?", "who are Tutors and someone?"),
        ("<@42> is <:bert:123> or <a:gpt:124> better?", "is :bert: or :gpt: better?"),
        ("<@42> what does </ask:55> do at <t:0:F>?", "what does /ask do at 1970-01-01 00:00 UTC?"),
        ("<@42> what is <t:99999999999>?", "what is 5138-11-16 09:46 UTC?"),
        ("<@42> what is `List<int>` and a < b?", "what is `List<int>` and a < b?"),
        ("<@42> line one\n    line two", "line one\n    line two"),
    ],
)
def test_mentions_and_emoji_become_words(content: str, text: str) -> None:
    names = {7: "Ben", 8: "general", 9: "Tutors"}
    assert heard_text(Heard(content, ME, mentions_me=True, names=names)) == text


def test_a_thread_is_one_conversation_and_a_channel_one_for_each_user() -> None:
    assert conversation_of(5, 1, thread=True) == conversation_of(5, 2, thread=True) == "5"
    assert conversation_of(5, 1, thread=False) == "5-1"
    assert conversation_of(5, 2, thread=False) == "5-2"


def test_a_thread_is_named_after_the_question() -> None:
    assert thread_name("what is\nattention?") == "what is attention?"
    assert len(thread_name("word " * 100)) <= 100
    assert "@everyone" not in thread_name("@everyone hello")
    assert thread_name("") == "A question"
