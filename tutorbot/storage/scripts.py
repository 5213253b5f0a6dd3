"""Runs the migration scripts of `alembic/`. Imported only by `migrate`, when the schema has to change."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from tutorbot.errors import StorageError
from tutorbot.settings import bundled_folder
from tutorbot.storage.errors import newer_schema


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration for scripts that run on this connection, in the transaction that it is in."""
    config = Config()
    config.set_main_option("script_location", str(bundled_folder("alembic")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def run_scripts(connection: Connection, revision: str | None, place: str) -> None:
    """Migrate from `revision` to the newest.

    Raises:
        StorageError: the revision is of a newer tutorbot, or the scripts are missing.
    """
    config = alembic_config(connection)
    try:
        scripts = ScriptDirectory.from_config(config)
        if revision is not None and revision not in {script.revision for script in scripts.walk_revisions()}:
            raise newer_schema(place, revision)
        command.upgrade(config, "head")
    except CommandError as error:
        raise StorageError(
            f"The migrations in {bundled_folder('alembic')} cannot be run: {error}.",
            "Install tutorbot again.",
        ) from error
