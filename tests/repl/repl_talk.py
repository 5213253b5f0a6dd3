"""Hand-written tutors for the terminal, and the scaffolding of a chat with one."""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from fakes import SetClock

from tutorbot.messages import Choice, Choices, Citation, Message, Outcome, Part, Sender, Table, Text
from tutorbot.repl.chat import Chat
from tutorbot.repl.log import LogFile
from tutorbot.repl.plain import PlainScreen
from tutorbot.repl.screen import Screen

ANA = Sender("terminal", "ana", "Ana")
DONE = Outcome("answered", "question", None)
ATTENTION = (
    Text("Attention mixes values.", 1.0, (1,)),
    Text("The weights add up to one.", 1.0, (1,), ends_paragraph=True),
    Citation(1, "self-attention", "Self-attention", "How it works", "Attention mixes values. The weights add up to one."),
    Choices("", (Choice("Simpler", "simpler"), Choice("Example", "give me an example"))),
    DONE,
)


class ScriptedTutor:
    """Answers with what was queued, remembers what it heard, and counts the replies that were let run to their end."""

    def __init__(self, *replies: Sequence[Part | BaseException], pause: float = 0.0) -> None:
        self.replies = list(replies)
        self.heard: list[Message] = []
        self.tasks: list[tuple[str, dict[str, object], bool]] = []
        self.recorded = 0
        self.closed = 0
        self.pause = pause

    def respond(self, message: Message) -> Iterator[Part]:
        self.heard.append(message)
        try:
            for part in self.replies.pop(0) if self.replies else ATTENTION:
                if isinstance(part, BaseException):
                    raise part
                if isinstance(part, Outcome):
                    self.recorded += 1
                yield part
                time.sleep(self.pause)
        finally:
            self.closed += 1

    def run_task(self, message: Message, task: str, arguments: Mapping[str, object], predict: bool) -> Iterator[Part]:
        self.heard.append(message)
        self.tasks.append((task, dict(arguments), predict))
        yield Text(f"{task} has run.", ends_paragraph=True)
        yield DONE

    def welcome(self, sender: Sender) -> Iterator[Part]:
        yield Text(f"Hello, {sender.name}!", ends_paragraph=True)

    def progress_parts(self, sender: Sender) -> Iterator[Part]:
        yield Text("You have asked about 1 of 3 topics.", ends_paragraph=True)

    def subjects(self) -> tuple[str, ...]:
        return ("Dropout", "Self-attention", "Cross-attention", "Positional encodings")


def _cited(sentence: str, second: str, section: str, *more: Part) -> tuple[Part, ...]:
    quote = f"{sentence} {second}"
    source = Citation(1, "self-attention", "Self-attention", section, quote)
    return (Text(sentence, 1.0, (1,)), Text(second, 1.0, (1,), ends_paragraph=True), source, *more, DONE)


class TeachingTutor(ScriptedTutor):
    """Knows one topic by heart, so that transcripts do not hang on how the real course is worded."""

    KNOWN: Mapping[str, tuple[Part, ...]] = {
        "what is self-attention?": ATTENTION,
        "simpler": _cited("Each word looks at the others.", "It takes most from those that fit.", "In plain words"),
        "give me an example": _cited("Take three tokens.", "Each gets three weights.", "Worked example"),
        "show your sources": (
            Text("I searched for two things.", ends_paragraph=True),
            Table("Passages found", ("Passage", "Together"), (("self-attention#1", "0.91"), ("bert#2", "0.7"))),
            DONE,
        ),
    }
    OUTSIDE: tuple[Part, ...] = (
        Text("That is not my subject.", ends_paragraph=True),
        Choices(
            "You could ask:", (Choice("Self-attention", "what is self-attention?"), Choice("Dropout", "what is dropout?"))
        ),
        Outcome("declined", "out_of_scope", None),
    )

    def respond(self, message: Message) -> Iterator[Part]:
        self.replies = [self.KNOWN.get(" ".join(message.text.split()).lower(), self.OUTSIDE)]
        return super().respond(message)


def chat_with(
    tutor: object,
    data_dir: Path,
    screen: Screen | None = None,
    build: Callable[[], object] | None = None,
    interactive: bool = False,
) -> tuple[Chat, io.StringIO]:
    """A chat with this tutor on a plain screen, and what is written there."""
    out = io.StringIO()
    log = LogFile(data_dir / "tutorbot.log")
    logger = logging.getLogger("tutorbot")
    logger.handlers = [h for h in logger.handlers if not isinstance(h, LogFile)] + [log]
    build = build or (lambda: tutor)
    return Chat(ANA, build, screen or PlainScreen(out), log, SetClock(), interactive), out
