"""An index from which the approved services of a project's contract year are read alone.

Revision ID: 0008
Revises: 0007
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NAME = "ix_service_logs_project_id_state_started_at"


def upgrade() -> None:
    op.create_index(NAME, "service_logs", ["project_id", "state", "started_at"])
