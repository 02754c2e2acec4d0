"""Policies beside notices, marks of those who read them, and answers kept in the directory.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.add_column("notices", sa.Column("kind", sa.String(length=8), nullable=False, server_default="NOTICE"))
    op.create_table(
        "notice_readings",
        sa.Column("notice_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("read_at", UtcTime(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_notice_readings_notice_id_notices")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_notice_readings_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_readings")),
        sa.UniqueConstraint("notice_id", "account_id", name=op.f("uq_notice_readings_notice_id_account_id")),
    )
    op.create_index(op.f("ix_notice_readings_account_id"), "notice_readings", ["account_id"])
    op.create_table(
        "kept_answers",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("need_id", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.String(length=120), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_kept_answers_community_id_places")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["responsible_units.id"], name=op.f("fk_kept_answers_unit_id_responsible_units")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_kept_answers_need_id_needs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_answers")),
        sa.UniqueConstraint("need_id", name=op.f("uq_kept_answers_need_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_kept_answers_public_id")),
    )
    op.create_index("ix_kept_answers_community_id_id", "kept_answers", ["community_id", "id"])
