"""Volunteers' time: what counts as service, how it is measured, and which star it earns. Minutes, always.

Source: domain/formulas.md D8, domain/norms.md 1.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from models.base import Refused
from models.working_time import Calendar, add_working_days, local_day, start_of

Span = tuple[datetime, datetime]
# Which rule measures, and its version: both stand beside every result, so that a later rule leaves the old ones alone.
RULE, RULE_VERSION = "D8", 2
MINUTE = timedelta(minutes=1)
CEILING = timedelta(minutes=30)
REVIEW_OVER = 12 * 60
IMPOSSIBLE_OVER = 24 * 60
RECORD_WITHIN_DAYS = 10
# Five stars, each from so many minutes on: 100, 300, 600, 1,000 and 1,500 hours.
STAR_LINES: tuple[int, ...] = (6_000, 18_000, 36_000, 60_000, 90_000)


class TimeKind(StrEnum):
    """What the time was spent on; only service is volunteer time."""

    SERVICE = "SERVICE"
    TRAINING = "TRAINING"
    TRAVEL = "TRAVEL"


def check_countable(kind: TimeKind, *, paid_by_the_project: bool) -> None:
    """Refuse time that is no volunteer service, so that a certificate stays truthful.

    Errors: Refused("hours_paid_time") for paid staff of the same project, Refused("hours_training"),
    Refused("hours_travel"). Source: domain/formulas.md D8.
    """
    if paid_by_the_project:
        raise Refused("hours_paid_time")
    if kind is TimeKind.TRAINING:
        raise Refused("hours_training")
    if kind is TimeKind.TRAVEL:
        raise Refused("hours_travel")


def _kept(check_in: datetime, check_out: datetime, breaks: Iterable[Span]) -> list[Span]:
    """Return the spans of service between the breaks; breaks may overlap and reach outside."""
    if check_out < check_in:
        raise Refused("check_out_before_check_in")
    kept, begin = [], check_in
    for start, end in sorted(breaks):
        if end < start:
            raise Refused("break_ends_before_it_begins")
        if begin < min(start, check_out):
            kept.append((begin, min(start, check_out)))
        begin = max(begin, end)
    if begin < check_out:
        kept.append((begin, check_out))
    return kept


def service_minutes(check_in: datetime, check_out: datetime, breaks: Iterable[Span] = ()) -> int:
    """Return the whole minutes between check-in and check-out without the breaks, rounded down.

    Errors: Refused("check_out_before_check_in"), Refused("break_ends_before_it_begins").
    """
    spans = _kept(check_in, check_out, breaks)
    return sum((end - start for start, end in spans), timedelta(0)) // MINUTE


def minutes_by_day(check_in: datetime, check_out: datetime, breaks: Iterable[Span] = ()) -> dict[date, int]:
    """Return the same minutes cut at Shanghai's midnights; the days add up to service_minutes."""
    days: dict[date, int] = {}
    served = timedelta(0)
    for start, end in _kept(check_in, check_out, breaks):
        while start < end:
            day = local_day(start)
            piece_end = min(end, start_of(day + timedelta(days=1)))
            # Whole minutes are taken from the running total, so that seconds around midnight are not lost twice.
            whole = (served + (piece_end - start)) // MINUTE - served // MINUTE
            days[day] = days.get(day, 0) + whole
            served += piece_end - start
            start = piece_end
    return days


def propose_check_out(check_in: datetime, planned_end: datetime, last_presence: datetime | None = None) -> datetime:
    """Return the check-out to propose where it is missing: the earlier of planned end and last sign of presence.

    The person in charge confirms it. It never lies before the check-in.
    """
    proposal = planned_end if last_presence is None else min(planned_end, last_presence)
    return max(check_in, proposal)


def latest_stated(check_in: datetime, planned_end: datetime) -> datetime:
    """Return the latest end that a word from memory can give: 30 minutes past the planned one."""
    return max(planned_end, check_in) + CEILING


def check_stated_out(check_in: datetime, stated: datetime, planned_end: datetime) -> None:
    """Refuse a check-out stated from memory that lies before the check-in or over 30 minutes past the planned end.

    Errors: Refused("check_out_before_check_in"), Refused("stated_time_past_ceiling", ceiling=…).
    """
    if stated < check_in:
        raise Refused("check_out_before_check_in")
    ceiling = latest_stated(check_in, planned_end)
    if stated > ceiling:
        raise Refused("stated_time_past_ceiling", ceiling=ceiling)


def overlap(one: Span, other: Span) -> bool:
    """Say whether two spans [start, end) share time; one that begins when the other ends does not."""
    return max(one[0], other[0]) < min(one[1], other[1])


def check_no_overlap(span: Span, others: Iterable[Span]) -> None:
    """Refuse time in which the same person is already recorded elsewhere. Errors: Refused("hours_overlap", …)."""
    for other in others:
        if overlap(span, other):
            raise Refused("hours_overlap", start=other[0], end=other[1])


def needs_reviewer(days: Mapping[date, int], already: Mapping[date, int]) -> bool:
    """Say whether a day's sum with what is already recorded exceeds 12 hours, so that a reviewer must look.

    Errors: Refused("day_over_24_hours", day=…) where the sum is impossible.
    """
    sums = {day: minutes + already.get(day, 0) for day, minutes in days.items()}
    for day, minutes in sums.items():
        if minutes > IMPOSSIBLE_OVER:
            raise Refused("day_over_24_hours", day=day)
    return any(minutes > REVIEW_OVER for minutes in sums.values())


def hours_shown(minutes: int) -> Decimal:
    """Return minutes as hours with one decimal, rounded down, so that nobody reads a star they have not reached."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.1"), rounding=ROUND_DOWN)


def stars(minutes: int, lines: tuple[int, ...] = STAR_LINES) -> int:
    """Return how many stars so many minutes make eligible for, 0 to 5."""
    return sum(minutes >= line for line in lines)


def next_star(held: int, minutes: int, lines: tuple[int, ...] = STAR_LINES) -> int | None:
    """Return the star that may be applied for now, or None: stars are applied for one after the other."""
    return held + 1 if held < stars(minutes, lines) else None


def is_late(ended_at: datetime, recorded_at: datetime, calendar: Calendar) -> bool:
    """Say whether a record came later than 10 working days after the service ended (D8; 令67 art. 11)."""
    return recorded_at >= add_working_days(ended_at, RECORD_WITHIN_DAYS, calendar)
