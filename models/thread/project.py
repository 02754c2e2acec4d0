"""The thread of one project, from its needs to its evaluation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time

from sqlalchemy import func, select

from models.base import SHANGHAI, db, now
from models.needs import Need
from models.organizations import Organization
from models.packages import Package, PackageNeed
from models.projects import Project
from models.ratings import RatingRelease
from models.service_log import ServiceLog
from models.states import NeedState, PackageState, ProjectState, ServiceLogState
from models.thread.kinds import Knot, KnotState, Step, began, founded

OVER = (ProjectState.CLOSED, ProjectState.TERMINATED)
# Below this nobody is told whether anybody has rated (decisions 23, 24).
FEWEST_RATINGS = 5


@dataclass(frozen=True)
class _Sums:
    needs: int
    later: int
    merged: int
    after_start: int
    first_joined: datetime | None
    logs: int
    last_served: datetime | None
    rated: bool


def _sums(project: Project) -> _Sums:
    carried = (
        select(Need.id, Need.raised_at, PackageNeed.linked_later, PackageNeed.joined_at)
        .join(PackageNeed, PackageNeed.need_id == Need.id)
        .where(PackageNeed.project_id == project.id, Need.state != NeedState.MERGED)
    )
    if project.state not in OVER:
        # What was handled with another and taken out again is no longer this project's.
        carried = carried.where(PackageNeed.left_at.is_(None))
    rows = db.session.execute(carried).all()
    merged = db.session.scalar(
        select(func.count()).select_from(Need).where(Need.merged_into_id.in_([row.id for row in rows]))
    )
    logs = db.session.execute(
        select(func.count(), func.max(ServiceLog.ended_at)).where(
            ServiceLog.project_id == project.id, ServiceLog.state == ServiceLogState.APPROVED
        )
    ).one()
    rated = db.session.scalar(select(func.max(RatingRelease.n)).where(RatingRelease.project_id == project.id))
    return _Sums(
        needs=len({row.id for row in rows}),
        later=sum(row.linked_later for row in rows),
        merged=merged or 0,
        after_start=sum(row.raised_at > founded(project) for row in rows),
        first_joined=min((row.joined_at for row in rows), default=None),
        logs=logs[0],
        last_served=logs[1],
        rated=(rated or 0) >= FEWEST_RATINGS,
    )


def thread_of_project(project: Project) -> list[Knot]:
    """Return the thread of one project, from its needs to its evaluation.

    Rating and evaluation carry no figures: those move on Mondays and are read where they are released (decision 23).
    """
    sums = _sums(project)
    package = Package.get(project.package_id) if project.package_id else None
    organization = Organization.get(project.organization_id) if project.organization_id else None
    return [
        *_needs_knots(project, sums),
        *_package_of(package),
        *_founded(project, package, sums),
        *_assigned(project, organization),
        *_service(project, sums),
        *_judged(project, sums),
    ]


def _needs_knots(project: Project, sums: _Sums) -> list[Knot]:
    numbers = {"n": sums.needs, "later": sums.later, "after": sums.after_start}
    if not sums.needs:
        return [Knot(Step.NEEDS, KnotState.NEXT, None, "no_needs_yet")]
    detail = "needs_linked_later" if sums.later else "needs"
    knots = [Knot(Step.NEEDS, KnotState.DONE, sums.first_joined, detail, numbers)]
    if sums.merged:
        knots.append(Knot(Step.MERGED, KnotState.DONE, None, "merged_into_these", {"n": sums.merged}))
    return knots


def _package_of(package: Package | None) -> list[Knot]:
    if package is None:
        return []
    at = package.decided_at
    return [Knot(Step.PACKAGE, KnotState.DONE, at, PackageState.APPROVED, {"title": package.title}, "packages",
                 package.public_id)]  # fmt: skip


def _founded(project: Project, package: Package | None, sums: _Sums) -> list[Knot]:
    values = {"title": project.title, "number": project.project_no, "after": sums.after_start}
    at = began(project) if package is None else (package.decided_at or project.created_at)
    state = KnotState.STOPPED if project.state == ProjectState.TERMINATED else KnotState.DONE
    detail = "terminated" if state == KnotState.STOPPED else ("number" if package else "project_came_first")
    return [Knot(Step.PROJECT, state, at, detail, values, "projects", project.public_id)]


def _assigned(project: Project, organization: Organization | None) -> list[Knot]:
    if project.state == ProjectState.APPROVED:
        return [Knot(Step.ASSIGNED, KnotState.NOW, None, "waits_for_organization")]
    if organization is None:
        return [Knot(Step.ASSIGNED, KnotState.DONE, None, "by_committee")]
    return [Knot(Step.ASSIGNED, KnotState.DONE, None, "organization", {"organization": organization.name})]


def _service(project: Project, sums: _Sums) -> list[Knot]:
    if project.state == ProjectState.APPROVED:
        return [Knot(Step.SERVICE, KnotState.NEXT)]
    over = project.state in OVER
    detail = "logs" if sums.logs else ("none_served" if over else "first_service")
    mark = (KnotState.DONE if sums.logs else KnotState.STOPPED) if over else KnotState.NOW
    return [Knot(Step.SERVICE, mark, sums.last_served, detail, {"n": sums.logs}, "projects", project.public_id)]


def _judged(project: Project, sums: _Sums) -> list[Knot]:
    """Return the last two knots; the evaluation is final only when a person has signed it."""
    over = project.state in OVER
    if sums.rated:
        rating = Knot(Step.RATING, KnotState.DONE if over else KnotState.NOW, None, "rated")
    elif over:
        rating = Knot(Step.RATING, KnotState.STOPPED, None, "too_few_rated")
    else:
        rating = Knot(Step.RATING, KnotState.NEXT)
    ended = over or datetime.combine(project.ends_on, time(), SHANGHAI) < now()
    judged = Knot(Step.EVALUATION, KnotState.NEXT, None, "", {}, "projects", project.public_id)
    return [rating, replace(judged, state=KnotState.NOW, detail="being_evaluated") if ended and sums.rated else judged]
