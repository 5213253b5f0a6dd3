"""How Alembic reaches the learner store: on tutorbot's own connection, or by the settings from the command line."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from tutorbot.settings import load_settings
from tutorbot.storage.engine import open_engine
from tutorbot.storage.tables import Base


def migrate(connection: Connection) -> None:
    """Run the scripts; the transaction belongs to whoever opened the connection."""
    # SQLite can change a table only by copying it, which Alembic calls batch mode.
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
elif context.is_offline_mode():
    context.configure(url=load_settings().database_url, target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    with open_engine(load_settings().database_url, foreign_keys=False).begin() as own:
        migrate(own)
