"""Where people live and who answers there: district, street, community, grid and courtyard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ColumnElement, ForeignKey, Integer, String, false, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Code, NotFound, PublicRow, Short, Utc, db
from models.events import Doer, record


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
