"""What a rater reads: which service is asked about, and which services still wait for a word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select

from models import ciphers
from models.attendance import THERE, Attendance, Part
from models.base import db, now
from models.organizations import Organization
from models.people import Person
from models.projects import Project
from models.ratings.invitations import RatingInvitation, missed_line, takes_its_line
from models.ratings.kinds import ASKING_FOR
from models.ratings.row import Rating
from models.service_log import ServiceLog
from models.states import ServiceLogState

if TYPE_CHECKING:
    from models.accounts import Actor


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


def _used() -> ColumnElement[bool]:
    """Tell of a line that it has a rating which is the person's."""
    return (
        select(Rating.id)
        .join(RatingInvitation, RatingInvitation.id == Rating.invitation_id)
        .where(RatingInvitation.attendance_id == Attendance.id, takes_its_line())
        .exists()
    )


def said_not_met(actor: Actor) -> set[str]:
    """Return the lines of the reader (or of the household) of which a record says that nobody was met.

    The person may say how it was all the same; the committee asks before it counts. Source: decisions.md 24.
    """
    query = (
        select(Attendance.public_id)
        .join(ServiceLog, ServiceLog.id == Attendance.log_id)
        .where(
            Attendance.person_id.in_(actor.person_ids), Attendance.part == Part.SERVED, missed_line(),
            ServiceLog.state == ServiceLogState.APPROVED, ServiceLog.ended_at > now() - ASKING_FOR, ~_used(),
        )
    )  # fmt: skip
    return set(db.session.scalars(query))


def to_rate(actor: Actor, limit: int = 30) -> list[ToRate]:
    """Return the services that wait for the reader's word, the latest first; `person` names another of the house."""
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
            ServiceLog.state.not_in([ServiceLogState.VOIDED]), ~_used() | again,
        )
        .order_by(ServiceLog.started_at.desc(), Attendance.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [
        ToRate(seat, project, service, on, organization or "", None if person_id == actor.person_id else name)
        for seat, project, service, on, organization, person_id, name in db.session.execute(query)
    ]
