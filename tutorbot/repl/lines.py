"""Lines in, plain text out: for pipes, files and terminals that know no cursor movements."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from tutorbot.repl.chat import GOODBYE, WAKING, Chat


def run_lines(chat: Chat, raw: Iterable[bytes]) -> int:
    """Answer each line in turn until there are no more; the exit status.

    Raises:
        TutorbotError: the tutor could not be built.
        KeyboardInterrupt: Ctrl-C.
        BrokenPipeError: nobody reads what is written.
    """
    for message in messages(raw):
        chat.hear(message)
        if chat.leaving:
            break
    return 0


def run_dumb_terminal(chat: Chat, stdin: BinaryIO) -> int:
    """The same for somebody who sits at the other end: with a prompt, and Ctrl-C clears the line or stops an answer."""
    chat.screen.say(WAKING)
    chat.tutor()
    lines = messages(_prompted(stdin))
    while not chat.leaving:
        try:
            message = next(lines, None)
            if message is None:
                break
            chat.hear(message)
        except KeyboardInterrupt:
            print(flush=True)
            # A generator that an interrupt passed through has ended.
            lines = messages(_prompted(stdin))
    chat.screen.say(GOODBYE)
    return 0


def messages(raw: Iterable[bytes]) -> Iterator[str]:
    """Lines as text; one that ends in a backslash goes on in the next. Bytes that are no UTF-8 become U+FFFD."""
    begun: list[str] = []
    for line in raw:
        text = line.decode("utf-8", errors="replace").rstrip("\r\n").removeprefix("\ufeff")
        if text.endswith("\\"):
            begun.append(text[:-1])
            continue
        yield "\n".join([*begun, text])
        begun = []
    if begun:
        yield "\n".join(begun)


def _prompted(stdin: BinaryIO) -> Iterator[bytes]:
    while True:
        sys.stdout.write("> ")
        sys.stdout.flush()
        line = stdin.readline()
        if not line:
            return
        yield line
