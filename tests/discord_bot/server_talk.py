"""A tutor that says what a test wrote for it, and helpers that read what stands in a simulated server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from discord import MessageType

from tutorbot.messages import Choice, Choices, Citation, Message, Outcome, Part, Sender, Text

DONE = Outcome("answered", "question", None)
ATTENTION = (
    Text("Attention weighs every token by its relevance.", 0.9, (1,), ends_paragraph=True),
    Citation(1, "attention", "Attention", "What it is", "Attention weighs every token by how relevant it is."),
    Choices("", (Choice("Simpler", "simpler"), Choice("Example", "give me an example"))),
    DONE,
)


class ScriptedTutor:
    """Answers by the first script whose key stands in the text, else says the text back.

    A script is parts; an exception among them is raised there.
    """

    def __init__(self, **scripts: Iterable[Part | Exception]) -> None:
        self.scripts: dict[str, Iterable[Part | Exception]] = dict(scripts)
        self.heard: list[Message] = []

    def respond(self, message: Message) -> Iterator[Part]:
        self.heard.append(message)
        script = next((s for key, s in self.scripts.items() if key in message.text.lower()), None)
        for part in script if script is not None else (Text(f"You said: {message.text}"), DONE):
            if isinstance(part, Exception):
                raise part
            yield part

    def run_task(self, message: Message, task: str, arguments: Mapping[str, Any], predict: bool = False) -> Iterator[Part]:
        yield Text(f"{task}: {message.text} {dict(arguments)}")
        yield DONE

    def welcome(self, sender: Sender) -> Iterator[Part]:
        yield Text(f"Hello {sender.name}.")

    def progress_parts(self, sender: Sender) -> Iterator[Part]:
        yield Text(f"{sender.name} has asked about 2 topics.")


def me(env: Any) -> str:
    """The bot's mention."""
    return f"<@{env.bot.user.id}>"


def said(env: Any, channel: Any) -> list[str]:
    """What the bot's messages in a channel say, oldest first."""
    notices = (MessageType.thread_created,)
    return [m.content for m in channel.history() if m.author.id == env.bot.user.id and m.type not in notices]


def pinged(env: Any) -> list[str]:
    """The bot's messages that ping anybody."""
    messages = [m for channel in env.backend.messages.values() for m in channel.values()]
    own = [m for m in messages if m.author_id == env.bot.user.id]
    return [m.content for m in own if m.mention_user_ids or m.mention_role_ids or m.mention_everyone]
