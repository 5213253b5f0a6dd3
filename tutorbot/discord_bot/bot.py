"""The bot's life: connect, load the tutor in the background, answer, and leave in good order."""

from __future__ import annotations

import asyncio
import logging
import re
import signal
from collections.abc import Callable
from contextlib import suppress

import aiohttp
import discord
from discord.ext import commands

from tutorbot.discord_bot.cogs.commands import CommandsCog
from tutorbot.discord_bot.cogs.talk import TalkCog
from tutorbot.discord_bot.cogs.tasks import TasksCog
from tutorbot.discord_bot.replying import Door, Replier
from tutorbot.discord_bot.views import ChoiceButton
from tutorbot.errors import ChannelError
from tutorbot.settings import Settings

PORTAL = "https://discord.com/developers/applications"
# How long replies under way may take when the bot is asked to stop.
LEAVING_SECONDS = 5.0
_TOKEN = re.compile(r"[\w-]{18,}\.[\w-]{5,}\.[\w-]{20,}", re.ASCII)
_log = logging.getLogger(__name__)


class TutorBot(commands.Bot):
    """The tutor on Discord.

    Args:
        build: makes the tutor; called once, in a thread, when the bot starts.
    """

    def __init__(self, build: Callable[[], Door]) -> None:
        intents = discord.Intents.default()
        intents.message_content = True
        super().__init__(
            command_prefix=(), help_command=None, intents=intents, allowed_mentions=discord.AllowedMentions.none()
        )
        self.replier = Replier(build)
        self.failure: BaseException | None = None
        self._leaving: asyncio.Task[None] | None = None

    async def setup_hook(self) -> None:
        """Begin to load the tutor, and register what the bot hears."""
        loop = asyncio.get_running_loop()
        self.replier.waking.start(lambda error: loop.call_soon_threadsafe(self._give_up, error))
        assert self.user is not None
        self.add_dynamic_items(ChoiceButton)
        await self.add_cog(TalkCog(self.replier, self.user.id))
        await self.add_cog(CommandsCog(self.replier, self.user.id))
        await self.add_cog(TasksCog(self.replier, self.user.id, self.tree))
        try:
            await self.tree.sync()
        except discord.HTTPException as error:
            # The commands of the last start are still there, and messages need none.
            _log.warning("Discord did not take the slash commands: %s", error)

    async def on_message(self, message: discord.Message, /) -> None:
        """There are no prefix commands; `TalkCog` hears messages."""

    async def close(self) -> None:
        """Finish what is being said, then leave."""
        await self.replier.drain(LEAVING_SECONDS)
        await super().close()
        self.replier.close()

    def _give_up(self, error: BaseException) -> None:
        """A bot without a tutor is of no use: whoever waits is told, then it leaves."""
        self.failure = error
        self._leaving = asyncio.create_task(self.close())


def run_discord(settings: Settings, build: Callable[[], Door]) -> None:
    """Stay connected until stopped by Ctrl-C or SIGTERM.

    Raises:
        ChannelError: the token is missing or wrong, an intent is not enabled, or Discord cannot be reached.
        TutorbotError: the tutor cannot be built.
    """
    token = checked_token(settings)
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(TutorBot(build), token))


def checked_token(settings: Settings) -> str:
    """The bot's token.

    Raises:
        ChannelError: it is missing or cannot be one.
    """
    token = settings.discord_token.strip()
    if not token:
        raise ChannelError(
            "No Discord token is set.", f"Copy the bot's token from {PORTAL} into TUTORBOT_DISCORD_TOKEN or tutorbot.toml."
        )
    if not _TOKEN.fullmatch(token):
        raise ChannelError(
            "The Discord token is malformed: a bot's token has three parts with dots between.",
            f"Copy it again from {PORTAL}, page Bot; neither the application id nor the client secret is the token.",
        )
    return token


async def _serve(bot: TutorBot, token: str) -> None:
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError):
        # Windows has no SIGTERM to handle.
        loop.add_signal_handler(signal.SIGTERM, lambda: loop.create_task(bot.close()))
    try:
        async with bot:
            await bot.start(token)
    except discord.LoginFailure as error:
        raise ChannelError(
            "Discord does not accept the token.", f"Reset it at {PORTAL}, page Bot, and set TUTORBOT_DISCORD_TOKEN anew."
        ) from error
    except discord.PrivilegedIntentsRequired as error:
        raise ChannelError(
            "The bot may not read messages.", f"Switch on Message Content Intent at {PORTAL}, page Bot."
        ) from error
    except (aiohttp.ClientError, discord.HTTPException, discord.GatewayNotFound, OSError) as error:
        raise ChannelError(
            f"Discord cannot be reached: {error}.", "Check the network and https://discordstatus.com, then start again."
        ) from error
    if bot.failure is not None:
        raise bot.failure
