"""Actions that run a mini-task on the learner's own words, at once or after a prediction."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping
from typing import Any

from tutorbot.actions.context import Context
from tutorbot.dialogue import wording
from tutorbot.dialogue.events import CapabilityRequested, Event, PredictionAsked, PredictionMade, TaskRun
from tutorbot.dialogue.moves import AskPrediction, RunTask, TakePrediction
from tutorbot.errors import InputError, ModelError
from tutorbot.messages import Card, Choice, Choices, Part, Text
from tutorbot.tasks.arguments import checked
from tutorbot.tasks.catalogue import find_task
from tutorbot.tasks.prediction import Prediction, holds, read_prediction
from tutorbot.tasks.task import Result, Task, perform

# A store is no place for matrices; scripts that want them run `tutorbot demo`.
_LARGEST_RESULT = 4_000


def run_task(move: RunTask, context: Context) -> Iterator[Part | Event]:
    """Run it and show what was found, what just happened, and what teaches it."""
    task = find_task(move.task)
    yield CapabilityRequested(move.task, move.text, dict(move.arguments))
    if not move.text:
        yield from _ask_for_text(task)
        return
    result = yield from _attempt(task, move.text, move.arguments, context)
    if result is not None:
        yield from told(task, result)
        yield from _lesson(task, context)


def ask_prediction(move: AskPrediction, context: Context) -> Iterator[Part | Event]:
    """Ask first. A task with nothing to predict runs at once, and so does one that lacks something, to say what."""
    task = find_task(move.task)
    if not task.guess or not _complete(task, move.text, move.arguments):
        yield from run_task(RunTask(move.task, move.text, move.arguments), context)
        return
    yield Text(
        f"{task.guess} And how sure are you, in per cent? Your text: {wording.shortened(move.text)}", ends_paragraph=True
    )
    yield PredictionAsked(move.task, move.text, dict(move.arguments))


def take_prediction(move: TakePrediction, context: Context) -> Iterator[Part | Event]:
    """Run the task that was waiting, and say whether the prediction held."""
    asked = context.conversation.predicting
    if asked is None:
        raise ValueError("a prediction is taken only where one was asked for")
    task = find_task(asked.task)
    result = yield from _attempt(task, asked.text, asked.arguments, context)
    if result is None:
        return
    made = judged(task, result, read_prediction(move.prediction))
    yield made
    yield Text(wording.prediction(made.prediction, made.outcome, made.held), ends_paragraph=True)
    yield from told(task, result)
    yield from _lesson(task, context)


def _ask_for_text(task: Task) -> Iterator[Part]:
    yield Text(f"{task.purpose} Give me a text to do it on; for example:", ends_paragraph=True)
    if request := wording.task_request(task.name, task.example):
        yield Choices("", (Choice(wording.shortened(request), request),))
    else:
        yield Text(str(task.example[task.arguments[0].name]), ends_paragraph=True)


def _attempt(
    task: Task, text: str, given: Mapping[str, Any], context: Context
) -> Generator[Part | Event, None, Result | None]:
    """Do it; what the learner can mend is told them, and None returned."""
    arguments = _arguments(task, text, given)
    try:
        result = perform(task, arguments, context.services.tools)
    except (InputError, ModelError) as error:
        yield Text(f"{error.what} {error.fix}", ends_paragraph=True)
        return None
    values = dict(result.values)
    small = len(json.dumps(values)) <= _LARGEST_RESULT
    yield TaskRun(task.name, arguments, values if small else None, result.model.name, result.confidence, result.seconds)
    return result


def _arguments(task: Task, text: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the task takes of what was read from the message."""
    known = {argument.name for argument in task.arguments}
    return {task.arguments[0].name: text, **{k: v for k, v in given.items() if k in known}}


def _complete(task: Task, text: str, given: Mapping[str, Any]) -> bool:
    try:
        checked(task.name, task.arguments, _arguments(task, text, given))
    except InputError:
        return False
    return True


def told(task: Task, result: Result) -> Iterator[Part]:
    """What was found, notes, tables and pictures, other models beside it, and what just happened."""
    yield Text(task.render(result), ends_paragraph=True)
    for note in result.notes:
        yield Text(note, ends_paragraph=True)
    yield from task.parts(result)
    for other in result.others:
        yield Card(f"The same by {other.model.name}", task.render(other))
    steps = "\n".join(f"{n}. {step}" for n, step in enumerate(task.explain(result), 1))
    yield Card("What just happened", f"{steps}\n\n{_made_by(result)}")


def judged(task: Task, result: Result, expected: Prediction) -> PredictionMade:
    """What became of a prediction."""
    outcome = task.outcome(result)
    held = holds(expected.text, outcome)
    return PredictionMade(task.name, task.topic, expected.text, expected.confidence, outcome, held)


def _lesson(task: Task, context: Context) -> Iterator[Part]:
    if task.topic in context.services.course.topics:
        title = context.services.course.title(task.topic)
        yield Choices("", (Choice(f"Learn: {title}", f"what is {title}?"),))


def _made_by(result: Result) -> str:
    """Model, licence and time in a line."""
    model = result.model
    what = f", {model.what}" if model.what else ""
    return f"{model.name}{what} ({model.licence}), {result.seconds * 1000:.0f} ms"
