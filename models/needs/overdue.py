"""The public list of needs that are more than five working days late: titles and days, never a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from models import deadlines
from models.base import db, now
from models.needs import clocks
from models.needs.escalating import WAITING
from models.needs.kinds import Tile
from models.needs.row import Need
from models.places import Place, PlaceKind

MOST = 200


@dataclass(frozen=True)
class Late:
    """A late need as everybody reads it: the published title, else its number."""

    title: str
    tile: Tile | None
    days: int
    reason: str | None


@dataclass(frozen=True)
class Board:
    """The late needs of one community; in its trial period and for private matters only the count."""

    community: str
    count: int
    private: int
    on_trial: bool
    lines: tuple[Late, ...]


def communities(community_id: int | None) -> list[int]:
    """Return the reader's community, else all of them."""
    if community_id is not None:
        return [community_id]
    return list(db.session.scalars(select(Place.id).where(Place.kind == PlaceKind.COMMUNITY).order_by(Place.code)))


def board(community_ids: Sequence[int]) -> list[Board]:
    """Return what is publicly late, community by community. Source: decisions.md 21; domain/formulas.md D10."""
    query = (
        select(Need)
        .where(Need.community_id.in_(community_ids), Need.state.in_(WAITING))
        .where(Need.escalated.in_([deadlines.Escalation.STREET, deadlines.Escalation.PUBLIC]))
        .where(Need.hidden.is_(False))
        .order_by(Need.community_id, clocks.due_column(), Need.id)
        .limit(MOST)
    )
    needs = list(db.session.scalars(query))
    read = clocks.read(needs)
    places = {place.id: place for place in db.session.scalars(select(Place).where(Place.id.in_(community_ids)))}
    late: dict[int, list[Need]] = {}
    for need in needs:
        if need.id in read and read[need.id].counted_publicly:
            late.setdefault(need.community_id, []).append(need)
    return [_board(places[community_id], rows, read) for community_id, rows in late.items()]


def _board(place: Place, needs: Sequence[Need], read: dict[int, deadlines.Clock]) -> Board:
    on_trial = place.trial_until is not None and now() < place.trial_until
    private = sum(need.private for need in needs)
    shown = [] if on_trial else [need for need in needs if not need.private]
    lines = tuple(
        Late(
            need.public_title or need.ticket_no,
            Tile(need.tile) if need.tile else None,
            (now() - read[need.id].due).days,
            need.delay_reason,
        )
        for need in shown
    )
    return Board(place.name, len(needs), private, on_trial, lines)
