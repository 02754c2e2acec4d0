"""The page of a person served: last seen, what was promised, every service across projects as far as the reader may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, func, or_, select

from models.accounts import Account
from models.attendance import THERE, Attendance, Outcome, Part
from models.base import SHANGHAI, db, now
from models.care.finding import Finding
from models.care.row import served, was_named
from models.care.unseen import last_met
from models.contact_terms import days_for, terms_of
from models.needs import Need
from models.people import ConsentLine, Person, Tag, consented_tags
from models.people.lists import consents_of
from models.people.papers import Consent
from models.permissions import Permission
from models.places import Place
from models.projects import Project
from models.service_log import ServiceLog, ServiceMethod, workplaces
from models.states import AttendanceState, NeedState, ServiceLogState
from models.tellings import Telling, TellingState

if TYPE_CHECKING:
    from models.accounts import Actor

SHOWN = 40


@dataclass(frozen=True)
class Done:
    """One service that named the person: met, or not met and why."""

    public_id: str
    at: datetime
    method: ServiceMethod
    title: str
    project: str
    author: str
    there: bool
    struck: bool  # the committee found that the person was not there
    absence: Outcome | None
    state: ServiceLogState


@dataclass(frozen=True)
class Promise:
    """What was promised: the next visit, or the next step of a matter; late where the day has passed."""

    at: datetime
    what: str
    public_id: str | None
    late: bool


@dataclass(frozen=True)
class Spoken:
    """A matter that the person told or that was found at their door."""

    public_id: str
    ticket_no: str
    title: str
    state: NeedState
    proactive: bool


@dataclass(frozen=True)
class Card:
    """Everything that the page of a person served shows this reader."""

    public_id: str
    name: str
    where: str
    here: bool
    keeps: bool
    tags: tuple[Tag, ...]
    last_seen: datetime | None
    last_visit: datetime | None
    last_call: datetime | None
    days: int | None
    term: int
    promises: tuple[Promise, ...]
    done: tuple[Done, ...]
    counted: tuple[tuple[str, str, int], ...]
    others: int
    matters: tuple[Spoken, ...]
    household: tuple[tuple[str, str], ...]
    consents: tuple[ConsentLine, ...]
    visit_in: tuple[tuple[str, str], ...]

    @property
    def long_unseen(self) -> bool:
        """Tell whether nobody has been in touch for longer than the community agreed."""
        return self.term > 0 and (self.days is None or self.days > self.term)


def card_of(person: Person, actor: Actor) -> Card:
    """Return the page of a person: that and when somebody last came is told to all who serve, what was done by right.

    Marks, consents and matters are for those who keep the register. Source: decisions.md 25.
    """
    keeps = db.session.scalar(
        Person.visible_to(actor, Permission.READ_PEOPLE).where(Person.id == person.id).with_only_columns(Person.id)
    )
    last_seen = db.session.scalar(select(last_met()).select_from(Person).where(Person.id == person.id))
    last_visit, last_call = _last_visit(person), _last_call(person)
    contact = max((one for one in (last_seen, last_call) if one is not None), default=None)
    tags = tuple(sorted(consented_tags([person.id]).get(person.id, ())))
    yard = db.session.scalar(select(Place.name).where(Place.id == person.courtyard_id))
    mine, others = _counted(person, actor)
    return Card(
        person.public_id, person.name, " ".join(part for part in (yard, person.door) if part), person.is_here,
        keeps is not None, tags if keeps else (), last_seen, last_visit, last_call,
        (_day(now()) - _day(contact)).days if contact else None,
        days_for(tags, terms_of([person.community_id])[person.community_id]),
        tuple(sorted([*_visits(person, actor, last_seen), *_steps(person, actor)], key=lambda one: one.at)),
        tuple(_done(person, actor)), mine, others, tuple(_matters(person, actor)), tuple(_household(person, actor)),
        consents_of(select(Consent).where(Consent.person_id == person.id).order_by(Consent.id.desc())) if keeps else (),
        tuple(_visit_in(person, actor)),
    )  # fmt: skip


def _day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def _last_visit(person: Person) -> datetime | None:
    query = (
        select(func.max(ServiceLog.ended_at))
        .join(Attendance, Attendance.log_id == ServiceLog.id)
        .where(
            Attendance.person_id == person.id, Attendance.part == Part.SERVED, Attendance.state.in_(THERE),
            ServiceLog.method == ServiceMethod.VISIT, ServiceLog.state != ServiceLogState.VOIDED,
        )
    )  # fmt: skip
    return db.session.scalar(query)


def _last_call(person: Person) -> datetime | None:
    query = select(func.max(Telling.told_at)).where(Telling.person_id == person.id, Telling.state == TellingState.TOLD)
    return db.session.scalar(query)


def _within(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of the logs whose content somebody may read: a draft only its author."""
    reach = actor.reach(Permission.READ_LOGS)
    return (
        or_(reach.communities(ServiceLog.community_id), reach.organizations(ServiceLog.organization_id)),
        or_(ServiceLog.state != ServiceLogState.DRAFT, ServiceLog.author_id == actor.account_id),
        ServiceLog.state != ServiceLogState.VOIDED,
    )


def _done(person: Person, actor: Actor) -> list[Done]:
    query = (
        select(ServiceLog, Project.title, Account.name, Attendance.state, Attendance.absence)
        .join(Attendance, Attendance.log_id == ServiceLog.id)
        .join(Project, Project.id == ServiceLog.project_id)
        .join(Account, Account.id == ServiceLog.author_id)
        .where(Attendance.person_id == person.id, Attendance.part == Part.SERVED, was_named(), *_within(actor))
        .order_by(ServiceLog.started_at.desc(), ServiceLog.id.desc())
        .limit(SHOWN)
    )
    return [
        Done(
            log.public_id, log.started_at, ServiceMethod(log.method), log.title, project, author, state in THERE,
            state == AttendanceState.ABSENT and absence is None, Outcome(absence) if absence else None, ServiceLogState(log.state),
        )
        for log, project, author, state, absence in db.session.execute(query)
    ]  # fmt: skip


def _counted(person: Person, actor: Actor) -> tuple[tuple[tuple[str, str, int], ...], int]:
    """Return how often each project within reach met the person, and how often others did, of whom no more is told."""
    met = (
        select(Project.public_id, Project.title, func.count())
        .join(ServiceLog, ServiceLog.project_id == Project.id)
        .join(Attendance, Attendance.log_id == ServiceLog.id)
        .where(
            Attendance.person_id == person.id, Attendance.part == Part.SERVED, Attendance.state.in_(THERE),
            ServiceLog.state != ServiceLogState.VOIDED,
        )
        .group_by(Project.id, Project.public_id, Project.title)
        .order_by(func.count().desc(), Project.id)
    )  # fmt: skip
    mine = tuple((public_id, title, n) for public_id, title, n in db.session.execute(met.where(*_within(actor))))
    every = sum(n for _, _, n in db.session.execute(met))
    return mine, max(0, every - sum(n for _, _, n in mine))


def _visits(person: Person, actor: Actor, last_seen: datetime | None) -> list[Promise]:
    query = (
        select(func.max(Attendance.next_at), Project.title)
        .join(ServiceLog, ServiceLog.id == Attendance.log_id)
        .join(Project, Project.id == ServiceLog.project_id)
        .where(Attendance.person_id == person.id, Attendance.next_at.is_not(None), *_within(actor))
        .group_by(Project.id, Project.title)
    )
    return [
        Promise(at, title, None, _day(at) < _day(now()))
        for at, title in db.session.execute(query)
        if at is not None and (last_seen is None or last_seen < at)
    ]


def _steps(person: Person, actor: Actor) -> list[Promise]:
    query = Need.visible_to(actor, Permission.READ_NEEDS).where(
        Need.author_person_id == person.id, Need.state == NeedState.PLANNED, Need.next_step_at.is_not(None)
    )
    return [
        Promise(one.next_step_at, one.next_step or one.ticket_no, one.public_id, _day(one.next_step_at) < _day(now()))
        for one in db.session.scalars(query.order_by(Need.id).limit(SHOWN))
        if one.next_step_at is not None
    ]


def _spoken(need: Need) -> Spoken:
    title = need.public_title or need.title or need.text[:30]
    return Spoken(need.public_id, need.ticket_no, title, NeedState(need.state), need.proactive)


def _matters(person: Person, actor: Actor) -> list[Spoken]:
    query = Need.visible_to(actor, Permission.READ_NEEDS).where(Need.author_person_id == person.id)
    return [_spoken(one) for one in db.session.scalars(query.order_by(Need.id.desc()).limit(SHOWN))]


def found_on(log_id: int) -> list[Spoken]:
    """Return what was found on a visit and became a matter: its number and how far it is."""
    query = select(Need).join(Finding, Finding.need_id == Need.id).where(Finding.log_id == log_id).order_by(Need.id)
    return [_spoken(one) for one in db.session.scalars(query)]


def _household(person: Person, actor: Actor) -> list[tuple[str, str]]:
    if person.household_id is None:
        return []
    query = served(actor).where(Person.household_id == person.household_id, Person.id != person.id)
    return [(one.public_id, one.name) for one in db.session.scalars(query.order_by(Person.id))]


def _visit_in(person: Person, actor: Actor) -> list[tuple[str, str]]:
    """Return the running projects of this community in which the reader may write a visit down."""
    near = db.session.scalar(select(Place.name).where(Place.id == person.community_id))
    return [(one.public_id, one.title) for one in workplaces(actor) if one.community == near][:6]
