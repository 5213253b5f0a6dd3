"""`tutorbot doctor`: what is set up, what is wrong, and how to mend it."""

from __future__ import annotations

import argparse
import importlib.metadata
import platform
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tutorbot import __version__
from tutorbot.checks import Check
from tutorbot.commands.common import say, settings_of
from tutorbot.curriculum.course import load_course
from tutorbot.errors import CurriculumError
from tutorbot.models.checks import check_models
from tutorbot.settings import Settings
from tutorbot.storage.checks import check_storage

_LIBRARIES = ("openvino-genai", "transformers", "torch", "faiss-cpu", "bm25s", "sqlalchemy", "discord.py", "prompt-toolkit")
_PROBE_BYTES = 65_536


def run(options: argparse.Namespace) -> int:
    """Print settings and checks; 1 if any check failed."""
    settings = settings_of(options)
    say(f"tutorbot {__version__}, Python {platform.python_version()}, {platform.platform()}")
    say("libraries: " + ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES))
    say("\nsettings")
    for name, value in settings.public().items():
        say(f"  {name:<14} {value or '-'}")
    checks = [
        *_folders(settings),
        *check_models(settings),
        _course(settings),
        *check_storage(settings),
        _discord(settings),
    ]
    say("\nchecks")
    for check in checks:
        say(f"  {'ok  ' if check.ok else 'FAIL'}  {check.name}: {check.detail}")
        if check.fix:
            say(f"        {check.fix}")
    return 0 if all(check.ok for check in checks) else 1


def _version(library: str) -> str:
    try:
        return importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:
        return "(not installed)"


def _folders(settings: Settings) -> Iterator[Check]:
    """Can files be made there, and is there room? A file is really made, since permissions alone do not tell."""
    for name, variable in (("data_dir", "TUTORBOT_DATA_DIR"), ("cache_dir", "TUTORBOT_CACHE_DIR")):
        folder: Path = getattr(settings, name)
        fix = f"Make room there and make the folder writable for you, or set {variable} to another folder."
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(b"x" * _PROBE_BYTES)
        except OSError as error:
            yield Check(name, False, f"{folder} cannot be written to: {error.strerror or error}", fix)
        else:
            yield Check(name, True, f"{folder}, {shutil.disk_usage(folder).free // 1_000_000} MB free")


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
