"""Learners, their accounts, their events, and the projections of these.

Revision: 0001
Follows: nothing
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.String(255)
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create everything."""
    op.create_table(
        "learners",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_learners"),
        sqlite_autoincrement=True,
    )
    _create_accounts()
    _create_events()
    _create_projections()


def downgrade() -> None:
    """Drop everything."""
    for table in ("learner_summary", "topic_activity", "events", "accounts", "learners"):
        op.drop_table(table)


def _create_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("surface", KEY, nullable=False),
        sa.Column("external_id", KEY, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], name="fk_accounts_learner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("surface", "external_id", name="uq_accounts_surface_external_id"),
    )
    op.create_index("ix_accounts_learner_id", "accounts", ["learner_id"])


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("conversation", KEY, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("message_id", KEY, nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], name="fk_events_learner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.UniqueConstraint("learner_id", "kind", "message_id", name="uq_events_learner_id_kind_message_id"),
        sa.UniqueConstraint("learner_id", "seq", name="uq_events_learner_id_seq"),
    )
    op.create_index("ix_events_learner_id_conversation_seq", "events", ["learner_id", "conversation", "seq"])


def _create_projections() -> None:
    op.create_table(
        "topic_activity",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("topic", KEY, nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("first_at", TIME, nullable=False),
        sa.Column("last_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], name="fk_topic_activity_learner_id"),
        sa.PrimaryKeyConstraint("learner_id", "topic", name="pk_topic_activity"),
    )
    op.create_table(
        "learner_summary",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("first_seen", TIME, nullable=False),
        sa.Column("last_seen", TIME, nullable=False),
        sa.Column("last_conversation", KEY, nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], name="fk_learner_summary_learner_id"),
        sa.PrimaryKeyConstraint("learner_id", name="pk_learner_summary"),
    )
