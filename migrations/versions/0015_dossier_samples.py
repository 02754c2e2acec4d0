"""The records that an evaluator draws from a project's dossier.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "dossier_samples"


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.create_table(
        TABLE,
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("year_from", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("secret", sa.String(length=32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("frame", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("drawn_by_id", sa.BigInteger(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.CheckConstraint("size BETWEEN 1 AND 60", name=op.f("ck_dossier_samples_a_day_bears_it")),
        sa.CheckConstraint("(number = 1) = (reason IS NULL)", name=op.f("ck_dossier_samples_a_redraw_has_its_reason")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_dossier_samples_project_id_projects")),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_dossier_samples_community_id_places")),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["accounts.id"], name=op.f("fk_dossier_samples_drawn_by_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_samples")),
        sa.UniqueConstraint("public_id", name=op.f("uq_dossier_samples_public_id")),
        sa.UniqueConstraint(
            "project_id", "year_from", "number", name=op.f("uq_dossier_samples_project_id_year_from_number")
        ),
    )
    op.create_index(op.f("ix_dossier_samples_community_id"), TABLE, ["community_id"])
