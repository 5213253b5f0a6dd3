"""Projections: what a learner's events add up to. Pure; the tables only hold the result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from tutorbot.dialogue.events import QuestionAnswered, ReplySent, StoredEvent
from tutorbot.learner.record import TopicActivity
from tutorbot.storage.keys import as_key


@dataclass(frozen=True)
class Summary:
    """A learner in one line; `last_seq` is 0 before the first event."""

    messages: int = 0
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    last_conversation: str = ""
    last_seq: int = 0


@dataclass(frozen=True)
class Projections:
    """Everything that is folded from the events of one learner; `topics` by topic id."""

    summary: Summary = Summary()
    topics: Mapping[str, TopicActivity] = field(default_factory=dict)


def project(before: Projections, events: Iterable[StoredEvent]) -> Projections:
    """Fold events, in the order of their `seq`, into the projections of those before them."""
    summary, topics = before.summary, dict(before.topics)
    for stored in events:
        summary = _summarise(summary, stored)
        if isinstance(stored.event, QuestionAnswered):
            topic = as_key(stored.event.topic)
            topics[topic] = _ask(topics.get(topic), topic, stored.at)
    return Projections(summary, topics)


def _summarise(before: Summary, stored: StoredEvent) -> Summary:
    # Clocks of several machines may disagree, so a later event can bear an earlier time.
    return replace(
        before,
        messages=before.messages + isinstance(stored.event, ReplySent),
        first_seen=min(before.first_seen or stored.at, stored.at),
        last_seen=max(before.last_seen or stored.at, stored.at),
        last_conversation=as_key(stored.conversation),
        last_seq=stored.seq,
    )


def _ask(before: TopicActivity | None, topic: str, at: datetime) -> TopicActivity:
    if before is None:
        return TopicActivity(topic, 1, at, at)
    return TopicActivity(topic, before.asked + 1, min(before.first_at, at), max(before.last_at, at))
