"""Projects as everybody may read them, in lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from models.base import db
from models.evaluation import PRIVATE_BELOW, USUAL_SCHEME, half_up
from models.needs import Field
from models.organizations import Organization
from models.places import Place
from models.projects import Project
from models.ratings import RatingRelease, Voices
from models.service_log import CONTINUING, ServiceLog
from models.states import ProjectState, ServiceLogState

PAGE = 20
LIVE = (ProjectState.APPROVED, ProjectState.RUNNING, ProjectState.SUSPENDED)
# Activities and lists happen once; visits, groups and cases go on with the same people (R93).
ONCE = ServiceLog.method.not_in(sorted(CONTINUING))


@dataclass(frozen=True)
class ProjectLine:
    """A project in a public list; `satisfaction` is None while too few rated."""

    id: int
    public_id: str
    title: str
    organization: str
    community: str
    state: ProjectState
    field: Field
    ends_on: date
    services: int
    one_off: int
    n: int
    satisfaction: Decimal | None


def located(column: Any, community_id: int | None) -> list[Any]:
    """Return the conditions that a row lies in a community; none where all are meant."""
    return [] if community_id is None else [column == community_id]


def releases(communities: Sequence[int] | None = None, ids: list[int] | None = None) -> dict[int, RatingRelease]:
    """Return the latest release of each project: what last Monday told (decision 23)."""
    newer = aliased(RatingRelease)
    later = select(newer.id).where(newer.project_id == RatingRelease.project_id, newer.week > RatingRelease.week)
    query = select(RatingRelease).join(Project, Project.id == RatingRelease.project_id).where(~later.exists())
    if ids is not None:
        query = query.where(Project.id.in_(ids))
    if communities is not None:
        query = query.where(Project.community_id.in_(communities))
    return {one.project_id: one for one in db.session.scalars(query)}


def mean_of(voices: list[Voices]) -> Decimal | None:
    """Return the mean of all who rated, as printed; None where too few did."""
    whole = Voices(tuple(row for one in voices for row in one.rows))
    mean = whole.mean(USUAL_SCHEME.points)
    if mean is None or whole.n < PRIVATE_BELOW:
        return None
    return half_up(Decimal(Fraction(mean).numerator) / Decimal(Fraction(mean).denominator), 1)


def public_projects(
    community_id: int | None = None, *, before: int | None = None, limit: int = PAGE, finished: bool = False
) -> tuple[list[ProjectLine], int | None]:
    """Return projects as everybody may read them, newest first, and where the next page begins."""
    over = (ProjectState.CLOSED, ProjectState.TERMINATED)
    query = (
        select(Project, Place.name, Organization.name)
        .join(Place, Place.id == Project.community_id)
        .outerjoin(Organization, Organization.id == Project.organization_id)
        .where(Project.state.in_(over if finished else LIVE), *located(Project.community_id, community_id))
        .order_by(Project.id.desc())
        .limit(limit + 1)
    )
    if before is not None:
        query = query.where(Project.id < before)
    found = [tuple(row) for row in db.session.execute(query)]
    lines = lines_of(found[:limit])
    return lines, lines[-1].id if len(found) > limit else None


def lines_of(found: list[Any]) -> list[ProjectLine]:
    """Return the lines of projects, each given with the names of its community and organization."""
    ids = [project.id for project, _, _ in found]
    query = (
        select(ServiceLog.project_id, func.count(), func.count().filter(ONCE))
        .where(ServiceLog.project_id.in_(ids), ServiceLog.state == ServiceLogState.APPROVED)
        .group_by(ServiceLog.project_id)
    )
    counted: dict[int, tuple[int, int]] = {row[0]: (row[1], row[2]) for row in db.session.execute(query)}
    released = releases(ids=ids)
    return [
        _line(project, community, organization, counted.get(project.id, (0, 0)), released.get(project.id))
        for project, community, organization in found
    ]


def _line(
    one: Project, community: str, organization: str | None, services: tuple[int, int], release: RatingRelease | None
) -> ProjectLine:
    return ProjectLine(
        one.id, one.public_id, one.title, organization or "", community, ProjectState(one.state), Field(one.field),
        one.ends_on, *services, release.n if release else 0, mean_of([release.voices]) if release else None,
    )  # fmt: skip
