"""After how many days somebody is looked in on again, and what was found on a visit.

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
    op.create_table(
        "contact_terms",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("tag", sa.String(length=16), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("days BETWEEN 0 AND 365", name=op.f("ck_contact_terms_days_within_a_year")),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_contact_terms_community_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_terms")),
        sa.UniqueConstraint("community_id", "tag", name=op.f("uq_contact_terms_community_id_tag")),
        sa.UniqueConstraint("public_id", name=op.f("uq_contact_terms_public_id")),
    )
    op.create_table(
        "findings",
        sa.Column("need_id", sa.BigInteger(), nullable=False),
        sa.Column("log_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["log_id"], ["service_logs.id"], name=op.f("fk_findings_log_id_service_logs")),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_findings_need_id_needs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.UniqueConstraint("need_id", name=op.f("uq_findings_need_id")),
    )
    op.create_index("ix_findings_log_id", "findings", ["log_id"], unique=False)
    # Not by copying the table: an index over an expression would not come along.
    op.add_column("needs", sa.Column("proactive", sa.Boolean(), server_default=sa.false(), nullable=False))
