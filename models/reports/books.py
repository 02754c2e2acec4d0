"""The books of a report: one condition for each, by which figures are counted and lists are opened alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from models import need_counts
from models.attendance import THERE, Attendance, Part
from models.base import db
from models.need_counts import Count
from models.needs import Need
from models.people import Person
from models.places import Place, PlaceKind
from models.projects import Project, TeamMember
from models.projects.kinds import TeamPart
from models.reports.cells import Cell, Change
from models.reports.periods import Period
from models.service_lists import ServiceList
from models.service_log import CONTINUING, Lasting, ServiceLog, ServiceMethod
from models.states import HourRecordState, ProjectState, ServiceLogState
from models.volunteering import HourRecord

LEVELS = (PlaceKind.DISTRICT, PlaceKind.STREET, PlaceKind.COMMUNITY)
# Somebody who was entered twice and merged since is one person.
WHO = func.coalesce(Person.merged_into_id, Person.id)
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
    """A place with its communities, and a period; narrowed to one station where one is named."""

    place: Place
    communities: tuple[int, ...]
    period: Period
    station: Station | None = None

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
    column = {PlaceKind.DISTRICT: Place.district_id, PlaceKind.STREET: Place.street_id}.get(
        PlaceKind(place.kind), Place.community_id
    )
    here = select(Place.id).where(Place.kind == PlaceKind.COMMUNITY, column == place.id).order_by(Place.id)
    return Scope(place, tuple(db.session.scalars(here)), period, station)


def needs(here: Scope, what: Count) -> list[ColumnElement[bool]]:
    """Return the condition that something happened to a need in the period, as the daily counts count it."""
    at = need_counts.late_at() if what == Count.LATE else HAPPENED[what]
    return [Need.community_id.in_(here.communities), Need.hidden.is_(False), *here.during(at)]


def sorted_as(cell: Cell) -> list[ColumnElement[bool]]:
    """Return the condition that a need is of a cell's tile and field."""
    return [column == value for column, value in ((Need.tile, cell.tile), (Need.field, cell.field)) if value]


def logs(here: Scope) -> list[ColumnElement[bool]]:
    """Return the condition that a service was approved and began in the period; only such count."""
    return [
        *here.within(ServiceLog), ServiceLog.state == ServiceLogState.APPROVED, *here.during(ServiceLog.started_at),
    ]  # fmt: skip


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
    return [*found, changes[cell.change]] if cell.change else found


def served() -> list[ColumnElement[bool]]:
    """Return the condition that a line of attendance is of a person served who was there."""
    return [Attendance.log_id == ServiceLog.id, Attendance.part == Part.SERVED, Attendance.state.in_(THERE)]


def handed_down(here: Scope) -> list[ColumnElement[bool]]:
    """Return the condition that a service carried out a list that a department handed down."""
    return [*logs(here), ServiceLog.list_id == ServiceList.id, ServiceList.department.is_not(None)]


def cases(here: Scope) -> list[ColumnElement[bool]]:
    """Return the condition that a service is a case with a number."""
    return [*logs(here), ServiceLog.method == ServiceMethod.CASE, ServiceLog.case_no.is_not(None)]


def hours(here: Scope) -> list[ColumnElement[bool]]:
    """Return the condition that volunteer time counts: approved, and the service behind it stands (an outer join)."""
    stands = or_(HourRecord.log_id.is_(None), ServiceLog.state == ServiceLogState.APPROVED)
    return [
        *here.within(HourRecord), HourRecord.state == HourRecordState.COUNTED, *here.during(HourRecord.started_at),
        stands,
    ]  # fmt: skip


def projects(here: Scope, *, begun: bool = False) -> list[ColumnElement[bool]]:
    """Return the condition that a project was served in the period, or began in it; what was never begun is no money."""
    live = Project.state.not_in([ProjectState.APPROVED])
    first, until = here.period.first, here.period.until
    if begun:
        return [*here.within(Project), live, Project.starts_on >= first, Project.starts_on < until]
    return [*here.within(Project), live, Project.starts_on < until, Project.ends_on >= first]


def workers(here: Scope) -> list[ColumnElement[bool]]:
    """Return the condition that a member of a team worked during the period (joined to its project)."""
    return [
        *projects(here), TeamMember.part == TeamPart.WORKER, TeamMember.since < here.period.before,
        or_(TeamMember.until.is_(None), TeamMember.until >= here.period.since),
    ]  # fmt: skip
