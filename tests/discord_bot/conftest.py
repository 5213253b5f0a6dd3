"""A bot with a hand-written tutor in a simulated Discord."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from server_talk import ScriptedTutor

from tutorbot.discord_bot.bot import TutorBot


@pytest.fixture
def tutor() -> ScriptedTutor:
    return ScriptedTutor()


@pytest.fixture
def simcord_bot(tutor: ScriptedTutor) -> TutorBot:
    return TutorBot(lambda: tutor)
