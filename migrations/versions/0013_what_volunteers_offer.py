"""What volunteers offer: skills and free times.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.create_table(
        "volunteer_profiles",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("skills", sa.String(length=200), nullable=False),
        sa.Column("times", sa.String(length=200), nullable=False),
        sa.Column("for_organizations", sa.Boolean(), nullable=False),
        sa.Column("agreed_at", UtcTime(), nullable=False),
        sa.Column("withdrawn_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["places.id"], name=op.f("fk_volunteer_profiles_community_id_places")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_volunteer_profiles_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_profiles")),
        sa.UniqueConstraint("person_id", name=op.f("uq_volunteer_profiles_person_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_volunteer_profiles_public_id")),
    )
    op.create_index("ix_volunteer_profiles_community_id_id", "volunteer_profiles", ["community_id", "id"])
