"""What may be talked about, and who takes part: the committee of the place, and the organization that serves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from models.accounts import Account, AccountState, Grant
from models.base import NotFound, db, now
from models.needs import Need
from models.needs.called import name_of, read_by
from models.packages import PackageNeed
from models.permissions import Permission, Role
from models.projects import Project
from models.service_log import ServiceLog
from models.states import ServiceLogState

if TYPE_CHECKING:
    from models.accounts import Actor

COMMITTEE = (Role.CLERK, Role.HEAD)
SERVING = (Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.ORG_MANAGER)


class About(StrEnum):
    """What may be talked about, as it stands in an address."""

    NEED = "needs"
    LOG = "service-logs"
    PROJECT = "projects"


TABLES = {About.NEED: "needs", About.LOG: "service_logs", About.PROJECT: "projects"}
KINDS = {table: kind for kind, table in TABLES.items()}


@dataclass(frozen=True)
class Subject:
    """A thing that is talked about: what it is called among colleagues, and whose it is."""

    kind: About
    id: int
    public_id: str
    title: str
    community_id: int
    grid_id: int | None
    organization_ids: frozenset[int]

    @property
    def row(self) -> tuple[str, int]:
        """Return how the diary names it."""
        return TABLES[self.kind], self.id


def _carried(actor: Actor) -> Any:
    """Return the condition that a project of one's organization carries a need."""
    reach = actor.reach(Permission.TALK)
    own = select(Project.id).where(reach.organizations(Project.organization_id))
    packages = select(Project.package_id).where(
        reach.organizations(Project.organization_id), Project.package_id.is_not(None)
    )
    held = select(PackageNeed.need_id).where(
        PackageNeed.left_at.is_(None), or_(PackageNeed.project_id.in_(own), PackageNeed.package_id.in_(packages))
    )
    return Need.id.in_(held)


def _reached(kind: About, actor: Actor) -> Any:
    reach = actor.reach(Permission.TALK)
    if kind == About.NEED:
        near = or_(reach.communities(Need.community_id), reach.grids(Need.grid_id), _carried(actor))
        return select(Need).where(near, Need.hidden.is_(False))
    if kind == About.PROJECT:
        near = or_(reach.communities(Project.community_id), reach.organizations(Project.organization_id))
        return select(Project).where(near)
    return select(ServiceLog).where(
        or_(reach.communities(ServiceLog.community_id), reach.organizations(ServiceLog.organization_id)),
        or_(ServiceLog.state != ServiceLogState.DRAFT, ServiceLog.author_id == actor.account_id),
    )


def find(kind: About, public_id: str, actor: Actor) -> Subject:
    """Return what somebody wants to talk about within their reach, or raise NotFound."""
    query = _reached(kind, actor)
    if kind == About.NEED:
        found = db.session.execute(query.add_columns(read_by(actor)).where(Need.public_id == public_id)).one_or_none()
        if found is None:
            raise NotFound
        need, reads = found
        return Subject(kind, need.id, public_id, name_of(need, reads), need.community_id, need.grid_id,
                       _organizations(need))  # fmt: skip
    one: Any = (Project if kind == About.PROJECT else ServiceLog).find(public_id, query)
    served = frozenset({one.organization_id} - {None})
    return Subject(kind, one.id, public_id, one.title, one.community_id, None, served)


def subject_of(table: str, number: int, actor: Actor) -> Subject | None:
    """Return what a comment is about where it still lies within somebody's reach."""
    model: Any = {"needs": Need, "service_logs": ServiceLog, "projects": Project}[table]
    public_id = db.session.scalar(select(model.public_id).where(model.id == number))
    try:
        return find(KINDS[table], public_id or "", actor)
    except NotFound:
        return None


def _organizations(need: Need) -> frozenset[int]:
    held = and_(PackageNeed.need_id == need.id, PackageNeed.left_at.is_(None))
    query = (
        select(Project.organization_id)
        .join(PackageNeed, or_(PackageNeed.project_id == Project.id, PackageNeed.package_id == Project.package_id))
        .where(held, Project.organization_id.is_not(None))
    )
    return frozenset(one for one in db.session.scalars(query) if one is not None)


def colleagues(subject: Subject) -> list[tuple[int, str, str, Role]]:
    """Return who takes part in the talk about something: number, public id, name and role."""
    seats = [
        and_(Grant.role.in_(COMMITTEE), Grant.place_id == subject.community_id),
        and_(Grant.role.in_(SERVING), Grant.organization_id.in_(subject.organization_ids)),
    ]
    if subject.grid_id is not None:
        seats.append(and_(Grant.role == Role.GRID_WORKER, Grant.place_id == subject.grid_id))
    query = (
        select(Account.id, Account.public_id, Account.name, Grant.role)
        .join(Grant, Grant.account_id == Account.id)
        .where(
            or_(*seats), Account.state == AccountState.CONFIRMED,
            or_(Grant.ended_at.is_(None), Grant.ended_at > now()),
        )
        .order_by(Account.name, Account.id, Grant.id)
    )  # fmt: skip
    found: dict[int, tuple[int, str, str, Role]] = {}
    for number, public_id, name, role in db.session.execute(query):
        found.setdefault(number, (number, public_id, name, Role(role)))
    return list(found.values())
