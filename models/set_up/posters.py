"""The posters of the first days: one for each courtyard, scanned at the gate to tell the community something."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from models.base import Refused, db
from models.events import Doer, record
from models.places import Place, PlaceKind

VERB = "set_up.print_posters"


@dataclass(frozen=True)
class PosterSheet:
    """What the poster of one courtyard says."""

    public_id: str
    courtyard: str
    community: str
    phone: str


def _courtyards(community: Place) -> list[Place]:
    query = select(Place).where(Place.community_id == community.id, Place.kind == PlaceKind.COURTYARD)
    return list(db.session.scalars(query.order_by(Place.code)))


def posters_of(community: Place) -> list[PosterSheet]:
    """Return a poster for each courtyard; one for the community itself where it has none."""
    return [
        PosterSheet(one.public_id, one.name, community.name, community.phone or "")
        for one in _courtyards(community) or [community]
    ]


def print_posters(community: Place, *, by: Doer) -> int:
    """Note that the posters of all courtyards are printed, and return how many. Errors: Refused("no_courtyards")."""
    courtyards = _courtyards(community)
    if not courtyards:
        raise Refused("no_courtyards")
    record(VERB, by=by, about=[community, *courtyards], community_id=community.id, details={"n": len(courtyards)})
    return len(courtyards)
