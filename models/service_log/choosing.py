"""What a log's form offers, and what it named: the last log, one's own people, goals, needs and activities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select, true

from models import activities
from models.attendance import THERE, Attendance, Outcome, Part, Seat, seats_of_logs
from models.base import SHANGHAI, db, now, today
from models.contact_terms import days_for, terms_of
from models.needs import Need
from models.people import Person, PersonState, consented_tags, homes
from models.permissions import Permission
from models.places import Place
from models.projects import Goal, Project, TeamMember
from models.service_log.entering import needs_of
from models.service_log.kinds import CaseStage, ServiceMethod
from models.service_log.reading import needs_of_logs
from models.service_log.row import ServiceLog
from models.service_log.waiting import within
from models.states import ProjectState, ServiceLogState

if TYPE_CHECKING:
    from models.accounts import Actor


@dataclass(frozen=True)
class LastLog:
    """What 照上次 brings over: where, how long, which goal, which people."""

    title: str
    place: str
    method: ServiceMethod
    minutes: int
    started_at: datetime
    public_summary: str
    goal_public_id: str | None
    need_public_ids: tuple[str, ...]
    people: tuple[Seat, ...]
    case_no: str | None
    case_stage: CaseStage | None


def last_of(
    account_id: int | None, project: Project, method: ServiceMethod, person: Person | None = None
) -> LastLog | None:
    """Return the author's last log of a method in a project, of one person where one is named."""
    query = select(ServiceLog, Goal.public_id).outerjoin(Goal, Goal.id == ServiceLog.goal_id).where(
        ServiceLog.author_id == account_id, ServiceLog.project_id == project.id, ServiceLog.method == method,
        ServiceLog.state != ServiceLogState.VOIDED,
        # What was only opened beforehand says nothing yet that could be taken over.
        or_(ServiceLog.public_summary != "", ServiceLog.method == ServiceMethod.CASE),
    )  # fmt: skip
    if person is not None:
        lines = select(Attendance.log_id).where(Attendance.person_id == person.id)
        query = query.where(ServiceLog.id.in_(lines))
    row = db.session.execute(query.order_by(ServiceLog.id.desc()).limit(1)).one_or_none()
    if row is None:
        return None
    log, goal = row
    return LastLog(
        log.title, log.place, ServiceMethod(log.method), log.minutes, log.started_at, log.public_summary, goal,
        tuple(need.public_id for need in needs_of_logs([log.id]).get(log.id, ())),
        tuple(seats_of_logs([log.id]).get(log.id, ())), log.case_no,
        CaseStage(log.case_stage) if log.case_stage else None,
    )  # fmt: skip


@dataclass(frozen=True)
class MyPerson:
    """Somebody a worker looks after in a project: when last seen there and in any, and when the next visit was promised."""

    public_id: str
    name: str
    home: str
    project: str
    project_public_id: str
    last_seen: datetime | None
    last_met: datetime | None
    next_at: datetime | None
    term: int

    @property
    def long_unseen(self) -> bool:
        """Tell whether nobody has seen this person for longer than the community agreed for their marks."""
        if self.last_met is None or not self.term:
            return self.term > 0
        return (today() - self.last_met.astimezone(SHANGHAI).date()).days > self.term

    @property
    def due(self) -> date | None:
        """Return the day of the promised visit where it has not been kept."""
        if self.next_at is None or (self.last_seen is not None and self.last_seen >= self.next_at):
            return None
        return self.next_at.astimezone(SHANGHAI).date()


@dataclass(frozen=True)
class LookedAfter:
    """Somebody whom a worker looks after, with a line for each project in which that happens."""

    lines: tuple[MyPerson, ...]

    @property
    def person(self) -> MyPerson:
        """Return what is the same in each of the projects: who it is, where they live, when they were last seen."""
        return self.lines[0]


def looked_after(people: Iterable[MyPerson], *, words: str = "", long: bool = False) -> list[LookedAfter]:
    """Return each person once, in the same order: those whose name or door has the words, or who were unseen for long."""
    asked = words.strip().casefold()
    return [
        LookedAfter(tuple(lines))
        for _, (*lines,) in groupby(people, attrgetter("public_id"))
        if asked in f"{lines[0].name} {lines[0].home}".casefold() and (lines[0].long_unseen or not long)
    ]


def people_of_worker(account_id: int | None, limit: int = 200) -> list[MyPerson]:
    """Return the people of a worker's own visits and groups, those unseen for longest first (好久没联系)."""
    seen = func.max(ServiceLog.ended_at).filter(Attendance.state.in_(THERE))
    # Whoever was met for another project yesterday is not unseen for long.
    met = func.max(seen).over(partition_by=Person.id)
    team = select(TeamMember.project_id).where(TeamMember.account_id == account_id, TeamMember.until.is_(None))
    query = (
        select(Person, Project.title, Project.public_id, seen, met, func.max(Attendance.next_at))
        .join(Attendance, Attendance.person_id == Person.id)
        .join(ServiceLog, ServiceLog.id == Attendance.log_id)
        .join(Project, Project.id == ServiceLog.project_id)
        .where(
            or_(ServiceLog.author_id == account_id, ServiceLog.project_id.in_(team)),
            ServiceLog.method.in_([ServiceMethod.VISIT, ServiceMethod.GROUP]),
            ServiceLog.state != ServiceLogState.VOIDED,
            Attendance.part == Part.SERVED,
            or_(Attendance.absence.is_(None), Attendance.absence != Outcome.TAKEN_BACK),
            Person.state == PersonState.ACTIVE,
        )
        .group_by(Person.id, Project.id)
        .order_by(func.coalesce(met, func.min(ServiceLog.created_at)), Person.id, Project.id)
        .limit(limit)
    )
    rows = list(db.session.execute(query))
    tags = consented_tags([p.id for p, *_ in rows])
    terms, home = terms_of({p.community_id for p, *_ in rows}), homes(p for p, *_ in rows)
    return [
        MyPerson(
            p.public_id, p.name, home[p.id], title, project, last, anywhere, after,
            days_for(tags.get(p.id, ()), terms[p.community_id]),
        )
        for p, title, project, last, anywhere, after in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Choices:
    """What a log's form offers: the project's goals, the needs it serves, and the activities of the last weeks."""

    goals: tuple[tuple[str, str], ...]
    needs: tuple[tuple[str, str], ...]
    activities: tuple[tuple[str, str], ...]


def own_people(project: Project, account_id: int | None) -> list[MyPerson]:
    """Return the people of one project whom a worker visits, those unseen for longest first."""
    return [one for one in people_of_worker(account_id) if one.project_public_id == project.public_id]


def choices_for(project: Project) -> Choices:
    """Return what the form of a log of this project offers."""
    goals = db.session.execute(
        select(Goal.public_id, Goal.title).where(Goal.project_id == project.id).order_by(Goal.id)
    )
    needs = db.session.execute(
        select(Need.public_id, func.coalesce(Need.public_title, Need.title, Need.ticket_no))
        .where(Need.id.in_(needs_of(project)))
        .order_by(Need.id)
    )
    days = activities.titles_of_project(project.id, now() - timedelta(days=60))
    return Choices(
        tuple((public_id, title) for public_id, title in goals),
        tuple((public_id, title) for public_id, title in needs),
        tuple(days),
    )


@dataclass(frozen=True)
class Workplace:
    """A project in which somebody may write logs."""

    public_id: str
    title: str
    community: str


def workplaces(actor: Actor, *, whole_community: bool = False) -> list[Workplace]:
    """Return the projects in which somebody may write logs: one's organization's, or the committee's own.

    Of the whole community they are those for which a committee may print.
    """
    reach = actor.reach(Permission.WRITE_LOG)
    own = or_(
        reach.organizations(Project.organization_id),
        and_(true() if whole_community else Project.organization_id.is_(None), reach.communities(Project.community_id)),
    )
    query = (
        select(Project.public_id, Project.title, Place.name)
        .join(Place, Place.id == Project.community_id)
        .where(own, Project.state.in_([ProjectState.RUNNING, ProjectState.SUSPENDED]))
        .order_by(Project.title, Project.id)
        .limit(60)
    )
    return [Workplace(*row) for row in db.session.execute(query)]


def find_needs(project: Project, public_ids: Sequence[str]) -> tuple[Need, ...]:
    """Return the needs of a project that a form named; others are not found there."""
    query = select(Need).where(Need.public_id.in_(list(public_ids)), Need.id.in_(needs_of(project)))
    return tuple(db.session.scalars(query)) if public_ids else ()


def find_goal(project: Project, public_id: str | None) -> Goal | None:
    """Return the goal of a project that a form named."""
    query = select(Goal).where(Goal.public_id == public_id, Goal.project_id == project.id)
    return db.session.scalars(query).one_or_none() if public_id else None


def find_people(community_id: int, public_ids: Sequence[str]) -> list[Person]:
    """Return the people of a community that a form named, in the order of their names."""
    if not public_ids:
        return []
    query = select(Person).where(
        Person.public_id.in_(list(public_ids)), Person.community_id == community_id, Person.state != "COMING"
    )
    return list(db.session.scalars(query.order_by(Person.name, Person.id)))


def find_logs(actor: Actor, public_ids: Sequence[str]) -> list[ServiceLog]:
    """Return the waiting logs within reach that a form named; the verb asks who may decide about each."""
    query = select(ServiceLog).where(ServiceLog.public_id.in_(list(public_ids)), within(actor)).order_by(ServiceLog.id)
    return list(db.session.scalars(query)) if public_ids else []


def regulars(project_id: int | None, community_id: int, limit: int = 80) -> list[tuple[str, str]]:
    """Return who was served by a project before, by name, for ticking; without a project nobody is known yet."""
    if project_id is None:
        return []
    query = (
        select(Person)
        .join(Attendance, Attendance.person_id == Person.id)
        .where(
            Attendance.project_id == project_id,
            Person.community_id == community_id,
            Person.state == PersonState.ACTIVE,
            Attendance.part == Part.SERVED,
        )
        .group_by(Person.id)
        .order_by(func.count().desc(), Person.name)
        .limit(limit)
    )
    return [(p.public_id, f"{p.name} {p.building or ''}".strip()) for p in db.session.scalars(query)]


def household(actor: Actor) -> list[tuple[str, str]]:
    """Return the people for whom an account may act, oneself first."""
    query = select(Person.public_id, Person.name).where(Person.id.in_(actor.person_ids))
    return [(a, b) for a, b in db.session.execute(query.order_by(Person.id != actor.person_id, Person.id))]


def own_person(actor: Actor, public_id: str) -> Person:
    """Return somebody for whom an account may act, or raise NotFound."""
    return Person.find(public_id, select(Person).where(Person.id.in_(actor.person_ids)))
