"""`tutorbot demo`: list the mini-tasks, run one on your own words, or a batch of them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from tutorbot.actions.run_task import judged, told
from tutorbot.batch.lines import decoded
from tutorbot.batch.task_lines import TaskLine, error_record, ok_record, read_task_line
from tutorbot.bootstrap import Workshop, build_workshop
from tutorbot.commands.common import ProgressLine, opened_batch, say, settings_of, terminal_learner, writable_output
from tutorbot.commands.task_options import arguments_from, read_rest
from tutorbot.dialogue.events import PredictionMade
from tutorbot.dialogue.wording import prediction as prediction_words
from tutorbot.errors import InputError, TutorbotError
from tutorbot.messages import Part, Text
from tutorbot.repl.log import log_file
from tutorbot.repl.plain import PlainScreen
from tutorbot.settings import Settings
from tutorbot.tasks.catalogue import TASKS, find_task
from tutorbot.tasks.prediction import Prediction, read_prediction
from tutorbot.tasks.task import Result, Task, perform
from tutorbot.tasks.tools import Tools

CONVERSATION = "demo"


def run(options: argparse.Namespace) -> int:
    """List, batch, or one task.

    Raises:
        InputError: what was typed cannot be done as it is.
        ModelError: a model that the task needs cannot run.
    """
    if options.list:
        return _list(getattr(options, "json", False))
    if options.batch:
        return _batch(options.batch, settings_of(options))
    if not options.name:
        raise InputError("There is no mini-task named.", "`tutorbot demo --list` shows them all.")
    task = find_task(options.name)
    options = read_rest(task, options)
    settings = settings_of(options)
    arguments, own = arguments_from(task, options, sys.stdin)
    expected = _expected(task, arguments, options)
    with log_file(settings.data_dir), build_workshop(settings, ProgressLine()) as shop:
        result = perform(task, arguments, shop.tools)
        made = None if expected is None else judged(task, result, expected)
        if getattr(options, "json", False):
            _print_json(task, arguments, result, made)
        else:
            _show(_parts(task, arguments, result, own, made))
        if made is not None:
            _record(shop, settings, made)
    return 0


def _list(as_json: bool) -> int:
    rows = [describe(task) for task in TASKS]
    if as_json:
        say(json.dumps(rows))
        return 0
    for task in TASKS:
        options = " ".join(f"[--{a.name.replace('_', '-')} ...]" for a in task.arguments[1:])
        say(f"{task.name:20} {task.purpose}")
        say(f"{'':20} tutorbot demo {task.name} TEXT {options}".rstrip())
    return 0


def describe(task: Task) -> dict[str, Any]:
    """A task as JSON: what it is called, takes and teaches."""
    keys = ("name", "kind", "what", "required", "default", "lowest", "highest", "longest", "choices")
    return {
        "name": task.name,
        "purpose": task.purpose,
        "topic": task.topic,
        "arguments": [{key: getattr(a, key) for key in keys} for a in task.arguments],
        "example": dict(task.example),
    }


def _batch(name: str, settings: Settings) -> int:
    with opened_batch(name) as stream, log_file(settings.data_dir), build_workshop(settings, ProgressLine()) as shop:
        run_lines(decoded(stream), shop.tools)
    return 0


def run_lines(lines: Iterable[str], tools: Tools) -> None:
    """Print one record for each line; a line that cannot be done gets a record that says why."""
    for raw in lines:
        if raw.strip():
            say(json.dumps(_line_record(raw, tools)))


def _line_record(raw: str, tools: Tools) -> dict[str, Any]:
    try:
        line = read_task_line(raw)
    except InputError as error:
        return error_record(None, "", error)
    try:
        return ok_record(line, perform(find_task(line.task), line.arguments, tools))
    except TutorbotError as error:
        return error_record(line.id, line.task, error)


def _expected(task: Task, arguments: dict[str, Any], options: argparse.Namespace) -> Prediction | None:
    """What the learner expects, asked for where it was not given."""
    prediction: str | None = getattr(options, "predict", None)
    if prediction is None:
        return None
    if not task.guess:
        raise InputError(f"There is nothing to predict about {task.name}.", "Run it without --predict.")
    if prediction:
        percent: int | None = getattr(options, "confidence", None)
        return Prediction(prediction, None if percent is None else percent / 100)
    if not sys.stdin.isatty():
        raise InputError(
            "There is no terminal to ask for your prediction.", 'Give it: --predict "positive" --confidence 80.'
        )
    say(f"{arguments[task.arguments[0].name]}\n")
    try:
        read = read_prediction(input(f"{task.guess} "))
        sure_text = input("How sure are you, in per cent? ").strip(" %")
    except EOFError as error:
        raise InputError("You said no prediction.", "Run it again, or leave --predict out.") from error
    sure = min(int(sure_text), 100) / 100 if sure_text.isdecimal() and len(sure_text) < 4 else read.confidence
    return Prediction(read.text, sure)


def _parts(task: Task, arguments: dict[str, Any], result: Result, own: bool, made: PredictionMade | None) -> Iterator[Part]:
    if not own:
        yield Text(f"On the example: {arguments[task.arguments[0].name]}", ends_paragraph=True)
    if made is not None:
        yield Text(prediction_words(made.prediction, made.outcome, made.held), ends_paragraph=True)
    yield from told(task, result)


def _show(parts: Iterable[Part]) -> None:
    screen = PlainScreen(sys.stdout)
    for part in parts:
        with writable_output():
            screen.show(part)
    with writable_output():
        screen.finish()


def _print_json(task: Task, arguments: dict[str, Any], result: Result, made: PredictionMade | None) -> None:
    record = ok_record(TaskLine(None, task.name, arguments), result)
    del record["id"]
    record |= {"arguments": arguments, "explanation": list(task.explain(result)), "topic": task.topic}
    if made is not None:
        keys = ("confidence", "outcome", "held")
        record["prediction"] = {"text": made.prediction, **{key: getattr(made, key) for key in keys}}
    say(json.dumps(record))


def _record(shop: Workshop, settings: Settings, made: PredictionMade) -> None:
    with shop.store.unit_of_work(terminal_learner(settings)) as unit:
        unit.append(CONVERSATION, shop.clock.now(), [made])
        unit.commit()
