"""The three clocks of a need, read with the calendar of its place."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from models import deadlines
from models.base import Row, Utc, db, now
from models.calendar import calendar_of
from models.deadlines import Urgency
from models.places import Place

if TYPE_CHECKING:
    from models.needs.row import Need


class NeedPause(Row):
    """A time in NEED_INFO: the clocks stand still while the place waits for the resident."""

    __tablename__ = "need_pauses"
    need_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("needs.id"), index=True)
    began_at: Mapped[Utc]
    ended_at: Mapped[Utc | None]


def pauses_of(need: Need) -> list[deadlines.Pause]:
    """Return the pauses of a need, oldest first."""
    query = select(NeedPause).where(NeedPause.need_id == need.id).order_by(NeedPause.id)
    return [deadlines.Pause(row.began_at, row.ended_at) for row in db.session.scalars(query)]


def urgency_of(need: Need) -> Urgency:
    """Return the confirmed urgency, or the suggested one until a clerk has looked."""
    return Urgency(need.urgency or need.suggested_urgency)


def desk_of(need: Need) -> deadlines.Desk:
    """Return where and when the clocks of a need are read."""
    place = Place.get(need.community_id)
    return deadlines.Desk(calendar_of(place), now(), place.trial_until)


def acceptance_due(community: Place, urgency: Urgency, raised_at: datetime) -> datetime:
    """Return by when a need must be accepted. Source: domain/formulas.md D10."""
    return deadlines.acceptance_due(raised_at, Urgency(urgency), calendar_of(community))


def answer_due(need: Need, accepted_at: datetime) -> datetime:
    """Return by when a need must be answered in writing. Source: domain/formulas.md D10."""
    return deadlines.answer_due(accepted_at, urgency_of(need), desk_of(need).calendar)


def answer_clock(need: Need) -> deadlines.Clock:
    """Read the answer clock with its pauses and its extension."""
    extension = None
    if need.extended_until is not None and need.extended_at is not None:
        extension = deadlines.Extension(need.extended_until, need.extended_at)
    return deadlines.answer_clock(
        need.accepted_at or need.raised_at,
        urgency_of(need),
        desk_of(need),
        answered_at=need.answered_at,
        pauses=pauses_of(need),
        extension=extension,
    )


def acceptance_clock(need: Need) -> deadlines.Clock:
    """Read the acceptance clock; it stops when somebody has dealt with the need."""
    return deadlines.acceptance_clock(
        need.raised_at,
        urgency_of(need),
        desk_of(need),
        accepted_at=need.accepted_at or need.closed_at,
        pauses=pauses_of(need),
    )
