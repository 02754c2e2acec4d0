"""How long a need may wait: the lengths of the three clocks, and which later date may be told.

Source: domain/formulas.md D10. Every deadline is [start, due): at the instant of due it is missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.base import Refused
from models.working_time import (
    Calendar,
    add_working_time,
    end_on_opening,
    local_day,
    start_of,
    working_time_between,
)

NOTHING = timedelta(0)
PROMISE_CHANGES = 2
TRIAL_DAYS = 60


class Urgency(StrEnum):
    """How soon a need wants an answer; suggested by the resident's tile, confirmed by the committee."""

    EMERGENCY = "EMERGENCY"
    BASIC_LIFE = "BASIC_LIFE"
    GENERAL = "GENERAL"
    COMPLEX = "COMPLEX"


@dataclass(frozen=True)
class Term:
    """The length of a deadline: in the open hours of the place, or on the wall clock."""

    length: timedelta
    working: bool = False
    ends_on_opening: bool = False

    def forward(self, start: datetime, span: timedelta, calendar: Calendar) -> datetime:
        """Return the instant a span after start, counted in this term's way."""
        if span == NOTHING:
            return start
        return add_working_time(start, span, calendar) if self.working else start + span

    def measure(self, start: datetime, end: datetime, calendar: Calendar) -> timedelta:
        """Return how much of this term lies in [start, end)."""
        return working_time_between(start, end, calendar) if self.working else max(end - start, NOTHING)

    def settle(self, due: datetime, calendar: Calendar) -> datetime:
        """Return the due instant, moved to the next opening where the term says so."""
        return end_on_opening(due, calendar) if self.ends_on_opening else due

    def due(self, start: datetime, calendar: Calendar) -> datetime:
        """Return when a deadline of this term ends that begins at start."""
        return self.settle(self.forward(start, self.length, calendar), calendar)


ACCEPTANCE = Term(timedelta(hours=24), working=True)
EMERGENCY_ACCEPTANCE = Term(timedelta(hours=1))
ANSWERS = {
    Urgency.EMERGENCY: Term(timedelta(hours=2)),
    Urgency.BASIC_LIFE: Term(timedelta(hours=24), working=True),
    Urgency.GENERAL: Term(timedelta(days=7), ends_on_opening=True),
    Urgency.COMPLEX: Term(timedelta(days=15), ends_on_opening=True),
}
PROMISE = Term(NOTHING)


def acceptance_start(
    raised_at: datetime, urgency: Urgency, calendar: Calendar, seen_at: datetime | None = None
) -> datetime:
    """Return when the acceptance clock starts: an emergency's when the duty person sees it or the office opens."""
    if urgency is not Urgency.EMERGENCY:
        return raised_at
    opens = end_on_opening(raised_at, calendar)
    return opens if seen_at is None else min(max(seen_at, raised_at), opens)


def acceptance_due(
    raised_at: datetime, urgency: Urgency, calendar: Calendar, seen_at: datetime | None = None
) -> datetime:
    """Return when a need must be accepted: within 24 working hours, an emergency within one hour (D10)."""
    term = EMERGENCY_ACCEPTANCE if urgency is Urgency.EMERGENCY else ACCEPTANCE
    return term.due(acceptance_start(raised_at, urgency, calendar, seen_at), calendar)


def answer_due(accepted_at: datetime, urgency: Urgency, calendar: Calendar) -> datetime:
    """Return when an answer is due: 2 hours, 24 working hours, 7 or 15 days that end on an opening (D10)."""
    return ANSWERS[urgency].due(accepted_at, calendar)


def promise_due(promised_for: date) -> datetime:
    """Return when a promise lapses: with the day that was told."""
    return start_of(promised_for + timedelta(days=1))


def trial_until(founded_on: date) -> datetime:
    """Return when the first 60 days of a community, its 试运行, are over."""
    return start_of(founded_on + timedelta(days=TRIAL_DAYS))


def latest_extension(due: datetime, urgency: Urgency, calendar: Calendar) -> datetime:
    """Return the latest instant to which an answer may be extended: the same length once more."""
    return ANSWERS[urgency].due(due, calendar)


def check_extension(
    due: datetime, until: datetime, urgency: Urgency, calendar: Calendar, now: datetime, *, already: bool
) -> None:
    """Refuse a second extension, one told when the answer is overdue, and one that is not later or too long.

    Errors: Refused("extension_once"), Refused("extension_too_late"), Refused("extension_not_later"),
    Refused("extension_too_long", latest=…). Source: D10.
    """
    if already:
        raise Refused("extension_once")
    if now >= due:
        raise Refused("extension_too_late")
    if until <= due:
        raise Refused("extension_not_later")
    latest = latest_extension(due, urgency, calendar)
    if until > latest:
        raise Refused("extension_too_long", latest=latest)


def check_promise(
    new: date, now: datetime, *, current: date | None = None, changes: int = 0, head_agrees: bool = False
) -> None:
    """Refuse a promise for a day gone by, and a change of one without the head where it lapsed or changed twice.

    Errors: Refused("promise_in_the_past"), Refused("promise_lapsed"), Refused("promise_changes_used"). Source: D10.
    """
    if new < local_day(now):
        raise Refused("promise_in_the_past")
    if current is None or head_agrees:
        return
    if now >= promise_due(current):
        raise Refused("promise_lapsed")
    if changes >= PROMISE_CHANGES:
        raise Refused("promise_changes_used")
