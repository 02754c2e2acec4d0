"""Continuing and one-off service are counted apart from an index alone.

Revision ID: 0011
Revises: 0010
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.drop_index("ix_service_logs_community", table_name="service_logs")
    op.create_index("ix_service_logs_community", "service_logs", ["community_id", "state", "started_at", "method"])
