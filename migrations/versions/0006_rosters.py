"""The lists of people served and of volunteers, and what volunteers did before.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.create_table(
        "roster_entries",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("roster", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("last_seen_on", sa.Date(), nullable=True),
        sa.Column("skills", sa.String(length=200), nullable=True),
        sa.Column("times", sa.String(length=200), nullable=True),
        sa.Column("minutes_before", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("ledger_id", sa.BigInteger(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_roster_entries_community_id_places")),
        sa.ForeignKeyConstraint(["ledger_id"], ["ledgers.id"], name=op.f("fk_roster_entries_ledger_id_ledgers")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_roster_entries_person_id_people")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_roster_entries_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_entries")),
        sa.UniqueConstraint("public_id", name=op.f("uq_roster_entries_public_id")),
    )
    with op.batch_alter_table("roster_entries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_roster_entries_community_id_roster", ["community_id", "roster", "id"], unique=False
        )
        batch_op.create_index("uq_roster_entries_person_roster", ["person_id", "roster"], unique=True)
        batch_op.create_index(batch_op.f("ix_roster_entries_ledger_id"), ["ledger_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_roster_entries_project_id"), ["project_id"], unique=False)
    op.create_table(
        "past_activities",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.CHAR(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("sort", sa.String(length=80), nullable=True),
        sa.Column("place", sa.String(length=80), nullable=True),
        sa.Column("volunteers", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("told", sa.String(length=10), nullable=False),
        sa.Column("served", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_past_activities_a_month_of_the_year")),
        sa.CheckConstraint(
            "volunteers IS NULL OR volunteers >= 0", name=op.f("ck_past_activities_volunteers_not_negative")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_past_activities_community_id_places")),
        sa.ForeignKeyConstraint(["ledger_id"], ["ledgers.id"], name=op.f("fk_past_activities_ledger_id_ledgers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_activities")),
        sa.UniqueConstraint("community_id", "mark", name=op.f("uq_past_activities_community_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_past_activities_public_id")),
    )
    with op.batch_alter_table("past_activities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_past_activities_ledger_id"), ["ledger_id"], unique=False)
