"""`tutorbot chat`: the terminal."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from typing import TYPE_CHECKING

from tutorbot.commands.common import ProgressLine, settings_of, terminal_learner
from tutorbot.models.setup import is_ready
from tutorbot.repl.app import run_chat
from tutorbot.repl.background import leave_threads_behind

if TYPE_CHECKING:
    from tutorbot.tutor import Tutor


def run(options: argparse.Namespace) -> int:
    """Set up what is missing, where the learner can see it, then chat while the models load."""
    settings = settings_of(options)
    sender = terminal_learner(settings)
    ready = is_ready(settings)

    with ExitStack() as houses:

        def build() -> Tutor:
            from tutorbot.bootstrap import build_house

            return houses.enter_context(build_house(settings) if ready else build_house(settings, ProgressLine())).tutor

        if not ready:
            tutor = build()
            return run_chat(settings, sender, lambda: tutor)
        try:
            status = run_chat(settings, sender, build)
        except KeyboardInterrupt:
            leave_threads_behind(130)
            raise
        leave_threads_behind(status)
        return status
