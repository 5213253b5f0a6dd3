"""What several commands share: settings from options, progress on standard error, the learner of this terminal."""

from __future__ import annotations

import argparse
import getpass
import sys
from dataclasses import fields

from tutorbot.messages import Progress, Sender
from tutorbot.settings import Settings, load_settings

TERMINAL = "terminal"
CONVERSATION = "main"


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings, with what was chosen on the command line on top."""
    names = {f.name for f in fields(Settings)}
    return load_settings(**{name: value for name, value in vars(options).items() if name in names and value})


def terminal_learner(settings: Settings) -> Sender:
    """Who sits at this terminal: the name that was set, else the account's."""
    name = settings.learner or _account()
    return Sender(TERMINAL, name, name)


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        # A container may run under a number that has no account.
        return "learner"


class ProgressLine:
    """Shows long work on standard error: a bar on a terminal, a line at each tenth elsewhere."""

    WIDTH = 30

    def __init__(self) -> None:
        self._label = ""
        self._tenth = -1
        self._bar = sys.stderr.isatty()

    def __call__(self, progress: Progress) -> None:
        """Show a step."""
        share = min(1.0, progress.done / progress.total) if progress.total else 1.0
        if progress.label != self._label:
            self._label, self._tenth = progress.label, -1
        if self._bar:
            self._draw(share)
        elif int(share * 10) > self._tenth:
            print(f"{self._label}: {share:.0%}", file=sys.stderr, flush=True)
        self._tenth = int(share * 10)

    def _draw(self, share: float) -> None:
        full = int(share * self.WIDTH)
        end = "\n" if share >= 1 else ""
        if share >= 1 and self._tenth == 10:
            return
        print(
            f"\r{self._label:<40.40} [{'#' * full}{'.' * (self.WIDTH - full)}] {share:4.0%}",
            end=end,
            file=sys.stderr,
            flush=True,
        )
