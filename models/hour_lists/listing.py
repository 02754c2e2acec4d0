"""What belongs in the list of a month or a year: what counts and was not reported yet, and what changed since it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import aliased

from models import ciphers, hours
from models.base import SHANGHAI, db
from models.hour_lists.row import HourReport, HourReportLine
from models.people import Person
from models.reports import Period
from models.rosters import Roster, RosterEntry
from models.service_log import ServiceLog
from models.states import HourRecordState, ServiceLogState
from models.volunteering import HourRecord, HourRule

if TYPE_CHECKING:
    from models.places import Place

COUNTS = and_(
    HourRecord.state == HourRecordState.COUNTED,
    or_(HourRecord.log_id.is_(None), ServiceLog.state == ServiceLogState.APPROVED),
)
# A record whose service record is being written anew is not gone: it comes back when that is approved.
GONE = or_(HourRecord.state == HourRecordState.VOIDED, ServiceLog.state == ServiceLogState.VOIDED)


class Told(StrEnum):
    """What a row tells the official system: 新增, 更正, 撤销."""

    NEW = "NEW"
    CORRECTED = "CORRECTED"
    TAKEN_BACK = "TAKEN_BACK"


@dataclass(frozen=True)
class ListRow:
    """One row of the list: the seven fields, whose time it was, what it tells, and when it was reported."""

    record_id: int
    public_id: str
    name: str
    gender: str | None
    phone: str
    number: str
    activity: str
    place: str
    content: str
    began: datetime
    ended: datetime
    minutes: int
    organizer: str
    in_charge: str
    rule: HourRule
    told: Told = Told.NEW
    before_minutes: int | None = None
    corrects_id: int | None = None
    reported_on: date | None = None

    @property
    def hours(self) -> Decimal:
        """Return the hours with one decimal, rounded down."""
        return hours.hours_shown(self.minutes)

    @property
    def hours_before(self) -> Decimal:
        """Return the hours that were reported before a correction."""
        return hours.hours_shown(self.before_minutes or 0)

    @property
    def on(self) -> date:
        """Return the day of the service."""
        return self.began.astimezone(SHANGHAI).date()


@dataclass(frozen=True)
class HourList:
    """The list of a community and a period: what is to be reported, and what was."""

    due: tuple[ListRow, ...]
    reported: tuple[ListRow, ...]

    @property
    def rows(self) -> tuple[ListRow, ...]:
        """Return all rows, in the order of the services."""
        return tuple(sorted((*self.reported, *self.due), key=lambda one: (one.began, one.record_id)))

    @property
    def minutes_due(self) -> int:
        """Return the minutes that are to be reported."""
        return sum(one.minutes for one in self.due)

    @property
    def seal(self) -> str:
        """Return a short mark of what is to be reported: it changes when a row comes, goes or is corrected."""
        told = "\n".join(f"{one.record_id} {one.told} {one.minutes}" for one in self.due)
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def facts() -> Any:
    """Return the query of records with whom they are about."""
    entry = and_(
        RosterEntry.person_id == Person.id, RosterEntry.roster == Roster.VOLUNTEERS, RosterEntry.shown.is_(True)
    )
    return (
        select(HourRecord, Person, RosterEntry.number)
        .join(Person, Person.id == HourRecord.person_id)
        .outerjoin(ServiceLog, ServiceLog.id == HourRecord.log_id)
        .outerjoin(RosterEntry, entry)
        .order_by(HourRecord.started_at, HourRecord.id)
    )


def row_of(r: HourRecord, person: Person, number: str | None, **told: Any) -> ListRow:
    """Return one record as a row."""
    minutes = 0 if told.get("told") == Told.TAKEN_BACK else r.minutes
    return ListRow(
        r.id, r.public_id, person.name, person.gender, ciphers.mask_phone(person.phone), number or "", r.activity_name,
        r.place, r.content, r.started_at, r.ended_at, minutes, r.organizer, r.in_charge, HourRule(r.rule), **told,
    )  # fmt: skip


def list_of(community: Place, period: Period) -> HourList:
    """Return the list of a community: the records of the period that count, and what changed of those reported before."""
    line = and_(HourReportLine.record_id == HourRecord.id, HourReportLine.taken_back.is_(False))
    query = (
        facts()
        .add_columns(HourReport.reported_on)
        .outerjoin(HourReportLine, line)
        .outerjoin(HourReport, HourReport.id == HourReportLine.report_id)
        .where(
            HourRecord.community_id == community.id, COUNTS, HourRecord.started_at >= period.since,
            HourRecord.started_at < period.before,
        )
    )  # fmt: skip
    changed = _changed(community, period)
    said = {one.record_id for one in changed}
    fresh, reported = [], []
    for r, person, number, on in db.session.execute(query):
        if on is not None:
            reported.append(row_of(r, person, number, reported_on=on))
        elif r.id not in said:
            fresh.append(row_of(r, person, number))
    return HourList((*changed, *fresh), tuple(reported))


def _changed(community: Place, period: Period) -> list[ListRow]:
    """Return what must be told anew of rows reported earlier: corrected, or taken back without anything in its place."""
    later = aliased(HourReportLine)
    settled = exists().where(
        or_(later.corrects_id == HourRecord.id, and_(later.record_id == HourRecord.id, later.taken_back.is_(True)))
    )
    query = (
        facts()
        .join(HourReportLine, and_(HourReportLine.record_id == HourRecord.id, HourReportLine.taken_back.is_(False)))
        .where(
            HourRecord.community_id == community.id,
            HourRecord.started_at < period.before,
            GONE,
            ~settled,
        )
    )
    old = {r.id: (r, person, number) for r, person, number in db.session.execute(query)}
    instead = _successors(old)
    rows = []
    for record_id, (r, person, number) in old.items():
        new = instead.get(record_id)
        if new is None:
            rows.append(row_of(r, person, number, told=Told.TAKEN_BACK, before_minutes=r.minutes))
        else:
            rows.append(row_of(new, person, number, told=Told.CORRECTED, before_minutes=r.minutes, corrects_id=r.id))
    return rows


def _successors(old: Iterable[int]) -> dict[int, HourRecord]:
    """Return for each record that no longer counts the one that counts in its place, however many lie between."""
    found: dict[int, HourRecord] = {}
    root = {one: one for one in old}
    while root:
        query = (
            select(HourRecord, COUNTS)
            .outerjoin(ServiceLog, ServiceLog.id == HourRecord.log_id)
            .where(HourRecord.replaces_id.in_(list(root)))
        )
        further = {}
        for one, counts in db.session.execute(query):
            first = root[one.replaces_id or 0]
            if counts:
                found[first] = one
            further[one.id] = first
        root = further
    return found


def months_open(community: Place, limit: int = 24) -> list[tuple[str, int, int]]:
    """Return the months in which something is still to be reported: code, records and minutes, the latest first."""
    line = and_(HourReportLine.record_id == HourRecord.id, HourReportLine.taken_back.is_(False))
    query = (
        select(HourRecord.started_at, HourRecord.minutes)
        .outerjoin(ServiceLog, ServiceLog.id == HourRecord.log_id)
        .outerjoin(HourReportLine, line)
        .where(HourRecord.community_id == community.id, COUNTS, HourReportLine.id.is_(None))
    )
    months: dict[str, list[int]] = {}
    for began, minutes in db.session.execute(query):
        months.setdefault(f"{began.astimezone(SHANGHAI):%Y-%m}", []).append(minutes)
    return [(code, len(one), sum(one)) for code, one in sorted(months.items(), reverse=True)[:limit]]
