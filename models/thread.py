"""The thread: from a need to what became of it, knot by knot, the same for those who asked, serve, decide and read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from models.base import SHANGHAI, db, now, today
from models.needs import Need
from models.organizations import Organization
from models.packages import Package, PackageNeed
from models.projects import Project
from models.ratings import Rating
from models.service_log import ServiceLog
from models.states import NeedState, PackageState, ProjectState, RatingState, ServiceLogState


class Step(StrEnum):
    """The knots a thread may have, from what was asked to what it was worth."""

    NEEDS = "NEEDS"
    RAISED = "RAISED"
    ACCEPTED = "ACCEPTED"
    TURNED_AWAY = "TURNED_AWAY"
    MERGED = "MERGED"
    PACKAGE = "PACKAGE"
    PROJECT = "PROJECT"
    ASSIGNED = "ASSIGNED"
    SERVICE = "SERVICE"
    ANSWER = "ANSWER"
    CONFIRMED = "CONFIRMED"
    RATING = "RATING"
    EVALUATION = "EVALUATION"


class KnotState(StrEnum):
    """How far a knot is; the values are the classes of the drawing."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Knot:
    """One knot: its title by key, one line below by key with values, when, and the thing it leads to."""

    key: Step
    state: KnotState
    at: datetime | None = None
    detail: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    kind: str | None = None
    public_id: str | None = None


SETTLED = (NeedState.RESOLVED, NeedState.CONFIRMED, NeedState.AUTO_CLOSED)
TURNED = (NeedState.REJECTED, NeedState.REDIRECTED, NeedState.WITHDRAWN)
OVER = (ProjectState.CLOSED, ProjectState.TERMINATED)


# Below this nobody is told whether anybody has rated (decisions 23, 24).
FEWEST_RATINGS = 5


def last_monday() -> datetime:
    """Return the instant on which public figures last moved: Monday, 0:00 in Shanghai."""
    return datetime.combine(today() - timedelta(days=today().weekday()), time(), SHANGHAI)


def began(project: Project) -> datetime:
    """Return the first instant of a project's first day."""
    return datetime.combine(project.starts_on, time(), SHANGHAI)


@dataclass(frozen=True)
class _Carrier:
    """What carries a need: its membership with package, project and organization."""

    row: PackageNeed
    package: Package | None
    project: Project | None
    organization: str | None


def _carrier(need_id: int) -> _Carrier | None:
    query = (
        select(PackageNeed, Package, Project, Organization.name)
        .outerjoin(Package, Package.id == PackageNeed.package_id)
        .outerjoin(Project, Project.id == PackageNeed.project_id)
        .outerjoin(Organization, Organization.id == Project.organization_id)
        .where(PackageNeed.need_id == need_id)
        .order_by(PackageNeed.left_at.is_(None).desc(), PackageNeed.id.desc())
        .limit(1)
    )
    found = db.session.execute(query).first()
    return _Carrier(*found) if found else None


def _target(need: Need) -> Need:
    """Return the need that a merged one was taken into, however many times."""
    seen = {need.id}
    while need.merged_into_id is not None and need.merged_into_id not in seen:
        need = Need.get(need.merged_into_id)
        seen.add(need.id)
    return need


def thread_of_need(need: Need) -> list[Knot]:
    """Return the thread of one need: raised, accepted, merged, packaged, in a project, served, settled."""
    knots = [
        Knot(Step.RAISED, KnotState.DONE, need.raised_at, "ticket", {"number": need.ticket_no}, "needs", need.public_id)
    ]
    if need.state in TURNED:
        return [
            *knots,
            *_accepted(need),
            Knot(Step.TURNED_AWAY, KnotState.STOPPED, need.state_at, NeedState(need.state)),
        ]
    knots += _accepted(need)
    target = _target(need)
    if target is not need:
        knots.append(Knot(Step.MERGED, KnotState.DONE, need.merged_at, "merged", {}, "needs", target.public_id))
    carrier = _carrier(target.id)
    if carrier is None:
        return knots + _answered(target)
    knots += _package(carrier) + _project(carrier, need)
    return knots + ([] if carrier.row.left_at else _served(target, carrier.project)) + _settled(target)


def _accepted(need: Need) -> list[Knot]:
    if need.accepted_at is not None:
        return [Knot(Step.ACCEPTED, KnotState.DONE, need.accepted_at)]
    if need.state in TURNED:
        return []
    asked = need.state == NeedState.NEED_INFO
    return [Knot(Step.ACCEPTED, KnotState.NOW, need.acceptance_due_at, "asked" if asked else "looked_at_by")]


def _answered(need: Need) -> list[Knot]:
    """Return the rest of a thread that needs no project: an answer, and the author's word."""
    if need.state in SETTLED:
        return [Knot(Step.ANSWER, KnotState.DONE, need.resolved_at), *_settled(need)]
    waiting = need.accepted_at is not None
    due = need.extended_until or need.answer_due_at
    return [Knot(Step.ANSWER, KnotState.NOW if waiting else KnotState.NEXT, due if waiting else None,
                 "answer_by" if waiting and due else ""), *_settled(need)]  # fmt: skip


def _settled(need: Need) -> list[Knot]:
    if need.state == NeedState.RESOLVED:
        return [Knot(Step.CONFIRMED, KnotState.NOW, None, "your_word")]
    if need.state == NeedState.CONFIRMED:
        return [Knot(Step.CONFIRMED, KnotState.DONE, need.closed_at or need.state_at)]
    if need.state == NeedState.AUTO_CLOSED:
        return [Knot(Step.CONFIRMED, KnotState.DONE, need.closed_at or need.state_at, "closed_by_itself")]
    return [Knot(Step.CONFIRMED, KnotState.NEXT)]


def _package(carrier: _Carrier) -> list[Knot]:
    package = carrier.package
    if package is None:
        return []
    if package.state in (PackageState.UNFEASIBLE, PackageState.DISSOLVED):
        state, detail = KnotState.STOPPED, PackageState(package.state)
    elif package.state == PackageState.APPROVED:
        state, detail = KnotState.DONE, PackageState.APPROVED
    else:
        state, detail = (KnotState.STOPPED if carrier.row.left_at else KnotState.NOW), PackageState(package.state)
    at = package.decided_at or carrier.row.joined_at
    return [Knot(Step.PACKAGE, state, at, detail, {"title": package.title}, "packages", package.public_id)]


def _project(carrier: _Carrier, need: Need | None) -> list[Knot]:
    project = carrier.project
    if project is None:
        return [] if carrier.row.left_at else [Knot(Step.PROJECT, KnotState.NEXT)]
    values = {"title": project.title, "organization": carrier.organization or ""}
    if project.state == ProjectState.TERMINATED:
        mark, detail = KnotState.STOPPED, "terminated"
    elif need is not None and began(project) < need.raised_at:
        # 本项目先于需求立项: the project was there before anybody asked.
        mark, detail = KnotState.DONE, "project_came_first"
    elif project.state == ProjectState.APPROVED:
        mark, detail = KnotState.NOW, "waits_for_organization"
    else:
        mark, detail = KnotState.DONE, "resting" if project.state == ProjectState.SUSPENDED else "runs"
    at = began(project) if project.package_id is None else carrier.row.joined_at
    return [Knot(Step.PROJECT, mark, at, detail, values, "projects", project.public_id)]


def _served(need: Need, project: Project | None) -> list[Knot]:
    if need.served_at is not None:
        return [
            Knot(Step.SERVICE, KnotState.DONE if need.state in SETTLED else KnotState.NOW, need.served_at, "served")
        ]
    running = project is not None and project.state in (ProjectState.RUNNING, ProjectState.SUSPENDED)
    if running or need.next_step:
        step = {"step": need.next_step or ""}
        return [Knot(Step.SERVICE, KnotState.NOW if running else KnotState.NEXT, need.next_step_at,
                     "next_step" if need.next_step else "", step)]  # fmt: skip
    return [Knot(Step.SERVICE, KnotState.NEXT)]


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
        .where(PackageNeed.project_id == project.id)
    )
    rows = db.session.execute(carried).all()
    merged = db.session.scalar(
        select(func.count()).select_from(Need).where(Need.merged_into_id.in_([row.id for row in rows]))
    )
    logs = db.session.execute(
        select(func.count(), func.max(ServiceLog.ended_at)).where(
            ServiceLog.project_id == project.id, ServiceLog.state == ServiceLogState.APPROVED
        )
    ).one()
    rated = db.session.scalar(
        select(func.count())
        .select_from(Rating)
        .where(Rating.project_id == project.id, Rating.state == RatingState.VALID, Rating.created_at < last_monday())
    )
    return _Sums(
        needs=len({row.id for row in rows}),
        later=sum(row.linked_later for row in rows),
        merged=merged or 0,
        after_start=sum(row.raised_at > began(project) for row in rows),
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
    first = package is None or sums.after_start > 0
    at = began(project) if package is None else (package.decided_at or project.created_at)
    state = KnotState.STOPPED if project.state == ProjectState.TERMINATED else KnotState.DONE
    detail = "terminated" if state == KnotState.STOPPED else ("project_came_first" if first else "number")
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
