"""One sign of presence: somebody came, was seen, or left. A line is only ever added; a mistake is put right by a further one."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Select, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import PublicRow, Utc, db, now
from models.check_ins.turning import Proof, Way

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.permissions import Permission


class Deed(StrEnum):
    """What was noted: 来了, 还在, 走了."""

    IN = "IN"
    SEEN = "SEEN"
    OUT = "OUT"


class CheckIn(PublicRow):
    """One line of the book at the door. The database refuses to change or remove it (migrations/append_only.py)."""

    __tablename__ = "check_ins"
    __table_args__ = (
        CheckConstraint("at <= received_at", name="nothing_is_noted_ahead"),
        CheckConstraint("struck = false OR corrects_id IS NOT NULL", name="only_a_correction_strikes"),
    )
    attendance_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("attendances.id"), index=True)
    deed: Mapped[Deed] = mapped_column(String(4))
    way: Mapped[Way] = mapped_column(String(8))
    # When it happened, and when it reached us: a phone without a network sends later.
    at: Mapped[Utc]
    received_at: Mapped[Utc] = mapped_column(default=now)
    offline: Mapped[bool] = mapped_column(default=False)
    clock_off: Mapped[bool] = mapped_column(default=False)
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    corrects_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("check_ins.id"), unique=True)
    struck: Mapped[bool] = mapped_column(default=False)

    @classmethod
    def _note(
        cls, attendance_id: int, deed: Deed, proof: Proof, *, by: Actor, offline: bool = False,
        corrects: CheckIn | None = None, struck: bool = False,
    ) -> CheckIn:  # fmt: skip
        """Add a line; a part of the verb by which somebody comes, leaves or puts a line right."""
        arrived = now()
        return cls(
            attendance_id=attendance_id, deed=deed, way=proof.way, at=min(proof.at, arrived), received_at=arrived,
            offline=offline, clock_off=proof.clock_off, account_id=by.account_id,
            corrects_id=corrects.id if corrects is not None else None, struck=struck,
        ).save()  # fmt: skip

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the lines of the lists within reach."""
        seats, reach = db.metadata.tables["attendances"], actor.reach(permission)
        within = or_(reach.communities(seats.c.community_id), reach.organizations(seats.c.organization_id))
        return select(cls).where(cls.attendance_id.in_(select(seats.c.id).where(within)))


def lines_of(attendance_id: int) -> list[CheckIn]:
    """Return all lines of one presence in the order in which they were written."""
    query = select(CheckIn).where(CheckIn.attendance_id == attendance_id).order_by(CheckIn.id)
    return list(db.session.scalars(query))
