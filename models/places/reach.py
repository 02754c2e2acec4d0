"""How far somebody's permission carries, as conditions on rows that lie somewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, false, or_, select

from models.asking import in_these
from models.places.row import Place, PlaceKind


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
            parts.append(in_these(column, self.community_ids))
        for ids, name in ((self.street_ids, Place.street_id), (self.district_ids, Place.district_id)):
            if ids:
                within = select(Place.id).where(Place.kind == PlaceKind.COMMUNITY, in_these(name, ids))
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
        parts = [in_these(column, ids) for column, ids in pairs if ids]
        return or_(*parts) if parts else false()

    def grids(self, column: Any) -> ColumnElement[bool]:
        """Return the condition that a grid number lies within reach."""
        return in_these(column, self.grid_ids) if self.grid_ids else false()

    def organizations(self, column: Any) -> ColumnElement[bool]:
        """Return the condition that an organization number lies within reach."""
        return in_these(column, self.organization_ids) if self.organization_ids else false()
