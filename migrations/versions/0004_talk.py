"""Talk among colleagues, and open work that changes hands.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _public() -> tuple[sa.Column, ...]:
    return (
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", KEY, nullable=False),
    )


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.create_table(
        "comments",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        *_public(),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_comments_author_id_accounts")),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_comments_community_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sa.UniqueConstraint("public_id", name=op.f("uq_comments_public_id")),
    )
    op.create_index("ix_comments_author_id", "comments", ["author_id"])
    op.create_index("ix_comments_kind_subject_id", "comments", ["kind", "subject_id", "id"])
    op.create_table(
        "mentions",
        sa.Column("comment_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", UtcTime(), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_mentions_account_id_accounts")),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_mentions_comment_id_comments")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentions")),
        sa.UniqueConstraint("comment_id", "account_id", name=op.f("uq_mentions_comment_id_account_id")),
    )
    op.create_index("ix_mentions_account_id_seen_at", "mentions", ["account_id", "seen_at"])
    op.create_table(
        "hand_overs",
        sa.Column("giver_id", sa.BigInteger(), nullable=False),
        sa.Column("taker_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("needs", sa.Integer(), nullable=False),
        sa.Column("logs", sa.Integer(), nullable=False),
        sa.Column("teams", sa.Integer(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        *_public(),
        sa.CheckConstraint("giver_id <> taker_id", name=op.f("ck_hand_overs_to_another")),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_hand_overs_by_id_accounts")),
        sa.ForeignKeyConstraint(["giver_id"], ["accounts.id"], name=op.f("fk_hand_overs_giver_id_accounts")),
        sa.ForeignKeyConstraint(["taker_id"], ["accounts.id"], name=op.f("fk_hand_overs_taker_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_overs")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hand_overs_public_id")),
    )
    op.create_index("ix_hand_overs_giver_id", "hand_overs", ["giver_id"])
    op.create_index("ix_hand_overs_taker_id", "hand_overs", ["taker_id"])
    with op.batch_alter_table("service_logs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("begun_by_id", sa.BigInteger(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_service_logs_begun_by_id_accounts"), "accounts", ["begun_by_id"], ["id"]
        )
