from __future__ import annotations

from pathlib import Path

import pytest
from store_talk import ANN, BEN, NOON, ask, execute, rows

from tutorbot.dialogue.events import MessageReceived, ReplySent
from tutorbot.errors import ConcurrentUpdateError
from tutorbot.messages import Sender
from tutorbot.storage.store import SqlStore, open_store


def test_the_reply_to_a_message_is_found_again(store: SqlStore) -> None:
    ask(store, ANN, "lora", message_id="17")
    ask(store, ANN, "softmax", message_id="18")
    assert store.find_reply(ANN, "17") == ReplySent("answered", "question", None, "Because of lora.", message_id="17")
    assert store.find_reply(ANN, "19") is None
    assert store.find_reply(BEN, "17") is None


def test_messages_without_an_id_have_no_reply_to_find(store: SqlStore) -> None:
    ask(store, ANN, "lora")
    ask(store, ANN, "lora")
    assert store.find_reply(ANN, "") is None


def test_finding_a_reply_uses_the_index(store: SqlStore, file: Path) -> None:
    plan = rows(
        file, "EXPLAIN QUERY PLAN SELECT * FROM events WHERE learner_id = 1 AND kind = 'ReplySent' AND message_id = '1'"
    )
    assert "INDEX" in str(plan) and "message_id=?" in str(plan)


def test_a_new_name_is_remembered_and_no_name_changes_nothing(store: SqlStore) -> None:
    ask(store, ANN, "lora")
    ask(store, Sender("terminal", "ann", "Annabel"), "lora")
    ask(store, Sender("terminal", "ann"), "lora")
    assert store.learner(Sender("terminal", "ann")).name == "Annabel"


def test_two_accounts_may_belong_to_one_learner(store: SqlStore, file: Path) -> None:
    ask(store, ANN, "lora")
    execute(file, "INSERT INTO accounts (surface, external_id, name, learner_id) VALUES ('discord', '4711', 'Ben', 1)")
    ask(store, BEN, "softmax")
    assert store.learner(ANN).messages == store.learner(BEN).messages == 2


def test_erasing_leaves_no_trace_in_the_files(store: SqlStore, file: Path) -> None:
    secret = "xylophone"
    ask(store, BEN, "lora")
    with store.unit_of_work(Sender("terminal", secret, secret)) as unit:
        unit.append(secret, NOON, [MessageReceived(secret * 2000, message_id=secret)])
        unit.commit()
    assert any(secret.encode() in part.read_bytes() for part in file.parent.iterdir())

    assert store.erase(Sender("terminal", secret))

    assert not any(secret.encode() in part.read_bytes() for part in file.parent.iterdir())
    assert store.learner(Sender("terminal", secret)).is_new
    assert store.learner(BEN).messages == 1
    assert not store.erase(Sender("terminal", secret))


def test_a_unit_opened_before_an_erasure_meets_no_stranger(store: SqlStore) -> None:
    ask(store, ANN, "lora")
    with store.unit_of_work(ANN) as unit:
        unit.append("talk", NOON, [MessageReceived("hi")])
        store.erase(ANN)
        ask(store, BEN, "softmax")
        with pytest.raises(ConcurrentUpdateError):
            unit.commit()
        assert unit.recent("talk", 5) == []
    assert store.learner(BEN).messages == 1


def test_rebuild_mends_projections(store: SqlStore, file: Path) -> None:
    for minute, topic in enumerate(["lora", "softmax", "lora"]):
        ask(store, ANN, topic, minute=minute)
    ask(store, BEN, "adam")
    before = store.learner(ANN), store.learner(BEN)
    execute(file, "UPDATE learner_summary SET messages = 99, last_seq = 7")
    execute(file, "DELETE FROM topic_activity WHERE topic = 'lora'")
    assert store.rebuild() == 2
    assert (store.learner(ANN), store.learner(BEN)) == before


def test_the_store_is_there_after_closing(store: SqlStore, url: str) -> None:
    ask(store, ANN, "lora")
    store.close()
    again = open_store(url)
    assert again.learner(ANN).messages == 1
    again.close()
