"""The trial run of a community, and steps of its first days that were put aside.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.create_table(
        "trials",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("begun_at", UtcTime(), nullable=False),
        sa.Column("extended_at", UtcTime(), nullable=True),
        sa.Column("extension_reason", sa.String(length=200), nullable=True),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("ending_reason", sa.String(length=200), nullable=True),
        sa.Column("id", NUMBER, nullable=False),
        sa.CheckConstraint(
            "(extended_at IS NULL) = (extension_reason IS NULL)", name=op.f("ck_trials_an_extension_has_a_reason")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ending_reason IS NULL)", name=op.f("ck_trials_an_early_end_has_a_reason")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_trials_community_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trials")),
        sa.UniqueConstraint("community_id", name=op.f("uq_trials_community_id")),
    )
    op.create_table(
        "set_asides",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_set_asides_community_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_asides")),
        sa.UniqueConstraint("community_id", "step", name=op.f("uq_set_asides_community_id_step")),
    )
