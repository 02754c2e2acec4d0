"""Which dates of a need passed before what was owed, kept for good; and no package holds a need that was merged.

Revision ID: 0019
Revises: 0018
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime, now

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

SHANGHAI, INSTANT, AT_ONCE = ZoneInfo("Asia/Shanghai"), timedelta(microseconds=1), 2000
NEEDS = sa.table(
    "needs", *(sa.column(name, sa.BigInteger) for name in ("id", "community_id")),
    *(sa.column(name, sa.String) for name in ("ticket_no", "tile", "field", "state", "state_before", "escalated")),
    *(sa.column(name, UtcTime()) for name in ("accepted_at", "acceptance_due_at", "answered_at", "answer_due_at",
                                              "closed_at", "next_step_at", "merged_at")),
    sa.column("hidden", sa.Boolean), sa.column("reopened", sa.Integer), sa.column("dates_missed", sa.Integer),
)  # fmt: skip
MISSED = sa.table("missed_dates", sa.column("need_id", sa.BigInteger), sa.column("clock", sa.String), sa.column("day", sa.Date))
EVENTS = sa.table("events", sa.column("id", sa.BigInteger), sa.column("at", UtcTime()), sa.column("verb", sa.String), sa.column("body", sa.Text))
SUBJECTS = sa.table("event_subjects", sa.column("event_id", sa.BigInteger), sa.column("kind", sa.String), sa.column("subject_id", sa.BigInteger))
COUNTS = sa.table(
    "need_daily_counts", sa.column("community_id", sa.BigInteger), sa.column("day", sa.Date), sa.column("n", sa.Integer),
    *(sa.column(name, sa.String) for name in ("what", "tile", "field")),
)  # fmt: skip
MEMBERS = sa.table("package_needs", sa.column("need_id", sa.BigInteger), sa.column("left_at", UtcTime()))

# By which verb a date was told, and under which name the diary has it.
TOLD = {"package.gather": "until", "package.add": "until", "project.link": "until", "project.tell_date": "at",
        "need.promise": "on", "next_date.postpone": "at"}  # fmt: skip
SETTLED = ("need.resolve", "need.answer", "need.withdraw_on_request", "need.merge", "need_group.merge")
AGAIN = ("package.remove", "package.dissolve", "package.judge_unfeasible", "project.terminate", "need.reopen",
         "need.object", "need.hear", "need.split_out")  # fmt: skip
ACCEPTED = ("need.accept", "need.accept_all")
VERBS = (*TOLD, *SETTLED, *AGAIN, *ACCEPTED, "need.extend", "need.ask_info", "need.escalate")
RED, PUBLIC = ("HEAD", "STREET", "PUBLIC"), "PUBLIC"
PROMISED = ("PLANNED", "IN_SERVICE")
Missed = set[tuple[int, str, date]]


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.create_table(
        "missed_dates",
        sa.Column("need_id", sa.BigInteger(), nullable=False),
        sa.Column("clock", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_missed_dates_need_id_needs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed_dates")),
        sa.UniqueConstraint("need_id", "clock", "day", name=op.f("uq_missed_dates_need_id_clock_day")),
    )
    op.create_index("ix_missed_dates_day_need_id", "missed_dates", ["day", "need_id"])
    op.add_column("needs", sa.Column("dates_missed", sa.Integer(), server_default="0", nullable=False))
    _leave_packages()
    needs = {row.id: row for row in op.get_bind().execute(sa.select(NEEDS).where(NEEDS.c.hidden.is_(False)))}
    missed: Missed = set()
    for need in needs.values():
        missed |= {(need.id, clock, day) for clock, day in _of_row(need)}
    for need, happened in _diary(needs):
        missed |= {(need.id, clock, day) for clock, day in _of_diary(need, happened)}
    _keep(missed)
    _count(missed, needs)


def _leave_packages() -> None:
    """End what a need was in before it was merged; taken out again it may be gathered like any other."""
    waits = sa.or_(NEEDS.c.state == "ACCEPTED", sa.and_(NEEDS.c.state == "NEED_INFO", NEEDS.c.state_before == "ACCEPTED"))
    for which in (NEEDS.c.state == "MERGED", waits):
        here = sa.select(NEEDS.c.id).where(which)
        op.get_bind().execute(
            sa.update(MEMBERS).where(MEMBERS.c.left_at.is_(None), MEMBERS.c.need_id.in_(here)).values(left_at=now())
        )


def _day(due: datetime) -> date:
    """Return the day on which a date ended; one that ended with a day ended on that day."""
    return (due - INSTANT).astimezone(SHANGHAI).date()


def _local(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()


def _lapsed(day: date, moment: datetime) -> bool:
    """Tell whether the day that was told is over."""
    return _local(moment) > day


def _of_row(need: Any) -> Iterator[tuple[str, date]]:
    """Tell what the row still shows: accepted or answered late, or late now."""
    if need.accepted_at and need.acceptance_due_at and need.accepted_at > need.acceptance_due_at:
        yield "ACCEPTANCE", _day(need.acceptance_due_at)
    answered = need.answered_at or need.closed_at
    if answered and need.answer_due_at and answered > need.answer_due_at:
        yield "ANSWER", _day(need.answer_due_at)
    if need.escalated in (RED if need.reopened < 2 else (PUBLIC,)):
        if need.next_step_at:
            yield "PROMISE", _local(need.next_step_at)
        elif need.answer_due_at:
            yield "ANSWER", _day(need.answer_due_at)
        elif need.acceptance_due_at:
            yield "ACCEPTANCE", _day(need.acceptance_due_at)


class Entry(NamedTuple):
    """What the diary has of one act."""

    at: datetime
    verb: str
    details: dict[str, Any]


def _diary(needs: dict[int, Any]) -> Iterator[tuple[Any, list[Entry]]]:
    """Yield each need with what happened to it, oldest first; each event is read once, however many needs it names."""
    connection = op.get_bind()
    query = sa.select(EVENTS).where(EVENTS.c.verb.in_(VERBS))
    events = {row.id: Entry(row.at, row.verb, json.loads(row.body)["details"]) for row in connection.execute(query)}
    about = (
        sa.select(SUBJECTS.c.subject_id, SUBJECTS.c.event_id)
        .join(EVENTS, EVENTS.c.id == SUBJECTS.c.event_id)
        .where(SUBJECTS.c.kind == "needs", EVENTS.c.verb.in_(VERBS))
        .order_by(SUBJECTS.c.subject_id, SUBJECTS.c.event_id)
    )
    for need_id, rows in groupby(connection.execute(about), key=lambda row: row[0]):
        if need_id in needs:
            yield needs[need_id], [events[event_id] for _, event_id in rows]


def _of_diary(need: Any, happened: Iterable[Entry]) -> Iterator[tuple[str, date]]:
    """Walk through what happened: a date that was told counts where its day was over before anything settled it."""
    clock, reopened = "ACCEPTANCE", 0
    told: date | None = None
    due: datetime | None = None
    for one in happened:
        level = one.details.get("levels", {}).get(str(need.id)) if one.verb == "need.escalate" else None
        if one.verb == "need.escalate":
            if level not in (RED if reopened < 2 else (PUBLIC,)):
                continue
            if clock == "ACCEPTANCE" and need.acceptance_due_at:
                yield clock, _day(need.acceptance_due_at)
            elif clock == "ANSWER":
                # Where the diary does not have the date, it passed just before the job found it.
                yield clock, _day(due or need.answer_due_at if _passed(due or need.answer_due_at, one.at) else one.at)
            continue
        if one.verb in ("need.merge", "need_group.merge") and one.details.get("target") == need.ticket_no:
            continue
        if one.verb == "need.extend":
            due = datetime.fromisoformat(one.details["until"])
            continue
        if one.verb == "need.ask_info":
            due = None
            continue
        if told is not None and _lapsed(told, one.at):
            yield "PROMISE", told
        if clock == "ANSWER" and due is not None and one.at > due:
            yield "ANSWER", _day(due)
        told, due = None, None
        if one.verb in TOLD:
            clock, told = "PROMISE", _told(one)
        elif one.verb in ACCEPTED:
            clock, due = "ANSWER", datetime.fromisoformat(one.details["due"]) if "due" in one.details else None
        elif one.verb in AGAIN:
            clock, reopened = "ANSWER", reopened + (one.verb == "need.reopen")
        else:
            clock = ""
    if told is not None and need.state in PROMISED and _lapsed(told, now()):
        yield "PROMISE", told


def _passed(due: datetime | None, moment: datetime) -> bool:
    return due is not None and due <= moment


def _told(one: Entry) -> date:
    said = str(one.details[TOLD[one.verb]])
    return _local(datetime.fromisoformat(said)) if "T" in said else date.fromisoformat(said)


def _keep(missed: Missed) -> None:
    connection, rows = op.get_bind(), [{"need_id": need, "clock": clock, "day": day} for need, clock, day in sorted(missed)]
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(sa.insert(MISSED), rows[start : start + AT_ONCE])
    times = Counter(row["need_id"] for row in rows)
    put = sa.update(NEEDS).where(NEEDS.c.id == sa.bindparam("which")).values(dates_missed=sa.bindparam("times"))
    values = [{"which": need, "times": count} for need, count in sorted(times.items())]
    for start in range(0, len(values), AT_ONCE):
        connection.execute(put, values[start : start + AT_ONCE])


def _count(missed: Missed, needs: dict[int, Any]) -> None:
    """Count each need once in each month in which it missed a date, on the first day of these."""
    first: dict[tuple[int, int, int], date] = {}
    for need, _, day in missed:
        month = (need, day.year, day.month)
        first[month] = min(day, first.get(month, day))
    found = Counter((needs[need].community_id, day, needs[need].tile or "", needs[need].field or "")
                    for (need, _, _), day in first.items())  # fmt: skip
    rows = [{"community_id": community, "day": day, "what": "LATE", "tile": tile, "field": field, "n": n}
            for (community, day, tile, field), n in sorted(found.items())]  # fmt: skip
    connection = op.get_bind()
    connection.execute(sa.delete(COUNTS).where(COUNTS.c.what == "LATE"))
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(sa.insert(COUNTS), rows[start : start + AT_ONCE])
