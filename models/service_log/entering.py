"""What may be written: the rules that an entry keeps before it becomes a log."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from models.base import Refused, db, now
from models.packages import PackageNeed
from models.permissions import Permission
from models.projects import Project
from models.service_log.kinds import Entry, ServiceMethod
from models.states import ProjectState

if TYPE_CHECKING:
    from models.accounts import Actor

LONGEST = timedelta(hours=24)
# A phone's clock may run a little ahead of ours.
AHEAD = timedelta(minutes=10)
MOST_WALK_INS = 5_000
SHORTEST_SUMMARY = 2


def check_writer(project: Project, by: Actor) -> None:
    """Let only those write who serve: the organization's own people, or the committee where it serves itself.

    Errors: Refused("not_your_project").
    """
    reach = by.reach(Permission.WRITE_LOG)
    if project.organization_id is None:
        allowed = project.community_id in reach.community_ids
    else:
        allowed = project.organization_id in reach.organization_ids
    if not allowed:
        raise Refused("not_your_project")


def check_entry(project: Project, entry: Entry) -> None:
    """Refuse what cannot have been. Errors: Refused with the reason, see the parts."""
    _check_times(project, entry)
    _check_words(entry)
    _check_goal(project, entry)
    _check_people(project, entry)
    _check_needs(project, entry)
    if entry.activity is not None and entry.activity.community_id != project.community_id:
        raise Refused("activity_of_another_community")
    if entry.from_list is not None and entry.from_list.project_id != project.id:
        raise Refused("list_of_another_project")
    if not 0 <= entry.walk_ins <= MOST_WALK_INS:
        raise Refused("walk_ins_out_of_range")


def _check_times(project: Project, entry: Entry) -> None:
    if entry.ended_at <= entry.started_at:
        raise Refused("ends_before_it_starts")
    if entry.ended_at - entry.started_at > LONGEST:
        raise Refused("log_over_24_hours")
    if entry.ended_at > now() + AHEAD:
        raise Refused("log_in_the_future")
    runs = project.state == ProjectState.RUNNING
    ran = project.state not in (ProjectState.RUNNING, ProjectState.APPROVED) and entry.ended_at <= project.state_at
    if not runs and not ran:
        raise Refused("project_not_running_then")


def _check_words(entry: Entry) -> None:
    if not entry.title.strip():
        raise Refused("title_needed")
    if entry.method == ServiceMethod.CASE:
        if not entry.case_no.strip() or entry.case_stage is None:
            raise Refused("case_number_and_stage_needed")
        if entry.people or entry.names or entry.helpers or entry.walk_ins:
            raise Refused("case_names_nobody")
    elif len(entry.public_summary.strip()) < SHORTEST_SUMMARY:
        raise Refused("summary_needed")


def _check_goal(project: Project, entry: Entry) -> None:
    if entry.goal is not None and entry.goal.project_id != project.id:
        raise Refused("goal_of_another_project")
    low = entry.goal.scale_low if entry.goal else None
    high = entry.goal.scale_high if entry.goal else None
    for value in (entry.scale_before, entry.scale_after):
        if value is None:
            continue
        if low is None or high is None:
            raise Refused("goal_has_no_scale")
        if not low <= value <= high:
            raise Refused("scale_out_of_range", low=low, high=high)


def _check_people(project: Project, entry: Entry) -> None:
    people = [line.person for line in entry.people or ()]
    if any(person.community_id != project.community_id for person in people):
        raise Refused("person_of_another_community")
    if len({person.id for person in people}) != len(people):
        raise Refused("person_already_there")


def _check_needs(project: Project, entry: Entry) -> None:
    wanted = {need.id for need in entry.needs}
    if wanted and not wanted <= set(needs_of(project)):
        raise Refused("need_of_another_project")


def needs_of(project: Project) -> list[int]:
    """Return the needs that a project serves: those of its package and those linked later."""
    of = [PackageNeed.project_id == project.id]
    if project.package_id is not None:
        of.append(PackageNeed.package_id == project.package_id)
    return list(db.session.scalars(select(PackageNeed.need_id).where(or_(*of), PackageNeed.left_at.is_(None))))
