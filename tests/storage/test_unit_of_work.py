from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from store_talk import ANN, BEN, NOON, ask, question, rows

from tutorbot.dialogue.events import MessageReceived, QuestionAnswered, ReplySent, SmallTalkMade
from tutorbot.errors import ConcurrentUpdateError, DuplicateMessageError
from tutorbot.learner.record import TopicActivity
from tutorbot.messages import Sender
from tutorbot.ports import UnitOfWork
from tutorbot.storage.store import SqlStore, open_store


def test_a_new_learner_is_created_with_the_first_commit(store: SqlStore, file: Path) -> None:
    with store.unit_of_work(ANN) as unit:
        assert unit.learner.is_new and unit.learner.id is None and unit.recent("talk", 10) == []
        unit.append("talk", NOON, question("lora"))
        assert rows(file, "SELECT count(*) FROM accounts") == [(0,)]
        unit.commit()
        assert unit.learner.id == 1
    assert rows(file, "SELECT surface, external_id, name FROM accounts") == [("terminal", "ann", "Ann")]


def test_the_next_unit_remembers(store: SqlStore) -> None:
    ask(store, ANN, "lora", minute=0, conversation="monday")
    ask(store, ANN, "softmax", minute=5, conversation="tuesday")
    with store.unit_of_work(ANN) as unit:
        learner = unit.learner
    assert (learner.name, learner.messages, learner.last_conversation) == ("Ann", 2, "tuesday")
    assert (learner.first_seen, learner.last_seen) == (NOON, NOON + timedelta(minutes=5))
    later = NOON + timedelta(minutes=5)
    assert learner.topics == (TopicActivity("softmax", 1, later, later), TopicActivity("lora", 1, NOON, NOON))


def test_recent_gives_the_end_of_one_conversation_oldest_first(store: SqlStore) -> None:
    ask(store, ANN, "lora", conversation="one")
    ask(store, ANN, "softmax", conversation="two")
    ask(store, ANN, "adam", conversation="one")
    ask(store, BEN, "bert", conversation="one")
    with store.unit_of_work(ANN) as unit:
        recent = unit.recent("one", 4)
    assert [stored.seq for stored in recent] == [3, 7, 8, 9]
    assert recent[2].event == QuestionAnswered("why?", "why?", "adam")
    assert recent[0].at == NOON and recent[0].at.utcoffset() == timedelta(0)


def test_leaving_without_commit_records_nothing(store: SqlStore, file: Path) -> None:
    with pytest.raises(ZeroDivisionError), store.unit_of_work(ANN) as unit:
        unit.append("talk", NOON, question("lora"))
        _ = 1 / 0
    assert rows(file, "SELECT count(*) FROM learners") == [(0,)]


def test_a_commit_with_nothing_appended_creates_nobody(store: SqlStore, file: Path) -> None:
    with store.unit_of_work(ANN) as unit:
        unit.commit()
    assert rows(file, "SELECT count(*) FROM learners") == [(0,)]


def test_several_appends_and_commits_in_one_unit_are_numbered_in_order(store: SqlStore, file: Path) -> None:
    with store.unit_of_work(ANN) as unit:
        unit.append("talk", NOON, [MessageReceived("hi")])
        unit.append("talk", NOON, [SmallTalkMade("greeting")])
        unit.commit()
        unit.append("talk", NOON, [ReplySent("small_talk", "greet", None, "Hi!")])
        unit.commit()
        unit.commit()
    assert rows(file, "SELECT seq, kind FROM events") == [(1, "MessageReceived"), (2, "SmallTalkMade"), (3, "ReplySent")]


def test_the_unit_that_comes_second_is_told_and_may_follow(store: SqlStore, file: Path) -> None:
    ask(store, ANN, "lora")
    with store.unit_of_work(ANN) as first, store.unit_of_work(ANN) as second:
        first.append("talk", NOON, question("softmax"))
        second.append("talk", NOON, question("adam"))
        first.commit()
        with pytest.raises(ConcurrentUpdateError, match=r"Another .* Send the message again"):
            second.commit()
        assert rows(file, "SELECT max(seq) FROM events") == [(6,)]
        second.refresh()
        assert second.learner.messages == 2
        second.commit()
    assert {topic.topic for topic in store.learner(ANN).topics} == {"lora", "softmax", "adam"}


def test_two_units_that_meet_a_new_learner_make_one_account(store: SqlStore, file: Path) -> None:
    with store.unit_of_work(ANN) as first, store.unit_of_work(ANN) as second:
        for unit in (first, second):
            unit.append("talk", NOON, question("lora"))
        first.commit()
        with pytest.raises(ConcurrentUpdateError):
            second.commit()
        second.refresh()
        second.commit()
    assert rows(file, "SELECT count(*) FROM learners") == rows(file, "SELECT count(*) FROM accounts") == [(1,)]


def test_what_a_unit_shows_does_not_change_under_it(store: SqlStore) -> None:
    ask(store, ANN, "lora")
    with store.unit_of_work(ANN) as unit:
        ask(store, ANN, "softmax")
        assert unit.learner.messages == 1
        assert [stored.seq for stored in unit.recent("talk", 10)] == [1, 2, 3]


def test_learners_do_not_wait_for_each_other_while_answers_are_written(store: SqlStore) -> None:
    with store.unit_of_work(ANN) as slow:
        slow.append("talk", NOON, question("lora"))
        started = time.perf_counter()
        ask(store, BEN, "softmax")
        assert time.perf_counter() - started < 0.2
        slow.commit()


def test_many_threads_lose_nothing(file: Path) -> None:
    store = open_store(f"sqlite:///{file}")

    def talk(n: int) -> None:
        with store.unit_of_work(Sender("batch", str(n % 4))) as unit:
            unit.append("talk", NOON, question("lora", message_id=f"m{n}"))
            for _ in range(100):
                try:
                    unit.commit()
                except ConcurrentUpdateError:
                    unit.refresh()
                else:
                    return
            raise AssertionError("never committed")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(talk, range(80)))
    store.close()
    assert rows(file, "SELECT count(*), count(DISTINCT message_id) FROM events WHERE kind = 'ReplySent'") == [(80, 80)]
    assert rows(file, "SELECT min(seq), max(seq), count(*) FROM events GROUP BY learner_id") == [(1, 60, 60)] * 4


def test_the_same_message_cannot_be_recorded_twice(store: SqlStore, file: Path) -> None:
    with store.unit_of_work(ANN) as late:
        ask(store, ANN, "lora", message_id="17")
        late.append("talk", NOON, question("lora", message_id="17"))
        for _ in range(2):
            with pytest.raises(DuplicateMessageError, match="id 17"):
                late.commit()
            late.refresh()
    with store.unit_of_work(ANN) as twice:
        twice.append("talk", NOON, question("a", message_id="18") + question("b", message_id="18"))
        with pytest.raises(DuplicateMessageError):
            twice.commit()
    assert rows(file, "SELECT count(*) FROM events") == [(3,)]
    ask(store, BEN, "lora", message_id="17")


def test_times_of_any_zone_come_back_as_the_same_moment_in_utc(store: SqlStore) -> None:
    at = datetime(2026, 7, 1, 1, 30, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    with store.unit_of_work(ANN) as unit:
        unit.append("talk", at, [MessageReceived("hi")])
        unit.commit()
        [stored] = unit.recent("talk", 1)
    assert stored.at == at and stored.at.utcoffset() == timedelta(0)
    with store.unit_of_work(ANN) as unit, pytest.raises(ValueError, match="aware"):
        unit.append("talk", at.replace(tzinfo=None), [MessageReceived("hi")])


@pytest.mark.parametrize(
    "text", ["lone \ud800 surrogate", "a NUL \0 inside", "\u202eright to left", "👩‍👩‍👧", "x" * 100_000]
)
def test_any_text_survives(store: SqlStore, text: str) -> None:
    sender = Sender("batch" + text, "id" + text, "name" + text)
    with store.unit_of_work(sender) as unit:
        unit.append(text, NOON, [MessageReceived(text, message_id=text), QuestionAnswered(text, text, topic=text)])
        unit.append(text, NOON, [ReplySent("answered", "question", text, text, message_id=text)])
        unit.commit()
        assert unit.recent(text, 9)[0].event == MessageReceived(text, text)
    assert store.find_reply(sender, text) == ReplySent("answered", "question", text, text, message_id=text)
    with store.unit_of_work(sender) as unit:
        assert len(unit.recent(unit.learner.last_conversation, 9)) == 3


def test_opening_costs_the_same_after_20_000_events(store: SqlStore) -> None:
    ask(store, BEN, "lora")
    with store.unit_of_work(ANN) as unit:
        for _ in range(20_000 // 3):
            unit.append("talk", NOON, question("lora"))
        unit.commit()

    def cost(sender: Sender) -> float:
        times = []
        for _ in range(30):
            started = time.perf_counter()
            with store.unit_of_work(sender) as unit:
                unit.recent("talk", 3)
            times.append(time.perf_counter() - started)
        return min(times)

    assert cost(ANN) < 4 * cost(BEN)


def test_it_is_the_unit_of_work_of_the_ports(store: SqlStore) -> None:
    unit: UnitOfWork = store.unit_of_work(ANN)
    with pytest.raises(RuntimeError, match="with"):
        _ = unit.learner
