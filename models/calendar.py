"""The calendar of a place: its opening hours and the country's holidays, kept as data."""

from __future__ import annotations

import json
from datetime import date, time
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Date, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from models import working_time
from models.asking import for_a_minute
from models.base import Row, ask
from models.places import USUAL_HOURS, Place


class Holiday(Row):
    """One day that differs from its weekday; the years shipped are entered by the first migration."""

    __tablename__ = "holidays"
    day: Mapped[date] = mapped_column(Date, unique=True)
    is_open: Mapped[bool]
    occasion: Mapped[str] = mapped_column(String(40))


def weekly(hours: dict[str, Any]) -> dict[int, tuple[tuple[time, time], ...]]:
    """Return opening hours as spans of each weekday."""
    return {
        int(weekday): tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in spans)
        for weekday, spans in hours.items()
    }


@lru_cache(maxsize=1)
def _shipped() -> dict[date, bool]:
    return {row.day: row.is_open for row in working_time.SHIPPED}


@cache
def _entered() -> Select[Any]:
    return select(Holiday.__table__.c.day, Holiday.__table__.c.is_open)


@for_a_minute
def holidays() -> dict[date, bool]:
    """Return the days that differ: those an administrator entered win over the shipped ones."""
    return {**_shipped(), **dict(ask(_entered()).all())}


def calendar_of(place: Place | None, days: dict[date, bool] | None = None) -> working_time.Calendar:
    """Return the working calendar of a place; who reads many places hands in the holidays once."""
    return calendar_with(place.opening_hours if place is not None else None, holidays() if days is None else days)


def calendar_with(hours: dict[str, Any] | None, days: dict[date, bool]) -> working_time.Calendar:
    """Return the calendar of opening hours, the usual ones where none are told, with the days that differ."""
    return _calendar(json.dumps(hours or USUAL_HOURS), frozenset(days.items()))


@lru_cache(maxsize=500)
def _calendar(hours: str, days: frozenset[tuple[date, bool]]) -> working_time.Calendar:
    """Return the one calendar of these hours and days, which remembers what it was asked."""
    return working_time.Calendar(
        weekly=weekly(json.loads(hours)),
        holidays=dict(days),
        years=frozenset(working_time.SHIPPED_YEARS | {day.year for day, _ in days}),
    )
