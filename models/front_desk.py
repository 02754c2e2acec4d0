"""The front desk: somebody calls, comes by or is met on a round, and in half a minute the matter has a number."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, or_, select

from models import ciphers
from models.accounts import Account, AccountState, Grant
from models.asking import for_a_minute
from models.base import NotFound, Refused, ask, db, now
from models.desk import Receipt, receipt
from models.needs import Need, Source, Tile
from models.people import Consent, Person, PersonState
from models.permissions import Permission, Role
from models.places import Place, PlaceKind, Reach

if TYPE_CHECKING:
    from models.accounts import Actor

# How a matter may come in here; the resident's own phone and the import have their own ways.
WAYS = (Source.CALL, Source.VISIT, Source.ROUND, Source.GRID, Source.MEETING, Source.HOTLINE)
MOST_FOUND = 8
NUMBER = re.compile(r"[\d\s+-]{7,20}")
# A door as people say it: 3栋2单元301, 5号楼, 3-2-301.
DOOR = re.compile(
    r"(\d{1,3})(?:栋|幢|座|号楼|号|#)?(?:\s*-?\s*(\d{1,2})(?:单元)?(?:\s*-?\s*(\d{1,4})(?:室|号)?)?)?", re.ASCII
)
PROXY_NOTICE = "proxy_entry"


@dataclass(frozen=True)
class Found:
    """A person of the register as the front desk sees it; the number itself is not shown."""

    public_id: str
    name: str
    address: str
    has_phone: bool
    confirmed: bool


@dataclass(frozen=True)
class Caller:
    """The person of the register for whom something is written down, and the place of their door."""

    public_id: str
    name: str
    address: str
    place: str


@dataclass(frozen=True)
class Choice:
    """A choice of the form."""

    public_id: str
    name: str
    kind: PlaceKind


def places_for(actor: Actor) -> list[Choice]:
    """Return the communities, grids and courtyards for which somebody may enter matters; a grid worker's own only."""
    return _choices(actor.reach(Permission.ENTER_FOR_OTHERS))


@for_a_minute
def places_to_choose(reach: Reach) -> tuple[Choice, ...]:
    """Return the same for a list that is narrowed to a place; a new courtyard is offered there within a minute."""
    return tuple(_choices(reach))


def _choices(reach: Reach) -> list[Choice]:
    return [Choice(public_id, name, PlaceKind(kind)) for public_id, name, kind in ask(_places(reach))]


@functools.lru_cache(maxsize=1000)
def _places(reach: Reach) -> Any:
    near = or_(
        and_(Place.kind.in_([PlaceKind.COMMUNITY, PlaceKind.COURTYARD]), reach.communities(Place.community_id)),
        and_(Place.kind == PlaceKind.GRID, reach.grids(Place.id)),
        and_(Place.kind == PlaceKind.COURTYARD, reach.grids(Place.parent_id)),
    )
    order = (Place.community_id, Place.kind == PlaceKind.COURTYARD, Place.code)
    return select(Place.public_id, Place.name, Place.kind).where(near).order_by(*order)


def place_for(actor: Actor, public_id: str) -> Place:
    """Return a place within reach of the front desk, or raise NotFound."""
    if public_id not in {choice.public_id for choice in places_for(actor)}:
        raise NotFound("Place")
    return Place.find(public_id)


def handlers_for(actor: Actor) -> list[tuple[str, str]]:
    """Return the clerks and heads who may answer for what is entered: public id and name."""
    reach = actor.reach(Permission.ENTER_FOR_OTHERS)
    grids = select(Place.community_id).where(reach.grids(Place.id))
    query = (
        select(Account.public_id, Account.name)
        .join(Grant, Grant.account_id == Account.id)
        .where(Grant.role.in_([Role.CLERK, Role.HEAD]), Account.state == AccountState.CONFIRMED)
        .where(or_(Grant.ended_at.is_(None), Grant.ended_at > now()))
        .where(or_(reach.communities(Grant.place_id), Grant.place_id.in_(grids)))
        .order_by(Account.name)
        .distinct()
    )
    return [(public_id, name) for public_id, name in db.session.execute(query)]


def _lookup(said: str) -> str:
    """Return what a number is found by; digits that are no phone number find nobody."""
    try:
        return ciphers.book().lookup(said)
    except Refused:
        return ""


def find_people(actor: Actor, said: str) -> list[Found]:
    """Return the people a caller may be: by phone exactly, else by the beginning of the name or by their door.

    Source: decisions.md 6.
    """
    said = said.strip()
    if not said:
        return []
    query = Person.visible_to(actor, Permission.ENTER_FOR_OTHERS)
    if NUMBER.fullmatch(said):
        query = query.where(Person.phone_lookup == _lookup(said))
    else:
        query = query.where(or_(Person.name.startswith(said, autoescape=True), _behind(said)))
    query = query.where(Person.state == PersonState.ACTIVE).order_by(Person.name, Person.id).limit(MOST_FOUND)
    found = list(db.session.scalars(query))
    yards = select(Place.id, Place.name).where(Place.id.in_({person.courtyard_id for person in found}))
    names = {row.id: row.name for row in db.session.execute(yards)}
    return [_found(person, names) for person in found]


def _behind(said: str) -> ColumnElement[bool]:
    """Return the condition that a person lives behind the door that was said, however much of it was said."""
    whole = Person.building == said
    parts = DOOR.fullmatch(said)
    if parts is None:
        return whole
    named = zip((Person.building, Person.unit, Person.room), parts.groups(), strict=True)
    return or_(whole, and_(*(column == part for column, part in named if part)))


def caller(actor: Actor, public_id: str) -> Caller | None:
    """Return the person who was chosen from those found; none for one out of reach."""
    try:
        person = Person.find(public_id, Person.visible_to(actor, Permission.ENTER_FOR_OTHERS))
    except NotFound:
        return None
    near = [Place.get(one) for one in (person.courtyard_id, person.grid_id) if one]
    reached = {choice.public_id for choice in places_for(actor)}
    found = _found(person, {one.id: one.name for one in near})
    place = next((one.public_id for one in near if one.public_id in reached), "")
    return Caller(found.public_id, found.name, found.address, place)


def only_one(found: list[Found], said: str) -> str:
    """Return the person whom a whole number names alone, so that nobody has to be chosen."""
    return found[0].public_id if len(found) == 1 and NUMBER.fullmatch(said.strip()) else ""


def _found(person: Person, yards: dict[int, str]) -> Found:
    door = "-".join(part for part in (person.building, person.unit, person.room) if part)
    address = " ".join(part for part in (yards.get(person.courtyard_id or 0), door) if part)
    return Found(
        person.public_id, person.name, address, person.phone_cipher is not None, person.confirmed_at is not None
    )


def _author(place: Place, actor: Actor, person_id: str, name: str, phone: str, building: str) -> Person:
    """Return the person who was found, or enter a new one of this place."""
    if person_id:
        return Person.find(person_id, Person.visible_to(actor, Permission.ENTER_FOR_OTHERS))
    if not name.strip():
        raise Refused("name_needed")
    courtyard = place if place.kind == PlaceKind.COURTYARD else None
    grid_id = place.parent_id if courtyard is not None else place.id if place.kind == PlaceKind.GRID else None
    return Person._add(
        Place.get(place.community_id or place.id),
        name,
        phone=phone.strip() or None,
        courtyard_id=courtyard.id if courtyard else None,
        grid_id=grid_id,
        building=building.strip() or None,
    )


def _handler(actor: Actor, public_id: str) -> int | None:
    if not public_id:
        return actor.account_id if actor.may(Permission.TRIAGE) else None
    if public_id not in {one for one, _ in handlers_for(actor)}:
        raise NotFound("Account")
    return Account.find(public_id).id


def take_down(
    place: Place,
    text: str,
    source: Source,
    *,
    by: Actor,
    consent: bool,
    person: str = "",
    name: str = "",
    phone: str = "",
    building: str = "",
    handler: str = "",
    tile: Tile | None = None,
    place_detail: str | None = None,
) -> Need:
    """Enter a matter for somebody who called or came, with their consent; a new person is registered with it.

    Whoever has no account and no phone stands on the to-notify list from the first news on.
    Errors: Refused("consent_needed", "way_needed", "name_needed", "text_needed", "text_too_long"), NotFound.
    Source: domain/states.md Need raise; decisions.md 5, 20, 29.
    """
    if not consent:
        raise Refused("consent_needed")
    if source not in WAYS:
        raise Refused("way_needed")
    if not text.strip():
        raise Refused("text_needed")
    author = _author(place, by, person, name, phone, building)
    Consent(person_id=author.id, notice=PROXY_NOTICE, way=source.value, given_at=now()).save()
    first_handler_id = _handler(by, handler)
    courtyard = place if place.kind == PlaceKind.COURTYARD else None
    need = Need.raise_(
        Place.get(place.community_id or place.id),
        text,
        by=by,
        author=author,
        source=source,
        tile=tile,
        courtyard=courtyard,
        place_detail=place_detail,
    )
    need.first_handler_id = first_handler_id
    need.grid_id = need.grid_id or (place.id if place.kind == PlaceKind.GRID else author.grid_id)
    return need


def receipt_of(public_id: str, actor: Actor) -> Receipt:
    """Return the receipt of a matter within reach of the front desk, or raise NotFound."""
    return receipt(Need.find(public_id, Need.visible_to(actor, Permission.ENTER_FOR_OTHERS)))


def entered_by(actor: Actor, limit: int = 5) -> list[tuple[str, str, str]]:
    """Return the last matters that somebody entered: public id, number and the first words."""
    query = (
        select(Need.public_id, Need.ticket_no, Need.text)
        .where(Need.entered_by_id == actor.account_id, Need.source.in_(WAYS))
        .order_by(Need.id.desc())
        .limit(limit)
    )
    return [(public_id, ticket, text[:24]) for public_id, ticket, text in db.session.execute(query)]
