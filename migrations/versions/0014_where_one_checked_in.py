"""Roughly where somebody checked in, who agreed to that.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.create_table(
        "check_in_places",
        sa.Column("check_in_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("north", sa.SmallInteger(), nullable=False),
        sa.Column("east", sa.SmallInteger(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "north BETWEEN -9000 AND 9000 AND east BETWEEN -18000 AND 18000",
            name=op.f("ck_check_in_places_on_this_earth"),
        ),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_ins.id"], name=op.f("fk_check_in_places_check_in_id_check_ins")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_check_in_places_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in_places")),
        sa.UniqueConstraint("check_in_id", name=op.f("uq_check_in_places_check_in_id")),
    )
    with op.batch_alter_table("check_in_places", schema=None) as batch_op:
        batch_op.create_index("ix_check_in_places_person_id", ["person_id"], unique=False)
