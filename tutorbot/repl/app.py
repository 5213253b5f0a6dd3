"""`tutorbot chat`: chooses how to talk, by what is at the two ends of the program."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from tutorbot.clock import SystemClock
from tutorbot.messages import Sender
from tutorbot.repl.chat import Chat
from tutorbot.repl.log import log_file
from tutorbot.settings import Settings

if TYPE_CHECKING:
    from tutorbot.tutor import Tutor


def run_chat(settings: Settings, sender: Sender, build: Callable[[], Tutor]) -> int:
    """Talk with a learner until they leave; the exit status.

    With a terminal at both ends there is a prompt at once, and `build` runs in the background. Otherwise lines are
    read and plain text is written.

    Raises:
        TutorbotError: the tutor could not be built.
        KeyboardInterrupt: Ctrl-C while a pipe is being answered.
        BrokenPipeError: nobody reads what is written.
    """
    if not sys.stdin:
        return 0
    with log_file(settings.data_dir) as log:
        if not (_is_terminal(sys.stdin) and _is_terminal(sys.stdout)):
            from tutorbot.repl.lines import run_lines
            from tutorbot.repl.plain import PlainScreen

            return run_lines(Chat(sender, build, PlainScreen(sys.stdout), log, SystemClock(), False), sys.stdin.buffer)
        if os.environ.get("TERM", "").lower() in ("dumb", "unknown"):
            from tutorbot.repl.lines import run_dumb_terminal
            from tutorbot.repl.plain import PlainScreen

            chat = Chat(sender, build, PlainScreen(sys.stdout), log, SystemClock(), True)
            return run_dumb_terminal(chat, sys.stdin.buffer)
        from tutorbot.repl.prompt import run_prompt
        from tutorbot.repl.render import RichScreen

        chat = Chat(sender, build, RichScreen(sys.stdout), log, SystemClock(), True)
        return run_prompt(chat, settings.data_dir, sys.stdin.fileno())


def _is_terminal(stream: TextIO) -> bool:
    return stream.isatty()
