"""What the day of an activity needs: times that come back, a skill, an insurance, a guardian's word; and who is asked after.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    _series()
    _activities()
    _consents()
    op.add_column("attendances", sa.Column("asked_out_at", UtcTime(), nullable=True))


def _series() -> None:
    op.create_table(
        "activity_series",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=True),
        sa.Column("weekdays", sa.String(length=7), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.BigInteger(), nullable=True),
        sa.Column("stopped_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_activity_series_community_id_places")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_activity_series_organization_id_organizations")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["accounts.id"], name=op.f("fk_activity_series_made_by_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_series")),
        sa.UniqueConstraint("public_id", name=op.f("uq_activity_series_public_id")),
    )
    op.create_index(op.f("ix_activity_series_community_id"), "activity_series", ["community_id"])


def _activities() -> None:
    with op.batch_alter_table("activities") as table:
        table.add_column(sa.Column("series_id", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("skill", sa.String(length=12), nullable=True))
        table.add_column(sa.Column("risk", sa.String(length=200), nullable=True))
        table.add_column(sa.Column("insurance_no", sa.String(length=60), nullable=True))
        table.add_column(sa.Column("insured_from", sa.Date(), nullable=True))
        table.add_column(sa.Column("insured_until", sa.Date(), nullable=True))
        table.add_column(sa.Column("absences_noted_at", UtcTime(), nullable=True))
        table.create_foreign_key(
            op.f("fk_activities_series_id_activity_series"), "activity_series", ["series_id"], ["id"]
        )
        table.create_check_constraint(
            op.f("ck_activities_an_insurance_has_its_days"),
            "(insurance_no IS NULL AND insured_from IS NULL AND insured_until IS NULL) OR "
            "(insurance_no IS NOT NULL AND insured_from <= insured_until)",
        )
        table.create_index(op.f("ix_activities_series_id"), ["series_id"])


def _consents() -> None:
    table = "guardian_consents"
    op.create_table(
        table,
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("series_id", sa.BigInteger(), nullable=True),
        sa.Column("guardian", sa.String(length=60), nullable=False),
        sa.Column("relation", sa.String(length=12), nullable=False),
        sa.Column("way", sa.String(length=6), nullable=False),
        sa.Column("given_at", UtcTime(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", UtcTime(), nullable=True),
        sa.Column("id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_guardian_consents_person_id_people")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_guardian_consents_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["activity_series.id"], name=op.f("fk_guardian_consents_series_id_activity_series")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_guardian_consents_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardian_consents")),
    )
    op.create_index("ix_guardian_consents_person_id_activity_id", table, ["person_id", "activity_id"])
    op.create_index(op.f("ix_guardian_consents_series_id"), table, ["series_id"])
