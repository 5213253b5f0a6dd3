"""kill -9 at random moments of a running batch: what was printed is in the store, the store opens, nothing is doubled.

Run as a program it does the same for as many rounds as are asked for: `python tests/commands/test_batch_kill.py 50`.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from command_line import Run

QUESTIONS = (
    "what is dropout?",
    "why do transformers need positional encodings?",
    "does dropout divide activations by the keep probability?",
    "tell me more",
    "thank you!",
    "will it rain tomorrow?",
)
SESSIONS = 5


def lines(count: int) -> str:
    """Every sixth line is a conversation by itself; the others belong to five sessions."""
    rows: list[dict[str, Any]] = [{"id": f"m{n}", "text": QUESTIONS[n % len(QUESTIONS)]} for n in range(count)]
    for n, row in enumerate(rows):
        if n % 6 != 5:
            row["session"] = f"s{n % SESSIONS}"
    return "\n".join(map(json.dumps, rows))


def killed(batch: Path, moment: random.Random, patient: bool) -> list[dict[str, Any]]:
    """Start the batch, kill it, and return the whole lines that it printed."""
    command = [sys.executable, "-m", "tutorbot", "ask", "--batch", str(batch)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdout is not None
        first = child.stdout.readline() if patient else b""
        time.sleep(moment.uniform(0, 0.7) if patient else moment.uniform(0, 2.0))
        child.kill()
        printed = (first + child.stdout.read()).split(b"\n")[:-1]
    return [json.loads(line) for line in printed]


def check(database: Path, printed: list[dict[str, Any]]) -> None:
    """Everything printed is stored as it was printed, once, and the store is whole."""
    connection = sqlite3.connect(database)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    rows = connection.execute(
        "SELECT a.external_id, e.payload FROM events e JOIN accounts a USING (learner_id) WHERE e.kind = 'ReplySent'"
    ).fetchall()
    sequences = connection.execute(
        "SELECT learner_id, count(*), min(seq), max(seq) FROM events GROUP BY learner_id"
    ).fetchall()
    connection.close()
    assert all((low, high) == (1, count) for _, count, low, high in sequences)
    replies = [(account, json.loads(payload)) for account, payload in rows]
    stored = {(reply["message_id"], reply["answer"]) for _, reply in replies}
    assert {(row["id"], row["answer"]) for row in printed} <= stored
    assert set(Counter((account, reply["message_id"]) for account, reply in replies).values()) == {1}


def rounds(home: Path, count: int, line_count: int) -> tuple[int, int]:
    """Kill so many runs of one batch, look at the store after each, then let it finish; (printed, replayed) in all."""
    batch, database = home / "batch.jsonl", home / "data" / "learners.db"
    batch.write_text(lines(line_count))
    moment = random.Random(11)
    printed: list[dict[str, Any]] = []
    for n in range(count):
        printed += killed(batch, moment, patient=n % 3 > 0)
        if database.exists():
            check_if_begun(database, printed)
    done = subprocess.run(
        [sys.executable, "-m", "tutorbot", "ask", "--batch", str(batch)], check=True, capture_output=True, text=True
    )
    last = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in last] == [f"m{n}" for n in range(line_count)]
    check(database, printed + last)
    return len(printed), sum("replayed" in row for row in printed + last)


def check_if_begun(database: Path, printed: list[dict[str, Any]]) -> None:
    connection = sqlite3.connect(database)
    begun = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone()
    told = begun and connection.execute("SELECT 1 FROM events LIMIT 1").fetchone()
    connection.close()
    assert told or not printed
    if told:
        check(database, printed)


@pytest.mark.slow
def test_killing_a_batch_loses_and_doubles_nothing(real: Run, home: Path) -> None:
    printed, replayed = rounds(home, count=8, line_count=60)
    assert printed > 8 and replayed > 0


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        os.environ["TUTORBOT_DATA_DIR"] = f"{folder}/data"
        os.environ["TUTORBOT_DATABASE_URL"] = f"sqlite:///{folder}/data/learners.db"
        printed, replayed = rounds(Path(folder), int(sys.argv[1]), 8 * int(sys.argv[1]))
        print(f"{sys.argv[1]} kills: {printed} lines printed, {replayed} replayed, nothing lost or doubled")
