"""The database itself keeps the accounts of a time bank within their bounds.

Revision ID: 0017
Revises: 0016
"""

from migrations import time_bank_bounds

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    time_bank_bounds.create()
