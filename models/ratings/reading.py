"""What pages about ratings show: to raters their services, to clerks slips and sheets, to auditors single ratings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select

from models import ciphers
from models.attendance import THERE, Attendance, Part
from models.base import SHANGHAI, db, now
from models.events import digest
from models.organizations import Organization
from models.people import Person
from models.projects import Project
from models.ratings.invitations import RatingInvitation
from models.ratings.kinds import ASKING_FOR, Channel, Mattered, Unfit
from models.ratings.paper import RatingSheet, rated_seats
from models.ratings.row import Rating
from models.service_log import ServiceLog
from models.states import AttendanceState, RatingState, ServiceLogState

if TYPE_CHECKING:
    from models.accounts import Actor

_GONE = (AttendanceState.ABSENT, AttendanceState.CANCELLED)


@dataclass(frozen=True)
class Asked:
    """What the rating page says: the service, its day, and no more of the person than the family name."""

    project: str
    project_public_id: str
    service: str
    on: datetime
    organization: str
    person: str


def asked(invitation: RatingInvitation) -> Asked:
    """Return the service that an invitation asks about."""
    query = (
        select(Project.title, Project.public_id, ServiceLog.title, ServiceLog.started_at, Organization.name)
        .join(ServiceLog, ServiceLog.project_id == Project.id)
        .outerjoin(Organization, Organization.id == Project.organization_id)
        .where(ServiceLog.id == invitation.log_id)
    )
    project, public_id, service, on, organization = db.session.execute(query).one()
    person = db.session.get(Person, invitation.person_id) if invitation.person_id else None
    return Asked(project, public_id, service, on, organization or "", ciphers.mask_name(person.name) if person else "")


def asked_at(log: ServiceLog) -> Asked:
    """Return the service that a poster asks about."""
    project = Project.get(log.project_id)
    organization = db.session.get(Organization, project.organization_id) if project.organization_id else None
    name = organization.name if organization else ""
    return Asked(project.title, project.public_id, log.title, log.started_at, name, "")


@dataclass(frozen=True)
class ToRate:
    """A service that the reader (or one of the household) took part in and may still rate."""

    seat: str
    project: str
    service: str
    on: datetime
    organization: str
    person: str | None


def to_rate(actor: Actor, limit: int = 30) -> list[ToRate]:
    """Return the services that wait for the reader's word, the latest first; `person` names another of the house."""
    used = (
        select(Rating.id)
        .join(RatingInvitation, RatingInvitation.id == Rating.invitation_id)
        .where(RatingInvitation.attendance_id == Attendance.id)
        .exists()
    )
    # Rated once more after something was put right: an open invitation without a rating of its own.
    again = (
        select(RatingInvitation.id)
        .outerjoin(Rating, Rating.invitation_id == RatingInvitation.id)
        .where(
            RatingInvitation.attendance_id == Attendance.id, Rating.id.is_(None), RatingInvitation.expires_at > now()
        )
        .exists()
    )
    query = (
        select(Attendance.public_id, Project.title, ServiceLog.title, ServiceLog.started_at, Organization.name,
               Person.id, Person.name)
        .join(ServiceLog, ServiceLog.id == Attendance.log_id)
        .join(Project, Project.id == ServiceLog.project_id)
        .join(Person, Person.id == Attendance.person_id)
        .outerjoin(Organization, Organization.id == Project.organization_id)
        .where(
            Attendance.person_id.in_(actor.person_ids), Attendance.part == Part.SERVED,
            Attendance.state.in_(THERE), ServiceLog.ended_at > now() - ASKING_FOR,
            ServiceLog.state.not_in([ServiceLogState.VOIDED]), ~used | again,
        )
        .order_by(ServiceLog.started_at.desc(), Attendance.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [
        ToRate(seat, project, service, on, organization or "", None if person_id == actor.person_id else name)
        for seat, project, service, on, organization, person_id, name in db.session.execute(query)
    ]


@dataclass(frozen=True)
class ServiceLine:
    """A service as the committee's list of invitations shows it."""

    id: int
    public_id: str
    project: str
    service: str
    on: datetime
    present: int
    asked: int


def services(reached: Any, *, before: int | None = None, limit: int = 20) -> list[ServiceLine]:
    """Return the services of the last weeks, the latest first; `reached` is the condition on the community."""
    invited = (
        select(RatingInvitation.log_id, func.count().label("asked"))
        .where(RatingInvitation.attendance_id.is_not(None))
        .group_by(RatingInvitation.log_id)
        .subquery()
    )
    seated = func.count(case((Attendance.state.not_in(_GONE) & (Attendance.part == Part.SERVED), 1)))
    query = (
        select(ServiceLog.id, ServiceLog.public_id, Project.title, ServiceLog.title, ServiceLog.started_at, seated,
               func.coalesce(func.max(invited.c.asked), 0))
        .join(Project, Project.id == ServiceLog.project_id)
        .outerjoin(Attendance, (Attendance.log_id == ServiceLog.id) & Attendance.person_id.is_not(None))
        .outerjoin(invited, invited.c.log_id == ServiceLog.id)
        .where(reached, ServiceLog.state != ServiceLogState.VOIDED, ServiceLog.ended_at > now() - ASKING_FOR)
        .group_by(ServiceLog.id, ServiceLog.public_id, Project.title, ServiceLog.title, ServiceLog.started_at)
        .order_by(ServiceLog.id.desc())
        .limit(limit)
    )  # fmt: skip
    if before is not None:
        query = query.where(ServiceLog.id < before)
    return [ServiceLine(*row) for row in db.session.execute(query)]


@dataclass(frozen=True)
class Slip:
    """One slip to hand over: whose it is as far as the family name and the house, and what it opens."""

    invitation: str
    person: str
    home: str


def slips(log: ServiceLog) -> list[Slip]:
    """Return the slips of a service that nobody used yet, by house."""
    query = (
        select(RatingInvitation.public_id, Person.name, Person.building)
        .join(Person, Person.id == RatingInvitation.person_id)
        .outerjoin(Rating, Rating.invitation_id == RatingInvitation.id)
        .where(
            RatingInvitation.log_id == log.id, RatingInvitation.channel == Channel.LINK, Rating.id.is_(None),
            RatingInvitation.expires_at > now(), RatingInvitation.cancelled_at.is_(None),
        )
        .order_by(Person.building, RatingInvitation.id)
    )  # fmt: skip
    return [Slip(one, ciphers.mask_name(name), home or "") for one, name, home in db.session.execute(query)]


def strips(log: ServiceLog) -> list[str]:
    """Return the codes of the strips that are not tied to a name yet."""
    query = select(RatingInvitation.code).where(
        RatingInvitation.log_id == log.id,
        RatingInvitation.code.is_not(None),
        RatingInvitation.attendance_id.is_(None),
        RatingInvitation.expires_at > now(),
    )
    return [one for one in db.session.scalars(query.order_by(RatingInvitation.id)) if one]


@dataclass(frozen=True)
class PaperSeat:
    """A line of a service as the grid of paper ratings shows it to the clerk."""

    seat: str
    name: str
    home: str
    code: str | None


def paper_seats(log: ServiceLog) -> list[PaperSeat]:
    """Return the lines of a service that nobody rated yet, in the order of the sheet."""
    rated = rated_seats(log)
    query = (
        select(Attendance, Person, func.max(RatingInvitation.code))
        .join(Person, Person.id == Attendance.person_id)
        .outerjoin(RatingInvitation, RatingInvitation.attendance_id == Attendance.id)
        .where(Attendance.log_id == log.id, Attendance.part == Part.SERVED, Attendance.state.not_in(_GONE))
        .group_by(Attendance.id, Person.id)
        .order_by(Attendance.id)
    )
    return [
        PaperSeat(seat.public_id, person.name, "-".join(filter(None, [person.building, person.unit])), code)
        for seat, person, code in db.session.execute(query)
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


def sheets_waiting(reached: Any, actor: Actor, limit: int = 30) -> list[SheetLine]:
    """Return the sheets that nobody witnessed yet, oldest first."""
    query = (
        select(RatingSheet, Project.title, ServiceLog.title, func.count(Rating.id))
        .join(ServiceLog, ServiceLog.id == RatingSheet.log_id)
        .join(Project, Project.id == ServiceLog.project_id)
        .join(Rating, Rating.sheet_id == RatingSheet.id)
        .where(reached, RatingSheet.witnessed_at.is_(None))
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


def sheet_rows(sheet: RatingSheet) -> list[SheetRow]:
    """Return the entries of a sheet with whose slip it was: paper entries alone show the rater (decision 22)."""
    query = (
        select(Rating, Person)
        .join(RatingInvitation, RatingInvitation.id == Rating.invitation_id)
        .join(Person, Person.id == RatingInvitation.person_id)
        .where(Rating.sheet_id == sheet.id)
        .order_by(Rating.id)
    )
    return [
        SheetRow(person.name, "-".join(filter(None, [person.building, person.unit])), one.level, one.solved,
                 Mattered(one.mattered) if one.mattered else None)
        for one, person in db.session.execute(query)
    ]  # fmt: skip


@dataclass(frozen=True)
class ToHear:
    """Somebody at a poster gave this name; the committee asks the person whether it was them."""

    public_id: str
    name: str
    home: str
    phone: str
    project: str
    service: str
    on: datetime


def to_hear(reached: Any, limit: int = 30) -> list[ToHear]:
    """Return who is to be asked, oldest first; nothing of what was said is shown."""
    query = (
        select(Rating.public_id, Person, Project.title, ServiceLog.title, ServiceLog.started_at)
        .join(RatingInvitation, RatingInvitation.id == Rating.invitation_id)
        .join(Person, Person.id == RatingInvitation.person_id)
        .join(Project, Project.id == Rating.project_id)
        .join(ServiceLog, ServiceLog.id == Rating.log_id)
        .where(
            reached, Rating.state == RatingState.WAITING, Rating.needs_witness, Rating.witness_id.is_(None),
            Rating.sheet_id.is_(None),
        )
        .order_by(Rating.id)
        .limit(limit)
    )  # fmt: skip
    return [
        ToHear(one, person.name, person.building or "", ciphers.mask_phone(person.phone), project, service, on)
        for one, person, project, service, on in db.session.execute(query)
    ]


@dataclass(frozen=True)
class Single:
    """One rating as an auditor sees it: the week, never the day, and nobody's name."""

    id: int
    public_id: str
    week: date
    level: int
    channel: Channel
    state: RatingState
    reason: Unfit | None
    doubt: Unfit | None
    own_doubt: bool
    burst: int


def singles(project: Project, actor: Actor, *, before: int | None = None, limit: int = 50) -> list[Single]:
    """Return single ratings, newest first; `burst` counts how many came from one address in that week."""
    query = select(Rating).where(Rating.project_id == project.id).order_by(Rating.id.desc()).limit(limit)
    if before is not None:
        query = query.where(Rating.id < before)
    found = list(db.session.scalars(query))
    bursts = (
        select(Rating.origin, func.count())
        .where(Rating.project_id == project.id, Rating.origin.is_not(None))
        .group_by(Rating.origin)
    )
    counts: dict[str | None, int] = {}
    for origin, times in db.session.execute(bursts):
        counts[origin] = times
    return [
        Single(
            one.id, one.public_id, _week(one.created_at), one.level, Channel(one.channel), RatingState(one.state),
            Unfit(one.invalid_reason) if one.invalid_reason else None, Unfit(one.doubt) if one.doubt else None,
            one.doubted_by_id == actor.account_id, counts.get(one.origin, 0),
        )
        for one in found
    ]  # fmt: skip


@dataclass(frozen=True)
class Doubted:
    """A rating that a head doubts, as the second person sees it: the reason, not what was said."""

    public_id: str
    project: str
    week: date
    reason: Unfit
    why: str
    own: bool


def doubted(reached: Any, actor: Actor, limit: int = 30) -> list[Doubted]:
    """Return what waits for a second person's word, oldest first."""
    kept = db.metadata.tables["revisions"]
    latest = (
        select(kept.c.text)
        .where(kept.c.kind == "ratings", kept.c.subject_id == Rating.id, kept.c.field == "doubt")
        .order_by(kept.c.id.desc())
        .limit(1)
        .correlate(Rating)
        .scalar_subquery()
    )
    query = (
        select(Rating, Project.title, latest)
        .join(Project, Project.id == Rating.project_id)
        .where(reached, Rating.doubt.is_not(None))
        .order_by(Rating.id)
        .limit(limit)
    )
    return [
        Doubted(one.public_id, title, _week(one.created_at), Unfit(one.doubt or ""), why or "",
                one.doubted_by_id == actor.account_id)
        for one, title, why in db.session.execute(query)
    ]  # fmt: skip


def _week(at: datetime) -> date:
    day = at.astimezone(SHANGHAI).date()
    return day - timedelta(days=day.weekday())


def words_said(project: Project, *, since: datetime, until: datetime, limit: int = 20) -> list[str]:
    """Return what raters wrote before the last Monday, in an order that tells nothing (F18)."""
    query = select(Rating.comment, Rating.public_id).where(
        Rating.project_id == project.id,
        Rating.state == RatingState.VALID,
        Rating.comment.is_not(None),
        Rating.created_at >= since,
        Rating.created_at < until,
    )
    rows = sorted(db.session.execute(query.limit(200)), key=lambda row: digest(row.public_id))
    return [row.comment for row in rows[:limit]]
