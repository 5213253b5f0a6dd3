"""Typed arguments with limits: what a learner or a script gives becomes what a task can rely on."""

from __future__ import annotations

import json
import reprlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tutorbot.errors import InputError

Kind = Literal["text", "integer", "number", "choice", "list", "mapping", "examples"]
LONGEST_TEXT = 8_000


@dataclass(frozen=True)
class Argument:
    """One argument of a task.

    Attributes:
        what: for people: what it is.
        default: used where nothing is given; an argument whose default is None and that is not `required` may stay None.
        lowest, highest: limits of a number.
        longest: characters of a text, or entries of a list or mapping; what is longer is cut, and a note says so.
        choices: what a choice may be.

    Lists, mappings and examples may also be given as people write them, in one text: "sports, politics",
    "play jazz=music, lamp on=device", or JSON. Where parts hold commas, lines or "|" part them.
    """

    name: str
    kind: Kind
    what: str
    required: bool = False
    default: Any = None
    lowest: float | None = None
    highest: float | None = None
    longest: int = LONGEST_TEXT
    choices: tuple[str, ...] = ()


def text(what: str, longest: int = LONGEST_TEXT) -> Argument:
    """The learner's own text, the first argument of most tasks."""
    return Argument("text", "text", what, required=True, longest=longest)


def checked(task: str, arguments: Sequence[Argument], given: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Every argument with a value, and notes on what was cut.

    Raises:
        InputError: one is missing, unknown, of the wrong kind or out of its limits.
    """
    known = {argument.name for argument in arguments}
    for name in given:
        if name not in known:
            raise InputError(f"{task} has no argument `{name}`.", f"It takes {', '.join(sorted(known))}.")
    values: dict[str, Any] = {}
    notes: list[str] = []
    for argument in arguments:
        value = given.get(argument.name)
        if value is None or value == "":
            value = _missing(task, argument)
        else:
            value, note = _converted(task, argument, value)
            notes += [note] if note else []
        values[argument.name] = value
    return values, tuple(notes)


def _missing(task: str, argument: Argument) -> Any:
    if argument.required:
        raise InputError(f"{task} needs `{argument.name}`: {argument.what}.", f"Give {argument.name}, and run it again.")
    return argument.default


def _converted(task: str, argument: Argument, value: Any) -> tuple[Any, str]:
    if argument.kind in ("integer", "number"):
        return _number(task, argument, value), ""
    if argument.kind == "choice":
        return _choice(task, argument, value), ""
    if isinstance(value, str) and argument.kind != "text":
        value = _written(task, argument, value)
    wanted = {"text": str, "list": (list, tuple), "mapping": dict, "examples": (dict, list, tuple)}[argument.kind]
    if not isinstance(value, wanted):  # type: ignore[arg-type]
        raise InputError(
            f"{task}: `{argument.name}` should be a {argument.kind}, not {_named(value)}.", f"It is {argument.what}."
        )
    if argument.kind == "text":
        return _text(task, argument, value)
    entries = [(k, v) for k, v in value.items()] if isinstance(value, dict) else list(value)
    return _cut(argument, entries, "entries", dict if isinstance(value, dict) else tuple)


def _written(task: str, argument: Argument, text: str) -> Any:
    """A list or mapping from the text that stands for it."""
    if text.lstrip().startswith(("[", "{")):
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{task}: `{argument.name}` is not JSON: {error}.", f"It is {argument.what}.") from error
    mark = next((mark for mark in "\n|" if mark in text.strip()), ",")
    parts = [part.strip() for part in text.split(mark) if part.strip()]
    if argument.kind == "list":
        return parts
    pairs = {part.rpartition("=")[0].strip(): part.rpartition("=")[2].strip() for part in parts}
    if not all(key and value for key, value in pairs.items()):
        raise InputError(
            f"{task}: `{argument.name}` has a part without `=`.", 'Write it like this: "play jazz=music, lamp on=device".'
        )
    return pairs


def _named(value: Any) -> str:
    """The value in a few characters, however large or deep it is."""
    return reprlib.repr(value)[:60]


def _text(task: str, argument: Argument, value: str) -> tuple[Any, str]:
    # Lone surrogates and zero bytes cannot be passed on to tokenizers.
    clean = value.encode("utf-8", "replace").decode("utf-8").replace("\x00", " ")
    if not clean.strip() and argument.required:
        _missing(task, argument)
    return _cut(argument, clean, "characters", str)


def _cut(argument: Argument, value: Any, unit: str, kind: type) -> tuple[Any, str]:
    if len(value) <= argument.longest:
        return kind(value), ""
    note = f"{argument.name} has {len(value):,} {unit}; the limit is {argument.longest:,}, and only the first were used."
    return kind(value[: argument.longest]), note


def _number(task: str, argument: Argument, value: Any) -> float | int:
    try:
        number = int(value) if argument.kind == "integer" else float(value)
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    low = float("-inf") if argument.lowest is None else argument.lowest
    high = float("inf") if argument.highest is None else argument.highest
    if isinstance(value, bool) or not low <= number <= high:
        raise InputError(
            f"{task}: `{argument.name}` should be a number from {low:g} to {high:g}, not {_named(value)}.",
            f"It is {argument.what}.",
        )
    return number


def _choice(task: str, argument: Argument, value: Any) -> str:
    chosen = str(value).strip().lower()
    if chosen not in argument.choices:
        raise InputError(
            f"{task}: `{argument.name}` cannot be {_named(value)}.", f"It is one of {', '.join(argument.choices)}."
        )
    return chosen
