"""人数, 人次 and progress: derived from the attendance of approved logs whenever they are read, never typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, func, select

from models.attendance import THERE, Attendance, Part
from models.base import SHANGHAI, db
from models.people import Person
from models.service_log.flags import too_many_walk_ins
from models.service_log.kinds import CONTINUING, ServiceMethod
from models.service_log.row import ServiceLog
from models.states import ServiceLogState


@dataclass(frozen=True)
class OneOff:
    """What of the counts happened once; the rest goes on with the same people (R93)."""

    persons: int = 0
    turns: int = 0
    sessions: int = 0
    minutes: int = 0


@dataclass(frozen=True)
class Counts:
    """What the approved logs of a project amount to."""

    persons: int = 0
    turns: int = 0
    walk_ins: int = 0
    sessions: int = 0
    minutes: int = 0
    volunteers: int = 0
    last_at: datetime | None = None
    persons_continuing: int = 0
    one_off: OneOff = OneOff()

    @property
    def walk_ins_over_cap(self) -> bool:
        """Tell whether more than a fifth of all turns have no name (decision 5)."""
        return too_many_walk_ins(self.walk_ins, self.turns - self.walk_ins)


def counts(project: Any) -> Counts:
    """Return the counts of one project. Source: decisions.md 5; domain/states.md C10, C11."""
    return counts_of([project.id]).get(project.id, Counts())


def counts_of(
    project_ids: Iterable[int], *, since: datetime | None = None, until: datetime | None = None
) -> dict[int, Counts]:
    """Return the counts of several projects in two queries: 人数 are different persons, 人次 are turns.

    Walk-ins count in the turns alone. A period is [since, until) of the service's beginning.
    """
    return _counted(ServiceLog.project_id, list(project_ids), since, until)


def counts_by_goal(project: Any) -> dict[int, Counts]:
    """Return the counts of each goal of a project."""
    goals = db.metadata.tables["goals"]
    ids = list(db.session.scalars(select(goals.c.id).where(goals.c.project_id == project.id)))
    return _counted(ServiceLog.goal_id, ids, None, None)


def _counted(column: Any, ids: list[int], since: datetime | None, until: datetime | None) -> dict[int, Counts]:
    if not ids:
        # Of nothing there is nothing: the database would look through all services to say so.
        return {}
    counting = [column.in_(ids), ServiceLog.state == ServiceLogState.APPROVED]
    counting += [ServiceLog.started_at >= since] if since else []
    counting += [ServiceLog.started_at < until] if until else []
    once = ServiceLog.method.not_in(sorted(CONTINUING))
    logs = select(
        column, func.count(), func.sum(ServiceLog.minutes), func.sum(ServiceLog.walk_ins), func.max(ServiceLog.ended_at),
        func.count().filter(once), func.sum(case((once, ServiceLog.minutes), else_=0)),
        func.sum(case((once, ServiceLog.walk_ins), else_=0)),
    )  # fmt: skip
    of_logs = {row[0]: row for row in db.session.execute(logs.where(*counting).group_by(column))}
    # Somebody who was entered twice and merged since is one person.
    who = func.coalesce(Person.merged_into_id, Person.id)
    served = Attendance.part == Part.SERVED
    people = (
        select(
            column,
            func.count(func.distinct(case((served, who)))),
            func.count(case((served, 1))),
            func.count(func.distinct(case((Attendance.part == Part.VOLUNTEER, who)))),
            func.count(func.distinct(case((and_(served, once), who)))),
            func.count(case((and_(served, once), 1))),
            func.count(func.distinct(case((and_(served, ~once), who)))),
        )
        .join(Attendance, Attendance.log_id == ServiceLog.id)
        .join(Person, Person.id == Attendance.person_id)
        .where(*counting, Attendance.state.in_(THERE))
        .group_by(column)
    )
    of_people = {row[0]: row for row in db.session.execute(people)}
    found = {}
    for key, (_, sessions, minutes, walk_ins, last_at, *apart) in of_logs.items():
        _, persons, turns, volunteers, *people_apart = of_people.get(key, (key, 0, 0, 0, 0, 0, 0))
        found[key] = Counts(
            persons, turns + walk_ins, walk_ins, sessions, minutes, volunteers, last_at, people_apart[2],
            OneOff(people_apart[0], people_apart[1] + apart[2], apart[0], apart[1]),
        )  # fmt: skip
    return found


def walk_in_share(logs: int, walk_ins: int) -> float | None:
    """Return the share of turns without a name; None where nobody came."""
    return walk_ins / (logs + walk_ins) if logs + walk_ins else None


@dataclass(frozen=True)
class PublicLog:
    """One service as everybody may read it: no title, no place, no names; those may tell whose door it was."""

    public_id: str
    id: int
    day: date
    method: ServiceMethod
    minutes: int
    summary: str
    turns: int


def public_logs(project: Any, *, before: int | None = None, limit: int = 20) -> list[PublicLog]:
    """Return the approved logs of a project as the public reads them, newest first (decision 25)."""
    turns = (
        select(func.count())
        .where(Attendance.log_id == ServiceLog.id, Attendance.part == Part.SERVED, Attendance.state.in_(THERE))
        .correlate(ServiceLog)
        .scalar_subquery()
    )
    query = (
        select(ServiceLog, turns)
        .where(ServiceLog.project_id == project.id, ServiceLog.state == ServiceLogState.APPROVED)
        .order_by(ServiceLog.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(ServiceLog.id < before)
    return [
        PublicLog(
            log.public_id, log.id, log.started_at.astimezone(SHANGHAI).date(), ServiceMethod(log.method), log.minutes,
            log.public_summary, there + log.walk_ins,
        )
        for log, there in db.session.execute(query)
    ]  # fmt: skip
