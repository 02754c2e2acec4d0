"""Indexes by which the dashboard counts services and hours without opening a row.

Revision ID: 0008
Revises: 0007
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes."""
    op.create_index("ix_service_logs_community", "service_logs", ["community_id", "state", "started_at"])
    columns = ["community_id", "state", "started_at", "minutes", "person_id"]
    op.create_index("ix_hour_records_counted", "hour_records", columns)
