"""The whole line on the real weights, driven as a server drives it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from server_talk import me, pinged, said

from tutorbot.bootstrap import build_house
from tutorbot.discord_bot.bot import TutorBot
from tutorbot.settings import load_settings

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=30)]


@pytest.fixture
def simcord_bot(tmp_path: Path) -> TutorBot:
    # Simulated ids begin anew in every test, so each has a store of its own.
    tutor = build_house(load_settings(database_url=f"sqlite:///{tmp_path / 'learners.db'}")).tutor
    return TutorBot(lambda: tutor)


async def test_two_members_ask_at_once_and_one_asks_on(simcord_env: Any) -> None:
    channel = simcord_env.create_guild().create_text_channel("llm-course")
    ana, ben = (simcord_env.guild.add_member(simcord_env.create_user(name)) for name in ("ana", "ben"))
    create = simcord_env.backend.create_message
    create(channel.id, ana.id, f"{me(simcord_env)} why do transformers need positional encodings?")
    create(channel.id, ben.id, f"{me(simcord_env)} what is softmax? @everyone")
    await simcord_env.settle()
    for_ana, for_ben = sorted(channel.threads, key=lambda thread: "softmax" in thread.name)
    await ana.send(for_ana, "and what happens without them?")

    first, second = said(simcord_env, for_ana)
    (softmax,) = said(simcord_env, for_ben)
    assert "order" in first and re.search(r"^-# \[1\] Positional encodings", first, re.MULTILINE)
    assert "order" in second or "position" in second
    assert re.search(r"^-# \[1\] .*[Ss]oftmax", softmax, re.MULTILINE)
    assert pinged(simcord_env) == []


async def test_the_weather_is_declined_and_progress_shown(simcord_env: Any) -> None:
    channel = simcord_env.create_guild().create_text_channel("llm-course")
    cem = simcord_env.guild.add_member(simcord_env.create_user("cem"))
    await cem.send_dm("what will the weather be like tomorrow?")
    await cem.slash(channel, "ask", question="what is softmax?")
    progress = await cem.slash(channel, "progress")

    (declined,) = said(simcord_env, cem.user.dm_channel)
    assert "not my subject" in declined
    assert "You have asked about 1 of" in progress.response.content
