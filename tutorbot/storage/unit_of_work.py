"""One learner's store during one message: read at the beginning, written in one short transaction at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tutorbot.dialogue.events import Event, StoredEvent
from tutorbot.errors import DuplicateMessageError
from tutorbot.learner.record import LearnerRecord
from tutorbot.messages import Sender
from tutorbot.storage.engine import reading, writing
from tutorbot.storage.errors import concurrent_update
from tutorbot.storage.keys import as_key
from tutorbot.storage.projections import project
from tutorbot.storage.queries import (
    Known,
    create_learner,
    insert_events,
    load_known,
    lock_learner,
    message_id_of,
    recent_events,
    recorded_messages,
    save_projections,
)


@dataclass(frozen=True)
class _Appended:
    conversation: str
    at: datetime
    event: Event


class SqlUnitOfWork:
    """Implements `ports.UnitOfWork`.

    Between opening and `commit` no connection and no lock is held, however long an answer takes to write. What the
    unit shows is the store at the moment of opening (or of `refresh`, or of its own last commit). It belongs to one
    thread; other units may work in others.
    """

    def __init__(self, engine: Engine, sender: Sender) -> None:
        self._engine = engine
        self._sender = sender
        self._known: Known | None = None
        self._appended: list[_Appended] = []

    def __enter__(self) -> Self:
        """Open the unit.

        Raises:
            StorageError: the store cannot be read.
        """
        self.refresh()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._appended.clear()

    @property
    def learner(self) -> LearnerRecord:
        """What is known of the learner."""
        return self._opened.record

    def refresh(self) -> None:
        """Read the store again and keep what was appended, which can then be committed after another's events.

        Raises:
            StorageError: the store cannot be read.
        """
        with reading(self._engine) as session:
            self._known = load_known(session, self._sender)

    def recent(self, conversation: str, limit: int) -> Sequence[StoredEvent]:
        """The last `limit` events of the conversation, oldest first; not those appended and not yet committed.

        Raises:
            StorageError: the store cannot be read, or a newer tutorbot wrote an event of an unknown kind.
        """
        known = self._opened
        if known.learner_id is None:
            return []
        with reading(self._engine) as session:
            last_seq = known.projections.summary.last_seq
            return recent_events(session, known.learner_id, conversation, limit, up_to=last_seq)

    def append(self, conversation: str, at: datetime, events: Sequence[Event]) -> None:
        """Add events; they are recorded, in order, by `commit`.

        Raises:
            ValueError: `at` is a naive datetime.
        """
        if at.tzinfo is None:
            raise ValueError("an event needs an aware datetime")
        self._appended += [_Appended(conversation, at, event) for event in events]

    def commit(self) -> None:
        """Record everything appended, at once; the learner is created if they are new.

        After an error nothing of it is recorded, and it is still there to be committed after `refresh`.

        Raises:
            DuplicateMessageError: the history has a message with the same id already; `refresh` does not help.
            ConcurrentUpdateError: another unit of work recorded for this learner first.
            StorageError: the store is full, locked for too long or read-only.
        """
        if not self._appended:
            return
        known = self._opened
        with writing(self._engine) as session:
            learner_id = self._claim(session, known)
            events = self._numbered(known.projections.summary.last_seq)
            after = project(known.projections, events)
            insert_events(session, learner_id, events)
            save_projections(session, learner_id, known.projections, after)
        self._known = Known(learner_id, known.name, after)
        self._appended.clear()

    @property
    def _opened(self) -> Known:
        if self._known is None:
            raise RuntimeError("a unit of work is used in a `with` block")
        return self._known

    def _claim(self, session: Session, known: Known) -> int:
        """Make sure that this unit may write now: nobody else has since it was opened."""
        learner_id, last_seq = lock_learner(session, self._sender)
        self._refuse_duplicates(session, learner_id)
        if (learner_id, last_seq) != (known.learner_id, known.projections.summary.last_seq):
            raise concurrent_update()
        return create_learner(session, self._sender) if learner_id is None else learner_id

    def _refuse_duplicates(self, session: Session, learner_id: int | None) -> None:
        named = [(type(a.event), as_key(message_id_of(a.event))) for a in self._appended if message_id_of(a.event)]
        ids = {message_id for _, message_id in named}
        if len(set(named)) < len(named) or (learner_id is not None and recorded_messages(session, learner_id, ids)):
            raise DuplicateMessageError(
                f"A message with the id {min(ids)} has been recorded for this learner before.",
                "Nothing needs to be done: the reply that was recorded then stands.",
            )

    def _numbered(self, last_seq: int) -> list[StoredEvent]:
        return [
            StoredEvent(seq, appended.at, appended.conversation, appended.event)
            for seq, appended in enumerate(self._appended, start=last_seq + 1)
        ]
