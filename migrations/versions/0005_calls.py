"""How the last call to somebody went.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.add_column("tellings", sa.Column("last_outcome", sa.String(length=12), nullable=True))
