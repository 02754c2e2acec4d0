"""What makes a reader look twice before a log is approved; a flag blames nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from models import hours
from models.attendance import THERE, Attendance
from models.base import db
from models.service_log.calling import CallOutcome
from models.service_log.kinds import ServiceMethod
from models.service_log.photos import taken_elsewhen, used_twice
from models.states import AttendanceState, ServiceLogState

LONG_DAY = 12 * 60
# Walk-ins may be a fifth of all who came; above that somebody looks (decision 5; domain/abuse.md F3).
WALK_INS_ONE_IN = 5


class Flag(StrEnum):
    """补录, 一天超过 12 小时, 没有名单, 散客过多, 时间重叠, 有人说没来, 照片重复, 照片时间不符, 电话里说没有, 手机时间不准."""

    LATE = "LATE"
    LONG_DAY = "LONG_DAY"
    NO_ATTENDANCE = "NO_ATTENDANCE"
    WALK_INS = "WALK_INS"
    OVERLAP = "OVERLAP"
    DISPUTED = "DISPUTED"
    PHOTO_TWICE = "PHOTO_TWICE"
    PHOTO_ELSEWHEN = "PHOTO_ELSEWHEN"
    CALL_DENIED = "CALL_DENIED"
    CLOCK_OFF = "CLOCK_OFF"


def too_many_walk_ins(walk_ins: int, named: int) -> bool:
    """Say whether more than a fifth of all who came have no name."""
    return walk_ins * WALK_INS_ONE_IN > walk_ins + named


def flags_of(logs: Sequence[Any]) -> dict[int, tuple[Flag, ...]]:
    """Return the flags of each log, in at most five queries however many they are."""
    if not logs:
        return {}
    present = _numbers(logs)
    neighbors = _neighbors(logs)
    photos = {Flag.PHOTO_TWICE: used_twice(logs), Flag.PHOTO_ELSEWHEN: taken_elsewhen(logs)}
    return {
        log.id: (
            *_flags(log, present.get(log.id, {}), neighbors.get(log.author_id, [])),
            *(flag for flag, held in photos.items() if log.id in held),
        )
        for log in logs
    }


def _numbers(logs: Sequence[Any]) -> dict[int, dict[str, int]]:
    """Count the lines of each log by state."""
    query = (
        select(Attendance.log_id, Attendance.state, func.count())
        .where(Attendance.log_id.in_([log.id for log in logs]))
        .group_by(Attendance.log_id, Attendance.state)
    )
    found: dict[int, dict[str, int]] = {}
    for log_id, state, count in db.session.execute(query):
        if log_id is not None:
            found.setdefault(log_id, {})[state] = count
    return found


def _neighbors(logs: Sequence[Any]) -> dict[int, list[Any]]:
    """Return the live logs of the same authors around the same days."""
    model = type(logs[0])
    first, last = min(log.started_at for log in logs), max(log.ended_at for log in logs)
    query = select(model.id, model.author_id, model.started_at, model.ended_at).where(
        model.author_id.in_({log.author_id for log in logs}),
        model.started_at > first - timedelta(days=2),
        model.started_at < last + timedelta(days=1),
        model.state.not_in([ServiceLogState.VOIDED, ServiceLogState.DRAFT]),
    )
    found: dict[int, list[Any]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.author_id, []).append(row)
    return found


def _flags(log: Any, present: dict[str, int], neighbors: list[Any]) -> list[Flag]:
    there = sum(present.get(state, 0) for state in THERE)
    any_line = sum(present.values())
    others = [one for one in neighbors if one.id != log.id]
    held = {
        Flag.LATE: log.late,
        Flag.LONG_DAY: max(_by_day([log, *others], log).values()) > LONG_DAY,
        Flag.NO_ATTENDANCE: log.method != ServiceMethod.CASE and not any_line and not log.walk_ins,
        Flag.WALK_INS: too_many_walk_ins(log.walk_ins, there),
        Flag.OVERLAP: any(hours.overlap((log.started_at, log.ended_at), (o.started_at, o.ended_at)) for o in others),
        Flag.DISPUTED: present.get(AttendanceState.DISPUTED, 0) > 0,
        Flag.CLOCK_OFF: log.clock_off,
        Flag.CALL_DENIED: log.call_outcome == CallOutcome.DENIED,
    }
    return [flag for flag, holds in held.items() if holds]


def _by_day(spans: list[Any], log: Any) -> dict[date, int]:
    """Return the author's minutes on the days of this log."""
    own = hours.minutes_by_day(log.started_at, log.ended_at)
    days = dict.fromkeys(own, 0) or {log.started_at.date(): 0}
    for one in spans:
        for day, minutes in hours.minutes_by_day(one.started_at, one.ended_at).items():
            if day in days:
                days[day] += minutes
    return days
