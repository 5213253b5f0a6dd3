"""Connecting: every way in which it fails ends with what was wrong and what to do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import discord
import pytest
from server_talk import ScriptedTutor

from tutorbot.discord_bot.bot import TutorBot, checked_token, run_discord
from tutorbot.errors import ChannelError, WeightsError
from tutorbot.settings import Settings

WELL_FORMED = "MTE5OTk5OTk5OTk5OTk5OTk5OQ.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789AB"


def settings(token: str) -> Settings:
    return Settings("sqlite://", Path("cache"), Path("data"), Path("knowledge"), discord_token=token)


@pytest.fixture
def refusing_discord(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server that answers every request as Discord answers a wrong token."""

    class Refuse(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b'{"message": "401: Unauthorized", "code": 0}'
            self.send_response(401)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Refuse)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{server.server_port}")
    yield
    server.shutdown()
    server.server_close()


def test_a_missing_token() -> None:
    with pytest.raises(ChannelError, match=r"No Discord token is set\. .*TUTORBOT_DISCORD_TOKEN"):
        run_discord(settings("  "), ScriptedTutor)


@pytest.mark.parametrize("token", ["nonsense", "a.b.c", f"Bot {WELL_FORMED}", "1199999999999999999", "é" * 70])
def test_a_malformed_token(token: str) -> None:
    with pytest.raises(ChannelError, match="malformed") as raised:
        run_discord(settings(token), ScriptedTutor)
    assert token not in str(raised.value)


def test_a_token_with_a_line_break_is_taken() -> None:
    assert checked_token(settings(f" {WELL_FORMED}\n")) == WELL_FORMED


def test_a_token_that_discord_does_not_accept(refusing_discord: None) -> None:
    with pytest.raises(ChannelError, match=r"Discord does not accept the token\. Reset it"):
        run_discord(settings(WELL_FORMED), ScriptedTutor)


def test_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:9")
    with pytest.raises(ChannelError, match=r"Discord cannot be reached: .* Check the network"):
        run_discord(settings(WELL_FORMED), ScriptedTutor)


def test_an_intent_that_is_not_enabled(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(self: TutorBot, token: str) -> None:
        raise discord.PrivilegedIntentsRequired(None)

    monkeypatch.setattr(TutorBot, "start", refuse)
    with pytest.raises(ChannelError, match=r"may not read messages\. Switch on Message Content Intent"):
        run_discord(settings(WELL_FORMED), ScriptedTutor)


def test_a_tutor_that_cannot_be_built_ends_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    async def stay(self: TutorBot, token: str) -> None:
        self._give_up(WeightsError("A weight file is missing.", "Run tutorbot setup."))

    monkeypatch.setattr(TutorBot, "start", stay)
    with pytest.raises(WeightsError, match="A weight file is missing"):
        run_discord(settings(WELL_FORMED), ScriptedTutor)


def test_ctrl_c_ends_without_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    async def interrupted(self: TutorBot, token: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(TutorBot, "start", interrupted)
    run_discord(settings(WELL_FORMED), ScriptedTutor)
