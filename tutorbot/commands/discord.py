"""`tutorbot discord`: the Discord bot."""

from __future__ import annotations

import argparse
from contextlib import ExitStack

from tutorbot.bootstrap import build_house
from tutorbot.commands.common import ProgressLine, settings_of
from tutorbot.discord_bot.bot import run_discord
from tutorbot.models.setup import ensure_ready


def run(options: argparse.Namespace) -> int:
    """Set up what is missing and stay connected until stopped."""
    settings = settings_of(options)
    ensure_ready(settings, ProgressLine())
    with ExitStack() as houses:
        run_discord(settings, lambda: houses.enter_context(build_house(settings, ProgressLine())).tutor)
    return 0
