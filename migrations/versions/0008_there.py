"""An index that holds all that a report counts attendance by.

Revision ID: 0008
Revises: 0007
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.create_index("ix_attendances_there", "attendances", ["log_id", "part", "state", "person_id"])
