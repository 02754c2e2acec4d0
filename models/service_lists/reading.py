"""Lists as pages show them: who may be chosen, what waits, and one list building by building."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select

from models.attendance import Attendance, Outcome, Part
from models.base import db, today
from models.people import Person, PersonState, PersonTag, Tag, home_of, homes
from models.permissions import Permission
from models.places import Place
from models.projects import Project
from models.service_lists.row import MOST_LINES, ServiceList, ServiceListLine, recorded

if TYPE_CHECKING:
    from models.accounts import Actor

PAGE = 30
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Wanted:
    """By what people are chosen: a mark, at least so many years, one building."""

    tag: Tag | None = None
    age: int | None = None
    building: str = ""


@dataclass(frozen=True)
class Chosen:
    """Somebody whom the choice found."""

    public_id: str
    name: str
    door: str
    years: int | None


def whole_register(project_public_id: str, actor: Actor) -> bool:
    """Tell whether somebody may choose from everybody of the register; others choose from those the project served."""
    community = db.session.scalar(select(Project.community_id).where(Project.public_id == project_public_id))
    return community in actor.reach(Permission.READ_PEOPLE).community_ids


def choose(project: Project, wanted: Wanted, actor: Actor) -> list[Chosen]:
    """Return whom a list may hold, door after door: of the register for those who keep it, else whom the project served.

    A mark without a basis finds nobody (decision 5).
    """
    query = _within(project, actor)
    if wanted.tag is not None:
        marked = select(PersonTag.person_id).where(
            PersonTag.tag == wanted.tag, PersonTag.basis.is_not(None), PersonTag.ended_at.is_(None)
        )
        query = query.where(Person.id.in_(marked))
    if wanted.age is not None:
        query = query.where(Person.birth_year <= today().year - wanted.age)
    if wanted.building:
        query = query.where(Person.building == wanted.building)
    found = sorted(db.session.scalars(query.order_by(Person.id).limit(MOST_LINES)), key=_way)
    home = homes(found)
    return [
        Chosen(p.public_id, p.name, home[p.id], today().year - p.birth_year if p.birth_year else None) for p in found
    ]


def _within(project: Project, actor: Actor) -> Select[Any]:
    """Return everybody from whom somebody may choose for a project."""
    query = select(Person).where(Person.community_id == project.community_id, Person.state == PersonState.ACTIVE)
    if project.community_id in actor.reach(Permission.READ_PEOPLE).community_ids:
        return query
    met = select(Attendance.person_id).where(Attendance.project_id == project.id, Attendance.part == Part.SERVED)
    return query.where(Person.id.in_(met))


def find(project: Project, public_ids: list[str], actor: Actor) -> list[Person]:
    """Return the people of a form whom the choice may hold, in the order of the doors."""
    wanted = list(dict.fromkeys(public_ids))[: MOST_LINES + 1]
    return by_door(db.session.scalars(_within(project, actor).where(Person.public_id.in_(wanted))))


def by_door(people: Iterable[Person]) -> list[Person]:
    """Return people as somebody walks from door to door."""
    return sorted(people, key=_way)


def _way(person: Person) -> Any:
    """Order people as somebody walks: courtyard after courtyard, building after building, 2 before 10."""
    parts = (str(person.courtyard_id or 0), person.building or "~", person.unit or "", person.room or "", person.name)
    return [
        [(0, int(one), "") if one.isdecimal() else (1, 0, one) for one in _DIGITS.split(part) if one] for part in parts
    ]


@dataclass(frozen=True)
class Door:
    """One line of a list, as it is ticked and signed."""

    id: int
    public_id: str
    name: str
    building: str
    door: str
    outcome: Outcome | None
    ticked_at: datetime | None


@dataclass(frozen=True)
class ListLine:
    """A list among others: how far it is."""

    id: int
    public_id: str
    title: str
    goods: str
    on_day: date
    project: str
    people: int
    ticked: int
    seen: int
    department: str | None
    log_public_id: str | None
    dropped: bool


@dataclass(frozen=True)
class ListCard:
    """One list with its doors."""

    line: ListLine
    community: str
    basis: str | None
    money: int
    buildings: tuple[tuple[str, tuple[Door, ...]], ...]

    @property
    def left(self) -> int:
        """Return how many doors nobody has been to."""
        return self.line.people - self.line.ticked


def _query() -> Any:
    line = ServiceListLine
    return (
        select(ServiceList, Project.title, func.count(line.id), func.count(line.outcome),
               func.count(line.id).filter(line.outcome == Outcome.SEEN))
        .join(Project, Project.id == ServiceList.project_id)
        .join(line, line.list_id == ServiceList.id)
        .group_by(ServiceList.id, Project.title)
    )  # fmt: skip


def _lines(query: Any) -> list[ListLine]:
    rows = list(db.session.execute(query))
    logs = recorded([one.id for one, *_ in rows])
    return [
        ListLine(
            one.id, one.public_id, one.title, one.goods, one.on_day, project, people, ticked, seen, one.department,
            logs.get(one.id), one.dropped_at is not None,
        )
        for one, project, people, ticked, seen in rows
    ]  # fmt: skip


def lines(actor: Actor, *, before: int | None = None) -> tuple[list[ListLine], int | None]:
    """Return the lists within reach, newest first, and where the next page begins."""
    mine = ServiceList.visible_to(actor, Permission.WRITE_LOG).with_only_columns(ServiceList.id)
    query = _query().where(ServiceList.id.in_(mine), ServiceList.dropped_at.is_(None))
    if before is not None:
        query = query.where(ServiceList.id < before)
    found = _lines(query.order_by(ServiceList.id.desc()).limit(PAGE + 1))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def printable(actor: Actor) -> list[ListLine]:
    """Return the lists that somebody may print, newest first."""
    may = ServiceList.printable_by(actor, Permission.WRITE_LOG).with_only_columns(ServiceList.id)
    query = _query().where(ServiceList.id.in_(may), ServiceList.dropped_at.is_(None))
    return _lines(query.order_by(ServiceList.id.desc()).limit(PAGE))


def card_of(one: ServiceList, building: str | None = None) -> ListCard:
    """Return one list building by building, or one building of it."""
    query = (
        select(ServiceListLine, Person, Place.name)
        .join(Person, Person.id == ServiceListLine.person_id)
        .outerjoin(Place, Place.id == Person.courtyard_id)
        .where(ServiceListLine.list_id == one.id)
    )
    rows = sorted(db.session.execute(query).all(), key=lambda row: _way(row[1]))
    doors = [
        Door(line.id, line.public_id, p.name, block, home_of(p, yard), Outcome(line.outcome) if line.outcome else None,
             line.ticked_at)
        for line, p, yard in rows
        if (block := " ".join(part for part in (yard, p.building) if part)) == building or building is None
    ]  # fmt: skip
    here = _lines(_query().where(ServiceList.id == one.id))[0]
    grouped = tuple((name, tuple(some)) for name, some in groupby(doors, key=lambda door: door.building))
    return ListCard(here, Place.get(one.community_id).name, one.basis, one.money, grouped)
