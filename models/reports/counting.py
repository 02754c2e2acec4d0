"""A report counted: every book is read once, in groups, and each cell adds up the groups that belong to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, literal, select

from models.attendance import Attendance
from models.base import db
from models.needs import Need
from models.people import Person
from models.people.merging import merged_people
from models.projects import Project, TeamMember
from models.reports import books
from models.reports.books import WHO, Scope, Station
from models.reports.cells import BY_KIND, MONTHLY, STATION, Amount, Book, Cell, Change, ReportKind
from models.reports.voices import Said, said
from models.service_lists import ServiceList
from models.service_log import Lasting, ServiceLog, ServiceMethod, lasting
from models.volunteering import HourRecord

# What is known of a cell without working anything out: counts, minutes, fen. None where there is nothing to count.
Figures = dict[str, int | None]


@dataclass(frozen=True)
class Group:
    """Some records alike: where, of which method, and how much they are; `who` where persons are counted once."""

    station: Station
    method: str | None
    ones: int = 0
    minutes: int = 0
    turns: int = 0
    fen: int = 0
    who: Any = None
    changes: Mapping[Change, int] | None = None
    begun: bool = False
    lost: int = 0

    def worth(self, cell: Cell) -> int:
        """Return what the group adds to a cell."""
        if cell.change:
            return (self.changes or {}).get(cell.change, 0)
        if cell.no_grid:
            return self.lost
        return {Amount.MINUTES: self.minutes, Amount.TURNS: self.turns, Amount.FEN: self.fen}.get(
            cell.amount, self.ones
        )


Books = dict[Book, list[Group]]
STANDS_FOR = {Lasting.CONTINUING: ServiceMethod.VISIT, Lasting.ONE_OFF: ServiceMethod.EVENT}
PERSONS = (Book.SERVED, Book.HELPERS, Book.WORKERS, Book.CASES)


def read(here: Scope) -> Books:
    """Read the books of service once: a flat number of questions, however many records and stations there are."""
    turns, there = _turns(here)
    return {
        Book.LOGS: _logs(here, turns),
        Book.SERVED: there,
        Book.CASES: _cases(here),
        Book.HANDED_DOWN: _handed_down(here),
        Book.PROJECTS: _projects(here),
        Book.WORKERS: _workers(here),
        **_hours(here),
    }


def _turns(here: Scope) -> tuple[dict[tuple[Station, str], int], list[Group]]:
    """Return the turns of each station and method, and who was there for continuing and for one-off service.

    One line a person and station, not one a turn: that is what a year of a district is made of.
    """
    methods = list(ServiceMethod)
    columns = (ServiceLog.community_id, ServiceLog.organization_id, Attendance.person_id)
    query = (
        select(*columns, *(func.count().filter(ServiceLog.method == one) for one in methods))
        .select_from(ServiceLog)
        .join(Attendance, Attendance.log_id == ServiceLog.id)
        .where(*books.logs(here), *books.served(here))
        .group_by(*columns)
    )
    # Few people were entered twice: asking who they are costs less than asking it of every line.
    merged, nothing = merged_people(), [0] * len(methods)
    sums: dict[tuple[int, int | None], list[int]] = {}
    stations: dict[tuple[int, int | None], Station] = {}
    there: list[Group] = []
    parts = [lasting(one) for one in methods]
    rows: Any = db.session.execute(query)
    for community, organization, who, *counted in rows:
        key = community, organization
        station = stations.get(key) or stations.setdefault(key, Station(*key))
        sums[key] = [a + b for a, b in zip(sums.get(key, nothing), counted, strict=True)]
        # Which method stands for its kind does not matter: nobody counts persons by method.
        met = {part for part, n in zip(parts, counted, strict=True) if n}
        there += [Group(station, STANDS_FOR[part], who=merged.get(who, who)) for part in met]
    return {(stations[key], one): n for key, ns in sums.items() for one, n in zip(methods, ns, strict=True)}, there


def _logs(here: Scope, there: dict[tuple[Station, str], int]) -> list[Group]:
    of = (ServiceLog.community_id, ServiceLog.organization_id, ServiceLog.method)
    up, down = ServiceLog.scale_after > ServiceLog.scale_before, ServiceLog.scale_after < ServiceLog.scale_before
    query = (
        select(*of, func.count(), func.sum(ServiceLog.minutes), func.sum(books.walk_ins(here)),
               func.count(ServiceLog.scale_before + ServiceLog.scale_after), func.count().filter(up),
               func.count().filter(down), literal(0) if here.of_homes else func.count().filter(books.no_grid()))
        .where(*books.logs(here))
        .group_by(*of)
    )  # fmt: skip
    found = []
    for c, o, method, ones, minutes, walk_ins, measured, risen, fallen, lost in db.session.execute(query):
        station = Station(c, o)
        changes = {Change.MEASURED: measured, Change.RISEN: risen, Change.FALLEN: fallen}
        turns_here = there.get((station, method), 0) + int(walk_ins)
        found.append(Group(station, method, ones, int(minutes), turns_here, changes=changes, lost=lost))
    return found


def _cases(here: Scope) -> list[Group]:
    of = (ServiceLog.community_id, ServiceLog.organization_id, ServiceLog.method, ServiceLog.project_id,
          ServiceLog.case_no)  # fmt: skip
    query = select(*of).where(*books.cases(here)).distinct()
    return [Group(Station(c, o), method, who=(p, no)) for c, o, method, p, no in db.session.execute(query)]


def _handed_down(here: Scope) -> list[Group]:
    there = select(func.count()).where(*books.served(here)).correlate(ServiceLog).scalar_subquery()
    query = select(
        ServiceLog.community_id, ServiceLog.organization_id, ServiceLog.method, there + books.walk_ins(here),
        ServiceList.money,
    ).where(*books.handed_down(here))  # fmt: skip
    return [
        Group(Station(c, o), method, 1, turns=turns, fen=fen) for c, o, method, turns, fen in db.session.execute(query)
    ]


def _hours(here: Scope) -> Books:
    of = (HourRecord.community_id, HourRecord.organization_id, ServiceLog.method, WHO)
    query = (
        select(*of, func.count(), func.sum(HourRecord.minutes))
        .select_from(HourRecord)
        .join(Person, Person.id == HourRecord.person_id)
        .outerjoin(ServiceLog, ServiceLog.id == HourRecord.log_id)
        .where(*books.hours(here))
        .group_by(*of)
    )
    found = [
        Group(Station(c, o), method, ones, int(minutes), who=who)
        for c, o, method, who, ones, minutes in db.session.execute(query)
    ]
    return {Book.HOURS: found, Book.HELPERS: found}


def _projects(here: Scope) -> list[Group]:
    period = here.period
    query = select(Project.community_id, Project.organization_id, Project.budget, Project.starts_on).where(
        *books.projects(here)
    )
    return [
        Group(Station(c, o), None, 1, fen=budget, begun=period.first <= starts < period.until)
        for c, o, budget, starts in db.session.execute(query)
    ]


def _workers(here: Scope) -> list[Group]:
    of = (Project.community_id, Project.organization_id, TeamMember.account_id)
    query = select(*of).join(Project, Project.id == TeamMember.project_id).where(*books.workers(here)).distinct()
    return [Group(Station(c, o), None, who=who) for c, o, who in db.session.execute(query)]


def _apart(groups: list[Group]) -> dict[Lasting | None, list[Group]]:
    parts: dict[Lasting | None, list[Group]] = {None: groups, Lasting.CONTINUING: [], Lasting.ONE_OFF: []}
    for one in groups:
        parts[lasting(one.method)].append(one)
    return parts


def summed(found: Books, cells: Iterable[Cell]) -> Figures:
    """Return the figures of cells from the books."""
    figures: Figures = {}
    apart = {(book, part): groups for book, every in found.items() for part, groups in _apart(every).items()}
    for cell in cells:
        groups = [
            one
            for one in apart.get((cell.book, cell.lasting), ())
            if cell.method in (None, one.method) and (one.begun or not cell.begun)
        ]
        if cell.book in PERSONS:
            figures[cell.name] = len({one.who for one in groups})
        else:
            figures[cell.name] = sum(one.worth(cell) for one in groups)
    return figures


NEEDS = tuple(one for one in MONTHLY if one.book == Book.NEEDS)


def needs(here: Scope, cells: Iterable[Cell] = NEEDS) -> Figures:
    """Return the figures of needs: one question for each thing that can happen to them."""
    figures: Figures = {}
    wanted = list(cells)
    for what in dict.fromkeys(cell.what for cell in wanted if cell.what):
        query = select(Need.tile, Need.field, func.count()).where(*books.needs(here, what))
        rows = db.session.execute(query.group_by(Need.tile, Need.field)).all()
        for cell in (one for one in wanted if one.what == what):
            figures[cell.name] = sum(
                n for tile, field, n in rows if cell.tile in (None, tile) and cell.field in (None, field)
            )
    return figures


SERVED_BOOKS = (Book.LOGS, Book.SERVED, Book.CASES, Book.PROJECTS, Book.HOURS, Book.HELPERS, Book.HANDED_DOWN)


def monthly(here: Scope) -> tuple[Figures, dict[str, Said]]:
    """Return all figures of a report, and what those served said. Nobody can be called back yet: rates have no base."""
    found = read(here)
    voices = said(here, ((one.who, lasting(one.method)) for one in found[Book.SERVED]))
    figures = needs(here) | summed(found, [one for one in MONTHLY if one.book in SERVED_BOOKS])
    figures |= {one.name: None for one in MONTHLY if one.book == Book.CALLBACKS}
    for end, one in voices.items():
        figures |= {f"satisfaction.n{end}": one.n, f"satisfaction.served{end}": one.served,
                    f"satisfaction.counted{end}": one.counted, f"satisfaction.mean{end}": one.tenths}  # fmt: skip
    return {
        one.name: figures[one.name] if books.told(here, one) else None for one in BY_KIND[ReportKind.MONTHLY]
    }, voices


def stations(here: Scope) -> tuple[Figures, list[tuple[Station, Figures]]]:
    """Return the figures of all stations together, and of each that had a project or served anybody in the period.

    A person served by two of them counts once in the first, so the rows need not add up to it.
    """
    found = read(here)
    # Each station's own groups are laid apart once, however many stations there are.
    apart: dict[Station, Books] = {}
    for book, groups in found.items():
        for one in groups:
            apart.setdefault(one.station, {}).setdefault(book, []).append(one)
    order: Callable[[Station], Any] = lambda one: (one.community_id, one.organization_id or 0)  # noqa: E731
    return summed(found, STATION), [(one, summed(apart[one], STATION)) for one in sorted(apart, key=order)]
