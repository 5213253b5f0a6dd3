"""Where replies are shown: in a channel, or as the response to a slash command or a button."""

from __future__ import annotations

import io
import logging
from collections.abc import Awaitable, Sequence
from typing import Any, TypeVar

import aiohttp
import discord

from tutorbot.discord_bot.rendering import EVERYTHING, Abilities, Page
from tutorbot.discord_bot.views import view_of
from tutorbot.errors import ChannelError

T = TypeVar("T")
_log = logging.getLogger(__name__)


class ChannelCanvas:
    """A channel, a thread or a direct message; the first message may be a reply to the learner's."""

    def __init__(self, channel: discord.abc.MessageableChannel, reply_to: discord.Message | None = None) -> None:
        self._channel = channel
        self._messages: list[discord.Message] = []
        # The learner may have deleted the message meanwhile; the answer is then shown without the reference.
        self._reference = (
            discord.MessageReference.from_message(reply_to, fail_if_not_exists=False) if reply_to is not None else None
        )

    @property
    def can(self) -> Abilities:
        """What the bot may put into messages here."""
        guild = getattr(self._channel, "guild", None)
        if guild is None or isinstance(self._channel, discord.PartialMessageable):
            return EVERYTHING
        return abilities(self._channel.permissions_for(guild.me))

    async def typing(self) -> None:
        """Show the typing indicator, for ten seconds or until a message is sent."""
        try:
            await self._channel.typing()
        except discord.HTTPException as error:
            # Only an ornament: whether the reply can be shown will be seen when it is sent.
            _log.info("No typing indicator in channel %s: %s", self._channel.id, error)

    async def show(self, index: int, page: Page) -> None:
        """Send or edit message `index`.

        Raises:
            ChannelError: Discord refuses it.
        """
        if index < len(self._messages):
            await told(self._messages[index].edit(**_edited(page)))
            return
        sent = _sent(page)
        if index == 0 and self._reference is not None:
            sent["reference"] = self._reference
        self._messages.append(await told(self._channel.send(**sent)))


class ResponseCanvas:
    """The response to an interaction that has been deferred; later messages are follow-ups."""

    def __init__(self, interaction: discord.Interaction, private: bool = False) -> None:
        self._interaction = interaction
        self._private = private
        self._messages: list[discord.InteractionMessage | discord.WebhookMessage] = []

    @property
    def can(self) -> Abilities:
        """What the bot may put into messages here."""
        return abilities(self._interaction.app_permissions) if self._interaction.guild_id else EVERYTHING

    async def typing(self) -> None:
        """Discord says "is thinking" by itself."""

    async def show(self, index: int, page: Page) -> None:
        """Send or edit message `index`.

        Raises:
            ChannelError: Discord refuses it.
        """
        if index < len(self._messages):
            await told(self._messages[index].edit(**_edited(page)))
        elif index == 0:
            self._messages.append(await told(self._interaction.edit_original_response(**_edited(page))))
        else:
            sending = self._interaction.followup.send(**_sent(page), ephemeral=self._private, wait=True)
            self._messages.append(await told(sending))


def abilities(permissions: discord.Permissions) -> Abilities:
    """What these permissions allow in messages."""
    return Abilities(permissions.embed_links, permissions.attach_files)


async def told(call: Awaitable[T]) -> T:
    """The result of a call to Discord.

    Raises:
        ChannelError: Discord refuses it or cannot be reached.
    """
    try:
        return await call
    except discord.Forbidden as error:
        fix = "Give the bot the permissions View Channel, Send Messages, Send Messages in Threads and Embed Links."
        raise ChannelError(f"Discord does not allow it: {error.text}.", fix) from error
    except discord.HTTPException as error:
        raise ChannelError(f"Discord refuses it: {error}.", "If that goes on, look at https://discordstatus.com.") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise ChannelError(f"Discord cannot be reached: {error}.", "Check the network.") from error


def _sent(page: Page) -> dict[str, Any]:
    shown: dict[str, Any] = {"content": page.content, "embeds": _embeds(page), "files": _files(page)}
    if page.buttons:
        shown["view"] = view_of(page.buttons)
    return shown


def _edited(page: Page) -> dict[str, Any]:
    shown: dict[str, Any] = {"content": page.content, "embeds": _embeds(page)}
    if page.buttons:
        shown["view"] = view_of(page.buttons)
    if page.files:
        shown["attachments"] = _files(page)
    return shown


def _embeds(page: Page) -> Sequence[discord.Embed]:
    return [discord.Embed(title=embed.title, description=embed.description) for embed in page.embeds]


def _files(page: Page) -> list[discord.File]:
    return [discord.File(io.BytesIO(file.data), file.name, description=file.alt) for file in page.files]
