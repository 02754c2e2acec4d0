"""Where people live and who answers there: district, street, community, grid and courtyard."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Integer,
    Select,
    String,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Code, NotFound, PublicRow, Refused, Short, Utc, db
from models.events import Doer, record

if TYPE_CHECKING:
    from models.accounts import Actor, Permission


class PlaceKind(StrEnum):
    """The five levels, from above."""

    DISTRICT = "DISTRICT"
    STREET = "STREET"
    COMMUNITY = "COMMUNITY"
    GRID = "GRID"
    COURTYARD = "COURTYARD"


class CourtyardType(StrEnum):
    """The four kinds of compound. Source: domain/glossary.md."""

    SELF_GOVERNED = "SELF_GOVERNED"
    WORK_UNIT = "WORK_UNIT"
    PROPERTY_MANAGED = "PROPERTY_MANAGED"
    RURAL_SCATTERED = "RURAL_SCATTERED"


LEVELS = list(PlaceKind)
CODE = re.compile(r"[0-9A-Za-z-]{1,40}", re.ASCII)
# Monday to Friday, in local time: what a place keeps until it says otherwise.
USUAL_HOURS = {str(day): [["09:00", "12:00"], ["13:30", "17:30"]] for day in range(5)}


class Place(PublicRow):
    """A place of any level; the columns district_id … community_id name the place itself or what it lies in."""

    __tablename__ = "places"
    __table_args__ = (
        CheckConstraint("households IS NULL OR households >= 0", name="households_not_negative"),
        CheckConstraint("kind = 'DISTRICT' OR parent_id IS NOT NULL", name="only_a_district_has_no_parent"),
    )
    kind: Mapped[PlaceKind] = mapped_column(String(12), index=True)
    code: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Short]
    parent_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    district_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    street_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    community_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    courtyard_type: Mapped[CourtyardType | None] = mapped_column(String(20))
    households: Mapped[int | None] = mapped_column(Integer)
    phone: Mapped[str | None] = mapped_column(String(40))
    duty_phone: Mapped[str | None] = mapped_column(String(40))
    rural: Mapped[bool] = mapped_column(default=False)
    opening_hours: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    trial_until: Mapped[Utc | None]

    @property
    def hours(self) -> dict[str, Any]:
        """Return the opening hours by weekday number, Monday 0."""
        return self.opening_hours or USUAL_HOURS

    @classmethod
    def found(
        cls, kind: PlaceKind, code: str, name: str, parent: Place | None = None, *, by: Doer, **more: Any
    ) -> Place:
        """Enter a new place below its parent."""
        place = cls._add(kind, code, name, parent, **more)
        record("place.found", by=by, about=[place], community_id=place.community_id, details={"kind": kind})
        return place

    def edit(
        self,
        name: str,
        *,
        by: Doer,
        seen_version: int | None = None,
        courtyard_type: CourtyardType | None = None,
        households: int | None = None,
        phone: str | None = None,
        duty_phone: str | None = None,
        rural: bool = False,
        opening_hours: dict[str, Any] | None = None,
    ) -> None:
        """Rewrite what is known of a place; its level and its code stay.

        Errors: Stale("stale_edit"), Refused("name_needed", "courtyards_only").
        """
        self.check_version(seen_version, typed=name, stands=self.name)
        if not name.strip():
            raise Refused("name_needed")
        if self.kind != PlaceKind.COURTYARD and (courtyard_type or households is not None):
            raise Refused("courtyards_only")
        self.name, self.courtyard_type, self.households = name.strip(), courtyard_type, households
        self.phone, self.duty_phone, self.rural = phone or None, duty_phone or None, rural
        self.opening_hours = opening_hours or None
        record("place.edit", by=by, about=[self], community_id=self.community_id, details={"kind": self.kind})

    @classmethod
    def add_below(cls, parent: Place, code: str, name: str, *, by: Doer, **more: Any) -> Place:
        """Enter the next level below a place. Errors: Refused("nothing_below", "code_invalid", "name_needed")."""
        if parent.kind == PlaceKind.COURTYARD:
            raise Refused("nothing_below")
        if not CODE.fullmatch(code):
            raise Refused("code_invalid")
        if not name.strip():
            raise Refused("name_needed")
        kind = LEVELS[LEVELS.index(PlaceKind(parent.kind)) + 1]
        if kind != PlaceKind.COURTYARD:
            more = {name: value for name, value in more.items() if name not in ("courtyard_type", "households")}
        return cls.found(kind, code, name.strip(), parent, by=by, **more)

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the places within reach."""
        return select(cls).where(actor.reach(permission).places())

    @classmethod
    def _add(cls, kind: PlaceKind, code: str, name: str, parent: Place | None = None, **more: Any) -> Place:
        place = cls(kind=kind, code=code, name=name, parent_id=parent.id if parent else None, **more)
        if parent is not None:
            place.district_id, place.street_id = parent.district_id, parent.street_id
            place.community_id = parent.community_id
        place.save()
        if kind in (PlaceKind.DISTRICT, PlaceKind.STREET, PlaceKind.COMMUNITY):
            setattr(place, f"{kind.value.lower()}_id", place.id)
            db.session.flush()
        return place


@dataclass(frozen=True)
class Reach:
    """How far a permission carries an account: places of each level and organizations."""

    district_ids: frozenset[int] = field(default_factory=frozenset)
    street_ids: frozenset[int] = field(default_factory=frozenset)
    community_ids: frozenset[int] = field(default_factory=frozenset)
    grid_ids: frozenset[int] = field(default_factory=frozenset)
    organization_ids: frozenset[int] = field(default_factory=frozenset)
    everywhere: bool = False

    def communities(self, column: Any) -> ColumnElement[bool]:
        """Return the condition that a community number lies within reach."""
        if self.everywhere:
            return column.is_not(None)
        parts: list[ColumnElement[bool]] = []
        if self.community_ids:
            parts.append(column.in_(self.community_ids))
        for ids, name in ((self.street_ids, Place.street_id), (self.district_ids, Place.district_id)):
            if ids:
                within = select(Place.id).where(Place.kind == PlaceKind.COMMUNITY, name.in_(ids))
                parts.append(column.in_(within))
        return or_(*parts) if parts else false()

    def covers(self, community: Place) -> bool:
        """Tell whether a community lies within reach."""
        return (
            self.everywhere
            or community.community_id in self.community_ids
            or community.street_id in self.street_ids
            or community.district_id in self.district_ids
        )

    def places(self) -> ColumnElement[bool]:
        """Return the condition that a place of any level lies within reach."""
        if self.everywhere:
            return Place.id.is_not(None)
        pairs = (
            (Place.district_id, self.district_ids), (Place.street_id, self.street_ids),
            (Place.community_id, self.community_ids), (Place.id, self.grid_ids), (Place.parent_id, self.grid_ids),
        )  # fmt: skip
        parts = [column.in_(ids) for column, ids in pairs if ids]
        return or_(*parts) if parts else false()

    def grids(self, column: Any) -> ColumnElement[bool]:
        """Return the condition that a grid number lies within reach."""
        return column.in_(self.grid_ids) if self.grid_ids else false()

    def organizations(self, column: Any) -> ColumnElement[bool]:
        """Return the condition that an organization number lies within reach."""
        return column.in_(self.organization_ids) if self.organization_ids else false()


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


def lines(kind: PlaceKind, *, within: Iterable[int] | None = None, community_id: int | None = None) -> list[PlaceLine]:
    """Return the places of one level, in the order of their codes."""
    query = select(
        Place.id, Place.public_id, Place.code, Place.kind, Place.name, Place.phone, Place.rural, Place.parent_id
    ).where(Place.kind == kind)
    if within is not None:
        query = query.where(Place.id.in_(list(within)))
    if community_id is not None:
        query = query.where(Place.community_id == community_id)
    return [PlaceLine(*row) for row in db.session.execute(query.order_by(Place.code))]


def communities(reach: Reach) -> list[PlaceLine]:
    """Return the communities within reach, in the order of their codes."""
    within = select(Place.id).where(Place.kind == PlaceKind.COMMUNITY, reach.communities(Place.id))
    return lines(PlaceKind.COMMUNITY, within=db.session.scalars(within))


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
    query = select(
        Place.id, Place.public_id, Place.code, Place.kind, Place.name, Place.phone, Place.rural, Place.parent_id, count
    ).where(within)
    if below is not None:
        query = query.where(Place.parent_id == below)
    rows = db.session.execute(query.order_by(Place.code).limit(limit)).all()
    return [Branch(PlaceLine(*row[:8]), LEVELS.index(PlaceKind(row.kind)), row[8]) for row in rows]


def above(place: Place) -> list[PlaceLine]:
    """Return what a place lies in, from the district down."""
    ids = {place.district_id, place.street_id, place.community_id, place.parent_id} - {place.id, None}
    query = select(
        Place.id, Place.public_id, Place.code, Place.kind, Place.name, Place.phone, Place.rural, Place.parent_id
    ).where(Place.id.in_(ids))
    found = [PlaceLine(*row) for row in db.session.execute(query)]
    return sorted(found, key=lambda line: LEVELS.index(PlaceKind(line.kind)))


IMPORT_COLUMNS = ("district_code", "district", "street_code", "street", "community_code", "community")


@dataclass(frozen=True)
class Brought:
    """What an import of places did."""

    added: int
    unchanged: int
    errors: tuple[tuple[int, str, str], ...]


def bring_all(rows: Iterable[tuple[int, dict[str, str]]], *, by: Doer) -> Brought:
    """Enter districts, streets and communities of a list; a code that is known stays as it is.

    A row is its line number and its cells by IMPORT_COLUMNS; a faulty line is named and left out.
    Source: domain/checklist.md 71; the same file twice changes nothing.
    """
    known = {place.code: place for place in db.session.scalars(select(Place))}
    added: list[Place] = []
    unchanged, errors = 0, []
    for line, cells in rows:
        fault = _fault(cells)
        if fault:
            errors.append((line, *fault))
            continue
        parent: Place | None = None
        before = len(added)
        for kind in LEVELS[:3]:
            code, name = cells[f"{kind.value.lower()}_code"], cells[kind.value.lower()]
            if code not in known:
                known[code] = Place._add(kind, code, name, parent)
                added.append(known[code])
            parent = known[code]
        unchanged += len(added) == before
    if added:
        record("place.bring_all", by=by, about=added, details={"added": len(added), "unchanged": unchanged})
    return Brought(len(added), unchanged, tuple(errors))


def _fault(cells: dict[str, str]) -> tuple[str, str] | None:
    """Say which cell of a line cannot be right."""
    for column in IMPORT_COLUMNS:
        value = cells.get(column, "")
        if not value:
            return column, "cell_empty"
        if column.endswith("_code") and not CODE.fullmatch(value):
            return column, "code_invalid"
    return None
