"""Buttons. What a button says stands in its custom id, so that old buttons work after the bot was started again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Self

import discord

from tutorbot.discord_bot.rendering import BUTTON_PREFIX
from tutorbot.messages import Choice

PRESSED = "choice_pressed"


class ChoiceButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=re.compile(re.escape(BUTTON_PREFIX) + r"(?P<text>.+)", re.DOTALL),
):
    """A suggestion. Whoever presses it says its text; the bot hears that as the event `choice_pressed`."""

    def __init__(self, choice: Choice) -> None:
        super().__init__(discord.ui.Button(label=choice.label, custom_id=f"{BUTTON_PREFIX}{choice.text}"))
        self.choice = choice

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button again, from what Discord sends when it is pressed."""
        label = item.label if isinstance(item, discord.ui.Button) and item.label else match["text"]
        return cls(Choice(label, match["text"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Tell the bot."""
        interaction.client.dispatch(PRESSED, interaction, self.choice)


def view_of(choices: Iterable[Choice]) -> discord.ui.View:
    """The buttons of a message, five in a row."""
    view = discord.ui.View(timeout=None)
    for choice in choices:
        view.add_item(ChoiceButton(choice))
    # discord.py keeps every view that is not stopped in memory for ever; presses are found by their custom id.
    view.stop()
    return view
