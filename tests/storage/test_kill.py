"""kill -9 at random moments: what was printed is stored, the store opens, nothing is doubled."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from store_talk import ANN, ask, rows

from tutorbot.settings import bundled_folder
from tutorbot.storage.store import open_store

TALK = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from itertools import count
from store_talk import ANN, NOON, question
from tutorbot.storage.store import open_store
store = open_store(sys.argv[1])
for n in count():
    message_id = f"{{sys.argv[2]}}-{{n}}"
    with store.unit_of_work(ANN) as unit:
        unit.append("talk", NOON, question(f"topic {{n % 50}}", "why? " * (n % 300), message_id))
        unit.commit()
    print(message_id, flush=True)
"""
ROUNDS = 20


def talk_until_killed(url: str, round_: int, moment: random.Random) -> list[str]:
    """Ids that the child printed. The first rounds are killed while it starts, the others while it records."""
    arguments = [sys.executable, "-c", TALK, url, str(round_)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=bundled_folder("alembic").parent) as child:
        assert child.stdout is not None
        first = [] if round_ < 5 else [child.stdout.readline().strip()]
        time.sleep(moment.uniform(0.3, 0.8) if round_ < 5 else moment.uniform(0, 0.2))
        child.kill()
        return first + child.stdout.read().split()


@pytest.mark.slow
def test_killing_the_process_loses_nothing_that_was_printed(file: Path, url: str) -> None:
    moment = random.Random(7)
    printed = [message_id for n in range(ROUNDS) for message_id in talk_until_killed(url, n, moment)]
    assert len(printed) > ROUNDS

    stored = [message_id for (message_id,) in rows(file, "SELECT message_id FROM events WHERE kind = 'ReplySent'")]
    assert set(printed) <= set(stored)
    assert len(stored) == len(set(stored)) <= len(printed) + ROUNDS
    assert rows(file, "PRAGMA integrity_check") == [("ok",)]
    assert [seq for (seq,) in rows(file, "SELECT seq FROM events ORDER BY seq")] == list(range(1, 3 * len(stored) + 1))

    store = open_store(url)
    assert store.learner(ANN).messages == len(stored)
    before = store.learner(ANN)
    store.rebuild()
    assert store.learner(ANN) == before
    ask(store, ANN, "lora")
    store.close()
