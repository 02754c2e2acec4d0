"""The calendar of a place: its opening hours and the country's holidays, kept as data."""

from __future__ import annotations

import json
from datetime import date, time
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Date, Select, String, event, select
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from models import working_time
from models.base import Row, ask, db
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


def holidays() -> dict[date, bool]:
    """Return the days that differ: those an administrator entered win over the shipped ones.

    They are read once a transaction, however many clocks are read in it.
    """
    db.session.connection()  # A transaction that was not begun yet has nothing to remember.
    known: dict[str, Any] = db.session.info
    transaction = db.session().get_transaction()
    if known.get("holidays", (None,))[0] is not transaction:
        days = dict(ask(_entered()).all())
        known["holidays"] = transaction, {**_shipped(), **days}
    return known["holidays"][1]  # type: ignore[no-any-return]


@event.listens_for(Holiday, "after_insert")
@event.listens_for(Holiday, "after_update")
@event.listens_for(Holiday, "after_delete")
def _changed(mapper: Mapper[Any], connection: Connection, row: Holiday) -> None:
    db.session.info.pop("holidays", None)


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
