"""Who somebody at a poster is: the bearer of a strip, or the one person of a list with that name and number."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from models.attendance import Attendance
from models.base import db
from models.people import Person
from models.ratings.invitations import RatingInvitation, may_speak, takes_its_line
from models.ratings.kinds import AtPoster, Channel
from models.service_log import ServiceLog
from models.states import RatingState, ServiceLogState

# Anybody may type a name: the first who did must not shut the person out, and nobody fills the list with one name.
MOST_BY_NAME = 3


def invited_at_poster(log: ServiceLog, who: AtPoster) -> RatingInvitation | None:
    """Return the invitation of a code, or a new one for the person of a name; None says nothing to anybody."""
    if who.code:
        one = RatingInvitation.by_code(log, who.code)
        return one if one is not None and one.usable else None
    seat = _seat_of(log, who.name, who.last_four)
    if seat is None or log.state == ServiceLogState.VOIDED or _rated(seat):
        return None
    return RatingInvitation._to(seat, Channel.POSTER, log=log).save()


def _rated(seat: Attendance) -> bool:
    """Tell whether a line has a rating that is the person's, or so many by mere names that one more says nothing."""
    ratings = db.metadata.tables["ratings"]
    query = (
        select(func.max(case((takes_its_line(), 1), else_=0)), func.count())
        .select_from(ratings)
        .join(RatingInvitation, RatingInvitation.id == ratings.c.invitation_id)
        .where(RatingInvitation.attendance_id == seat.id, or_(takes_its_line(), ratings.c.state == RatingState.WAITING))
    )
    taken, waiting = db.session.execute(query).one()
    return bool(taken) or waiting >= MOST_BY_NAME


def _belongs(log: ServiceLog) -> ColumnElement[bool]:
    """Return the condition that a line is one of the service, or of the activity whose record is not written yet."""
    if log.activity_id is None:
        return Attendance.log_id == log.id
    waiting = and_(Attendance.activity_id == log.activity_id, Attendance.log_id.is_(None))
    return or_(Attendance.log_id == log.id, waiting)


def _seat_of(log: ServiceLog, name: str, last_four: str) -> Attendance | None:
    """Return the one line of a service that bears this name and number; every line is looked at alike."""
    query = select(Attendance, Person).join(Person, Person.id == Attendance.person_id).where(_belongs(log), may_speak())
    found = [
        seat
        for seat, person in db.session.execute(query)
        if (person.name == name.strip()) & ((person.phone or "")[-4:] == last_four)
    ]
    return found[0] if len(found) == 1 else None
