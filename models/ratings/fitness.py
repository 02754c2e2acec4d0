"""Whose rating counts: somebody who was served there, once, and who neither works there nor belongs to who does."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ColumnElement, ForeignKey, Index, Select, String, and_, bindparam, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import ciphers
from models.accounts import Account, Grant
from models.activities import Activity
from models.attendance import THERE, Attendance, Part
from models.base import Refused, Row, Utc, UtcTime, ask, db, now
from models.events import record
from models.people import Person
from models.permissions import Role
from models.projects import Project, TeamMember
from models.ratings.kinds import HELPED_WITHIN, Unfit
from models.service_log import ServiceLog
from models.sheets import parse_phone
from models.states import ServiceLogState

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.ratings.row import Rating

# Help that was handed in counts as help; a draft may still change and a voided record says nothing.
_STANDS = (ServiceLogState.SUBMITTED, ServiceLogState.AWAITING_COMMITTEE, ServiceLogState.APPROVED)


class DeclaredRelative(Row):
    """That somebody who works for an organization has family among those it serves; their ratings do not count."""

    __tablename__ = "declared_relatives"
    __table_args__ = (Index("ix_declared_relatives_organization_phone", "organization_id", "phone_lookup"),)
    organization_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("organizations.id"))
    name: Mapped[str] = mapped_column(String(60))
    phone_lookup: Mapped[str | None] = mapped_column(String(64))
    declared_by_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    declared_at: Mapped[Utc]

    @classmethod
    def declare(cls, name: str, phone: str, *, by: Actor) -> DeclaredRelative:
        """Declare a relative by name and phone; whether such a person is in the register is not said.

        Errors: Refused("name_needed", "phone_wrong", "works_for_nobody").
        """
        of = next((held.organization_id for held in by.held if held.organization_id is not None), None)
        if of is None or by.account_id is None:
            raise Refused("works_for_nobody")
        number = parse_phone(phone)
        if not name.strip():
            raise Refused("name_needed")
        if number is None:
            raise Refused("phone_wrong")
        one = cls(organization_id=of, name=name.strip(), phone_lookup=ciphers.book().lookup(number),
                  declared_by_id=by.account_id, declared_at=now()).save()  # fmt: skip
        record("declared_relative.declare", by=by, about=[one, ("organizations", of)])
        return one


def relatives_of(actor: Actor) -> list[str]:
    """Return the names that this account declared, in the order in which it did."""
    query = select(DeclaredRelative.name).where(DeclaredRelative.declared_by_id == actor.account_id)
    return list(db.session.scalars(query.order_by(DeclaredRelative.id)))


def unfit_for(project: Project, person_id: int | None, log: ServiceLog, rating: Rating) -> Unfit | None:
    """Return why a rating of this person would not count, None where it does. Source: domain/checklist.md 57.

    Staff and volunteers of the provider, their declared family, and whoever rated this service before. An address or
    a device is no reason, nor is a phone number that somebody else of the house also uses.
    """
    if person_id is None:
        return None
    person = Person.get(person_id)
    held = ask(
        _question(by_organization=project.organization_id is not None),
        person=person.id, name=person.name, lookup=person.phone_lookup, project=project.id,
        organization=project.organization_id or 0, community=project.community_id, log=rating.log_id,
        started=log.started_at, since=log.started_at - HELPED_WITHIN, until=log.started_at + HELPED_WITHIN,
        # A rating that is being given has no number yet.
        this=rating.id or 0, former=rating.supersedes_id or 0,
    ).one()  # fmt: skip
    return next((reason for reason, holds in zip(REASONS, held, strict=True) if holds), None)


# In the order in which a reason is told.
REASONS = (Unfit.PROVIDER_STAFF, Unfit.PROVIDER_HELPER, Unfit.DECLARED_FAMILY, Unfit.DUPLICATE)
PERSON, NAME, LOOKUP = (
    bindparam("person", type_=BigInteger),
    bindparam("name", type_=String),
    bindparam("lookup", type_=String),
)
ORGANIZATION = bindparam("organization", type_=BigInteger)
COMMUNITY = bindparam("community", type_=BigInteger)


@functools.cache
def _question(*, by_organization: bool) -> Any:
    """Return all reasons as one question, built once: every rating that is given asks it."""
    return select(
        _works_there(by_organization=by_organization),
        _helped_there(by_organization=by_organization).exists(),
        _declared().exists(),
        _said_before().exists(),
    )


def _works_there(*, by_organization: bool) -> ColumnElement[bool]:
    """Tell whether somebody is on the project's team, or worked for its provider on the day of the service or later.

    The provider is the organization, else the committee that serves by itself. An account without a person is known
    by name and number together.
    """
    same = or_(Account.person_id == PERSON, and_(Account.name == NAME, Account.phone_lookup == LOOKUP))
    accounts = select(Account.id).where(same)
    on_team = TeamMember.project_id == bindparam("project", type_=BigInteger)
    team = select(TeamMember.id).where(on_team, TeamMember.account_id.in_(accounts))
    provider = (
        Grant.organization_id == ORGANIZATION
        if by_organization
        else and_(Grant.place_id == COMMUNITY, Grant.role.in_([Role.CLERK, Role.HEAD]))
    )
    since = or_(Grant.ended_at.is_(None), Grant.ended_at > bindparam("started", type_=UtcTime))
    staff = select(Grant.id).where(provider, since, Grant.account_id.in_(accounts))
    return or_(team.exists(), staff.exists())


def _helped_there(*, by_organization: bool) -> Select[Any]:
    """Tell whether somebody volunteered for the provider on any day within a year of this service.

    The provider is the organization of the project, else the committee that serves by itself.
    """
    around = bindparam("since", type_=UtcTime), bindparam("until", type_=UtcTime)
    provider = (
        Attendance.organization_id == ORGANIZATION
        if by_organization
        else and_(Attendance.organization_id.is_(None), Attendance.community_id == COMMUNITY)
    )
    return (
        select(Attendance.id)
        .outerjoin(ServiceLog, ServiceLog.id == Attendance.log_id)
        .outerjoin(Activity, Activity.id == Attendance.activity_id)
        .where(
            Attendance.person_id == PERSON,
            Attendance.part == Part.VOLUNTEER,
            Attendance.state.in_(THERE),
            provider,
            or_(ServiceLog.id.is_(None), ServiceLog.state.in_(_STANDS)),
            or_(ServiceLog.started_at.between(*around), Activity.starts_at.between(*around)),
        )
    )


def _declared() -> Select[Any]:
    return select(DeclaredRelative.id).where(
        DeclaredRelative.organization_id == ORGANIZATION,
        DeclaredRelative.name == NAME,
        DeclaredRelative.phone_lookup.is_not_distinct_from(LOOKUP),
    )


def _said_before() -> Select[Any]:
    """Ask for this person's earlier rating of the same service that counts, unless this one takes its place."""
    ratings, asked = db.metadata.tables["ratings"], db.metadata.tables["rating_invitations"]
    mine = [bindparam(one, type_=BigInteger) for one in ("this", "former")]
    return (
        select(ratings.c.id)
        .join(asked, asked.c.id == ratings.c.invitation_id)
        .where(
            asked.c.person_id == PERSON,
            ratings.c.log_id == bindparam("log", type_=BigInteger),
            ratings.c.state == "VALID",
            ratings.c.id.not_in(mine),
        )
    )
