"""What was written without a network: when it came to us, and photos that are still on the phone.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.create_table(
        "awaited_photos",
        sa.Column("owner", sa.String(length=60), nullable=False),
        sa.Column("entry_key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=True),
        sa.Column("coming", sa.Integer(), nullable=False),
        sa.Column("arrived", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "arrived >= 0 AND arrived <= coming", name=op.f("ck_awaited_photos_no_more_than_were_announced")
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["places.id"], name=op.f("fk_awaited_photos_community_id_places")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awaited_photos")),
        sa.UniqueConstraint("owner", "entry_key", name=op.f("uq_awaited_photos_owner_entry_key")),
    )
    op.create_index("ix_awaited_photos_kind_subject_id", "awaited_photos", ["kind", "subject_id"])
    op.add_column("service_logs", sa.Column("received_at", UtcTime(), nullable=True))
    op.add_column(
        "service_logs", sa.Column("clock_off", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    # What was written before had a network: it came when its row was made.
    op.execute("UPDATE service_logs SET received_at = created_at")
