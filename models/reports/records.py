"""The records behind a cell, one page after the other: what the figure counted, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from models import ciphers
from models.accounts import Account
from models.attendance import Attendance
from models.base import NotFound, db
from models.needs import Need
from models.people import Person
from models.places import Place
from models.projects import Project, TeamMember
from models.reports import books, counting
from models.reports.books import WHO, Scope
from models.reports.cells import Amount, Book, Cell
from models.service_lists import ServiceList
from models.service_log import ServiceLog
from models.volunteering import HourRecord

PAGE = 30


@dataclass(frozen=True)
class Record:
    """One record: where it stands, what it is, and what it adds to its cell."""

    id: int
    public_id: str
    title: str
    place: str
    at: datetime | None
    amount: int
    detail: str = ""


@dataclass(frozen=True)
class Page:
    """A page of the records of a cell, the newest first; `older` is where the next page begins."""

    cell: Cell
    figure: int | None
    lines: list[Record]
    older: int | None


def page(here: Scope, cell: Cell, *, before: int | None = None, limit: int = PAGE) -> Page:
    """Return a page of the records of a cell. Errors: NotFound for what opens no records."""
    if not cell.opens:
        raise NotFound(cell.name)
    if not books.told(here, cell):
        return Page(cell, None, [], None)
    lines = _READERS[cell.book](here, cell, before, limit + 1)
    older = lines[limit - 1].id if len(lines) > limit else None
    return Page(cell, figure(here, cell), lines[:limit], older)


def figure(here: Scope, cell: Cell) -> int | None:
    """Return the one figure of a cell, by the same readers as the whole report."""
    if cell.book == Book.CALLBACKS or not books.told(here, cell):
        return None
    if cell.book == Book.NEEDS:
        return counting.needs(here, (cell,))[cell.name]
    return counting.summed(counting.read(here), (cell,))[cell.name]


def _before(column: Any, before: int | None) -> list[Any]:
    return [] if before is None else [column < before]


def _needs(here: Scope, cell: Cell, before: int | None, limit: int) -> list[Record]:
    if cell.what is None:
        raise NotFound(cell.name)
    query = (
        select(Need, Place.name)
        .join(Place, Place.id == Need.community_id)
        .where(*books.needs(here, cell.what), *books.sorted_as(cell), *_before(Need.id, before))
        .order_by(Need.id.desc())
        .limit(limit)
    )
    return [
        Record(one.id, one.public_id, one.public_title or one.title or one.text[:30], place, one.raised_at, 1,
               one.ticket_no)
        for one, place in db.session.execute(query)
    ]  # fmt: skip


def _logs(here: Scope, cell: Cell, before: int | None, limit: int) -> list[Record]:
    there = select(func.count()).where(*books.served(here)).correlate(ServiceLog).scalar_subquery()
    query = (
        select(ServiceLog, there + books.walk_ins(here), Place.name, Project.title)
        .join(Place, Place.id == ServiceLog.community_id)
        .join(Project, Project.id == ServiceLog.project_id)
        .where(*books.logs(here), *books.of_method(cell), *_before(ServiceLog.id, before))
        .order_by(ServiceLog.id.desc())
        .limit(limit)
    )
    found = []
    for one, turns, place, project in db.session.execute(query):
        amount = {Amount.MINUTES: one.minutes, Amount.TURNS: turns}.get(cell.amount, 1)
        found.append(Record(one.id, one.public_id, one.title, place, one.started_at, amount, project))
    return found


def _handed_down(here: Scope, cell: Cell, before: int | None, limit: int) -> list[Record]:
    there = select(func.count()).where(*books.served(here)).correlate(ServiceLog).scalar_subquery()
    query = (
        select(ServiceLog, there + books.walk_ins(here), ServiceList.money, ServiceList.department, Place.name)
        .join(Place, Place.id == ServiceLog.community_id)
        .where(*books.handed_down(here), *_before(ServiceLog.id, before))
        .order_by(ServiceLog.id.desc())
        .limit(limit)
    )
    found = []
    for one, turns, fen, department, place in db.session.execute(query):
        amount = {Amount.TURNS: turns, Amount.FEN: fen}.get(cell.amount, 1)
        found.append(Record(one.id, one.public_id, one.title, place, one.started_at, amount, department))
    return found


def _cases(here: Scope, cell: Cell, before: int | None, limit: int) -> list[Record]:
    last, times = func.max(ServiceLog.id), func.count()
    query = (
        select(last, times, func.max(ServiceLog.started_at), ServiceLog.case_no, Project.title, Place.name)
        .join(Project, Project.id == ServiceLog.project_id)
        .join(Place, Place.id == ServiceLog.community_id)
        .where(*books.cases(here))
        .group_by(ServiceLog.case_no, Project.id, Project.title, Place.name)
        .order_by(last.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.having(last < before)
    rows = db.session.execute(query).all()
    ids = dict(db.session.execute(select(ServiceLog.id, ServiceLog.public_id).where(
        ServiceLog.id.in_([row[0] for row in rows]))).all())  # fmt: skip
    return [Record(i, ids[i], number or "", place, at, 1, project) for i, _, at, number, project, place in rows]


def _served(here: Scope, cell: Cell, before: int | None, limit: int) -> list[Record]:
    query = (
        select(WHO.label("who"))
        .select_from(ServiceLog)
        .join(Attendance, Attendance.log_id == ServiceLog.id)
        .join(Person, Person.id == Attendance.person_id)
        .where(*books.logs(here), *books.served(here), *books.of_method(cell), *_before(WHO, before))
    )
    return _people(query, limit)


def _people(query: Any, limit: int) -> list[Record]:
    """Return different persons, the last entered first; names are masked, whoever may opens the register."""
    who = query.distinct().order_by(WHO.desc()).limit(limit).subquery()
    people = (
        select(Person, Place.name).join(who, who.c.who == Person.id).join(Place, Place.id == Person.community_id)
        .order_by(Person.id.desc())
    )  # fmt: skip
    return [
        Record(one.id, one.public_id, ciphers.mask_name(one.name), place, None, 1)
        for one, place in db.session.execute(people)
    ]


def _of_hours(here: Scope, cell: Cell, before: int | None, column: Any) -> list[Any]:
    return [*books.hours(here), *books.of_method(cell), *_before(column, before)]


def _hours(here: Scope, cell: Cell, before: int | None, limit: int) -> list[Record]:
    query = (
        select(HourRecord, Person.name, Place.name)
        .join(Person, Person.id == HourRecord.person_id)
        .join(Place, Place.id == HourRecord.community_id)
        .outerjoin(ServiceLog, ServiceLog.id == HourRecord.log_id)
        .where(*_of_hours(here, cell, before, HourRecord.id))
        .order_by(HourRecord.id.desc())
        .limit(limit)
    )
    return [
        Record(one.id, "", one.activity_name, place, one.started_at,
               one.minutes if cell.amount == Amount.MINUTES else 1, ciphers.mask_name(name))
        for one, name, place in db.session.execute(query)
    ]  # fmt: skip


def _helpers(here: Scope, cell: Cell, before: int | None, limit: int) -> list[Record]:
    query = (
        select(WHO.label("who"))
        .select_from(HourRecord)
        .join(Person, Person.id == HourRecord.person_id)
        .outerjoin(ServiceLog, ServiceLog.id == HourRecord.log_id)
        .where(*_of_hours(here, cell, before, WHO))
    )
    return _people(query, limit)


def _projects(here: Scope, cell: Cell, before: int | None, limit: int) -> list[Record]:
    query = (
        select(Project, Place.name)
        .join(Place, Place.id == Project.community_id)
        .where(*books.projects(here, begun=cell.begun), *_before(Project.id, before))
        .order_by(Project.id.desc())
        .limit(limit)
    )
    return [
        Record(one.id, one.public_id, one.title, place, None, one.budget if cell.amount == Amount.FEN else 1,
               one.contract_no or one.project_no)
        for one, place in db.session.execute(query)
    ]  # fmt: skip


def _workers(here: Scope, cell: Cell, before: int | None, limit: int) -> list[Record]:
    query = (
        select(Account.id, Account.name)
        .join(TeamMember, TeamMember.account_id == Account.id)
        .join(Project, Project.id == TeamMember.project_id)
        .where(*books.workers(here), *_before(Account.id, before))
        .distinct()
        .order_by(Account.id.desc())
        .limit(limit)
    )
    return [Record(number, "", name, "", None, 1) for number, name in db.session.execute(query)]


def _nothing(here: Scope, cell: Cell, before: int | None, limit: int) -> list[Record]:
    return []


_READERS: dict[Book, Callable[[Scope, Cell, int | None, int], list[Record]]] = {
    Book.NEEDS: _needs,
    Book.LOGS: _logs,
    Book.CASES: _cases,
    Book.HANDED_DOWN: _handed_down,
    Book.SERVED: _served,
    Book.HOURS: _hours,
    Book.HELPERS: _helpers,
    Book.PROJECTS: _projects,
    Book.WORKERS: _workers,
    Book.CALLBACKS: _nothing,
}
