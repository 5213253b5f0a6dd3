"""What the store's tests say again and again: a message is heard, answered and recorded."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tutorbot.dialogue.events import Event, MessageReceived, QuestionAnswered, ReplySent
from tutorbot.messages import Sender
from tutorbot.storage.store import SqlStore

ANN = Sender("terminal", "ann", "Ann")
BEN = Sender("discord", "4711", "Ben")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def question(topic: str, text: str = "why?", message_id: str = "") -> list[Event]:
    """The events of one answered question."""
    return [
        MessageReceived(text, message_id),
        QuestionAnswered(text, text, topic),
        ReplySent("answered", "question", None, f"Because of {topic}.", message_id=message_id),
    ]


def ask(
    store: SqlStore, sender: Sender, topic: str, *, minute: int = 0, conversation: str = "talk", message_id: str = ""
) -> None:
    """One whole message: open, append, commit."""
    with store.unit_of_work(sender) as unit:
        unit.append(conversation, NOON + timedelta(minutes=minute), question(topic, message_id=message_id))
        unit.commit()


def fill(store: SqlStore) -> None:
    """Two hundred questions, so that the file has many pages."""
    with store.unit_of_work(ANN) as unit:
        for n in range(200):
            unit.append("talk", NOON, question(f"topic {n}"))
        unit.commit()


def rows(file: Path, sql: str) -> list[tuple[object, ...]]:
    """What a plain SQLite client sees."""
    connection = sqlite3.connect(file)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def execute(file: Path, sql: str) -> None:
    """What a plain SQLite client changes."""
    connection = sqlite3.connect(file)
    try:
        with connection:
            connection.execute(sql)
    finally:
        connection.close()
