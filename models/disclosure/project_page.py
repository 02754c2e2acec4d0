"""Everything that everybody may read of one project: its thread, its services, its score and its money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from models import service_log
from models.accounts import STRANGER
from models.base import NotFound, db, is_opaque, now, today
from models.disclosure.projects import ProjectLine, lines_of
from models.evaluation import Evaluation, evaluation_of
from models.organizations import Organization
from models.packages import BudgetCategory, BudgetLine
from models.places import Place
from models.progress import GoalProgress, progress
from models.projects import NextDate, Project
from models.service_log import Counts
from models.service_log.counting import PublicLog
from models.thread import Knot, thread_of_project

# A cell of fewer people than this would point at somebody (checklist 57).
FEWEST = 3


@dataclass(frozen=True)
class MoneyLine:
    """One line of a project's budget, in fen."""

    category: BudgetCategory
    label: str
    fen: int


@dataclass(frozen=True)
class ProjectPage:
    """Everything that everybody may read of one project."""

    line: ProjectLine
    number: str
    contract_no: str | None
    problem: str
    change: str
    how_checked: str
    starts_on: date
    budget: int
    money: tuple[MoneyLine, ...]
    phone: str | None
    community: str
    knots: tuple[Knot, ...]
    goals: tuple[GoalProgress, ...]
    counts: Counts
    persons: int | None
    logs: tuple[PublicLog, ...]
    older: int | None
    evaluation: Evaluation
    coming: tuple[datetime, ...]
    days_left: int


def public_project(public_id: str, *, before: int | None = None) -> ProjectPage:
    """Return the public page of a project: thread, standard, goals, services, evaluation, money. Errors: NotFound."""
    if not is_opaque(public_id):
        raise NotFound(public_id)
    query = (
        select(Project, Place, Organization.name)
        .join(Place, Place.id == Project.community_id)
        .outerjoin(Organization, Organization.id == Project.organization_id)
        .where(Project.public_id == public_id)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound(public_id)
    project, place, _organization = found
    counts = service_log.counts(project)
    logs = service_log.public_logs(project, before=before, limit=11)
    return ProjectPage(
        line=lines_of([(project, place.name, found[2])])[0],
        number=project.project_no,
        contract_no=project.contract_no,
        problem=project.problem,
        change=project.change,
        how_checked=project.how_checked,
        starts_on=project.starts_on,
        budget=project.budget,
        money=_money(project),
        phone=project.supervision_phone or place.phone,
        community=place.public_id,
        knots=tuple(thread_of_project(project)),
        goals=tuple(progress(project)),
        counts=counts,
        persons=counts.persons if counts.persons >= FEWEST or not counts.persons else None,
        logs=tuple(logs[:10]),
        older=logs[9].id if len(logs) > 10 else None,
        evaluation=evaluation_of(project, STRANGER),
        coming=_coming(project),
        days_left=max(0, (project.ends_on - today()).days),
    )


def _money(project: Project) -> tuple[MoneyLine, ...]:
    mine = [BudgetLine.project_id == project.id]
    if project.package_id is not None:
        mine.append(BudgetLine.package_id == project.package_id)
    query = select(BudgetLine).where(or_(*mine)).order_by(BudgetLine.id)
    return tuple(MoneyLine(BudgetCategory(x.category), x.label, x.amount) for x in db.session.scalars(query))


def _coming(project: Project) -> tuple[datetime, ...]:
    """Return when the next services are; what is planned there may name whom it is for, so it stays inside."""
    query = select(NextDate.at).where(
        NextDate.project_id == project.id, NextDate.at >= now(), NextDate.kept_at.is_(None)
    )
    return tuple(db.session.scalars(query.order_by(NextDate.at).limit(5)))
