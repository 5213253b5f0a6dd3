"""`tutorbot ask`: one question, or a batch."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from tutorbot.batch.lines import record_of
from tutorbot.bootstrap import House, build_house
from tutorbot.commands.common import CONVERSATION, ProgressLine, settings_of, terminal_learner
from tutorbot.errors import InputError
from tutorbot.messages import Citation, Message, Part, Table, Text, gather
from tutorbot.settings import Settings


def run(options: argparse.Namespace) -> int:
    """Answer once and print plain text or JSON, or run the batch."""
    settings = settings_of(options)
    if options.batch:
        return _batch(options.batch, settings)
    question = " ".join(options.question)
    if not question.strip():
        raise InputError("There is no question.", 'Ask it like this: tutorbot ask "what is self-attention?"')
    house = build_house(settings, ProgressLine())
    sender = terminal_learner(settings)
    message = Message(sender, f"ask-{uuid4().hex}" if options.json else CONVERSATION, question, house.clock.now())
    parts = house.tutor.respond(message)
    if options.json:
        print(json.dumps(record_of("ask", gather(parts))))
    else:
        _print_as_it_comes(parts)
    return 0


def _print_as_it_comes(parts: Iterator[Part]) -> None:
    for part in parts:
        match part:
            case Text():
                marks = "".join(f"[{n}]" for n in part.cites)
                print(f"{part.text}{' ' + marks if marks else ''}", end="\n\n" if part.ends_paragraph else " ", flush=True)
            case Citation():
                print(f"[{part.n}] {part.title} > {part.section}")
            case Table():
                for row in (part.header, *part.rows):
                    print("  ".join(row))


def _batch(name: str, settings: Settings) -> int:
    with _opened(name) as stream:
        house: House = build_house(settings, ProgressLine())
        lines = (raw.decode("utf-8", errors="replace") for raw in stream)
        house.batch().run(lines, _print_line)
    return 0


def _print_line(line: str) -> None:
    print(line, flush=True)


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    path = Path(name)
    if not path.is_file():
        raise InputError(f"There is no batch file {name}.", "Check its name, or use - for standard input.")
    try:
        with path.open("rb") as stream:
            yield stream
    except OSError as error:
        raise InputError(f"The batch file {name} cannot be read: {error.strerror}.", "Check its permissions.") from error
