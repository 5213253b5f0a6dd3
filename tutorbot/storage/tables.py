"""The tables, as SQLAlchemy models.

`learners` and `accounts` say who someone is, `events` is the history and only ever grows (until a learner is erased),
`topic_activity` and `learner_summary` are projections that can be computed from `events` again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, MetaData, String, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from tutorbot.storage.keys import MAX_KEY, as_key


class Key(TypeDecorator[str]):
    """A name from outside, stored as `keys.as_key` writes it."""

    impl = String(MAX_KEY)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Clean and shorten what goes into the database, also where it is compared."""
        return None if value is None else as_key(value)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept and given back in UTC. SQLite itself knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The same moment in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment as it was stored, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Constraints have names of their own, so that a migration can find them on every database."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime(), dict[str, Any]: JSON(), str: Key()}  # noqa: RUF012 - read by SQLAlchemy


class LearnerRow(Base):
    """A person. Ids are never used twice: a unit of work opened before an erasure must not meet a stranger."""

    __tablename__ = "learners"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]


class AccountRow(Base):
    """An account on a surface; several may belong to one learner."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("surface", "external_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    surface: Mapped[str]
    external_id: Mapped[str]
    name: Mapped[str]
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id"), index=True)


class EventRow(Base):
    """Something that happened. The unique `seq` makes a lost update impossible, the unique `message_id` a double one."""

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("learner_id", "seq"),
        UniqueConstraint("learner_id", "kind", "message_id"),
        Index(None, "learner_id", "conversation", "seq"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id"))
    seq: Mapped[int]
    conversation: Mapped[str]
    at: Mapped[datetime]
    kind: Mapped[str]
    message_id: Mapped[str | None] = mapped_column(Key())
    payload: Mapped[dict[str, Any]]


class TopicActivityRow(Base):
    """Projection: how often and when a learner asked about a topic."""

    __tablename__ = "topic_activity"

    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    asked: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]


class LearnerSummaryRow(Base):
    """Projection: one line about a learner. `last_seq` is where the next unit of work goes on."""

    __tablename__ = "learner_summary"

    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id"), primary_key=True)
    messages: Mapped[int]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    last_conversation: Mapped[str]
    last_seq: Mapped[int]
