"""What the intake form offers: the community, its courtyards and tiles."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from models.base import NotFound, db
from models.needs.kinds import Tile
from models.places import Place, PlaceKind, PlaceLine, lines


@dataclass(frozen=True)
class Offer:
    """A community as the intake form needs it; without one, the communities to choose from."""

    community: Place | None
    communities: tuple[PlaceLine, ...]
    courtyards: tuple[PlaceLine, ...]

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """Return the twelve tiles, and farming where the community is rural."""
        rural = self.community is not None and self.community.rural
        return tuple(tile for tile in Tile if rural or tile != Tile.RURAL)

    @property
    def help_phone(self) -> str:
        """Return the number that is answered day and night, else the office's."""
        return (self.community.duty_phone or self.community.phone or "") if self.community else ""

    def courtyard(self, public_id: str | None) -> Place | None:
        """Return the chosen courtyard. Errors: NotFound where it is not of this community."""
        if not public_id:
            return None
        return Place.find(public_id, select(Place).where(Place.id.in_([one.id for one in self.courtyards])))


def offer_for(public_id: str | None, community_id: int | None) -> Offer:
    """Return the offer for the community that the form, the account or the poster's code names."""
    query = select(Place).where(Place.kind == PlaceKind.COMMUNITY)
    community = None
    if public_id:
        community = db.session.scalars(query.where(Place.public_id == public_id)).one_or_none()
    elif community_id:
        community = db.session.scalars(query.where(Place.id == community_id)).one_or_none()
    if community is None:
        return Offer(None, tuple(lines(PlaceKind.COMMUNITY)), ())
    return Offer(community, (), tuple(lines(PlaceKind.COURTYARD, community_id=community.id)))


def place_of_code(public_id: str) -> tuple[Place, Place]:
    """Return a courtyard's (or a community's) place and its community, as a poster's code names it."""
    place = Place.find(public_id)
    if place.community_id is None:
        raise NotFound(public_id)
    return place, Place.get(place.community_id)
