"""The options of `tutorbot demo`; imported by the command line, so it imports nothing heavy."""

from __future__ import annotations

import argparse


def add_flags(command: argparse.ArgumentParser) -> None:
    """The options that every mini-task has; they may stand before or after its own."""
    absent = argparse.SUPPRESS
    command.add_argument("--json", action="store_true", default=absent, help="print one JSON object")
    command.add_argument("--predict", nargs="?", const="", metavar="WHAT", default=absent, help="say first what you expect")
    command.add_argument(
        "--confidence", type=int, choices=range(101), metavar="PERCENT", default=absent, help="how sure you are, 0 to 100"
    )
