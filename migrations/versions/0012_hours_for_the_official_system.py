"""Lists of volunteers' hours for the official system: their layout, and which rows were carried over.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.create_table(
        "hour_layouts",
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_hour_layouts_place_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_layouts")),
        sa.UniqueConstraint("place_id", name=op.f("uq_hour_layouts_place_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hour_layouts_public_id")),
    )
    op.create_table(
        "hour_reports",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("marked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("undone_at", UtcTime(), nullable=True),
        sa.Column("undone_by_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_hour_reports_community_id_places")),
        sa.ForeignKeyConstraint(["marked_by_id"], ["accounts.id"], name=op.f("fk_hour_reports_marked_by_id_accounts")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["accounts.id"], name=op.f("fk_hour_reports_undone_by_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_reports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hour_reports_public_id")),
    )
    op.create_index("ix_hour_reports_community_id_id", "hour_reports", ["community_id", "id"])
    op.create_table(
        "hour_report_lines",
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.BigInteger(), nullable=True),
        sa.Column("id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["hour_reports.id"], name=op.f("fk_hour_report_lines_report_id_hour_reports")),
        sa.ForeignKeyConstraint(["record_id"], ["hour_records.id"], name=op.f("fk_hour_report_lines_record_id_hour_records")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["hour_records.id"], name=op.f("fk_hour_report_lines_corrects_id_hour_records")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_report_lines")),
        sa.UniqueConstraint(
            "record_id", "taken_back", name=op.f("uq_hour_report_lines_record_id_taken_back")
        ),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_hour_report_lines_corrects_id")),
    )
    op.create_index(op.f("ix_hour_report_lines_report_id"), "hour_report_lines", ["report_id"])
