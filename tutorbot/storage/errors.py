"""The one place where what a database says becomes a StorageError that says what, where and what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from tutorbot.errors import ConcurrentUpdateError, StorageError

_KEEP = "Your learners' data were not touched."
_RESTORE = "Put a backup in its place, or move the file away to start with an empty store."

# By the beginning of SQLite's name for the error: SQLITE_BUSY also stands for SQLITE_BUSY_RECOVERY and so on.
_SQLITE = {
    "SQLITE_BUSY": (
        "is locked by another program",
        f"Close the other program (a database viewer, a second tutorbot) and try again. {_KEEP}",
    ),
    "SQLITE_LOCKED": ("is locked by another program", f"Try again in a moment. {_KEEP}"),
    "SQLITE_FULL": (
        "cannot grow: the disk is full",
        "Free some space and send the message again; it was not recorded, everything before it was.",
    ),
    "SQLITE_READONLY": (
        "cannot be written to: the file or its folder is read-only",
        "Make both writable for you, or choose another file with TUTORBOT_DATABASE_URL.",
    ),
    "SQLITE_CANTOPEN": (
        "cannot be opened",
        "Check that the path is a file in a folder that you may write to, or set TUTORBOT_DATABASE_URL.",
    ),
    "SQLITE_PERM": ("may not be opened by you", "Check the permissions of the file and its folder."),
    "SQLITE_NOTADB": (
        "is not a SQLite database",
        "Set TUTORBOT_DATABASE_URL to another file; this one was not touched.",
    ),
    "SQLITE_CORRUPT": ("is damaged", f"{_RESTORE} `sqlite3 FILE .recover` may save what it still holds."),
    "SQLITE_IOERR": ("cannot be read or written: the disk reports an error", f"Check the disk. {_RESTORE}"),
}


def place_of(url: URL) -> str:
    """Where a database is, for people: the SQLite file, or the URL without its password."""
    if url.get_backend_name() == "sqlite" and url.database:
        return url.database
    return url.render_as_string(hide_password=True)


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Let nothing but StorageErrors out of a block that only talks to the database at `place`.

    Raises:
        ConcurrentUpdateError: a unique constraint was hit, which only a second process can bring about.
        StorageError: everything else that a database, its driver or the disk may report.
    """
    try:
        yield
    except IntegrityError as error:
        raise concurrent_update() from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise _explain(place, error) from error
    except OSError as error:
        raise StorageError(
            f"The learner store {place} cannot be used: {error.strerror or error}.",
            "Check the folder and its permissions, or set TUTORBOT_DATABASE_URL.",
        ) from error
    except ValueError as error:
        raise StorageError(
            f"The learner store {place} holds something that this version of tutorbot cannot read: {error}.",
            "Update tutorbot, since a newer version may have written it; if it is up to date, the file is damaged: "
            "put a backup in its place. Nothing was changed.",
        ) from error


def concurrent_update() -> ConcurrentUpdateError:
    """The error of a unit of work that came second."""
    return ConcurrentUpdateError(
        "Another tutorbot process recorded something for this learner at the same time.",
        "Send the message again.",
    )


def newer_schema(place: str, revision: str) -> StorageError:
    """The error of a database whose schema this version does not know."""
    return StorageError(
        f"The learner store {place} was written by a newer tutorbot (schema {revision}).",
        "Update tutorbot, or choose another store with TUTORBOT_DATABASE_URL. Nothing was changed.",
    )


def _explain(place: str, error: Exception) -> StorageError:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    name = getattr(cause, "sqlite_errorname", None) or ""
    for beginning, (what, fix) in _SQLITE.items():
        if name.startswith(beginning):
            return StorageError(f"The learner store {place} {what}.", fix)
    said = next(iter(str(cause).splitlines()), type(cause).__name__).rstrip(".")
    return StorageError(
        f"The learner store {place} does not answer as it should: {said}.",
        "Check TUTORBOT_DATABASE_URL and that the database runs; `tutorbot doctor` tells more.",
    )
