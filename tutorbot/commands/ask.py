"""`tutorbot ask`: one question, or a batch."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from uuid import uuid4

from tutorbot.batch.lines import decoded, record_of
from tutorbot.bootstrap import House, build_house
from tutorbot.commands.common import (
    CONVERSATION,
    ProgressLine,
    opened_batch,
    say,
    settings_of,
    terminal_learner,
    writable_output,
)
from tutorbot.errors import InputError
from tutorbot.messages import Choices, Message, Part, gather
from tutorbot.repl.log import log_file
from tutorbot.repl.plain import PlainScreen
from tutorbot.settings import Settings


def run(options: argparse.Namespace) -> int:
    """Answer once and print plain text or JSON, or run the batch.

    Returns:
        0, or 1 where the chosen writer failed and the course's own words had to do.
    """
    settings = settings_of(options)
    question = " ".join(options.question)
    if options.batch and question:
        raise InputError("There are both a question and a batch file.", "Give one of them.")
    if options.batch:
        return _batch(options.batch, settings)
    if not question.strip():
        raise InputError("There is no question.", 'Ask it like this: tutorbot ask "what is self-attention?"')
    with log_file(settings.data_dir), build_house(settings, ProgressLine()) as house:
        conversation = f"ask-{uuid4().hex}" if options.json else CONVERSATION
        message = Message(terminal_learner(settings), conversation, question, house.clock.now())
        parts = house.tutor.respond(message)
        if options.json:
            say(json.dumps(record_of("ask", gather(parts))))
        else:
            _show(parts)
        return _status(house)


def _show(parts: Iterable[Part]) -> None:
    screen = PlainScreen(sys.stdout)
    for part in parts:
        # Buttons under an answer are for a conversation that goes on.
        if not isinstance(part, Choices) or part.prompt:
            with writable_output():
                screen.show(part)
    with writable_output():
        screen.finish()


def _batch(name: str, settings: Settings) -> int:
    with opened_batch(name) as stream, log_file(settings.data_dir), build_house(settings, ProgressLine()) as house:
        house.batch().run(decoded(stream), say)
        return _status(house)


def _status(house: House) -> int:
    """Say how the writer failed, if it did."""
    failure = house.writer.failure if house.writer else None
    if failure is None:
        return 0
    print(f"tutorbot: {failure.what} Ready-made words were given instead.\n  {failure.fix}", file=sys.stderr, flush=True)
    return 1
