"""The contract of a mini-task.

A task is a value: what it is called, what it takes, and three functions. `run` does the work on real models, `render`
puts the result into plain text, `explain` says step by step what just happened on this very input. Chat, command line,
Discord and tests all go through `perform`, which checks the arguments and takes the time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tutorbot.messages import Part
from tutorbot.tasks.arguments import Argument, checked
from tutorbot.tasks.tools import Tools

JSON = Any
Values = Mapping[str, JSON]


@dataclass(frozen=True)
class ModelUsed:
    """What did the work: the model's name, its licence (SPDX, or words), and what it is or where it is from."""

    name: str
    licence: str
    what: str = ""


@dataclass(frozen=True)
class Result:
    """What a task found.

    Attributes:
        values: JSON-able; what scripts read under "result". Its keys are promised in the task's documentation.
        model: what did the work.
        confidence: probability that the result is right, as the model sees it, 0 to 1; None where it has none.
        notes: what the learner should know about this run, each a sentence: a text that was cut, a guard that stepped in.
        trace: JSON-able material for `explain` that scripts do not need.
        others: the same task done by another way or model, to stand beside this one.
        task, seconds: filled in by `perform`.
    """

    values: Values
    model: ModelUsed
    confidence: float | None = None
    notes: tuple[str, ...] = ()
    trace: Values = field(default_factory=dict)
    others: tuple[Result, ...] = ()
    task: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Task:
    """One mini-task.

    Attributes:
        name: as in `tutorbot demo NAME`, and the intent that starts it in plain words.
        purpose: one line.
        topic: id of the topic that teaches it.
        arguments: what it takes; the first is the learner's text.
        example: arguments to try it with.
        run: checked arguments to a result.
        render: the result in plain text, Markdown without HTML.
        explain: what just happened, step by step, on this input.
        parts: what else is shown: tables and pictures.
        guess: what is asked before a prediction, e.g. "Positive or negative?"; "" where there is nothing to predict.
        outcome: the result in the words of a prediction, in lower case.
    """

    name: str
    purpose: str
    topic: str
    arguments: tuple[Argument, ...]
    example: Values
    run: Callable[[Values, Tools], Result]
    render: Callable[[Result], str]
    explain: Callable[[Result], tuple[str, ...]]
    parts: Callable[[Result], tuple[Part, ...]] = lambda result: ()
    guess: str = ""
    outcome: Callable[[Result], str] = lambda result: ""


def perform(task: Task, given: Values, tools: Tools) -> Result:
    """Check the arguments, run the task, take the time.

    Raises:
        InputError: an argument is missing, unknown, of the wrong kind or out of its limits.
        ModelError: a model that the task needs cannot run.
    """
    arguments, notes = checked(task.name, task.arguments, given)
    start = time.perf_counter()
    result = task.run(arguments, tools)
    return replace(result, task=task.name, seconds=time.perf_counter() - start, notes=(*notes, *result.notes))
