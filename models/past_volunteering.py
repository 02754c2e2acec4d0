"""What volunteers did before: the office's own monthly sheet, told as it was written, and counted in nobody's hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    CHAR,
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Integer,
    Select,
    String,
    UniqueConstraint,
    case,
    func,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import PublicRow, db

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.permissions import Permission

PAGE = 60


class HoursTold(StrEnum):
    """What the hours of a line are: 总人时, 每人时长, 说不清 (one or the other), 没写."""

    TOGETHER = "TOGETHER"
    EACH = "EACH"
    UNCLEAR = "UNCLEAR"
    NONE = "NONE"


class PastActivity(PublicRow):
    """One line of a sheet of volunteer activities. A day may be missing, a month never is."""

    __tablename__ = "past_activities"
    __table_args__ = (
        UniqueConstraint("community_id", "mark", name="uq_past_activities_community_id"),
        CheckConstraint("month BETWEEN 1 AND 12", name="a_month_of_the_year"),
        CheckConstraint("volunteers IS NULL OR volunteers >= 0", name="volunteers_not_negative"),
    )
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    ledger_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("ledgers.id"), index=True)
    mark: Mapped[str] = mapped_column(CHAR(64))
    year: Mapped[int] = mapped_column(Integer)
    month: Mapped[int] = mapped_column(Integer)
    day: Mapped[date | None] = mapped_column(Date)
    title: Mapped[str] = mapped_column(String(120))
    sort: Mapped[str | None] = mapped_column(String(80))
    place: Mapped[str | None] = mapped_column(String(80))
    volunteers: Mapped[int | None] = mapped_column(Integer)
    # The minutes as they are written; what they mean says `told`.
    minutes: Mapped[int | None] = mapped_column(Integer)
    told: Mapped[HoursTold] = mapped_column(String(10))
    served: Mapped[int | None] = mapped_column(Integer)

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the lines of the communities in reach."""
        return select(cls).where(actor.reach(permission).communities(cls.community_id))


@dataclass(frozen=True)
class Month:
    """One month: lines, volunteers as often as they came, minutes that are clear, and how many lines are not."""

    year: int
    month: int
    lines: int
    volunteers: int
    minutes: int
    unclear: int


@dataclass(frozen=True)
class PastLine:
    """One activity as the page shows it."""

    year: int
    month: int
    day: date | None
    title: str
    sort: str
    place: str
    volunteers: int | None
    minutes: int | None
    told: HoursTold
    served: int | None


def months(actor: Actor, permission: Permission) -> list[Month]:
    """Return the months within reach, the newest first; hours that could be two things are not added up."""
    together = case(
        (PastActivity.told == HoursTold.TOGETHER, PastActivity.minutes),
        (PastActivity.told == HoursTold.EACH, PastActivity.minutes * func.coalesce(PastActivity.volunteers, 1)),
        else_=0,
    )
    unclear = case((PastActivity.told == HoursTold.UNCLEAR, 1), else_=0)
    query = (
        PastActivity.visible_to(actor, permission)
        .with_only_columns(
            PastActivity.year, PastActivity.month, func.count(), func.sum(func.coalesce(PastActivity.volunteers, 0)),
            func.sum(together), func.sum(unclear),
        )
        .group_by(PastActivity.year, PastActivity.month)
        .order_by(PastActivity.year.desc(), PastActivity.month.desc())
        .limit(PAGE)
    )  # fmt: skip
    return [Month(*(int(value or 0) for value in row)) for row in db.session.execute(query)]


def lines(actor: Actor, permission: Permission, *, before: int | None = None) -> tuple[list[PastLine], int | None]:
    """Return the activities within reach, those written last first, and where the next page begins."""
    query = PastActivity.visible_to(actor, permission).order_by(PastActivity.id.desc()).limit(PAGE + 1)
    if before is not None:
        query = query.where(PastActivity.id < before)
    rows = list(db.session.scalars(query))
    found = [
        PastLine(
            r.year, r.month, r.day, r.title, r.sort or "", r.place or "", r.volunteers, r.minutes, HoursTold(r.told),
            r.served,
        )
        for r in rows[:PAGE]
    ]  # fmt: skip
    return found, rows[PAGE - 1].id if len(rows) > PAGE else None
