"""The learner store: opens units of work, reads for reports, erases and mends."""

from __future__ import annotations

from sqlalchemy import delete, select

from tutorbot.dialogue.events import ReplySent
from tutorbot.learner.record import LearnerRecord
from tutorbot.messages import Sender
from tutorbot.storage.engine import forget_deleted, open_engine, reading, writing
from tutorbot.storage.migrate import upgrade
from tutorbot.storage.projections import Projections, project
from tutorbot.storage.queries import all_events, find_account, find_event, load_known, save_projections
from tutorbot.storage.tables import AccountRow, EventRow, LearnerRow, LearnerSummaryRow, TopicActivityRow
from tutorbot.storage.unit_of_work import SqlUnitOfWork


def open_store(url: str) -> SqlStore:
    """The store at a database URL, created or migrated first.

    Raises:
        StorageError: it cannot be opened, or a newer tutorbot wrote it.
    """
    upgrade(url)
    return SqlStore(url)


class SqlStore:
    """Implements `ports.Store`. Safe to use from many threads and many processes at once."""

    def __init__(self, url: str) -> None:
        """A store whose database has the right schema; `open_store` makes sure of it.

        Raises:
            StorageError: the URL is none, or its driver is unknown or not installed.
        """
        self._engine = open_engine(url)

    def unit_of_work(self, sender: Sender) -> SqlUnitOfWork:
        """A unit for this sender's learner, who is created with the first commit."""
        return SqlUnitOfWork(self._engine, sender)

    def learner(self, sender: Sender) -> LearnerRecord:
        """What is known of the sender, for reports.

        Raises:
            StorageError: the store cannot be read.
        """
        with reading(self._engine) as session:
            return load_known(session, sender).record

    def find_reply(self, sender: Sender, message_id: str) -> ReplySent | None:
        """The reply recorded for the adapter's message id, None if that message was never replied to.

        Raises:
            StorageError: the store cannot be read.
        """
        with reading(self._engine) as session:
            account = find_account(session, sender)
            if account is None or not message_id:
                return None
            found = find_event(session, account.learner_id, ReplySent, message_id)
        return found.event if found is not None and isinstance(found.event, ReplySent) else None

    def erase(self, sender: Sender) -> bool:
        """Delete the sender's learner for good: events, projections and every account of theirs.

        Returns:
            Whether there was anything to delete.

        Raises:
            StorageError: the store cannot be written, or other programs keep the deleted rows readable.
        """
        with writing(self._engine) as session:
            account = find_account(session, sender)
            if account is None:
                return False
            learner_id = account.learner_id
            session.expunge_all()
            for table in (EventRow, TopicActivityRow, LearnerSummaryRow, AccountRow):
                session.execute(delete(table).where(table.learner_id == learner_id))
            session.execute(delete(LearnerRow).where(LearnerRow.id == learner_id))
        forget_deleted(self._engine)
        return True

    def rebuild(self) -> int:
        """Compute all projections from the events again, in one transaction.

        Returns:
            The number of learners.

        Raises:
            StorageError: the store cannot be read or written, or holds events of a newer tutorbot; nothing changes.
        """
        with writing(self._engine) as session:
            session.execute(delete(TopicActivityRow))
            session.execute(delete(LearnerSummaryRow))
            learner_ids = session.scalars(select(LearnerRow.id)).all()
            for learner_id in learner_ids:
                after = project(Projections(), all_events(session, learner_id))
                save_projections(session, learner_id, Projections(), after)
                session.flush()
                session.expunge_all()
        return len(learner_ids)

    def close(self) -> None:
        """Give every connection back; the last one to leave tidies SQLite's write-ahead file."""
        self._engine.dispose()
