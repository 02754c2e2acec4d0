"""Places as lists and choices show them: one level, a branch, or what a place lies in."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from models.base import NotFound, ask, db
from models.places.reach import Reach
from models.places.row import LEVELS, Place, PlaceKind


def by_code(code: str) -> Place:
    """Return the place of a code or raise NotFound."""
    place = db.session.scalars(select(Place).where(Place.code == code)).one_or_none()
    if place is None:
        raise NotFound(code)
    return place


@dataclass(frozen=True)
class PlaceLine:
    """A place as lists and choices show it."""

    id: int
    public_id: str
    code: str
    kind: str
    name: str
    phone: str | None
    rural: bool
    parent_id: int | None


_LINE: tuple[Any, ...] = (
    Place.id, Place.public_id, Place.code, Place.kind, Place.name, Place.phone, Place.rural, Place.parent_id,
)  # fmt: skip


def lines(
    kind: PlaceKind,
    *,
    within: Iterable[int] | None = None,
    community_id: int | None = None,
    public_id: str | None = None,
) -> list[PlaceLine]:
    """Return the places of one level, in the order of their codes: all, or those that are named."""
    asked = {"within": within, "community_id": community_id, "public_id": public_id}
    named = {name: value for name, value in asked.items() if value is not None}
    return [PlaceLine(*row) for row in ask(_lines(tuple(named)), kind=kind, **named)]


@functools.cache
def _lines(named: tuple[str, ...]) -> Select[Any]:
    """Return the query of `lines`, built once for each way to name them: building it takes longer than asking it."""
    conditions = {
        "within": Place.id.in_(bindparam("within", expanding=True)),
        "community_id": Place.community_id == bindparam("community_id"),
        "public_id": Place.public_id == bindparam("public_id"),
    }
    asked = (conditions[name] for name in named)
    return select(*_LINE).where(Place.kind == bindparam("kind"), *asked).order_by(Place.code)


def communities(reach: Reach) -> list[PlaceLine]:
    """Return the communities within reach, in the order of their codes."""
    within = select(Place.id).where(Place.kind == PlaceKind.COMMUNITY, reach.communities(Place.id))
    return lines(PlaceKind.COMMUNITY, within=list(db.session.scalars(within)))


@dataclass(frozen=True)
class Branch:
    """A place on the page of places: how deep it lies, and how many lie directly below."""

    place: PlaceLine
    depth: int
    below: int


def tree(within: ColumnElement[bool], *, below: int | None = None, limit: int = 300) -> list[Branch]:
    """Return the places of a condition as one list from above, or those directly below a place."""
    child = Place.__table__.alias("child")
    count = select(func.count()).select_from(child).where(child.c.parent_id == Place.id).scalar_subquery()
    query = select(*_LINE, count).where(within)
    if below is not None:
        query = query.where(Place.parent_id == below)
    rows = db.session.execute(query.order_by(Place.code).limit(limit)).all()
    return [Branch(PlaceLine(*row[:8]), LEVELS.index(PlaceKind(row.kind)), row[8]) for row in rows]


def above(place: Place) -> list[PlaceLine]:
    """Return what a place lies in, from the district down."""
    ids = {place.district_id, place.street_id, place.community_id, place.parent_id} - {place.id, None}
    query = select(*_LINE).where(Place.id.in_(ids))
    found = [PlaceLine(*row) for row in db.session.execute(query)]
    return sorted(found, key=lambda line: LEVELS.index(PlaceKind(line.kind)))
