"""How a database is opened. What is peculiar to SQLite stands here, behind the name of the dialect, and nowhere else."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from tutorbot.errors import StorageError
from tutorbot.storage.errors import place_of, translated

BUSY_TIMEOUT_S = 10.0
_EXAMPLES = "Write it as sqlite:////folder/file.db or postgresql+psycopg://user:password@host/name."
_WRITING = "tutorbot_writing"


def open_engine(url: str, *, foreign_keys: bool = True) -> Engine:
    """An engine for the URL. Nothing is connected or created yet.

    Args:
        foreign_keys: only a migration switches them off, since it may put a table in another's place.

    Raises:
        StorageError: the URL is none, its driver is unknown or not installed, or it names a database in memory.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        engine = _create(parsed, connect_args={} if "timeout" in parsed.query else {"timeout": BUSY_TIMEOUT_S})
        event.listen(engine, "connect", partial(_set_up_sqlite, foreign_keys))
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return _create(parsed, connect_args={})


def make_folder(engine: Engine) -> None:
    """Create the folder of a SQLite file. Raises OSError where that is not possible."""
    name = engine.url.database
    if engine.dialect.name == "sqlite" and name and not name.startswith("file:"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one consistent moment and changes nothing. Raises StorageError."""
    with translated(place_of(engine.url)), Session(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session whose work is committed at the end, or undone if anything is raised. Keep it short: others wait.

    Raises:
        ConcurrentUpdateError: another process wrote the same row first.
        StorageError: the database cannot be written to.
    """
    engine = engine.execution_options(**{_WRITING: True})
    with translated(place_of(engine.url)), Session(engine) as session, session.begin():
        yield session


def forget_deleted(engine: Engine) -> None:
    """Make sure that rows deleted before are in no file any more.

    secure_delete overwrites them in the SQLite file, but the write-ahead file keeps older pages until it is emptied.

    Raises:
        StorageError: another process reads the store all the time, so that the file cannot be emptied now.
    """
    if engine.dialect.name != "sqlite":
        return
    with translated(place_of(engine.url)):
        raw = engine.raw_connection()
        try:
            busy = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            raw.close()
    if busy:
        raise StorageError(
            f"The rows were deleted, but {place_of(engine.url)}-wal still holds copies while other programs read it.",
            "Close every program that uses the store; the last one to close empties the file.",
        )


def problems_in(engine: Engine) -> str:
    """The first thing wrong with a SQLite file, "" if it is sound; other databases look after themselves."""
    if engine.dialect.name != "sqlite":
        return ""
    with translated(place_of(engine.url)), engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    return "" if found == "ok" else str(found).strip()


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise _unknown(url.partition("://")[0]) from error
    if parsed.get_backend_name() == "sqlite" and (
        parsed.database in (None, "", ":memory:") or parsed.query.get("mode") == "memory"
    ):
        raise StorageError("TUTORBOT_DATABASE_URL names a database in memory, which forgets everything.", _EXAMPLES)
    return parsed


def _unknown(scheme: str) -> StorageError:
    # The URL itself may hold a password.
    return StorageError(f"TUTORBOT_DATABASE_URL is no database URL that can be used (`{scheme}://`).", _EXAMPLES)


def _create(url: URL, connect_args: dict[str, float]) -> Engine:
    # Escaped JSON can hold what UTF-8 cannot, such as lone surrogates; hidden parameters keep what learners say out
    # of error messages and logs.
    dump = partial(json.dumps, ensure_ascii=True, separators=(",", ":"))
    try:
        return create_engine(url, json_serializer=dump, hide_parameters=True, connect_args=connect_args)
    except ArgumentError as error:
        raise _unknown(url.drivername) from error
    except ImportError as error:
        raise StorageError(
            f"The database driver for {url.drivername} is not installed ({error.name}).",
            f"Install it into the same environment: pip install {error.name}.",
        ) from error


def _set_up_sqlite(foreign_keys: bool, connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    # The driver's own transactions begin only at the first write, too late for a consistent read; see _begin_sqlite.
    connection.isolation_level = None
    _use_write_ahead_log(connection)
    # In WAL mode a commit is in the operating system's hands once it returns, so killing the process loses nothing.
    # NORMAL leaves out the fsync after each commit: only a power cut can take the last moments, and never corrupts.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
    connection.execute("PRAGMA secure_delete = ON")


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    # SQLite does not wait for its busy time-out here: processes that start together on a new file have to take turns.
    deadline = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later can be refused at any moment, so writers take the lock at once.
    immediate = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
