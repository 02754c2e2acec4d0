"""What clerks enter and compare: the grid of paper slips, sheets that wait for other eyes, names given at posters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select
from sqlalchemy.orm import aliased

from models import ciphers
from models.accounts import Grant
from models.attendance import Attendance, Part
from models.base import db, now
from models.people import Person, home_of, homes
from models.permissions import Permission, Role
from models.places import Place
from models.projects import Project
from models.ratings.hats import did_not_serve
from models.ratings.invitations import RatingInvitation, may_speak, missed, missed_line
from models.ratings.kinds import Mattered
from models.ratings.paper import RatingSheet, rated_seats
from models.ratings.row import Rating
from models.ratings.singles import doubt_waits
from models.service_log import ServiceLog
from models.states import RatingState, ServiceLogState

if TYPE_CHECKING:
    from models.accounts import Actor


@dataclass(frozen=True)
class PaperSeat:
    """A line of a service as the grid of paper ratings shows it to the clerk."""

    seat: str
    name: str
    home: str
    code: str | None
    missed: bool


def paper_seats(log: ServiceLog) -> list[PaperSeat]:
    """Return the lines of a service that nobody rated yet, in the order of the sheet.

    Those of whom the record says that nobody was met are among them: their slips may come back all the same.
    """
    rated = rated_seats(log)
    query = (
        select(Attendance, Person, Place.name, func.max(RatingInvitation.code))
        .join(Person, Person.id == Attendance.person_id)
        .outerjoin(Place, Place.id == Person.courtyard_id)
        .outerjoin(RatingInvitation, RatingInvitation.attendance_id == Attendance.id)
        .where(Attendance.log_id == log.id, Attendance.part == Part.SERVED, may_speak())
        .group_by(Attendance.id, Person.id, Place.id)
        .order_by(Attendance.id)
    )
    return [
        PaperSeat(seat.public_id, person.name, home_of(person, courtyard), code, missed(seat))
        for seat, person, courtyard, code in db.session.execute(query)
        if seat.id not in rated
    ]


@dataclass(frozen=True)
class SheetLine:
    """A sheet that waits for another clerk's eyes."""

    public_id: str
    project: str
    service: str
    entered_at: datetime
    rows: int
    own: bool


def sheets_waiting(actor: Actor, limit: int = 30) -> list[SheetLine]:
    """Return the sheets that nobody witnessed yet and that the actor may read, oldest first."""
    query = (
        select(RatingSheet, Project.title, ServiceLog.title, func.count(Rating.id))
        .join(ServiceLog, ServiceLog.id == RatingSheet.log_id)
        .join(Project, Project.id == ServiceLog.project_id)
        .join(Rating, Rating.sheet_id == RatingSheet.id)
        .where(RatingSheet.to_compare(actor), RatingSheet.witnessed_at.is_(None))
        .group_by(RatingSheet.id, Project.title, ServiceLog.title)
        .order_by(RatingSheet.id)
        .limit(limit)
    )
    return [
        SheetLine(one.public_id, project, service, one.created_at, rows, one.entered_by_id == actor.account_id)
        for one, project, service, rows in db.session.execute(query)
    ]


@dataclass(frozen=True)
class SheetRow:
    """One entry of a sheet, as the witness compares it with the paper."""

    name: str
    home: str
    level: int
    solved: bool | None
    mattered: Mattered | None
    missed: bool


def sheet_rows(sheet: RatingSheet) -> list[SheetRow]:
    """Return the entries of a sheet with whose slip it was: paper entries alone show the rater (decision 22)."""
    query = (
        select(Rating, Person, missed_line())
        .join(RatingInvitation, RatingInvitation.id == Rating.invitation_id)
        .join(Attendance, Attendance.id == RatingInvitation.attendance_id)
        .join(Person, Person.id == RatingInvitation.person_id)
        .where(Rating.sheet_id == sheet.id)
        .order_by(Rating.id)
    )
    found = db.session.execute(query).all()
    home = homes(person for _one, person, _missed in found)
    return [
        SheetRow(
            person.name, home[person.id], one.level, one.solved, Mattered(one.mattered) if one.mattered else None,
            bool(not_met),
        )
        for one, person, not_met in found
    ]  # fmt: skip


@dataclass(frozen=True)
class ToHear:
    """Somebody at a poster gave this name, or the record says that nobody was met at this door: the person is asked."""

    public_id: str
    name: str
    home: str
    phone: str
    project: str
    service: str
    on: datetime
    given_at: datetime
    missed: bool


def _missed() -> ColumnElement[bool]:
    """Tell whether an approved record says of a line, by the provider's word alone, that nobody was met."""
    return and_(ServiceLog.state == ServiceLogState.APPROVED, missed_line())


def to_be_asked_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on those whom the actor may ask: of services of others, and of words of others.

    Source: decisions.md 17, 24.
    """
    return and_(
        Rating.within(actor, Permission.WITNESS_RATINGS),
        did_not_serve(actor, Rating.log_id),
        RatingInvitation.person_id.not_in(actor.person_ids),
    )


def _unheard(reached: Any, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Rating)
        .join(RatingInvitation, RatingInvitation.id == Rating.invitation_id)
        .join(Attendance, Attendance.id == RatingInvitation.attendance_id)
        .join(Person, Person.id == RatingInvitation.person_id)
        .join(ServiceLog, ServiceLog.id == Rating.log_id)
        .where(
            reached, Rating.state == RatingState.WAITING, or_(Rating.needs_witness, _missed()),
            Rating.witness_id.is_(None), or_(Rating.sheet_id.is_(None), not_(Rating.needs_witness)),
        )
    )  # fmt: skip


def _nobody_else_compares() -> ColumnElement[bool]:
    """Tell of a sheet that its committee has nobody left who neither entered it nor wrote the record."""
    grant, log = aliased(Grant), aliased(ServiceLog)
    left = (
        select(grant.id)
        .join(log, log.id == RatingSheet.log_id)
        .where(
            grant.place_id == RatingSheet.community_id, grant.role.in_([Role.CLERK, Role.HEAD]),
            or_(grant.ended_at.is_(None), grant.ended_at > now()), grant.account_id != RatingSheet.entered_by_id,
            grant.account_id != log.author_id, grant.account_id.is_distinct_from(log.begun_by_id),
        )
    )  # fmt: skip
    return ~left.exists()


def count_second_eyes(actor: Actor) -> int:
    """Return how much waits for a second pair of eyes that may be the actor's: sheets, names, and doubts.

    A third party is asked where nobody of the committee is left.
    """
    ratings = and_(Rating.within(actor, Permission.WITNESS_RATINGS), did_not_serve(actor, Rating.log_id))
    mine = RatingSheet.community_id.in_(actor.reach(Permission.ENTER_PAPER_RATINGS).community_ids)
    sheets = select(func.count(RatingSheet.id)).where(
        RatingSheet.to_compare(actor), RatingSheet.witnessed_at.is_(None),
        RatingSheet.entered_by_id != actor.account_id, or_(mine, _nobody_else_compares()),
    )  # fmt: skip
    doubts = select(func.count(Rating.id)).where(ratings, doubt_waits(), Rating.doubted_by_id != actor.account_id)
    parts = (sheets, _unheard(to_be_asked_by(actor), func.count(Rating.id)), doubts)
    return sum(db.session.execute(select(*(part.scalar_subquery() for part in parts))).one())


def to_hear(reached: Any, limit: int = 30) -> list[ToHear]:
    """Return who is to be asked, oldest first; nothing of what was said is shown."""
    query = (
        _unheard(
            reached,
            Rating.public_id,
            Person,
            Project.title,
            ServiceLog.title,
            ServiceLog.started_at,
            Rating.created_at,
            _missed(),
        )
        .join(Project, Project.id == Rating.project_id)
        .order_by(Rating.id)
        .limit(limit)
    )
    found = db.session.execute(query).all()
    home = homes(row[1] for row in found)
    return [
        ToHear(
            one, person.name, home[person.id], ciphers.mask_phone(person.phone), project, service, on, given_at,
            bool(not_met),
        )
        for one, person, project, service, on, given_at, not_met in found
    ]  # fmt: skip
