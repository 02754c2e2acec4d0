"""Indexes by which the desk reads its first page and its counts, however many matters lie there.

Revision ID: 0007
Revises: 0006
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Word for word what models/needs/clocks.py sorts by: an index of an expression serves only that very expression.
DUE = """CASE WHEN state = 'SUBMITTED' OR state = 'NEED_INFO' AND state_before = 'SUBMITTED'
THEN coalesce(acceptance_due_at, raised_at)
WHEN state IN ('PLANNED', 'IN_SERVICE') THEN coalesce(next_step_at, raised_at)
ELSE coalesce(answer_due_at, raised_at) END"""
OPEN = "state IN ('SUBMITTED', 'NEED_INFO', 'ACCEPTED', 'REOPENED', 'PLANNED', 'IN_SERVICE')"


def upgrade() -> None:
    """Add the indexes."""
    op.execute(f"CREATE INDEX ix_needs_line ON needs (community_id, ({DUE}), id) WHERE {OPEN}")
    op.create_index("ix_needs_heaps", "needs", ["community_id", "hidden", "state", "escalated"])
    op.execute(
        "CREATE INDEX ix_needs_channel ON needs (community_id, channel, handover_no) WHERE channel IS NOT NULL"
    )
