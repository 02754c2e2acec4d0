"""The books of a report: one condition for each, by which figures are counted and lists are opened alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from models.attendance import THERE, Attendance, Part
from models.base import db
from models.need_counts import Count
from models.needs import Need
from models.needs.missed import MissedDate
from models.people import Person
from models.places import Place, PlaceKind
from models.projects import Project, TeamMember
from models.projects.kinds import TeamPart
from models.reports.cells import Amount, Book, Cell, Change
from models.reports.periods import Period
from models.service_lists import ServiceList
from models.service_log import CONTINUING, Lasting, ServiceLog, ServiceMethod
from models.states import HourRecordState, ProjectState, ServiceLogState
from models.volunteering import HourRecord

# Where people live: what happened in a grid or a courtyard is what happened to them.
HOMES = (PlaceKind.GRID, PlaceKind.COURTYARD)
# Somebody who was entered twice and merged since is one person.
WHO = func.coalesce(Person.merged_into_id, Person.id)
# How many voices a mean is made of is told where the mean is.
COUNTED = "satisfaction.counted"
HAPPENED = {
    Count.RECEIVED: Need.raised_at,
    Count.ACCEPTED: Need.accepted_at,
    Count.ANSWERED: Need.answered_at,
    Count.RESOLVED: Need.resolved_at,
}


@dataclass(frozen=True)
class Station:
    """Who serves where: an organization in a community; None stands for the committee itself."""

    community_id: int
    organization_id: int | None


@dataclass(frozen=True)
class Scope:
    """A place with its communities, and a period; narrowed to one station where one is named.

    A grid or a courtyard lies in one community, and of what happened there only what its people met belongs to it.
    """

    place: Place
    communities: tuple[int, ...]
    period: Period
    station: Station | None = None
    community: str = ""

    @property
    def name(self) -> str:
        """Return what the place is called; a grid or a courtyard with its community, for many have the same name."""
        return f"{self.community} · {self.place.name}" if self.community else self.place.name

    @property
    def of_homes(self) -> bool:
        """Tell whether it is a grid or a courtyard, of whose people the records tell."""
        return self.place.kind in HOMES

    def lives(self, person_id: Any) -> list[ColumnElement[bool]]:
        """Return the condition that somebody lives in the grid or courtyard; none where the place is a wider one."""
        if not self.of_homes:
            return []
        home = aliased(Person)
        there = select(home.id).where(at_home(self.place, home))
        # An entry that was one person with another all along lives where that one does.
        return [person_id.in_(select(Person.id).where(WHO.in_(there)))]

    def within(self, row: Any) -> list[ColumnElement[bool]]:
        """Return the condition that a row of a community (and of the station) belongs here."""
        if self.station is None:
            return [row.community_id.in_(self.communities)]
        return [row.community_id == self.station.community_id, row.organization_id == self.station.organization_id]

    def during(self, column: Any) -> list[ColumnElement[bool]]:
        """Return the condition that something happened in the period."""
        return [column >= self.period.since, column < self.period.before]


def scope(place: Place, period: Period, station: Station | None = None) -> Scope:
    """Return the scope of a place: its communities are found once."""
    if place.kind in HOMES:
        community = Place.get(place.community_id or 0)
        return Scope(place, (community.id,), period, station, community.name)
    column = {PlaceKind.DISTRICT: Place.district_id, PlaceKind.STREET: Place.street_id}.get(
        PlaceKind(place.kind), Place.community_id
    )
    here = select(Place.id).where(Place.kind == PlaceKind.COMMUNITY, column == place.id).order_by(Place.id)
    return Scope(place, tuple(db.session.scalars(here)), period, station)


def at_home(place: Place, row: Any) -> ColumnElement[bool]:
    """Return the condition that a row with grid and courtyard lies in one of these."""
    if place.kind == PlaceKind.COURTYARD:
        return row.courtyard_id == place.id  # type: ignore[no-any-return]
    yards = select(Place.id).where(Place.parent_id == place.id, Place.kind == PlaceKind.COURTYARD)
    return or_(row.grid_id == place.id, row.courtyard_id.in_(yards))


def late(period: Period) -> ColumnElement[bool]:
    """Return the condition that a need missed a date in a period, once or more; what came later takes nothing back."""
    missed = select(MissedDate.need_id).where(MissedDate.day >= period.first, MissedDate.day < period.until)
    return Need.id.in_(missed)


def needs(here: Scope, what: Count) -> list[ColumnElement[bool]]:
    """Return the condition that something happened to a need in the period, as the daily counts of a month count it."""
    happened = [late(here.period)] if what == Count.LATE else here.during(HAPPENED[what])
    near = [at_home(here.place, Need)] if here.of_homes else []
    return [Need.community_id.in_(here.communities), *near, Need.hidden.is_(False), *happened]


def sorted_as(cell: Cell) -> list[ColumnElement[bool]]:
    """Return the condition that a need is of a cell's tile and field."""
    return [column == value for column, value in ((Need.tile, cell.tile), (Need.field, cell.field)) if value]


def logs(here: Scope) -> list[ColumnElement[bool]]:
    """Return the condition that a service was approved and began in the period; only such count.

    In a grid or a courtyard it is the services at which somebody was who lives there.
    """
    met = [select(Attendance.id).where(*served(here)).correlate(ServiceLog).exists()] if here.of_homes else []
    return [
        *here.within(ServiceLog), ServiceLog.state == ServiceLogState.APPROVED, *here.during(ServiceLog.started_at),
        *met,
    ]  # fmt: skip


def no_grid() -> ColumnElement[bool]:
    """Return the condition that a service is in no grid's figures: of nobody who was there is a home known.

    A case names nobody, so its meetings are in no grid's figures either; they stand here, with their records.
    """
    home = aliased(Person)
    housed = select(home.id).where(or_(home.grid_id.is_not(None), home.courtyard_id.is_not(None)))
    there = (
        select(Attendance.id)
        .join(Person, Person.id == Attendance.person_id)
        .where(
            Attendance.log_id == ServiceLog.id, Attendance.part == Part.SERVED, Attendance.state.in_(THERE),
            WHO.in_(housed),
        )
        .correlate(ServiceLog)
    )  # fmt: skip
    return ~there.exists()


def of_method(cell: Cell) -> list[ColumnElement[bool]]:
    """Return the condition that a service is of a cell's method and lasting."""
    found: list[ColumnElement[bool]] = [ServiceLog.method == cell.method] if cell.method else []
    if cell.lasting:
        goes_on = ServiceLog.method.in_([one.value for one in sorted(CONTINUING)])
        # Help at something without a log happened once.
        once = or_(ServiceLog.method.is_(None), ServiceLog.method.not_in([one.value for one in sorted(CONTINUING)]))
        found.append(goes_on if cell.lasting == Lasting.CONTINUING else once)
    measured = and_(ServiceLog.scale_before.is_not(None), ServiceLog.scale_after.is_not(None))
    changes: dict[Change, ColumnElement[bool]] = {
        Change.MEASURED: measured,
        Change.RISEN: and_(measured, ServiceLog.scale_after > ServiceLog.scale_before),
        Change.FALLEN: and_(measured, ServiceLog.scale_after < ServiceLog.scale_before),
    }
    if cell.no_grid:
        found.append(no_grid())
    return [*found, changes[cell.change]] if cell.change else found


def served(here: Scope) -> list[ColumnElement[bool]]:
    """Return the condition that a line of attendance is of a person served who was there (and lives here)."""
    return [
        Attendance.log_id == ServiceLog.id, Attendance.part == Part.SERVED, Attendance.state.in_(THERE),
        *here.lives(Attendance.person_id),
    ]  # fmt: skip


def walk_ins(here: Scope) -> Any:
    """Return how many came to a service without a name; nobody knows in which grid they live."""
    return literal(0) if here.of_homes else ServiceLog.walk_ins


def told(here: Scope, cell: Cell) -> bool:
    """Tell whether a figure is known of a place: neither money nor a mean is divided among grids and courtyards.

    Two grids beside their community would tell what a few people in them said, so a mean is told from a community up.
    Source: decisions.md 23.
    """
    divided = (
        cell.amount in (Amount.FEN, Amount.MEAN)
        or cell.no_grid
        or cell.book == Book.CALLBACKS
        or cell.name.startswith(COUNTED)
    )
    return not (here.of_homes and divided)


def handed_down(here: Scope) -> list[ColumnElement[bool]]:
    """Return the condition that a service carried out a list that a department handed down."""
    return [*logs(here), ServiceLog.list_id == ServiceList.id, ServiceList.department.is_not(None)]


def cases(here: Scope) -> list[ColumnElement[bool]]:
    """Return the condition that a service is a case with a number."""
    return [*logs(here), ServiceLog.method == ServiceMethod.CASE, ServiceLog.case_no.is_not(None)]


def alive_in(period: Period) -> ColumnElement[bool]:
    """Return the condition that a community has anything to report of a period: a need, a service or volunteer time."""
    during = lambda column: (column >= period.since) & (column < period.before)  # noqa: E731
    told = exists().where(Need.community_id == Place.id, Need.hidden.is_(False), during(Need.raised_at))
    served = exists().where(
        ServiceLog.community_id == Place.id, ServiceLog.state == ServiceLogState.APPROVED,
        during(ServiceLog.started_at),
    )  # fmt: skip
    given = exists().where(
        HourRecord.community_id == Place.id, HourRecord.state == HourRecordState.COUNTED,
        during(HourRecord.started_at),
    )  # fmt: skip
    return or_(told, served, given)


def hours(here: Scope) -> list[ColumnElement[bool]]:
    """Return the condition that volunteer time counts: approved, and the service behind it stands (an outer join)."""
    stands = or_(HourRecord.log_id.is_(None), ServiceLog.state == ServiceLogState.APPROVED)
    return [
        *here.within(HourRecord), HourRecord.state == HourRecordState.COUNTED, *here.during(HourRecord.started_at),
        stands, *here.lives(HourRecord.person_id),
    ]  # fmt: skip


def projects(here: Scope, *, begun: bool = False) -> list[ColumnElement[bool]]:
    """Return the condition that a project was served in the period, or began in it; what was never begun is no money.

    In a grid or a courtyard it is the projects whose services its people met.
    """
    live: list[ColumnElement[bool]] = [*here.within(Project), Project.state.not_in([ProjectState.APPROVED])]
    if here.of_homes:
        live.append(Project.id.in_(select(ServiceLog.project_id).where(*logs(here))))
    first, until = here.period.first, here.period.until
    if begun:
        return [*live, Project.starts_on >= first, Project.starts_on < until]
    return [*live, Project.starts_on < until, Project.ends_on >= first]


def workers(here: Scope) -> list[ColumnElement[bool]]:
    """Return the condition that a member of a team worked during the period (joined to its project)."""
    return [
        *projects(here), TeamMember.part == TeamPart.WORKER, TeamMember.since < here.period.before,
        or_(TeamMember.until.is_(None), TeamMember.until >= here.period.since),
    ]  # fmt: skip
