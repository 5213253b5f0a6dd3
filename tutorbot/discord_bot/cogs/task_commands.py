"""A slash command made from a mini-task: its arguments become typed options with their limits."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal

import discord
from discord import app_commands

from tutorbot.discord_bot.limits import COMMAND_DESCRIPTION, OPTION_TEXT, shorten
from tutorbot.tasks.arguments import Argument
from tutorbot.tasks.task import Task

Run = Callable[[discord.Interaction, str, str, Mapping[str, Any]], Awaitable[None]]


def task_command(task: Task, run: Run) -> app_commands.Command[Any, ..., None]:
    """The command of this task; `run` gets the interaction, the task's name, the learner's text and what else was given."""
    first = task.arguments[0].name

    async def called(interaction: discord.Interaction, **given: Any) -> None:
        text = given.pop(first)
        await run(interaction, task.name, text, {name: value for name, value in given.items() if value is not None})

    # discord.py reads a command's options from its signature.
    called.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=discord.Interaction),
            *(_parameter(argument, argument.name == first) for argument in task.arguments),
        ]
    )
    described = {argument.name: shorten(argument.what, COMMAND_DESCRIPTION) for argument in task.arguments}
    return app_commands.Command(
        name=task.name,
        description=shorten(task.purpose, COMMAND_DESCRIPTION),
        callback=app_commands.describe(**described)(called),
    )


def _parameter(argument: Argument, is_text: bool) -> inspect.Parameter:
    default = inspect.Parameter.empty if argument.required or is_text else None
    kind = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(argument.name, kind, default=default, annotation=_option(argument))


def _option(argument: Argument) -> Any:
    """The type by which Discord checks what is typed."""
    ranged: Any = app_commands.Range
    match argument.kind:
        case "integer" | "number":
            number = int if argument.kind == "integer" else float
            limits = [None if limit is None else number(limit) for limit in (argument.lowest, argument.highest)]
            return number if limits == [None, None] else ranged[number, limits[0], limits[1]]
        case "choice":
            return Literal[argument.choices]
    return ranged[str, 1, OPTION_TEXT]
