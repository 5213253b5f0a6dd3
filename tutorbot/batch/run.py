"""Runs a batch, line by line: a record is printed when its events are committed, and before the next line is read.

One line at a time keeps a program at the other end of a pipe in step; most answers take milliseconds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, Protocol
from uuid import uuid4

from tutorbot.batch.lines import Line, read_line, record_again, record_of
from tutorbot.dialogue.events import ReplySent
from tutorbot.errors import DuplicateMessageError
from tutorbot.messages import Message, Sender, gather
from tutorbot.ports import Clock
from tutorbot.tutor import Tutor

SURFACE = "batch"


class Replies(Protocol):
    """Looks up what was recorded for a message id."""

    def find_reply(self, sender: Sender, message_id: str) -> ReplySent | None:
        """The recorded reply, None where there is none."""
        ...


class BatchRunner:
    """Answers lines.

    A line that names a session is handled once: when the same batch is run again, after it was interrupted say, the
    recorded reply is printed and nothing is recorded twice.
    """

    def __init__(self, tutor: Tutor, replies: Replies, clock: Clock) -> None:
        self._tutor = tutor
        self._replies = replies
        self._clock = clock

    def run(self, raw_lines: Iterable[str], write: Callable[[str], None]) -> None:
        """Answer every line and `write` its record.

        Raises:
            InputError: a line is not a message; the records of the lines before it have been written.
            TutorbotError: the store or a model failed.
        """
        for number, raw in enumerate(raw_lines, 1):
            line = read_line(raw, number)
            if line is not None:
                write(json.dumps(self.answer(line)))

    def answer(self, line: Line) -> dict[str, Any]:
        """The record of one line, its events committed."""
        sender = Sender(SURFACE, line.session or f"line-{uuid4().hex}")
        if line.session and (sent := self._replies.find_reply(sender, line.id)):
            return record_again(line.id, sent)
        message = Message(sender, sender.id, line.text, self._clock.now(), line.id)
        try:
            return record_of(line.id, gather(self._tutor.respond(message)))
        except DuplicateMessageError:
            # Another run of the same batch was quicker with this line.
            sent = self._replies.find_reply(sender, line.id)
            if sent is None:
                raise
            return record_again(line.id, sent)
