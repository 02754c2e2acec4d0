"""How often a community asks the same person how a project went.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    with op.batch_alter_table("places") as places:
        places.add_column(sa.Column("asking_months", sa.Integer(), server_default="1", nullable=False))
        places.create_check_constraint(op.f("ck_places_asked_at_least_once_a_year"), "asking_months BETWEEN 1 AND 12")
