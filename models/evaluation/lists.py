"""Lists of evaluations and of scheme versions, each in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from models.base import SHANGHAI, db
from models.evaluation.kinds import SchemeState
from models.evaluation.rows import BaseScore, EvaluationScheme
from models.organizations import Organization
from models.permissions import Permission
from models.places import Place
from models.projects import Project
from models.ratings import (
    RatingRelease,
)

if TYPE_CHECKING:
    from models.accounts import Actor


@dataclass(frozen=True)
class EvaluationLine:
    """A project as the list of evaluations shows it: last Monday's counts, and whether the base was scored."""

    id: int
    public_id: str
    project: str
    organization: str
    n: int | None
    served: int | None
    week: date | None
    scored: bool


def evaluations(actor: Actor, *, before: int | None = None, limit: int = 20) -> list[EvaluationLine]:
    """Return the projects within reach, newest first, in one query."""
    newer = aliased(RatingRelease)
    later = select(newer.id).where(newer.project_id == RatingRelease.project_id, newer.week > RatingRelease.week)
    scored = select(BaseScore.project_id).distinct().subquery()
    reach = actor.reach(Permission.READ_EVALUATION)
    query = (
        select(Project.id, Project.public_id, Project.title, func.coalesce(Organization.name, ""), RatingRelease.n,
               RatingRelease.served, RatingRelease.week, scored.c.project_id.is_not(None))
        .outerjoin(Organization, Organization.id == Project.organization_id)
        .outerjoin(RatingRelease, (RatingRelease.project_id == Project.id) & ~later.exists())
        .outerjoin(scored, scored.c.project_id == Project.id)
        .where(or_(reach.communities(Project.community_id), reach.organizations(Project.organization_id)))
        .order_by(Project.id.desc())
        .limit(limit)
    )  # fmt: skip
    if before is not None:
        query = query.where(Project.id < before)
    return [EvaluationLine(*row) for row in db.session.execute(query)]


@dataclass(frozen=True)
class SchemeLine:
    """A version as the list shows it."""

    public_id: str
    number: int
    district: str
    state: SchemeState
    applies_from: date
    published_on: date | None


def scheme_lines(district_ids: Sequence[int] | None = None, limit: int = 50) -> list[SchemeLine]:
    """Return the published versions, and the drafts of the given districts, newest first."""
    published = EvaluationScheme.state == SchemeState.PUBLISHED
    query = (
        select(EvaluationScheme, Place.name)
        .join(Place, Place.id == EvaluationScheme.district_id)
        .where(or_(published, EvaluationScheme.district_id.in_(district_ids or [])))
        .order_by(EvaluationScheme.id.desc())
        .limit(limit)
    )
    return [scheme_line(one, name) for one, name in db.session.execute(query)]


def scheme_line(one: EvaluationScheme, district: str = "") -> SchemeLine:
    """Return a version as a page shows it."""
    on = one.published_at.astimezone(SHANGHAI).date() if one.published_at else None
    return SchemeLine(one.public_id, one.number, district, SchemeState(one.state), one.applies_from, on)
