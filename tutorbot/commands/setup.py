"""`tutorbot setup`: fetch, check and prepare everything, once."""

from __future__ import annotations

import argparse

from tutorbot.bootstrap import build_house
from tutorbot.commands.common import ProgressLine, say, settings_of
from tutorbot.models.setup import set_up


def run(options: argparse.Namespace) -> int:
    """Prepare the models, the passage index and the store."""
    settings = settings_of(options)
    report = ProgressLine()
    set_up(settings, report)
    build_house(settings, report).close()
    say(f"Everything is ready in {settings.cache_dir}. Try: tutorbot chat")
    return 0
