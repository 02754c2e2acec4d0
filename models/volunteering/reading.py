"""Hours as pages and lists show them, each with how it was computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select

from models import hours
from models.accounts import Account
from models.activities import Activity
from models.attendance import THERE, Attendance, Part
from models.base import db, now
from models.people import Person
from models.permissions import Permission
from models.service_log import ServiceLog
from models.states import HourRecordState, ServiceLogState
from models.volunteering.proposing import end_is_known
from models.volunteering.row import HOLDS_TIME, HourRecord, HourRule

if TYPE_CHECKING:
    from models.accounts import Actor


@dataclass(frozen=True)
class RecordLine:
    """One record with the seven fields of order 67 art. 7, and the terms it was computed from."""

    id: int
    public_id: str
    name: str
    activity_name: str
    place: str
    content: str
    organizer: str
    in_charge: str
    started_at: datetime
    ended_at: datetime
    break_minutes: int
    minutes: int
    rule: HourRule
    state: HourRecordState
    late: bool
    late_reason: str | None
    needs_review: bool
    reason: str | None
    proposed_by: str | None
    approved_by: str | None
    log_counts: bool
    rule_version: int

    @property
    def counts(self) -> bool:
        """Tell whether this time counts: approved, and its log stands."""
        return self.state == HourRecordState.COUNTED and self.log_counts

    @property
    def hours(self) -> Decimal:
        """Return the hours with one decimal, rounded down."""
        return hours.hours_shown(self.minutes)


def _lines(
    *conditions: Any, before: int | None = None, limit: int | None = 50, oldest_first: bool = False
) -> list[RecordLine]:
    proposer, approver = Account.__table__.alias("proposer"), Account.__table__.alias("approver")
    query = (
        select(HourRecord, Person.name, proposer.c.name, approver.c.name, ServiceLog.state)
        .join(Person, Person.id == HourRecord.person_id)
        .outerjoin(proposer, proposer.c.id == HourRecord.proposed_by_id)
        .outerjoin(approver, approver.c.id == HourRecord.approved_by_id)
        .outerjoin(ServiceLog, ServiceLog.id == HourRecord.log_id)
        .where(*conditions)
        .order_by(HourRecord.id if oldest_first else HourRecord.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(HourRecord.id < before)
    return [
        RecordLine(
            r.id, r.public_id, name, r.activity_name, r.place, r.content, r.organizer, r.in_charge, r.started_at,
            r.ended_at, r.break_minutes, r.minutes, HourRule(r.rule), HourRecordState(r.state), r.late, r.late_reason,
            r.needs_review, r.reason, proposed, approved, log in (None, ServiceLogState.APPROVED),
            r.rule_version,
        )
        for r, name, proposed, approved, log in db.session.execute(query)
    ]  # fmt: skip


@dataclass(frozen=True)
class Mine:
    """A volunteer's own hours: what counts, what waits, and the next star."""

    minutes: int
    waiting_minutes: int
    stars: int
    next_line: int | None
    records: tuple[RecordLine, ...]


def counted_minutes(person_ids: Iterable[int]) -> dict[int, int]:
    """Return the minutes that count of each person: approved, and the log behind them stands."""
    query = (
        select(HourRecord.person_id, func.sum(HourRecord.minutes))
        .outerjoin(ServiceLog, ServiceLog.id == HourRecord.log_id)
        .where(
            HourRecord.person_id.in_(list(person_ids)),
            HourRecord.state == HourRecordState.COUNTED,
            or_(HourRecord.log_id.is_(None), ServiceLog.state == ServiceLogState.APPROVED),
        )
        .group_by(HourRecord.person_id)
    )
    return {person_id: int(minutes) for person_id, minutes in db.session.execute(query)}


def my_minutes(person_id: int | None) -> int:
    """Return one's own minutes that count, for the first page."""
    return counted_minutes([person_id]).get(person_id, 0) if person_id is not None else 0


def my_hours(person_id: int | None, *, before: int | None = None, limit: int = 30) -> Mine:
    """Return one's own hours, newest first, with the total of all. Source: domain/formulas.md D8."""
    if person_id is None:
        return Mine(0, 0, 0, hours.STAR_LINES[0], ())
    total = my_minutes(person_id)
    waiting = db.session.scalar(
        select(func.coalesce(func.sum(HourRecord.minutes), 0)).where(
            HourRecord.person_id == person_id, HourRecord.state == HourRecordState.PROPOSED
        )
    )
    held = hours.stars(total)
    line = hours.STAR_LINES[held] if held < len(hours.STAR_LINES) else None
    records = _lines(HourRecord.person_id == person_id, before=before, limit=limit)
    return Mine(total, int(waiting or 0), held, line, tuple(records))


def _within(actor: Actor, permission: Permission) -> Any:
    reach = actor.reach(permission)
    return or_(reach.communities(HourRecord.community_id), reach.organizations(HourRecord.organization_id))


def waiting_for(actor: Actor, limit: int = 100) -> list[RecordLine]:
    """Return the proposals that this person may decide, oldest first; never one's own."""
    return _lines(
        _within(actor, Permission.APPROVE_HOURS),
        HourRecord.state == HourRecordState.PROPOSED,
        or_(HourRecord.proposed_by_id.is_(None), HourRecord.proposed_by_id != actor.account_id),
        HourRecord.person_id.not_in(list(actor.person_ids)),
        limit=limit,
        oldest_first=True,
    )


def lines_for(actor: Actor, permission: Permission, *, before: int | None = None, limit: int = 30) -> list[RecordLine]:
    """Return the records within reach, newest first."""
    return _lines(_within(actor, permission), before=before, limit=limit)


@dataclass(frozen=True)
class Proposable:
    """A volunteer's presence for which no time was proposed yet, with the end that would be proposed."""

    public_id: str
    name: str
    what: str
    began: datetime
    ended: datetime
    end_known: bool


def proposable(actor: Actor, *, since: timedelta = timedelta(days=60), limit: int = 100) -> list[Proposable]:
    """Return the presences of volunteers within reach that still lack a record, oldest first."""
    reach = actor.reach(Permission.WRITE_LOG)
    own = or_(
        reach.organizations(Attendance.organization_id),
        and_(Attendance.organization_id.is_(None), reach.communities(Attendance.community_id)),
    )
    taken = select(HourRecord.attendance_id).where(
        HourRecord.attendance_id.is_not(None), HourRecord.state.in_(HOLDS_TIME)
    )
    query = (
        select(Attendance, Person.name, ServiceLog, Activity)
        .join(Person, Person.id == Attendance.person_id)
        .outerjoin(ServiceLog, ServiceLog.id == Attendance.log_id)
        .outerjoin(Activity, Activity.id == Attendance.activity_id)
        .where(
            own,
            Attendance.part == Part.VOLUNTEER,
            Attendance.state.in_(THERE),
            Attendance.created_at > now() - since,
            Attendance.id.not_in(taken),
            or_(
                ServiceLog.state.in_([ServiceLogState.SUBMITTED, ServiceLogState.APPROVED]),
                and_(Attendance.log_id.is_(None), Activity.ends_at <= now()),
            ),
        )
        .order_by(Attendance.id)
        .limit(limit)
    )
    return [_proposable(*row) for row in db.session.execute(query)]


def _proposable(row: Attendance, name: str, log: ServiceLog | None, activity: Activity | None) -> Proposable:
    starts = log.started_at if log else activity.starts_at if activity else row.created_at
    ends = log.ended_at if log else activity.ends_at if activity else row.created_at
    began = row.came_at or starts
    seen = row.seen_at if row.seen_at and row.seen_at > began else None
    what = log.title if log else activity.title if activity else ""
    return Proposable(
        row.public_id, name, what, began, row.left_at or hours.propose_check_out(began, ends, seen),
        end_is_known(row),
    )  # fmt: skip


def find_presences(actor: Actor, public_ids: Sequence[str]) -> list[Attendance]:
    """Return the presences within reach that a form named; the verb asks who may propose their time."""
    query = Attendance.visible_to(actor, Permission.WRITE_LOG).where(Attendance.public_id.in_(list(public_ids)))
    return list(db.session.scalars(query.order_by(Attendance.id))) if public_ids else []


def counted_between(actor: Actor, permission: Permission, since: datetime, before: datetime) -> list[list[RecordLine]]:
    """Return the records within reach that count and began in a time: one list a person, by name and day."""
    lines = _lines(
        _within(actor, permission), HourRecord.state == HourRecordState.COUNTED, HourRecord.started_at >= since,
        HourRecord.started_at < before, limit=5_000,
    )  # fmt: skip
    whose = dict(
        db.session.execute(
            select(HourRecord.id, HourRecord.person_id).where(HourRecord.id.in_([one.id for one in lines]))
        ).all()
    )
    of: dict[int, list[RecordLine]] = {}
    for one in sorted(lines, key=lambda one: (one.name, one.started_at)):
        if one.counts:
            of.setdefault(whose[one.id], []).append(one)
    return list(of.values())


def export_rows(actor: Actor, permission: Permission, most: int = 5_000) -> list[Sequence[Any]]:
    """Return the records within reach as rows of a list, newest first; the reader logs that it was taken."""
    return [
        (
            line.name, line.activity_name, line.started_at, line.ended_at, line.place, line.content, line.minutes,
            line.hours, line.organizer, line.in_charge, line.rule, line.state, line.proposed_by, line.approved_by,
        )
        for line in _lines(_within(actor, permission), limit=most)
    ]  # fmt: skip


def find_records(actor: Actor, public_ids: Sequence[str]) -> list[HourRecord]:
    """Return the proposals within reach that a form named; the verb asks who may decide about each."""
    query = HourRecord.visible_to(actor, Permission.APPROVE_HOURS).where(HourRecord.public_id.in_(list(public_ids)))
    return list(db.session.scalars(query.order_by(HourRecord.id))) if public_ids else []
