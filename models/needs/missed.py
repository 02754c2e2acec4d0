"""The dates of a need that passed before what was owed: kept for good, so that what a month told stays as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Date, ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import SHANGHAI, Row, db
from models.deadlines import Clock, ClockKind
from models.deadlines.clocks import INSTANT

if TYPE_CHECKING:
    from models.needs.row import Need


class MissedDate(Row):
    """That a need was not accepted, answered or served by a day.

    Nothing that comes later takes it back; only a record that tells of a service in time, read later, puts it right.
    """

    __tablename__ = "missed_dates"
    __table_args__ = (
        UniqueConstraint("need_id", "clock", "day"),
        Index("ix_missed_dates_day_need_id", "day", "need_id"),
    )
    need_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("needs.id"))
    clock: Mapped[ClockKind] = mapped_column(String(10))
    day: Mapped[date] = mapped_column(Date)


def ran_out(clock: Clock | None) -> bool:
    """Tell whether a clock runs on beyond its end."""
    return clock is not None and clock.running and clock.missed


def day_of(clock: Clock) -> date:
    """Return the day on which a clock ended; one that ended with a day ended on that day."""
    return (clock.due - INSTANT).astimezone(SHANGHAI).date()


def note(clocks: Mapping[int, Clock], needs: Iterable[Need]) -> list[Need]:
    """Keep which of these clocks ran out, each date once; return the needs of which one is new.

    The need's own row changes with it, so that of two who note the same at once the second reads it anew.
    Source: domain/formulas.md D10.
    """
    late = [need for need in needs if ran_out(clocks.get(need.id))]
    known = _known([need.id for need in late if need.dates_missed])
    rows = [(need, clocks[need.id].kind, day_of(clocks[need.id])) for need in late]
    new = [(need, kind, day) for need, kind, day in rows if (need.id, kind, day) not in known]
    for need, _, _ in new:
        need.dates_missed += 1
    if new:
        db.session.flush()
        db.session.add_all(MissedDate(need_id=need.id, clock=kind, day=day) for need, kind, day in new)
        db.session.flush()
    return [need for need, _, _ in new]


def take_back(need: Need, clock: ClockKind, day: date) -> None:
    """Put right that a date passed: the record of what was done in time came after it."""
    mine = (MissedDate.need_id == need.id, MissedDate.clock == clock, MissedDate.day == day)
    one = db.session.scalars(select(MissedDate).where(*mine)).one_or_none() if need.dates_missed else None
    if one is not None:
        need.dates_missed -= 1
        db.session.flush()
        db.session.delete(one)
        db.session.flush()


def _known(need_ids: Sequence[int]) -> set[tuple[int, str, date]]:
    if not need_ids:
        return set()
    query = select(MissedDate.need_id, MissedDate.clock, MissedDate.day).where(MissedDate.need_id.in_(need_ids))
    return {(row[0], ClockKind(row[1]), row[2]) for row in db.session.execute(query)}
