"""What the intake form offers: the community, its courtyards and tiles."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from models.base import NotFound, is_opaque
from models.needs.kinds import Tile
from models.places import Place, PlaceKind, PlaceLine, lines


@dataclass(frozen=True)
class Offer:
    """A community as the intake form needs it; without one, the communities to choose from."""

    place: PlaceLine | None
    communities: tuple[PlaceLine, ...]
    courtyards: tuple[PlaceLine, ...]

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """Return the twelve tiles, and farming where the community is rural."""
        rural = self.place is not None and self.place.rural
        return tuple(tile for tile in Tile if rural or tile != Tile.RURAL)

    @property
    def community(self) -> Place:
        """Return the community itself, for the verb. Errors: NotFound without one."""
        if self.place is None:
            raise NotFound("community")
        return Place.get(self.place.id)

    def courtyard(self, public_id: str | None) -> Place | None:
        """Return the chosen courtyard. Errors: NotFound where it is not of this community."""
        if not public_id:
            return None
        return Place.find(public_id, select(Place).where(Place.id.in_([one.id for one in self.courtyards])))


def offer_for(public_id: str | None, community_id: int | None) -> Offer:
    """Return the offer for the community that the form, the account or the poster's code names."""
    if public_id:
        chosen = lines(PlaceKind.COMMUNITY, public_id=public_id) if is_opaque(public_id) else []
    else:
        chosen = lines(PlaceKind.COMMUNITY, within=[community_id]) if community_id else []
    if not chosen:
        return Offer(None, tuple(lines(PlaceKind.COMMUNITY)), ())
    return Offer(chosen[0], (), tuple(lines(PlaceKind.COURTYARD, community_id=chosen[0].id)))


def place_of_code(public_id: str) -> tuple[Place, Place]:
    """Return a courtyard's (or a community's) place and its community, as a poster's code names it."""
    place = Place.find(public_id)
    if place.community_id is None:
        raise NotFound(public_id)
    return place, Place.get(place.community_id)
