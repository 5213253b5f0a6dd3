"""What several commands share: settings from options, progress on standard error, the learner of this terminal."""

from __future__ import annotations

import argparse
import getpass
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import BinaryIO

from tutorbot.errors import InputError, OutputError
from tutorbot.messages import Progress, Sender
from tutorbot.settings import Settings, load_settings

TERMINAL = "terminal"
CONVERSATION = "main"


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings, with what was chosen on the command line on top."""
    names = {f.name for f in fields(Settings)}
    return load_settings(**{name: value for name, value in vars(options).items() if name in names and value})


@contextmanager
def scratch_store(settings: Settings) -> Iterator[Settings]:
    """The same settings with a learner store that is thrown away, so that measuring touches nobody's record."""
    with tempfile.TemporaryDirectory() as folder:
        yield replace(settings, database_url=f"sqlite:///{Path(folder) / 'scratch.db'}")


def terminal_learner(settings: Settings) -> Sender:
    """Who sits at this terminal: the name that was set, else the account's."""
    name = settings.learner or _account()
    return Sender(TERMINAL, name, name)


def say(line: str) -> None:
    """Print a line and make sure that it is out.

    Raises:
        OutputError: it cannot be written, to a full disk for example.
        BrokenPipeError: nobody reads any more.
    """
    with writable_output():
        print(line, flush=True)


@contextmanager
def writable_output() -> Iterator[None]:
    """Turn what the operating system says about standard output into an OutputError."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(
            f"Standard output cannot be written to: {error.strerror}.",
            "Free some space or send the output elsewhere, then run the command again.",
        ) from error


@contextmanager
def opened_batch(name: str) -> Iterator[BinaryIO]:
    """A batch file, or standard input for "-".

    Raises:
        InputError: it is not there or cannot be read.
    """
    if name == "-":
        if sys.stdin is None:
            raise InputError("Standard input is closed.", "Pipe the lines in, or name a batch file.")
        yield sys.stdin.buffer
        return
    path = Path(name)
    if not path.exists():
        raise InputError(f"There is no batch file {name}.", "Check its name, or use - for standard input.")
    try:
        stream = path.open("rb")
    except OSError as error:
        raise InputError(
            f"The batch file {name} cannot be read: {error.strerror}.", "Name a file that you may read."
        ) from error
    with stream:
        yield stream


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
