"""Roughly where somebody was at a check-in: to about a kilometer, only with their consent, and gone with it.

The book at the door is never changed; what may be taken back stands in a table of its own.
Source: domain/norms.md 1.10 (PIPL 15, 47); domain/abuse.md F1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, SmallInteger, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Row, db, now
from models.check_ins.row import CheckIn
from models.people.papers import _agree, withdrew_since

if TYPE_CHECKING:
    from models.accounts import Actor

KEPT_FOR = timedelta(days=180)


@dataclass(frozen=True)
class Near:
    """A place in hundredths of a degree: no finer than about a kilometer, and no float."""

    north: int
    east: int

    @property
    def latitude(self) -> str:
        """Return how far north, with two decimals."""
        return _degrees(self.north)

    @property
    def longitude(self) -> str:
        """Return how far east, with two decimals."""
        return _degrees(self.east)


def _degrees(hundredths: int) -> str:
    return f"{'-' if hundredths < 0 else ''}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"


class CheckInPlace(Row):
    """Where one line of the book was written. It counts nowhere, and may be erased without touching the book."""

    __tablename__ = "check_in_places"
    __table_args__ = (
        CheckConstraint("north BETWEEN -9000 AND 9000 AND east BETWEEN -18000 AND 18000", name="on_this_earth"),
    )
    check_in_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("check_ins.id"), unique=True)
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id"), index=True)
    north: Mapped[int] = mapped_column(SmallInteger)
    east: Mapped[int] = mapped_column(SmallInteger)

    @classmethod
    def _keep(cls, line: CheckIn, person_id: int, near: Near, notice: str, *, by: Actor) -> Self | None:
        """Keep where somebody was, who agrees to that hereby; a part of the verb by which they come.

        What waited on a phone while its writer took the consent back is not kept.
        """
        if withdrew_since(notice, line.at, by=by):
            return None
        _agree(notice, by=by)
        return cls(check_in_id=line.id, person_id=person_id, north=near.north, east=near.east).save()


def places_of_lines(line_ids: list[int]) -> dict[int, Near]:
    """Return where lines of the book were written, of those that say so."""
    query = select(CheckInPlace).where(CheckInPlace.check_in_id.in_(line_ids))
    return {one.check_in_id: Near(one.north, one.east) for one in db.session.scalars(query)}


def own_places(activity_id: int, person_id: int | None) -> list[tuple[datetime, Near]]:
    """Return where somebody let it be noted that they were at an activity, oldest first."""
    seats = db.metadata.tables["attendances"]
    query = (
        select(CheckIn.at, CheckInPlace.north, CheckInPlace.east)
        .join(CheckIn, CheckIn.id == CheckInPlace.check_in_id)
        .join(seats, seats.c.id == CheckIn.attendance_id)
        .where(seats.c.activity_id == activity_id, CheckInPlace.person_id == person_id)
        .order_by(CheckIn.id)
    )
    return [(at, Near(north, east)) for at, north, east in db.session.execute(query)]


def forget_places(person_ids: list[int]) -> None:
    """Erase where people were; a part of the verb by which a consent is taken back, or a person erased."""
    db.session.execute(delete(CheckInPlace).where(CheckInPlace.person_id.in_(person_ids)))


def sweep_places() -> int:
    """Erase places that were kept for half a year; return how many. The job that calls it writes no event."""
    old = select(CheckIn.id).where(CheckIn.received_at < now() - KEPT_FOR)
    return int(db.session.execute(delete(CheckInPlace).where(CheckInPlace.check_in_id.in_(old))).rowcount)  # type: ignore[attr-defined]
