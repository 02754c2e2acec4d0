"""The demo year from its first day to yesterday."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from demo import (
    afterthought,
    ahead,
    arrivals,
    asking,
    beginning,
    board,
    bulletins,
    colleagues,
    discretion,
    doors,
    drafts,
    keeping,
    loose_ends,
    matters,
    mornings,
    people,
    proofs,
    reporting,
    rolls,
    rounds,
    seats,
    second_thoughts,
    serving,
    voices,
    volunteers,
    works,
)
from demo.clockwork import DAYS, Year, seeded_ids
from models import seals
from models.base import db


def fill(
    password_hash: str,
    *,
    today: date,
    seed: int = 7,
    days: int = DAYS,
    progress: Callable[[int], None] | None = None,
) -> Year:
    """Live the year through the verbs and seal the diary; the same seed and date give the same year.

    `days` ends it early, for those who want only its beginning.
    """
    year = Year(today, seed)
    with seeded_ids(year.chance):
        year.on(-3, lambda: people.found_places(year), 9 * 60)
        year.on(-3, lambda: people.enter_organizations(year), 9 * 60 + 1)
        year.on(-3, lambda: people.hire_staff(year, password_hash), 9 * 60 + 2)
        year.on(-2, lambda: people.settle_residents(year, password_hash), 9 * 60)
        board.plan(year)
        matters.plan(year)
        works.plan(year)
        serving.plan(year)
        voices.plan(year)
        keeping.plan(year)
        loose_ends.plan(year)
        rounds.plan(year)
        colleagues.plan(year)
        ahead.plan(year)
        doors.plan(year)
        loose_ends.notices(year)
        bulletins.plan(year)
        volunteers.plan(year)
        proofs.plan(year)
        afterthought.plan(year)
        reporting.plan(year)
        beginning.plan(year, password_hash)
        with year.aside("corners"):
            seats.plan(year, password_hash)
            second_thoughts.plan(year)
            arrivals.plan(year)
            asking.plan(year)
            drafts.plan(year)
        with year.aside("mornings"):
            mornings.plan(year)
        with year.aside("discretion"):
            discretion.plan(year)
        with year.aside("rolls"):
            rolls.plan(year)
        year.on(DAYS - 1, matters.leave_work_on_the_desk, 23 * 60)
        year.live(days, progress)
        seals.close_new()
        db.session.commit()
    return year
