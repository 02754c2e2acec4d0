"""Sheets in which nothing is masked: who asked for what, why, who agreed, and how often it was taken.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.create_table(
        "unmasked_files",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("choice", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", UtcTime(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("open_until", UtcTime(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("taken_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("decided_by_id <> asked_by_id", name=op.f("ck_unmasked_files_decided_by_another")),
        sa.CheckConstraint("taken <= 3", name=op.f("ck_unmasked_files_taken_few_times")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["accounts.id"], name=op.f("fk_unmasked_files_asked_by_id_accounts")),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_unmasked_files_community_id_places")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["accounts.id"], name=op.f("fk_unmasked_files_decided_by_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unmasked_files")),
        sa.UniqueConstraint("public_id", name=op.f("uq_unmasked_files_public_id")),
    )
    with op.batch_alter_table("unmasked_files") as batch_op:
        batch_op.create_index("ix_unmasked_files_asked_by_id", ["asked_by_id"], unique=False)
        batch_op.create_index("ix_unmasked_files_community_id_state", ["community_id", "state"], unique=False)
