"""What was served by the day that was told, or turned away in time, was not missed, whatever came after it.

Revision ID: 0020
Revises: 0019
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

SHANGHAI, AT_ONCE = ZoneInfo("Asia/Shanghai"), 500
NEEDS = sa.table(
    "needs", sa.column("id", sa.BigInteger), sa.column("community_id", sa.BigInteger), sa.column("tile", sa.String),
    sa.column("field", sa.String), sa.column("hidden", sa.Boolean), sa.column("next_step_at", UtcTime()),
    sa.column("promised_at", UtcTime()), sa.column("acceptance_due_at", UtcTime()), sa.column("dates_missed", sa.Integer),
)  # fmt: skip
MISSED = sa.table("missed_dates", sa.column("id", sa.BigInteger), sa.column("need_id", sa.BigInteger), sa.column("clock", sa.String), sa.column("day", sa.Date))
EVENTS = sa.table("events", sa.column("id", sa.BigInteger), sa.column("at", UtcTime()), sa.column("verb", sa.String), sa.column("body", sa.Text))
SUBJECTS = sa.table("event_subjects", sa.column("event_id", sa.BigInteger), sa.column("kind", sa.String), sa.column("subject_id", sa.BigInteger))
LOGS = sa.table("service_logs", sa.column("id", sa.BigInteger), sa.column("state", sa.String), sa.column("ended_at", UtcTime()))
LOG_NEEDS = sa.table("log_needs", sa.column("log_id", sa.BigInteger), sa.column("need_id", sa.BigInteger))
COUNTS = sa.table(
    "need_daily_counts", sa.column("community_id", sa.BigInteger), sa.column("day", sa.Date), sa.column("n", sa.Integer),
    *(sa.column(name, sa.String) for name in ("what", "tile", "field")),
)  # fmt: skip

# By which verb a date was told, and under which name the diary has it.
TOLD = {"package.gather": "until", "package.add": "until", "project.link": "until", "project.tell_date": "at",
        "need.promise": "on", "next_date.postpone": "at"}  # fmt: skip
Dates = dict[tuple[int, date], list[datetime]]


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    connection = op.get_bind()
    missed = connection.execute(sa.select(MISSED).where(MISSED.c.clock.in_(["PROMISE", "ACCEPTANCE"]))).all()
    if not missed:
        return
    told, served, turned = _told(), _served(), _turned()
    kept = [row for row in missed if row.need_id in turned and row.clock == "ACCEPTANCE" or row.clock == "PROMISE" and any(
        since <= at < _end(row.day) for since in told.get((row.need_id, row.day), ()) for at in served.get(row.need_id, ())
    )]  # fmt: skip
    ids = [row.id for row in kept]
    for start in range(0, len(ids), AT_ONCE):
        connection.execute(sa.delete(MISSED).where(MISSED.c.id.in_(ids[start : start + AT_ONCE])))
    fewer = sa.update(NEEDS).where(NEEDS.c.id == sa.bindparam("which"))
    for need, times in Counter(row.need_id for row in kept).items():
        connection.execute(fewer.values(dates_missed=NEEDS.c.dates_missed - times), {"which": need})
    if kept:
        _count()


def _end(day: date) -> datetime:
    """Return when a date that was told is over: with its day."""
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI)


def _told() -> Dates:
    """Return when each date of a need was told."""
    connection, found = op.get_bind(), Dates()
    events = {row.id: row for row in connection.execute(sa.select(EVENTS).where(EVENTS.c.verb.in_(list(TOLD))))}
    about = (
        sa.select(SUBJECTS.c.subject_id, SUBJECTS.c.event_id)
        .join(EVENTS, EVENTS.c.id == SUBJECTS.c.event_id)
        .where(SUBJECTS.c.kind == "needs", EVENTS.c.verb.in_(list(TOLD)))
    )
    days = {number: _day(row) for number, row in events.items()}
    for need, event in connection.execute(about):
        found.setdefault((need, days[event]), []).append(events[event].at)
    for row in connection.execute(sa.select(NEEDS).where(NEEDS.c.next_step_at.is_not(None))):
        if row.promised_at is not None:
            found.setdefault((row.id, row.next_step_at.astimezone(SHANGHAI).date()), []).append(row.promised_at)
    return found


def _day(event: Any) -> date:
    said = str(json.loads(event.body)["details"][TOLD[event.verb]])
    return datetime.fromisoformat(said).astimezone(SHANGHAI).date() if "T" in said else date.fromisoformat(said)


def _turned() -> set[int]:
    """Return the needs that were refused or sent on before they had to be accepted; an objection came later."""
    query = (
        sa.select(SUBJECTS.c.subject_id)
        .join(EVENTS, EVENTS.c.id == SUBJECTS.c.event_id)
        .join(NEEDS, NEEDS.c.id == SUBJECTS.c.subject_id)
        .where(SUBJECTS.c.kind == "needs", EVENTS.c.verb.in_(["need.reject", "need.redirect"]))
        .where(EVENTS.c.at < NEEDS.c.acceptance_due_at)
    )
    return set(op.get_bind().scalars(query))


def _served() -> dict[int, list[datetime]]:
    """Return when the approved services that name a need were over."""
    found: dict[int, list[datetime]] = {}
    query = sa.select(LOG_NEEDS.c.need_id, LOGS.c.ended_at).join(LOGS, LOGS.c.id == LOG_NEEDS.c.log_id)
    for need, at in op.get_bind().execute(query.where(LOGS.c.state == "APPROVED", LOGS.c.ended_at.is_not(None))):
        found.setdefault(need, []).append(at)
    return found


def _late() -> Iterator[tuple[Any, date]]:
    """Yield each need that is shown with the first day that it missed in each month."""
    query = sa.select(NEEDS, MISSED.c.day).join(MISSED, MISSED.c.need_id == NEEDS.c.id).where(NEEDS.c.hidden.is_(False))
    seen = set[tuple[int, int, int]]()
    for row in op.get_bind().execute(query.order_by(MISSED.c.day)):
        month = (row.id, row.day.year, row.day.month)
        if month not in seen:
            seen.add(month)
            yield row, row.day


def _count() -> None:
    found = Counter((row.community_id, day, row.tile or "", row.field or "") for row, day in _late())
    rows = [{"community_id": community, "day": day, "what": "LATE", "tile": tile, "field": field, "n": n}
            for (community, day, tile, field), n in sorted(found.items())]  # fmt: skip
    connection = op.get_bind()
    connection.execute(sa.delete(COUNTS).where(COUNTS.c.what == "LATE"))
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(sa.insert(COUNTS), rows[start : start + AT_ONCE])
