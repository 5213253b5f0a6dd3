"""What stands behind `tutorbot demo NAME`: the text and the task's own options, made from its arguments."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn, TextIO

from tutorbot.commands.demo_flags import add_flags
from tutorbot.errors import InputError
from tutorbot.tasks.task import Task


class _Options(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise InputError(f"{self.prog}: {message}.", "`tutorbot demo --list` shows what each mini-task takes.")


def read_rest(task: Task, options: argparse.Namespace) -> argparse.Namespace:
    """What stands after the task's name, read into `options`: the task's arguments as text, None for those not given.

    Raises:
        InputError: an option that the task does not have.
    """
    parser = _Options(prog=f"tutorbot demo {task.name}", add_help=False, allow_abbrev=False)
    parser.add_argument("words", nargs="*")
    add_flags(parser)
    for name in ("knowledge", "database-url", "writer"):
        parser.add_argument(f"--{name}", default=argparse.SUPPRESS)
    for argument in task.arguments:
        names = dict.fromkeys((f"--{argument.name.replace('_', '-')}", f"--{argument.name}"))
        parser.add_argument(*names, dest=f"task_{argument.name}", default=None)
    found, unknown = parser.parse_known_intermixed_args(options.rest, options)
    if unknown:
        parser.error(f"there is no option {unknown[0]}")
    return found


def arguments_from(task: Task, options: argparse.Namespace, stdin: TextIO) -> tuple[dict[str, Any], bool]:
    """The task's arguments, and whether they are the learner's own (else the example's).

    A text of "-" is read from standard input.
    """
    first = task.arguments[0]
    texts = {a.name: getattr(options, f"task_{a.name}") for a in task.arguments}
    given: dict[str, Any] = {name: text for name, text in texts.items() if text is not None}
    words = " ".join(options.words)
    if words:
        given[first.name] = stdin.read() if words == "-" else words
    if first.required and first.name not in given:
        return {**task.example, **given}, False
    return (given, True) if given else (dict(task.example), False)
