"""Decides whether a message is for the tutor, and what it says. Pure: knows nothing of discord.py."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tutorbot.discord_bot.escaping import unping
from tutorbot.discord_bot.limits import THREAD_NAME, shorten

_MENTION = re.compile(r"<(?P<kind>@!?|@&|#)(?P<id>\d{1,20})>")
_EMOJI = re.compile(r"<a?(?P<name>:\w{1,32}:)\d{1,20}>")
_COMMAND = re.compile(r"<(?P<name>/[\w -]{1,100}):\d{1,20}>")
_TIME = re.compile(r"<t:(?P<seconds>-?\d{1,11})(?::[tTdDfFR])?>")
_EVERYONE = re.compile(r"@(?P<name>everyone|here)\b")
_ROLE = re.compile(r"<@&\d+>")


@dataclass(frozen=True)
class Heard:
    """A message as Discord delivers it.

    Attributes:
        content: the text as typed, mentions as <@id>.
        me: the bot's own id.
        by_bot: another bot, a webhook or this bot itself wrote it.
        mentions_me: it names this bot; naming everyone or one of its roles does not count.
        replies_to_me: it is a reply to one of this bot's messages.
        direct: it came as a direct message.
        own_thread: it stands in a thread that this bot opened.
        ordinary: people wrote it, rather than Discord ("joined the server", "pinned a message").
        names: names for the ids that the text mentions: users, roles and channels.
    """

    content: str
    me: int
    by_bot: bool = False
    mentions_me: bool = False
    replies_to_me: bool = False
    direct: bool = False
    own_thread: bool = False
    ordinary: bool = True
    names: Mapping[int, str] = field(default_factory=dict)


def heard_text(heard: Heard) -> str | None:
    """What the learner says to the tutor, "" if they only called it; None if the message is not for the tutor."""
    called = heard.mentions_me or heard.replies_to_me
    if heard.by_bot or not heard.ordinary or not (called or heard.direct or heard.own_thread):
        return None
    if not called and heard.content and not _ROLE.sub("", _EVERYONE.sub("", heard.content)).strip():
        return None
    return readable(heard.content, heard.me, heard.names)


def readable(content: str, me: int, names: Mapping[int, str]) -> str:
    """The text in words: this bot's mention left out; other mentions, emoji, times and commands by their names."""
    text = re.sub(rf"[ \t]?<@!?{me}>", "", content)
    text = _MENTION.sub(lambda found: _name(found, names), text)
    text = _EVERYONE.sub(lambda found: found["name"], text)
    text = _EMOJI.sub(lambda found: found["name"], text)
    text = _COMMAND.sub(lambda found: found["name"], text)
    return _TIME.sub(_moment, text).strip(" \t\n,:")


def conversation_of(channel: int, user: int, thread: bool) -> str:
    """The id of the conversation: a thread is one for all who speak in it; a channel holds one for each user."""
    return str(channel) if thread else f"{channel}-{user}"


def thread_name(question: str) -> str:
    """A name for the thread in which the question is answered, at most 100 characters on one line."""
    return shorten(unping(" ".join(question.split())), THREAD_NAME) or "A question"


def _name(found: re.Match[str], names: Mapping[int, str]) -> str:
    name = names.get(int(found["id"]))
    if found["kind"] == "#":
        return f"#{name or 'channel'}"
    return name or ("a role" if found["kind"] == "@&" else "someone")


def _moment(found: re.Match[str]) -> str:
    try:
        return datetime.fromtimestamp(int(found["seconds"]), UTC).strftime("%Y-%m-%d %H:%M UTC")
    except (OverflowError, OSError, ValueError):
        # Further from now than a calendar reaches.
        return found[0]
