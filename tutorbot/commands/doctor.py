"""`tutorbot doctor`: what is set up, what is wrong, and how to mend it."""

from __future__ import annotations

import argparse
import importlib.metadata
import platform

from tutorbot import __version__
from tutorbot.checks import Check
from tutorbot.commands.common import settings_of
from tutorbot.curriculum.course import load_course
from tutorbot.errors import CurriculumError
from tutorbot.models.checks import check_models
from tutorbot.settings import Settings
from tutorbot.storage.checks import check_storage

_LIBRARIES = ("openvino-genai", "transformers", "torch", "faiss-cpu", "bm25s", "sqlalchemy", "discord.py", "prompt-toolkit")


def run(options: argparse.Namespace) -> int:
    """Print settings and checks; 1 if any check failed."""
    settings = settings_of(options)
    print(f"tutorbot {__version__}, Python {platform.python_version()}, {platform.platform()}")
    print("libraries: " + ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES))
    print("\nsettings")
    for name, value in settings.public().items():
        print(f"  {name:<14} {value or '-'}")
    checks = [*check_models(settings), _course(settings), *check_storage(settings), _discord(settings)]
    print("\nchecks")
    for check in checks:
        print(f"  {'ok  ' if check.ok else 'FAIL'}  {check.name}: {check.detail}")
        if check.fix:
            print(f"        {check.fix}")
    return 0 if all(check.ok for check in checks) else 1


def _course(settings: Settings) -> Check:
    try:
        course = load_course(settings.knowledge)
    except CurriculumError as error:
        return Check("course", False, error.what, error.fix)
    return Check("course", True, f"{len(course.topics)} topics in {settings.knowledge}")


def _discord(settings: Settings) -> Check:
    if settings.discord_token:
        return Check("discord", True, "a token is set")
    return Check("discord", True, "no token is set (only needed for `tutorbot discord`: set TUTORBOT_DISCORD_TOKEN)")
