"""Hears messages: mentions, replies, direct messages, and everything in the bot's own threads."""

from __future__ import annotations

import logging

import discord
from discord.ext import commands

from tutorbot.discord_bot.canvases import ChannelCanvas
from tutorbot.discord_bot.listening import Heard, conversation_of, heard_text, thread_name
from tutorbot.discord_bot.replying import Replier
from tutorbot.messages import Message, Sender

SURFACE = "discord"
_ORDINARY = (discord.MessageType.default, discord.MessageType.reply)
_log = logging.getLogger(__name__)


class TalkCog(commands.Cog):
    """Answers what is said to the bot."""

    def __init__(self, replier: Replier, me: int) -> None:
        self._replier = replier
        self._me = me

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer the message if it is for the tutor."""
        text = heard_text(heard(message, self._me))
        if text is None:
            return
        place = await _place(message, text)
        canvas = ChannelCanvas(place, message if place == message.channel else None)
        sender = sender_of(message.author)
        if not text and not message.attachments and not message.stickers:
            await self._replier.welcome(sender, canvas, place.id)
            return
        conversation = conversation_of(place.id, message.author.id, isinstance(place, discord.Thread))
        said = Message(sender, conversation, text, message.created_at, str(message.id))
        await self._replier.respond(said, canvas, place.id)


def sender_of(user: discord.abc.User) -> Sender:
    """Who speaks."""
    return Sender(SURFACE, str(user.id), user.display_name)


def heard(message: discord.Message, me: int) -> Heard:
    """The message as a value."""
    answered = message.reference.resolved if message.reference else None
    channel = message.channel
    return Heard(
        content=message.content,
        me=me,
        by_bot=message.author.bot,
        mentions_me=any(user.id == me for user in message.mentions) and f"{me}>" in message.content,
        replies_to_me=isinstance(answered, discord.Message) and answered.author.id == me,
        direct=message.guild is None,
        own_thread=isinstance(channel, discord.Thread) and channel.owner_id == me,
        ordinary=message.type in _ORDINARY,
        names=_names(message),
    )


def _names(message: discord.Message) -> dict[int, str]:
    channels = {channel.id: channel.name for channel in message.channel_mentions}
    roles = {role.id: role.name for role in message.role_mentions}
    return {user.id: user.display_name for user in message.mentions} | channels | roles


async def _place(message: discord.Message, text: str) -> discord.abc.MessageableChannel:
    """Where to answer: in a new thread where a text channel allows one, else beside the message."""
    channel = message.channel
    if not isinstance(channel, discord.TextChannel) or message.reference is not None or not text:
        return channel
    allowed = channel.permissions_for(channel.guild.me)
    if not (allowed.create_public_threads and allowed.send_messages_in_threads and allowed.read_message_history):
        return channel
    try:
        return await message.create_thread(name=thread_name(text))
    except discord.HTTPException as error:
        # The message was deleted, has a thread already, or the server has too many threads.
        _log.info("No thread for message %s: %s", message.id, error)
        return channel
