"""Reading a need's clocks: how far each has run, when it stands still, and who must know.

Source: domain/formulas.md D10, decisions.md 21.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from models.deadlines.terms import (
    ACCEPTANCE,
    ANSWERS,
    EMERGENCY_ACCEPTANCE,
    NOTHING,
    PROMISE,
    Term,
    Urgency,
    acceptance_start,
    promise_due,
)
from models.working_time import Calendar, add_working_days, working_days_between

Span = tuple[datetime, datetime]
# The last moment of [start, end): which day a deadline ends on is asked of it, not of the midnight after.
INSTANT = timedelta(microseconds=1)
PAUSE_DAYS = 10
STREET_AFTER_DAYS = 2
PUBLIC_AFTER_DAYS = 5


class ClockKind(StrEnum):
    """Which of the three clocks."""

    ACCEPTANCE = "ACCEPTANCE"
    ANSWER = "ANSWER"
    PROMISE = "PROMISE"


class Color(StrEnum):
    """How a clock looks; the word always stands beside the color."""

    GREEN = "GREEN"
    YELLOW = "YELLOW"
    RED = "RED"


class Escalation(StrEnum):
    """Who is told, from below: each one also knows what those before know."""

    NONE = "NONE"
    CLERK = "CLERK"
    HEAD = "HEAD"
    STREET = "STREET"
    PUBLIC = "PUBLIC"


@dataclass(frozen=True)
class Pause:
    """A time in NEED_INFO: the place waits for the resident; `end` is None while it still does."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class Extension:
    """The one later date that was told with its reason, and when it was told."""

    until: datetime
    granted_at: datetime


@dataclass(frozen=True)
class Desk:
    """Where and when a clock is read: the calendar of the place, the present, and the end of its trial period."""

    calendar: Calendar
    now: datetime
    trial_until: datetime | None = None

    @property
    def on_trial(self) -> bool:
        """Say whether the community still is in 试运行, whose overdue needs are public as counts only."""
        return self.trial_until is not None and self.now < self.trial_until


class Clock(NamedTuple):
    """One clock as it is read: when it ends, how far it has run, and who must know.

    `share_used` passes 1 when overdue. `counted_publicly` is set from the fifth working day on, during the trial too,
    when no single item is shown. `unlisted_years` names years whose holidays are unknown: the page warns of them.
    """

    kind: ClockKind
    due: datetime
    share_used: float
    color: Color
    escalation: Escalation
    missed: bool
    running: bool
    paused: bool
    counted_publicly: bool
    unlisted_years: tuple[int, ...]


def counted_pauses(pauses: Iterable[Pause], now: datetime, calendar: Calendar) -> tuple[tuple[Span, ...], int]:
    """Return the spans in which a need's clocks stand still, and the working days of pause that are left.

    All pauses of one need share 10 working days; what goes beyond does not stop a clock.
    """
    spans: list[Span] = []
    left, last = PAUSE_DAYS, None
    for pause in sorted(pauses, key=lambda pause: pause.start):
        start = pause.start if last is None else max(pause.start, last)
        end = min(pause.end or now, now)
        if left < 1 or end <= start:
            continue
        end = min(end, add_working_days(start, left, calendar))
        left -= working_days_between(start, end - INSTANT, calendar)
        spans.append((start, end))
        last = end
    return tuple(spans), left


def _clip(spans: Sequence[Span], start: datetime, end: datetime) -> list[Span]:
    return [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]


def _stretch(due: datetime, since: datetime, spans: Sequence[Span], term: Term, calendar: Calendar) -> datetime:
    """Move a due instant on by the pauses that began before it; a pause after the end rescues nothing."""
    for start, end in spans:
        start = max(start, since)
        if start < min(end, term.settle(due, calendar)):
            due = term.forward(due, term.measure(start, end, calendar), calendar)
    return term.settle(due, calendar)


def _read(
    kind: ClockKind,
    term: Term,
    start: datetime,
    due: datetime,
    stopped_at: datetime | None,
    desk: Desk,
    spans: Sequence[Span] = (),
) -> Clock:
    moment = desk.now if stopped_at is None else min(stopped_at, desk.now)
    running, missed = stopped_at is None, moment >= due

    def worked(until: datetime) -> timedelta:
        if not spans:
            return term.measure(start, until, desk.calendar)
        paused = (term.measure(a, b, desk.calendar) for a, b in _clip(spans, start, until))
        return term.measure(start, until, desk.calendar) - sum(paused, NOTHING)

    used, total = worked(moment), worked(due)
    if missed:
        color = Color.RED
    else:
        color = Color.YELLOW if running and total and used * 10 >= total * 8 else Color.GREEN
    past_five = running and missed and moment >= add_working_days(due - INSTANT, PUBLIC_AFTER_DAYS, desk.calendar)
    return Clock(
        kind=kind,
        due=due,
        share_used=used / total if total else float(missed),
        color=color,
        escalation=_escalation(color, due, desk, past_five=past_five) if running else Escalation.NONE,
        missed=missed,
        running=running,
        paused=running and any(end == desk.now for _, end in spans),
        counted_publicly=past_five,
        unlisted_years=desk.calendar.unlisted_years(start, due),
    )


def _escalation(color: Color, due: datetime, desk: Desk, *, past_five: bool) -> Escalation:
    if color is Color.GREEN:
        return Escalation.NONE
    if color is Color.YELLOW:
        return Escalation.CLERK
    if past_five and not desk.on_trial:
        return Escalation.PUBLIC
    street_at = add_working_days(due - INSTANT, STREET_AFTER_DAYS, desk.calendar)
    return Escalation.STREET if desk.now >= street_at else Escalation.HEAD


def acceptance_clock(
    raised_at: datetime,
    urgency: Urgency,
    desk: Desk,
    *,
    seen_at: datetime | None = None,
    accepted_at: datetime | None = None,
    pauses: Iterable[Pause] = (),
) -> Clock:
    """Read the acceptance clock; it stops when the need is accepted, rejected or redirected. Source: D10."""
    term = EMERGENCY_ACCEPTANCE if urgency is Urgency.EMERGENCY else ACCEPTANCE
    start = acceptance_start(raised_at, urgency, desk.calendar, seen_at)
    spans, _ = counted_pauses(pauses, desk.now, desk.calendar)
    due = _stretch(term.forward(start, term.length, desk.calendar), start, spans, term, desk.calendar)
    return _read(ClockKind.ACCEPTANCE, term, start, due, accepted_at, desk, spans)


def answer_clock(
    accepted_at: datetime,
    urgency: Urgency,
    desk: Desk,
    *,
    answered_at: datetime | None = None,
    pauses: Iterable[Pause] = (),
    extension: Extension | None = None,
) -> Clock:
    """Read the answer clock; it stops at a written answer of one of the three kinds. Source: D10.

    After an extension the date that was told holds, moved on only by pauses that came after it was told.
    """
    term, calendar = ANSWERS[urgency], desk.calendar
    spans, _ = counted_pauses(pauses, desk.now, calendar)
    if extension is None:
        due = _stretch(term.forward(accepted_at, term.length, calendar), accepted_at, spans, term, calendar)
    else:
        due = _stretch(extension.until, extension.granted_at, spans, term, calendar)
    return _read(ClockKind.ANSWER, term, accepted_at, due, answered_at, desk, spans)


def promise_clock(told_at: datetime, promised_for: date, desk: Desk, *, kept_at: datetime | None = None) -> Clock:
    """Read the promise clock: from the telling until the end of the day that was told. Source: D10."""
    return _read(ClockKind.PROMISE, PROMISE, told_at, promise_due(promised_for), kept_at, desk)
