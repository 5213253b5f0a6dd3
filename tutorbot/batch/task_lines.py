"""Reads the lines of `tutorbot demo --batch` and writes its records. Pure.

A line is a JSON object {"id", "task", ...}; whatever else it holds are the task's arguments.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tutorbot.errors import InputError, TutorbotError
from tutorbot.tasks.task import ModelUsed, Result

_SHAPE = 'Write {"id": "...", "task": "classify", "text": "..."} on each line.'


@dataclass(frozen=True)
class TaskLine:
    """One job of a batch. `id` is as it was given, None where there is none; `task` is "" where none is named."""

    id: str | int | None
    task: str
    arguments: dict[str, Any]


def read_task_line(raw: str) -> TaskLine:
    """Parse a line.

    Raises:
        InputError: it is no JSON object, or its "id" is neither text nor a whole number.
    """
    try:
        row = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise InputError(f"This line is not JSON: {error}.", _SHAPE) from error
    if not isinstance(row, dict):
        raise InputError("This line is JSON, but not an object.", _SHAPE)
    line_id, task = row.pop("id", None), row.pop("task", "")
    if not isinstance(line_id, str | int | None):
        raise InputError('This line has an "id" that is neither text nor a whole number.', _SHAPE)
    return TaskLine(line_id, task if isinstance(task, str) else "", row)


def ok_record(line: TaskLine, result: Result) -> dict[str, Any]:
    """The JSON object for a task that ran."""
    return {
        "id": line.id,
        "task": line.task,
        "status": "ok",
        "result": dict(result.values),
        "confidence": result.confidence,
        "notes": list(result.notes),
        "model": model_record(result.model),
        "others": [{"model": model_record(o.model), "result": dict(o.values)} for o in result.others],
        "timings_ms": {"total": round(result.seconds * 1000, 2)},
    }


def error_record(line_id: Any, task: str, error: TutorbotError) -> dict[str, Any]:
    """The JSON object for a line that could not be done."""
    return {
        "id": line_id,
        "task": task,
        "status": "error",
        "result": None,
        "error": {"what": error.what, "fix": error.fix},
        "model": None,
        "timings_ms": {},
    }


def model_record(model: ModelUsed) -> dict[str, str]:
    """Name, licence and what it is."""
    return {"name": model.name, "licence": model.licence, "what": model.what}
