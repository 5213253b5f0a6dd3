"""What is read from and written to the tables, within a session that the caller opened."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tutorbot.dialogue.events import Event, StoredEvent, from_payload, to_payload
from tutorbot.learner.record import LearnerRecord, TopicActivity
from tutorbot.messages import Sender
from tutorbot.storage.keys import as_key
from tutorbot.storage.projections import Projections, Summary
from tutorbot.storage.tables import AccountRow, EventRow, LearnerRow, LearnerSummaryRow, TopicActivityRow

_CHUNK = 500


@dataclass(frozen=True)
class Known:
    """What the tables hold of the learner behind an account; `learner_id` is None if there is no such account."""

    learner_id: int | None
    name: str
    projections: Projections

    @property
    def record(self) -> LearnerRecord:
        """The same as the rest of tutorbot knows it, topics from the latest to the oldest."""
        summary = self.projections.summary
        topics = sorted(self.projections.topics.values(), key=lambda t: (t.last_at, t.topic), reverse=True)
        return LearnerRecord(
            id=self.learner_id,
            name=self.name,
            messages=summary.messages,
            first_seen=summary.first_seen,
            last_seen=summary.last_seen,
            last_conversation=summary.last_conversation,
            topics=tuple(topics),
        )


def load_known(session: Session, sender: Sender) -> Known:
    """Everything about the sender's learner except the events: a few rows, however long the history is."""
    account = find_account(session, sender)
    if account is None:
        return Known(None, sender.name, Projections())
    row = session.get(LearnerSummaryRow, account.learner_id)
    summary = Summary(row.messages, row.first_seen, row.last_seen, row.last_conversation, row.last_seq) if row else Summary()
    asked = session.scalars(select(TopicActivityRow).where(TopicActivityRow.learner_id == account.learner_id))
    topics = {t.topic: TopicActivity(t.topic, t.asked, t.first_at, t.last_at) for t in asked}
    return Known(account.learner_id, sender.name or account.name, Projections(summary, topics))


def find_account(session: Session, sender: Sender) -> AccountRow | None:
    """The sender's account, if they were here before."""
    return session.scalars(select(AccountRow).filter_by(surface=sender.surface, external_id=sender.id)).first()


def lock_learner(session: Session, sender: Sender) -> tuple[int | None, int]:
    """The learner's id and last `seq` (None and 0 if new), locked until the end of the transaction.

    SQLite has locked the whole file when the transaction began; elsewhere it is the learner's row.
    """
    account = find_account(session, sender)
    if account is None:
        return None, 0
    session.get(LearnerRow, account.learner_id, with_for_update=True)
    if sender.name:
        account.name = as_key(sender.name)
    summary = session.get(LearnerSummaryRow, account.learner_id)
    return account.learner_id, summary.last_seq if summary else 0


def create_learner(session: Session, sender: Sender) -> int:
    """A new learner with the sender's account.

    Raises:
        sqlalchemy.exc.IntegrityError: another process has just created the same account.
    """
    learner = LearnerRow(created_at=datetime.now(UTC))
    session.add(learner)
    session.flush()
    session.add(AccountRow(surface=sender.surface, external_id=sender.id, name=sender.name, learner_id=learner.id))
    session.flush()
    return learner.id


def recent_events(session: Session, learner_id: int, conversation: str, limit: int, up_to: int) -> list[StoredEvent]:
    """The last `limit` events of a conversation whose `seq` is at most `up_to`, oldest first."""
    newest = (
        select(EventRow)
        .where(EventRow.learner_id == learner_id, EventRow.conversation == conversation, EventRow.seq <= up_to)
        .order_by(EventRow.seq.desc())
        .limit(limit)
    )
    return [stored_event(row) for row in session.scalars(newest)][::-1]


def all_events(session: Session, learner_id: int) -> Iterator[StoredEvent]:
    """The whole history of a learner in order, a few hundred rows in memory at a time."""
    rows = select(EventRow).where(EventRow.learner_id == learner_id).order_by(EventRow.seq)
    for row in session.scalars(rows.execution_options(yield_per=_CHUNK)):
        yield stored_event(row)


def find_event(session: Session, learner_id: int, kind: type[Event], message_id: str) -> StoredEvent | None:
    """The event of this kind that was recorded for the adapter's message."""
    rows = select(EventRow).filter_by(learner_id=learner_id, kind=kind.__name__, message_id=message_id)
    row = session.scalars(rows).first()
    return None if row is None else stored_event(row)


def recorded_messages(session: Session, learner_id: int, message_ids: Collection[str]) -> set[str]:
    """Those of the message ids that the learner's history has already."""
    found = select(EventRow.message_id).where(EventRow.learner_id == learner_id, EventRow.message_id.in_(message_ids))
    return {message_id for message_id in session.scalars(found) if message_id is not None}


def stored_event(row: EventRow) -> StoredEvent:
    """The row as a value.

    Raises:
        ValueError: a newer tutorbot wrote it, or it is damaged.
    """
    try:
        event = from_payload(row.kind, row.payload)
    except (TypeError, AttributeError) as error:
        raise ValueError(f"event {row.seq} of learner {row.learner_id} is no {row.kind}") from error
    return StoredEvent(row.seq, row.at, row.conversation, event)


def message_id_of(event: Event) -> str:
    """The id that the adapter gave the message this event belongs to, "" for none."""
    return str(getattr(event, "message_id", ""))


def insert_events(session: Session, learner_id: int, events: Sequence[StoredEvent]) -> None:
    """Add events to the history.

    Raises:
        sqlalchemy.exc.IntegrityError: a `seq` or message id is taken.
    """
    session.execute(insert(EventRow), [_values(learner_id, stored) for stored in events])


def save_projections(session: Session, learner_id: int, before: Projections, after: Projections) -> None:
    """Write what has changed; the identity of untouched topics is kept by `project`."""
    summary = after.summary
    if summary.first_seen is not None and summary.last_seen is not None:
        session.merge(
            LearnerSummaryRow(
                learner_id=learner_id,
                messages=summary.messages,
                first_seen=summary.first_seen,
                last_seen=summary.last_seen,
                last_conversation=summary.last_conversation,
                last_seq=summary.last_seq,
            )
        )
    for topic, activity in after.topics.items():
        if activity is not before.topics.get(topic):
            session.merge(TopicActivityRow(learner_id=learner_id, **vars(activity)))


def _values(learner_id: int, stored: StoredEvent) -> dict[str, Any]:
    kind, payload = to_payload(stored.event)
    return {
        "learner_id": learner_id,
        "seq": stored.seq,
        "conversation": stored.conversation,
        "at": stored.at,
        "kind": kind,
        "message_id": message_id_of(stored.event) or None,
        "payload": payload,
    }
