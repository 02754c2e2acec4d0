"""The days of the demo year: what happens on which day at which minute, with one clock and one source of chance."""

from __future__ import annotations

import gc
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from models import base
from models.base import SHANGHAI, Refused, db

DAYS = 365


class Year:
    """A schedule of deeds. Day 364 is the day before `today`, so that the demo is the same at every hour of a date."""

    def __init__(self, today: date, seed: int = 7) -> None:
        self.first = today - timedelta(days=DAYS)
        self.chance = random.Random(f"{seed}|{today.isoformat()}")
        self.deeds: dict[int, list[tuple[int, int, random.Random, Callable[[], Any]]]] = {}
        self.things: dict[str, Any] = {}
        self.refused: list[str] = []
        self._order = 0
        self.day = -1

    @contextmanager
    def aside(self, name: str) -> Iterator[None]:
        """Plan from a chance of its own: what is planned here, and all that comes of it, leaves the rest as it was."""
        main, self.chance = self.chance, random.Random(f"{name}|{self.first.isoformat()}")
        try:
            yield
        finally:
            self.chance = main

    def date(self, day: int) -> date:
        """Return the date of a day of the year."""
        return self.first + timedelta(days=day)

    def at(self, day: int, minute: int = 9 * 60) -> datetime:
        """Return the instant of a local minute of a day."""
        local = datetime.combine(self.date(day), time(), SHANGHAI) + timedelta(minutes=minute)
        return local.astimezone(UTC)

    def working(self, day: int) -> int:
        """Return the day itself, or the Monday after where it is a weekend."""
        return day + {5: 2, 6: 1}.get(self.date(day).weekday(), 0)

    def on(self, day: int, deed: Callable[[], Any], minute: int | None = None) -> None:
        """Plan a deed for a day; what would lie after the last day never happens."""
        if minute is None:
            minute = self.chance.randrange(9 * 60, 17 * 60)
        day = max(day, self.day)
        self._order += 1
        self.deeds.setdefault(day, []).append((minute, self._order, self.chance, deed))

    def try_(self, deed: Callable[[], Any], what: str) -> Any:
        """Do a deed; where a rule says no, note it and go on, as a person at the counter would.

        A verb refuses before it changes anything, so what stands in the session then is taken out again.
        """
        try:
            return deed()
        except Refused as error:
            self.refused.append(f"{what}: {error.key}")
            for thing in list(db.session.new):
                db.session.expunge(thing)
            for thing in list(db.session.dirty):
                db.session.expire(thing)
            return None

    def live(self, days: int = DAYS, progress: Callable[[int], None] | None = None) -> None:
        """Live through the first days, one commit a day."""
        before, patience = base.clock.read, gc.get_threshold()
        main = self.chance
        # The rows of a year live as long as the year; looking through them for garbage all the time finds none.
        gc.set_threshold(200_000, 20, 100)
        try:
            for day in sorted(d for d in self.deeds if d < 0) + list(range(days)):
                self.day = day
                while self.deeds.get(day):
                    batch, self.deeds[day] = sorted(self.deeds[day], key=lambda one: one[:2]), []
                    for minute, _order, chance, deed in batch:
                        self.chance = chance
                        base.draw.choice = chance.choice  # type: ignore[assignment]
                        instant = self.at(day, minute)
                        base.clock.read = lambda instant=instant: instant  # type: ignore[misc]
                        deed()
                db.session.commit()
                if progress and day % 30 == 0:
                    progress(day)
        finally:
            base.clock.read, self.chance = before, main
            gc.set_threshold(*patience)


@contextmanager
def seeded_ids(chance: random.Random) -> Iterator[None]:
    """Draw public ids from the demo's own chance, so that the same seed gives the same addresses."""
    before = base.draw.choice
    base.draw.choice = chance.choice  # type: ignore[assignment]
    try:
        yield
    finally:
        base.draw.choice = before  # type: ignore[assignment]
