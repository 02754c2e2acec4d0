"""The book at the door: every check-in is a line that is only added, and each hour says by which version of the rule.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

from migrations import append_only
from models.base import UtcTime, opaque

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    _book()
    _carry_over()
    append_only.protect("check_ins", "id")
    op.add_column("hour_records", sa.Column("rule_version", sa.Integer(), server_default="1", nullable=False))


def _book() -> None:
    op.create_table(
        "check_ins",
        sa.Column("attendance_id", sa.BigInteger(), nullable=False),
        sa.Column("deed", sa.String(length=4), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.Column("offline", sa.Boolean(), nullable=False),
        sa.Column("clock_off", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("corrects_id", sa.BigInteger(), nullable=True),
        sa.Column("struck", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.CheckConstraint("at <= received_at", name=op.f("ck_check_ins_nothing_is_noted_ahead")),
        sa.CheckConstraint(
            "struck = false OR corrects_id IS NOT NULL", name=op.f("ck_check_ins_only_a_correction_strikes")
        ),
        sa.ForeignKeyConstraint(["attendance_id"], ["attendances.id"], name=op.f("fk_check_ins_attendance_id_attendances")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_check_ins_account_id_accounts")),
        sa.ForeignKeyConstraint(["corrects_id"], ["check_ins.id"], name=op.f("fk_check_ins_corrects_id_check_ins")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_ins")),
        sa.UniqueConstraint("public_id", name=op.f("uq_check_ins_public_id")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_check_ins_corrects_id")),
    )
    op.create_index(op.f("ix_check_ins_attendance_id"), "check_ins", ["attendance_id"])


def _carry_over() -> None:
    """Write into the book what the lists of activities knew so far; a sheet that was typed in later is no check-in."""
    seats = sa.table(
        "attendances",
        *(sa.column(name) for name in ("id", "activity_id", "way")),
        *(sa.column(name, UtcTime()) for name in ("came_at", "seen_at", "left_at")),
    )
    of_activities = sa.select(seats).where(seats.c.activity_id.is_not(None), seats.c.came_at.is_not(None))
    book = []
    for seat in op.get_bind().execute(of_activities.order_by(seats.c.id)):
        seen = seat.seen_at if seat.seen_at and seat.seen_at > seat.came_at else None
        way = seat.way if seat.way in ("CODE", "SCAN") else "MANUAL"
        for deed, at in (("IN", seat.came_at), ("SEEN", seen), ("OUT", seat.left_at)):
            if at is not None:
                book.append({
                    "attendance_id": seat.id, "deed": deed, "way": way, "at": at, "received_at": at, "created_at": at,
                    "offline": False, "clock_off": False, "struck": False, "public_id": opaque(), "version": 1,
                })  # fmt: skip
    lines = sa.table(
        "check_ins",
        *(sa.column(name) for name in ("attendance_id", "deed", "way", "public_id", "version")),
        *(sa.column(name, sa.Boolean()) for name in ("offline", "clock_off", "struck")),
        *(sa.column(name, UtcTime()) for name in ("at", "received_at", "created_at")),
    )
    if book:
        op.bulk_insert(lines, book)
