"""`tutorbot demo`: list the mini-tasks, run one on your own words, or a batch of them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from tutorbot.actions.run_task import made_by
from tutorbot.batch.lines import decoded
from tutorbot.batch.task_lines import error_record, model_record, ok_record, read_task_line
from tutorbot.bootstrap import Workshop, build_workshop
from tutorbot.commands.common import ProgressLine, opened_batch, say, settings_of, terminal_learner, writable_output
from tutorbot.commands.task_options import arguments_from, read_rest
from tutorbot.dialogue.events import PredictionMade
from tutorbot.dialogue.wording import prediction as prediction_words
from tutorbot.errors import InputError, TutorbotError
from tutorbot.messages import Card, Part, Text
from tutorbot.repl.log import log_file
from tutorbot.repl.plain import PlainScreen
from tutorbot.settings import Settings
from tutorbot.tasks.catalogue import TASKS, find_task
from tutorbot.tasks.prediction import Prediction, holds, read_prediction
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
        if getattr(options, "json", False):
            _print_json(task, arguments, result, expected)
        else:
            _show(_parts(task, arguments, result, own, expected))
        if expected is not None:
            _record(shop, settings, task, result, expected)
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


def _parts(task: Task, arguments: dict[str, Any], result: Result, own: bool, expected: Prediction | None) -> Sequence[Part]:
    shown: list[Part] = []
    if not own:
        shown.append(Text(f"On the example: {arguments[task.arguments[0].name]}", ends_paragraph=True))
    if expected is not None:
        outcome = task.outcome(result)
        words = prediction_words(expected.text, outcome, holds(expected.text, outcome))
        shown.append(Text(words, ends_paragraph=True))
    shown.append(Text(task.render(result), ends_paragraph=True))
    shown += [Text(note, ends_paragraph=True) for note in result.notes]
    shown += task.parts(result)
    shown += [Card(f"The same by {other.model.name}", task.render(other)) for other in result.others]
    steps = "\n".join(f"{n}. {step}" for n, step in enumerate(task.explain(result), 1))
    return [*shown, Card("What just happened", f"{steps}\n\n{made_by(result)}")]


def _show(parts: Sequence[Part]) -> None:
    screen = PlainScreen(sys.stdout)
    for part in parts:
        with writable_output():
            screen.show(part)
    with writable_output():
        screen.finish()


def _print_json(task: Task, arguments: dict[str, Any], result: Result, expected: Prediction | None) -> None:
    record = {
        "task": task.name,
        "status": "ok",
        "arguments": arguments,
        "result": dict(result.values),
        "confidence": result.confidence,
        "notes": list(result.notes),
        "explanation": list(task.explain(result)),
        "topic": task.topic,
        "model": model_record(result.model),
        "others": [{"model": model_record(o.model), "result": dict(o.values)} for o in result.others],
        "timings_ms": {"total": round(result.seconds * 1000, 2)},
    }
    if expected is not None:
        outcome = task.outcome(result)
        record["prediction"] = {
            "text": expected.text,
            "confidence": expected.confidence,
            "outcome": outcome,
            "held": holds(expected.text, outcome),
        }
    say(json.dumps(record))


def _record(shop: Workshop, settings: Settings, task: Task, result: Result, expected: Prediction) -> None:
    outcome = task.outcome(result)
    held = holds(expected.text, outcome)
    event = PredictionMade(task.name, task.topic, expected.text, expected.confidence, outcome, held)
    with shop.store.unit_of_work(terminal_learner(settings)) as unit:
        unit.append(CONVERSATION, shop.clock.now(), [event])
        unit.commit()
