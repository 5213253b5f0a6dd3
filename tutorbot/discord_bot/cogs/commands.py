"""The slash commands /ask, /help and /progress, and the buttons."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from tutorbot.discord_bot.canvases import ResponseCanvas
from tutorbot.discord_bot.cogs.interactions import deferred, message_of
from tutorbot.discord_bot.cogs.talk import sender_of
from tutorbot.discord_bot.listening import readable
from tutorbot.discord_bot.rendering import echo
from tutorbot.discord_bot.replying import Replier
from tutorbot.messages import Choice


class CommandsCog(commands.Cog):
    """Answers slash commands and pressed buttons."""

    def __init__(self, replier: Replier, me: int) -> None:
        self._replier = replier
        self._me = me

    @app_commands.command(description="Ask the tutor about Large Language Models")
    @app_commands.describe(question="Your question, in your own words")
    async def ask(self, interaction: discord.Interaction, question: str) -> None:
        """Answer for all to see."""
        text = readable(question, self._me, {})
        await self._respond(interaction, text, echo(interaction.user.display_name, text))

    @app_commands.command(description="What the tutor can do")
    async def help(self, interaction: discord.Interaction) -> None:
        """Show the help to the learner only."""
        await self._respond(interaction, "help", private=True)

    @app_commands.command(description="What you asked about, when, and what to read next")
    async def progress(self, interaction: discord.Interaction) -> None:
        """Show the progress report to the learner only."""
        if await deferred(interaction, private=True):
            canvas = ResponseCanvas(interaction, private=True)
            await self._replier.progress(sender_of(interaction.user), canvas, interaction.channel_id or 0)

    @commands.Cog.listener()
    async def on_choice_pressed(self, interaction: discord.Interaction, choice: Choice) -> None:
        """Take a pressed button as said by whoever pressed it."""
        header = echo(interaction.user.display_name, choice.text)
        await self._respond(interaction, choice.text, header, choice=choice.text)

    async def _respond(
        self, interaction: discord.Interaction, text: str, header: str = "", private: bool = False, choice: str | None = None
    ) -> None:
        if await deferred(interaction, private):
            canvas = ResponseCanvas(interaction, private)
            said = message_of(interaction, text, choice)
            await self._replier.respond(said, canvas, interaction.channel_id or 0, header)
