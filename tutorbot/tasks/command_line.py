"""A mini-task as it is called on one line: "TEXT --question WHAT". Pure."""

from __future__ import annotations

import re

from tutorbot.tasks.catalogue import BY_NAME

_OPTION = re.compile(r"(?<!\S)--(?P<name>[a-z_-]+)(?:=|\s+|$)")


def read_call(task: str, line: str) -> tuple[str, dict[str, str]]:
    """The learner's text, and the values given after it, as they were written.

    Only options that the task has are read; anything else, and everything of an unknown task, is text.
    """
    arguments = BY_NAME[task].arguments if task in BY_NAME else ()
    known = {argument.name for argument in arguments}
    marks = [m for m in _OPTION.finditer(line) if _name(m) in known]
    ends = [m.start() for m in marks[1:]] + [len(line)]
    values = {_name(m): line[m.end() : end].strip() for m, end in zip(marks, ends, strict=False)}
    text = line[: marks[0].start()] if marks else line
    return (values.pop(arguments[0].name, "") or text if arguments else text).strip(), values


def _name(mark: re.Match[str]) -> str:
    return mark["name"].replace("-", "_")
