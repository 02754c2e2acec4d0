"""The thread of one need: raised, accepted, merged, packaged, in a project, served, settled."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from models.base import db
from models.needs import Need
from models.organizations import Organization
from models.packages import Package, PackageNeed
from models.projects import Project
from models.states import NeedState, PackageState, ProjectState
from models.thread.kinds import Knot, KnotState, Step, began, founded

SETTLED = (NeedState.RESOLVED, NeedState.CONFIRMED, NeedState.AUTO_CLOSED)
TURNED = (NeedState.REJECTED, NeedState.REDIRECTED, NeedState.WITHDRAWN)


@dataclass(frozen=True)
class _Carrier:
    """What carries a need: its membership with package, project and organization."""

    row: PackageNeed
    package: Package | None
    project: Project | None
    organization: str | None

    @property
    def let_go(self) -> bool:
        """Tell whether the need left a project that goes on: it was handled with another and taken out again."""
        live = (ProjectState.APPROVED, ProjectState.RUNNING, ProjectState.SUSPENDED)
        return self.row.left_at is not None and self.project is not None and self.project.state in live


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
    if carrier is None or carrier.let_go:
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
    elif need is not None and founded(project) < need.raised_at:
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
