"""Tools for the tasks that write: a queued writer and an encoder of words."""

from __future__ import annotations

from typing import Any

from fakes import WordEncoder

from tutorbot.ports import Encoder, Writer
from tutorbot.tasks.tools import Tools


def tools(writer: Writer | None, encoder: Encoder | None = None) -> Tools:
    """What these tasks use; the rest is absent, so that a test fails where one reaches for it."""
    absent: Any = None
    return Tools(
        encoder=encoder or WordEncoder(),
        heads={},
        writer=writer,
        translator=absent,
        specimen=absent,
        course=absent,
        retriever=absent,
    )
