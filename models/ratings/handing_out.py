"""What the committee hands out: for the services of the last weeks, slips by name and strips of a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, case, func, select

from models import ciphers
from models.attendance import Attendance, Part
from models.base import db, now
from models.people import Person
from models.permissions import Permission
from models.places import Place
from models.projects import Project
from models.ratings.hats import apart, over_paper
from models.ratings.invitations import RatingInvitation
from models.ratings.kinds import ASKING_FOR, Channel
from models.ratings.row import Rating
from models.service_log import ServiceLog
from models.states import AttendanceState, ServiceLogState

if TYPE_CHECKING:
    from models.accounts import Actor


_GONE = (AttendanceState.ABSENT, AttendanceState.CANCELLED)


@dataclass(frozen=True)
class ServiceLine:
    """A service as the committee's list of invitations shows it."""

    id: int
    public_id: str
    community: str
    project: str
    service: str
    on: datetime
    present: int
    asked: int


def of_others(actor: Actor, permission: Permission) -> Select[Any]:
    """Return the services for which somebody may invite people: those in reach, but for one's own organization's."""
    return ServiceLog.visible_to(actor, permission).where(apart(actor, ServiceLog.id, ServiceLog))


def services(actor: Actor, *, on_paper: bool = False, before: int | None = None, limit: int = 20) -> list[ServiceLine]:
    """Return the services of the last weeks whose people the actor may invite, the latest first.

    With `on_paper` those whose slips of paper are the actor's to enter.
    """
    permission = Permission.ENTER_PAPER_RATINGS if on_paper else Permission.INVITE_RATINGS
    reached = and_(
        over_paper(actor, permission, ServiceLog.community_id, ServiceLog.id) if on_paper
        else actor.reach(permission).communities(ServiceLog.community_id),
        apart(actor, ServiceLog.id, ServiceLog),
    )  # fmt: skip
    invited = (
        select(RatingInvitation.log_id, func.count().label("asked"))
        .where(RatingInvitation.attendance_id.is_not(None))
        .group_by(RatingInvitation.log_id)
        .subquery()
    )
    seated = func.count(case((Attendance.state.not_in(_GONE) & (Attendance.part == Part.SERVED), 1)))
    query = (
        select(ServiceLog.id, ServiceLog.public_id, Place.name, Project.title, ServiceLog.title, ServiceLog.started_at, seated,
               func.coalesce(func.max(invited.c.asked), 0))
        .join(Project, Project.id == ServiceLog.project_id)
        .join(Place, Place.id == ServiceLog.community_id)
        .outerjoin(Attendance, (Attendance.log_id == ServiceLog.id) & Attendance.person_id.is_not(None))
        .outerjoin(invited, invited.c.log_id == ServiceLog.id)
        .where(reached, ServiceLog.state != ServiceLogState.VOIDED, ServiceLog.ended_at > now() - ASKING_FOR)
        .group_by(ServiceLog.id, ServiceLog.public_id, Place.name, Project.title, ServiceLog.title, ServiceLog.started_at)
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
        select(RatingInvitation.public_id, Person.name, Place.name, Person.building)
        .join(Person, Person.id == RatingInvitation.person_id)
        .outerjoin(Place, Place.id == Person.courtyard_id)
        .outerjoin(Rating, Rating.invitation_id == RatingInvitation.id)
        .where(
            RatingInvitation.log_id == log.id, RatingInvitation.channel == Channel.LINK, Rating.id.is_(None),
            RatingInvitation.expires_at > now(), RatingInvitation.cancelled_at.is_(None),
        )
        .order_by(Person.courtyard_id, Person.building, RatingInvitation.id)
    )  # fmt: skip
    return [
        Slip(one, ciphers.mask_name(name), " ".join(part for part in home if part))
        for one, name, *home in db.session.execute(query)
    ]


def strips(log: ServiceLog) -> list[str]:
    """Return the codes of the strips that are not tied to a name yet."""
    query = select(RatingInvitation.code).where(
        RatingInvitation.log_id == log.id,
        RatingInvitation.code.is_not(None),
        RatingInvitation.attendance_id.is_(None),
        RatingInvitation.expires_at > now(),
    )
    return [one for one in db.session.scalars(query.order_by(RatingInvitation.id)) if one]
