from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from store_talk import NOON, question, rows

from tutorbot.dialogue.events import Event, MessageReceived, QuestionAnswered, ReplySent, SmallTalkMade, StoredEvent
from tutorbot.learner.record import TopicActivity
from tutorbot.messages import Sender
from tutorbot.storage.projections import Projections, Summary, project
from tutorbot.storage.store import open_store


def history(*events: Event, minutes: int = 1) -> list[StoredEvent]:
    return [StoredEvent(n, NOON + timedelta(minutes=n * minutes), "talk", event) for n, event in enumerate(events, 1)]


def test_two_questions_about_a_topic_are_counted_with_first_and_last_time() -> None:
    after = project(Projections(), history(*question("lora"), *question("lora")))
    assert after.topics == {"lora": TopicActivity("lora", 2, NOON + timedelta(minutes=2), NOON + timedelta(minutes=5))}
    assert after.summary == Summary(2, NOON + timedelta(minutes=1), NOON + timedelta(minutes=6), "talk", 6)


def test_small_talk_is_a_message_but_no_topic() -> None:
    after = project(Projections(), history(MessageReceived("hi"), SmallTalkMade("greeting"), ReplySent("", "", None, "Hi!")))
    assert after.topics == {} and after.summary.messages == 1


def test_a_clock_that_goes_back_does_not_make_the_last_visit_earlier() -> None:
    after = project(Projections(), history(*question("lora"), *question("lora"), minutes=-1))
    assert after.summary.first_seen == NOON - timedelta(minutes=6)
    assert after.summary.last_seen == NOON - timedelta(minutes=1)
    assert after.topics["lora"].first_at < after.topics["lora"].last_at


TOPICS = st.sampled_from(["lora", "softmax", "weird \udc80 topic", "kv-cache"])
EVENTS = st.one_of(
    st.builds(MessageReceived, st.text(st.characters(exclude_categories=()))),
    st.builds(QuestionAnswered, st.text(max_size=5), st.text(max_size=5), TOPICS),
    st.builds(SmallTalkMade, st.just("thanks")),
    st.builds(ReplySent, st.just("answered"), st.just("question"), st.none(), st.text(max_size=5)),
)
MESSAGES = st.lists(
    st.tuples(
        st.sampled_from([Sender("terminal", "ann"), Sender("discord", "ann", "Ann"), Sender("batch", "s\ud800")]),
        st.sampled_from(["talk", "thread 7", "\udfff"]),
        st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
        st.lists(EVENTS, max_size=4),
    ),
    max_size=12,
)
PROJECTIONS = ("SELECT * FROM topic_activity ORDER BY 1, 2", "SELECT * FROM learner_summary ORDER BY 1")


@settings(max_examples=25, deadline=None)
@given(messages=MESSAGES)
def test_interleaved_learners_have_the_projections_that_a_rebuild_computes(
    empty: Path,
    messages: list[tuple[Sender, str, datetime, list[Event]]],
) -> None:
    with TemporaryDirectory() as folder:
        file = Path(shutil.copy(empty, folder))
        store = open_store(f"sqlite:///{file}")
        for sender, conversation, at, events in messages:
            with store.unit_of_work(sender) as unit:
                unit.append(conversation, at, events)
                unit.commit()
        before = [rows(file, sql) for sql in PROJECTIONS]
        senders = {sender for sender, _, _, events in messages if events}
        assert store.rebuild() == len(senders)
        assert [rows(file, sql) for sql in PROJECTIONS] == before
        for sender in senders:
            asked = [e for s, _, _, events in messages if s == sender for e in events if isinstance(e, QuestionAnswered)]
            assert sum(topic.asked for topic in store.learner(sender).topics) == len(asked)
        store.close()


@given(st.lists(EVENTS, max_size=10), st.integers(0, 10))
def test_folding_in_two_parts_is_folding_at_once(events: list[Event], cut: int) -> None:
    stored = history(*events)
    assert project(project(Projections(), stored[:cut]), stored[cut:]) == project(Projections(), stored)
    assert all(a.seq < b.seq for a, b in pairwise(stored))
