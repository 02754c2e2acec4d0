"""Who was there, found by one look into the index for each record.

Revision ID: 0016
Revises: 0015
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.drop_index("ix_attendances_there", table_name="attendances")
    op.create_index("ix_attendances_there", "attendances", ["log_id", "part", "person_id", "state"])
