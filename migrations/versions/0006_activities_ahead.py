"""When those who signed up for an activity were reminded of it.

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
    op.add_column("activities", sa.Column("reminded_at", UtcTime(), nullable=True))
