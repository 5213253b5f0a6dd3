"""What slash commands and buttons share: Discord is told at once, and what was said becomes a message."""

from __future__ import annotations

import logging

import discord

from tutorbot.discord_bot.cogs.talk import sender_of
from tutorbot.discord_bot.listening import conversation_of
from tutorbot.messages import Message

_log = logging.getLogger(__name__)


async def deferred(interaction: discord.Interaction, private: bool = False) -> bool:
    """Tell Discord, which waits for three seconds only, that the answer is coming; False if it has given up."""
    try:
        await interaction.response.defer(ephemeral=private, thinking=True)
    except discord.HTTPException as error:
        _log.warning("Discord no longer takes an answer to interaction %s: %s", interaction.id, error)
        return False
    return True


def message_of(interaction: discord.Interaction, text: str, choice: str | None = None) -> Message:
    """What the user of a command or button says by it."""
    in_thread = isinstance(interaction.channel, discord.Thread)
    conversation = conversation_of(interaction.channel_id or 0, interaction.user.id, in_thread)
    return Message(sender_of(interaction.user), conversation, text, interaction.created_at, str(interaction.id), choice)
