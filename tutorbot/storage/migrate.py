"""Brings a database to the schema of this version, at every start. Alembic is loaded only when there is work for it."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, inspect, text

from tutorbot.storage.engine import make_folder, open_engine, writing
from tutorbot.storage.errors import place_of, translated

HEAD = "0001"  # the newest revision in alembic/versions; a test compares them

# Where taking a write transaction does not already keep other starting processes out.
_ONE_AT_A_TIME = {"postgresql": "SELECT pg_advisory_xact_lock(7473627)"}


def upgrade(url: str) -> None:
    """Create or migrate the database; processes that start at the same moment take turns.

    All migrations run in one transaction: where the database can undo schema changes (SQLite, PostgreSQL), a process
    killed half-way leaves what was there before.

    Raises:
        StorageError: the database cannot be opened or written, or a newer tutorbot wrote it; it is left as it was.
    """
    engine = open_engine(url, foreign_keys=False)
    try:
        with translated(place_of(engine.url)):
            make_folder(engine)
            revision = revision_of(engine)
        if revision != HEAD:
            _run(engine)
    finally:
        engine.dispose()


def revision_of(engine: Engine) -> str | None:
    """The schema that the database has, None for an empty one. Lets the database's own errors out."""
    with engine.connect() as connection:
        return _revision(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def _run(engine: Engine) -> None:
    # Alembic takes a tenth of a second to import, which `tutorbot ask` need not wait for at every start.
    from tutorbot.storage.scripts import run_scripts

    with writing(engine) as session:
        connection = session.connection()
        if lock := _ONE_AT_A_TIME.get(engine.dialect.name):
            connection.execute(text(lock))
        run_scripts(connection, _revision(connection), place_of(engine.url))
