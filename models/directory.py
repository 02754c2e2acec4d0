"""找谁办: the units in charge of a community — property, power, water, police — and what each of them answers for."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, Select, String, bindparam, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import PublicRow, Refused, Utc, ask, db, now
from models.events import record
from models.needs.kinds import Tile
from models.permissions import Permission
from models.places import Place, PlaceKind

if TYPE_CHECKING:
    from models.accounts import Actor


class ResponsibleUnit(PublicRow):
    """A unit in charge: its duties, the tiles it answers for, its number and its hours (R73)."""

    __tablename__ = "responsible_units"
    __table_args__ = (Index("ix_responsible_units_community_id_position", "community_id", "position", "id"),)
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    name: Mapped[str] = mapped_column(String(60))
    duties: Mapped[str] = mapped_column(String(300))
    tiles: Mapped[list[str]] = mapped_column(JSON)
    phone: Mapped[str | None] = mapped_column(String(40))
    hours: Mapped[str | None] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(Integer, default=0)
    ended_at: Mapped[Utc | None]

    @classmethod
    def enter(cls, community: Place, name: str, *, by: Actor, **more: Any) -> ResponsibleUnit:
        """Enter a unit in the directory of a community.

        Errors: Refused("name_needed", "place_needed", "duties_needed").
        """
        if community.kind != PlaceKind.COMMUNITY:
            raise Refused("place_needed")
        unit = cls(community_id=community.id, tiles=[])
        unit._write(name, **more)
        unit.save()
        record("unit.enter", by=by, about=[unit], community_id=community.id, details={"tiles": unit.tiles})
        return unit

    def _write(
        self, name: str, *, duties: str, tiles: Sequence[Tile] = (), phone: str = "", hours: str = "", position: int = 0
    ) -> None:
        if not name.strip():
            raise Refused("name_needed")
        if not duties.strip():
            raise Refused("duties_needed")
        self.name, self.duties = name.strip(), duties.strip()
        self.tiles = [Tile(tile).value for tile in tiles]
        self.phone, self.hours, self.position = phone.strip() or None, hours.strip() or None, position

    def edit(self, name: str, *, by: Actor, seen_version: int | None = None, **more: Any) -> None:
        """Rewrite an entry. Errors: Stale("stale_edit"), Refused("name_needed", "duties_needed")."""
        self.check_version(seen_version, typed=name, stands=self.name)
        self._write(name, **more)
        record("unit.edit", by=by, about=[self], community_id=self.community_id, details={"tiles": self.tiles})

    def retire(self, *, by: Actor) -> None:
        """Take a unit from the directory; needs that were sent to it still name it. Errors: Refused("unit_is_gone")."""
        if self.ended_at is not None:
            raise Refused("unit_is_gone")
        self.ended_at = now()
        record("unit.retire", by=by, about=[self], community_id=self.community_id)

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the entries of the communities within reach."""
        return select(cls).where(actor.reach(permission).communities(cls.community_id), cls.ended_at.is_(None))


@dataclass(frozen=True)
class UnitLine:
    """A unit as the directory shows it."""

    id: int
    public_id: str
    community_id: int
    community: str
    name: str
    duties: str
    tiles: tuple[Tile, ...]
    phone: str | None
    hours: str | None
    community_public_id: str = ""

    def answers_for(self, tile: Tile | None) -> bool:
        """Tell whether the unit is in charge of a tile."""
        return tile is not None and tile in self.tiles


def units(*, community_id: int | None = None, within: Any | None = None, words: str = "") -> list[UnitLine]:
    """Return the directory of a community, or of those a condition names, in the order the office gave it.

    `words` stand in the name or among the duties.
    """
    query, values = _units(), {}
    if community_id is not None:
        query, values = _units_of_one(), {"community": community_id}
    if within is not None:
        query = query.where(within)
    if words:
        unit = ResponsibleUnit
        query = query.where(
            or_(unit.name.contains(words, autoescape=True), unit.duties.contains(words, autoescape=True))
        )
    return [
        UnitLine(
            u.id, u.public_id, u.community_id, u.place, u.name, u.duties, tuple(map(Tile, u.tiles)), u.phone, u.hours,
            u.place_public_id,
        )
        for u in ask(query, **values)
    ]  # fmt: skip


@functools.cache
def _units() -> Select[Any]:
    """Return the query of the directory, built once: building it takes longer than asking it."""
    unit, place = ResponsibleUnit.__table__, Place.__table__
    shown = (unit.c[name] for name in ("id", "public_id", "community_id", "name", "duties", "tiles", "phone", "hours"))
    return (
        select(*shown, place.c.name.label("place"), place.c.public_id.label("place_public_id"))
        .join(place, place.c.id == unit.c.community_id)
        .where(unit.c.ended_at.is_(None))
        .order_by(place.c.code, unit.c.position, unit.c.id)
    )


@functools.cache
def _units_of_one() -> Select[Any]:
    return _units().where(ResponsibleUnit.__table__.c.community_id == bindparam("community"))


def kept_by(actor: Actor) -> list[UnitLine]:
    """Return the entries that somebody keeps."""
    if not actor.may(Permission.EDIT_DIRECTORY):
        return []
    return units(within=actor.reach(Permission.EDIT_DIRECTORY).communities(ResponsibleUnit.community_id))


def communities_kept_by(actor: Actor) -> list[tuple[str, str]]:
    """Return the communities whose directory somebody keeps: public id and name."""
    reached = actor.reach(Permission.EDIT_DIRECTORY).communities(Place.id)
    query = select(Place.public_id, Place.name).where(Place.kind == PlaceKind.COMMUNITY, reached).order_by(Place.code)
    return [(public_id, name) for public_id, name in db.session.execute(query)]


def community_kept_by(actor: Actor, public_id: str) -> Place:
    """Return a community whose directory somebody keeps, or raise NotFound."""
    reached = actor.reach(Permission.EDIT_DIRECTORY).communities(Place.id)
    place: Place = Place.find(public_id, select(Place).where(Place.kind == PlaceKind.COMMUNITY, reached))
    return place


def units_for(community_id: int, tile: Tile | None) -> list[UnitLine]:
    """Return the units of a community, those in charge of the tile first."""
    return sorted(units(community_id=community_id), key=lambda unit: not unit.answers_for(tile))
