"""Reading projects: the list of an office, and one project with its team, dates and needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select

from models.base import db, now
from models.needs import Field
from models.organizations import Organization
from models.packages import BudgetCategory, BudgetLine, PackageNeed, Track
from models.packages.carried import NeedLine, needs_in
from models.packages.reading import PAGE, Money, Page, after, page_of
from models.permissions import Permission, Role
from models.places import Place
from models.projects.kinds import Method
from models.projects.row import NextDate, Project
from models.projects.team import Member, Told, colleagues, dates, team
from models.states import ProjectState

if TYPE_CHECKING:
    from models.accounts import Actor


@dataclass(frozen=True)
class ProjectLine:
    """A project in a list."""

    public_id: str
    project_no: str
    title: str
    community: str
    organization: str
    field: Field
    track: Track
    state: ProjectState
    starts_on: date
    ends_on: date
    fen: int
    needs: int
    next_at: datetime | None


def _needs() -> Any:
    return (
        select(func.count())
        .where(PackageNeed.project_id == Project.id, PackageNeed.left_at.is_(None))
        .correlate(Project)
        .scalar_subquery()
    )


def lines(
    within: Select[Any], *, state: ProjectState | None = None, field: Field | None = None, before: str | None = None
) -> Page:
    """Return the projects in reach, newest first, in one query."""
    coming = (
        select(func.min(NextDate.at))
        .where(NextDate.project_id == Project.id, NextDate.kept_at.is_(None), NextDate.at > now())
        .correlate(Project)
        .scalar_subquery()
    )
    query = (
        within.join(Place, Place.id == Project.community_id)
        .outerjoin(Organization, Organization.id == Project.organization_id)
        .where(*after(Project, before))
        .add_columns(Place.name, Organization.name, _needs(), coming)
        .order_by(Project.id.desc())
        .limit(PAGE + 1)
    )
    query = query.where(Project.state == state) if state else query
    query = query.where(Project.field == field) if field else query
    rows = db.session.execute(query).all()
    return page_of(rows, [
        ProjectLine(
            one.public_id, one.project_no, one.title, community, organization or "", Field(one.field),
            Track(one.track), ProjectState(one.state), one.starts_on, one.ends_on, one.budget, count,
            next_at,
        )
        for one, community, organization, count, next_at in rows
    ])  # fmt: skip


@dataclass(frozen=True)
class ProjectCard:
    """One project with everything its page for staff shows, but what service and ratings add."""

    public_id: str
    project_no: str
    title: str
    community: str
    organization: str
    field: Field
    track: Track
    method: Method | None
    contract_no: str | None
    assignment_reason: str | None
    state: ProjectState
    state_at: datetime
    state_reason: str | None
    problem: str
    change: str
    how_checked: str
    starts_on: date
    ends_on: date
    fen: int
    supervision_phone: str | None
    package: tuple[str, str] | None
    budget: tuple[Money, ...]
    team: tuple[Member, ...]
    colleagues: tuple[tuple[str, str, Role], ...]
    dates: tuple[Told, ...]
    needs: tuple[NeedLine, ...]
    may_assign: bool
    may_steer: bool
    may_plan: bool

    @property
    def linked_later(self) -> int:
        """Return how many needs joined when the project was there already."""
        return sum(need.linked_later for need in self.needs)

    @property
    def steps(self) -> tuple[str, ...]:
        """Return which nouns of steering the state offers."""
        offered = {
            ProjectState.RUNNING: ("suspension", "closure", "termination"),
            ProjectState.SUSPENDED: ("resumption", "termination"),
        }
        return offered.get(self.state, ()) if self.may_steer else ()


def _covers(project: Project, place: Place, actor: Actor, permission: Permission) -> bool:
    reach = actor.reach(permission)
    return reach.covers(place) or project.organization_id in reach.organization_ids


def card(project: Project, actor: Actor) -> ProjectCard:
    """Return one project as the reader may see it."""
    place = Place.get(project.community_id)
    organization = Organization.get(project.organization_id).name if project.organization_id else ""
    packages = db.metadata.tables["packages"]
    package = db.session.execute(
        select(packages.c.public_id, packages.c.title).where(packages.c.id == project.package_id)
    ).first()
    budget = db.session.execute(
        select(BudgetLine.category, BudgetLine.label, BudgetLine.amount)
        .where(BudgetLine.project_id == project.id)
        .order_by(BudgetLine.id)
    )
    may_plan = _covers(project, place, actor, Permission.PLAN_PROJECT)
    serves = project.organization_id in actor.reach(Permission.WRITE_LOG).organization_ids
    return ProjectCard(
        public_id=project.public_id, project_no=project.project_no, title=project.title, community=place.name,
        organization=organization, field=Field(project.field), track=Track(project.track),
        method=Method(project.method) if project.method else None, contract_no=project.contract_no,
        assignment_reason=project.assignment_reason, state=ProjectState(project.state), state_at=project.state_at,
        state_reason=project.state_reason, problem=project.problem, change=project.change,
        how_checked=project.how_checked, starts_on=project.starts_on, ends_on=project.ends_on, fen=project.budget,
        supervision_phone=project.supervision_phone, package=(package[0], package[1]) if package else None,
        budget=tuple(Money(BudgetCategory(category), label, amount) for category, label, amount in budget),
        team=tuple(team(project.id)), colleagues=tuple(colleagues(project.organization_id)) if may_plan else (),
        dates=tuple(dates(project.id)), needs=tuple(needs_in(actor, PackageNeed.project_id == project.id, serves=serves)),
        may_assign=_covers(project, place, actor, Permission.ASSIGN_PROJECT),
        may_steer=_covers(project, place, actor, Permission.STEER_PROJECT), may_plan=may_plan,
    )  # fmt: skip
