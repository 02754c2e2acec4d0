"""What a call about a drawn record brought.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    with op.batch_alter_table("service_logs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("call_outcome", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("called_by_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("called_at", UtcTime(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_service_logs_called_by_id_accounts"), "accounts", ["called_by_id"], ["id"]
        )
