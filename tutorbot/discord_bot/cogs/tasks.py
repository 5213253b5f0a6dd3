"""The mini-tasks as slash commands: /demo for any of them, and /try with one for each, made from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from tutorbot.discord_bot.canvases import ResponseCanvas
from tutorbot.discord_bot.cogs.interactions import deferred, message_of
from tutorbot.discord_bot.cogs.task_commands import task_command
from tutorbot.discord_bot.limits import AUTOCOMPLETE_CHOICES, AUTOCOMPLETE_NAME, shorten
from tutorbot.discord_bot.listening import readable
from tutorbot.discord_bot.rendering import echo
from tutorbot.discord_bot.replying import Replier
from tutorbot.tasks.catalogue import TASKS
from tutorbot.tasks.command_line import read_call


class TasksCog(commands.Cog):
    """Runs mini-tasks on what a member types."""

    def __init__(self, replier: Replier, me: int, tree: app_commands.CommandTree[Any]) -> None:
        self._replier = replier
        self._me = me
        self._tree = tree

    async def cog_load(self) -> None:
        """Register one command for each task of the catalogue."""
        group = app_commands.Group(name="try", description="See a real model at work on your own words")
        for task in TASKS:
            group.add_command(task_command(task, self._run))
        self._tree.add_command(group)

    async def cog_unload(self) -> None:
        """Take the commands back."""
        self._tree.remove_command("try")

    @app_commands.command(description="Run a mini-task on your own words")
    @app_commands.describe(name="Which mini-task", text="Your own words; --question and the like may follow")
    async def demo(self, interaction: discord.Interaction, name: str, text: str) -> None:
        """Run any task by its name."""
        task = name.strip().lower()
        words, arguments = read_call(task, text)
        await self._run(interaction, task, words, arguments)

    @demo.autocomplete("name")
    async def _names(self, interaction: discord.Interaction, begun: str) -> list[app_commands.Choice[str]]:
        wanted = begun.strip().lower()
        fitting = [task for task in TASKS if wanted in task.name or wanted in task.purpose.lower()]
        fitting.sort(key=lambda task: not task.name.startswith(wanted))
        offered = [(shorten(f"{task.name}: {task.purpose}", AUTOCOMPLETE_NAME), task.name) for task in fitting]
        return [app_commands.Choice(name=shown, value=value) for shown, value in offered[:AUTOCOMPLETE_CHOICES]]

    async def _run(self, interaction: discord.Interaction, task: str, text: str, arguments: Mapping[str, Any]) -> None:
        if await deferred(interaction):
            words = readable(text, self._me, {})
            message, canvas = message_of(interaction, words), ResponseCanvas(interaction)
            header = echo(interaction.user.display_name, f"{task}: {words}")
            await self._replier.run_task(message, task, arguments, canvas, interaction.channel_id or 0, header)
