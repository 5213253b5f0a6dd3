"""What `tutorbot doctor` says about the learner store. Creates nothing and changes nothing."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tutorbot.checks import Check
from tutorbot.errors import StorageError
from tutorbot.settings import Settings
from tutorbot.storage.engine import open_engine, problems_in, reading
from tutorbot.storage.errors import newer_schema, place_of, translated
from tutorbot.storage.migrate import HEAD, revision_of
from tutorbot.storage.tables import EventRow, LearnerRow

_NAME = "learner store"


def check_storage(settings: Settings) -> list[Check]:
    """Look at the store: can it be opened, is its schema this version's, is the file sound, what does it hold."""
    try:
        engine = open_engine(settings.database_url)
        try:
            return [_look(engine)]
        finally:
            engine.dispose()
    except StorageError as error:
        return [Check(_NAME, False, error.what, error.fix)]


def _look(engine: Engine) -> Check:
    place = place_of(engine.url)
    if engine.dialect.name == "sqlite" and not place.startswith("file:") and not Path(place).exists():
        return Check(_NAME, True, f"{place} will be created at the first start")
    with translated(place):
        revision = revision_of(engine)
    if revision is None:
        return Check(_NAME, True, f"{place} is empty; its tables will be created at the first start")
    if revision > HEAD:
        raise newer_schema(place, revision)
    if revision != HEAD:
        return Check(_NAME, True, f"{place} has schema {revision} and will be brought to {HEAD} at the next start")
    if problem := problems_in(engine):
        return Check(_NAME, False, f"{place} is damaged: {problem}.", "Put a backup in its place.")
    with reading(engine) as session:
        return Check(_NAME, True, f"{place}: {_size(session)}, schema {revision}")


def _size(session: Session) -> str:
    learners = session.scalar(select(func.count()).select_from(LearnerRow))
    events = session.scalar(select(func.count()).select_from(EventRow))
    return f"{learners} learners, {events} events"
