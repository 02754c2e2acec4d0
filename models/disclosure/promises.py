"""Dates that were told, kept or missed, and what is late for everybody to see."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from models.base import db, now, today
from models.deadlines import Escalation
from models.disclosure.projects import located
from models.needs import FIELD_OF_TILE, PRIVATE_FIELDS, PRIVATE_KINDS, Field, Need, Tile, overdue
from models.needs.published import promise_kept, promise_missed
from models.needs.row import OPEN
from models.places import Place
from models.projects import NextDate, Project
from models.working_time import start_of

MOST_OVERDUE = 50


@dataclass(frozen=True)
class Overdue:
    """A matter that is late: its published title, else its number; private ones are only counted."""

    public_id: str | None
    title: str
    tile: Tile | None
    days: int
    reason: str | None


@dataclass(frozen=True)
class Promises:
    """Dates that were told: how many were kept, how many missed, and which matters are late beyond five days."""

    kept: int
    missed: int
    late: int
    lines: tuple[Overdue, ...]


def on_trial(place: Place | None) -> bool:
    """Tell whether a community still is in its trial run."""
    return place is not None and place.trial_until is not None and place.trial_until > now()


def dates_told(community_id: int | None) -> tuple[int, int]:
    """Return how many dates that were told were kept, and how many missed."""
    of_needs = select(
        func.count().filter(promise_kept()),
        func.count().filter(promise_missed()),
    ).where(Need.next_step_at.is_not(None), Need.hidden.is_(False), *located(Need.community_id, community_id))
    of_projects = (
        select(
            func.count().filter(NextDate.kept_at.is_not(None)),
            func.count().filter(NextDate.kept_at.is_(None), NextDate.at < start_of(today())),
        )
        .join(Project, Project.id == NextDate.project_id)
        .where(*located(Project.community_id, community_id))
    )
    (kept, missed), (also, gone) = db.session.execute(of_needs).one(), db.session.execute(of_projects).one()
    return kept + also, missed + gone


def promises_of(place: Place | None) -> Promises:
    """Return what was promised in a community or in all, and what is late."""
    kept, missed = dates_told(place.id if place else None)
    late, lines = _overdue(place)
    return Promises(kept, missed, late, lines)


def _private(need: Need) -> bool:
    field = Field(need.field) if need.field else FIELD_OF_TILE.get(Tile(need.tile)) if need.tile else None
    return need.kind in PRIVATE_KINDS or field in PRIVATE_FIELDS


def _overdue(place: Place | None) -> tuple[int, tuple[Overdue, ...]]:
    """Return how many matters are public because they are late, and the lines that may be shown.

    The first sixty days of a community show counts only, and so does the board of all. Source: decisions.md 21; D10.
    """
    late = [Need.escalated == Escalation.PUBLIC, Need.state.in_(OPEN), Need.hidden.is_(False)]
    late += located(Need.community_id, place.id if place else None)
    count = db.session.scalar(select(func.count()).select_from(Need).where(*late)) or 0
    if place is None:
        return count, ()
    if on_trial(place):
        # While it lasts nothing rises to the public list; what would have is counted all the same.
        return max(count, sum(one.count for one in overdue.board([place.id]))), ()
    needs = db.session.scalars(select(Need).where(*late).order_by(Need.id).limit(MOST_OVERDUE))
    return count, tuple(_late(need) for need in needs if not _private(need))


def _late(need: Need) -> Overdue:
    due = need.next_step_at or need.extended_until or need.answer_due_at or need.acceptance_due_at
    public = need.public_id if need.public_title else None
    tile = Tile(need.tile) if need.tile else None
    days = max(0, (now() - due).days) if due else 0
    return Overdue(public, need.public_title or need.ticket_no, tile, days, need.delay_reason)
