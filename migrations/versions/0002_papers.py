"""Papers may come as PDF beside photos.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.add_column("attachments", sa.Column("document", sa.Boolean(), server_default=sa.false(), nullable=False))
