"""What pages show of the register: lists found by number, name or building, and one person with everything kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from models import ciphers, events
from models.base import db
from models.people.acting import ActsForMe, acting_for
from models.people.kinds import PersonState, Tag, TagBasis
from models.people.papers import Consent, PersonTag
from models.people.row import Person
from models.places import Place
from models.sheets.cells import parse_phone

if TYPE_CHECKING:
    from models.accounts import Actor, Permission

PAGE = 50


@dataclass(frozen=True)
class PersonLine:
    """A person in the list: the number masked, the door as far as the building."""

    id: int
    public_id: str
    name: str
    phone: str
    building: str
    courtyard: str
    state: PersonState
    confirmed: bool
    tags: tuple[Tag, ...]


@dataclass(frozen=True)
class TagLine:
    """A mark on a person's page; a hidden one has no basis and counts nowhere."""

    tag: Tag
    basis: TagBasis | None
    basis_on: date | None


@dataclass(frozen=True)
class ConsentLine:
    """A consent as it was given and perhaps taken back."""

    notice: str
    way: str
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class PersonFacts:
    """Everything that the page of a person shows; number, room and year of birth stay masked until asked for."""

    line: PersonLine
    version: int
    has_phone: bool
    created_at: datetime
    confirmed_at: datetime | None
    merged_into: PersonLine | None
    tags: tuple[TagLine, ...]
    household: tuple[PersonLine, ...]
    contact: PersonLine | None
    consents: tuple[ConsentLine, ...]
    mandates: tuple[ActsForMe, ...]
    timeline: tuple[events.Line, ...]


def _lines(people: list[Person]) -> list[PersonLine]:
    courtyards = {person.courtyard_id for person in people}
    names = dict(db.session.execute(select(Place.id, Place.name).where(Place.id.in_(courtyards))).all())
    tags: dict[int, list[Tag]] = {}
    query = select(PersonTag.person_id, PersonTag.tag).where(
        PersonTag.person_id.in_([person.id for person in people]),
        PersonTag.basis.is_not(None),
        PersonTag.ended_at.is_(None),
    )
    for person_id, tag in db.session.execute(query):
        tags.setdefault(person_id, []).append(Tag(tag))
    return [
        PersonLine(
            p.id, p.public_id, p.name, ciphers.mask_phone(p.phone), p.building or "",
            names.get(p.courtyard_id or 0, ""),
            PersonState(p.state), p.confirmed_at is not None, tuple(sorted(tags.get(p.id, []))),
        )
        for p in people
    ]  # fmt: skip


def register(
    actor: Actor,
    permission: Permission,
    *,
    words: str = "",
    state: PersonState | None = None,
    tag: Tag | None = None,
    unconfirmed: bool = False,
    before: int | None = None,
) -> tuple[list[PersonLine], int | None]:
    """Return the people within reach that the words find, newest first, and where the next page begins.

    A whole phone number finds its people, part of one finds nothing; otherwise names and buildings are looked through.
    """
    reach = actor.reach(permission)
    query = select(Person).where(or_(reach.communities(Person.community_id), reach.grids(Person.grid_id)))
    number = parse_phone(words)
    if number is not None:
        query = query.where(Person.phone_lookup == ciphers.book().lookup(number))
    elif words:
        query = query.where(or_(Person.name.contains(words, autoescape=True), Person.building == words))
    shown = state if state != PersonState.COMING else None
    query = query.where(Person.state == shown) if shown else query.where(Person.state.in_(["ACTIVE", "REFUSES"]))
    if tag is not None:
        marked = select(PersonTag.person_id).where(
            PersonTag.tag == tag, PersonTag.basis.is_not(None), PersonTag.ended_at.is_(None)
        )
        query = query.where(Person.id.in_(marked))
    if unconfirmed:
        query = query.where(Person.confirmed_at.is_(None))
    if before is not None:
        query = query.where(Person.id < before)
    found = list(db.session.scalars(query.order_by(Person.id.desc()).limit(PAGE + 1)))
    return _lines(found[:PAGE]), found[PAGE - 1].id if len(found) > PAGE else None


def facts(person: Person) -> PersonFacts:
    """Return what the page of a person shows."""
    near = [person]
    others = []
    if person.household_id is not None:
        others.append(Person.household_id == person.household_id)
    wanted = [one for one in (person.contact_person_id, person.merged_into_id) if one is not None]
    if wanted:
        others.append(Person.id.in_(wanted))
    if others:
        near += [one for one in db.session.scalars(select(Person).where(or_(*others))) if one.id != person.id]
    lines = {line.id: line for line in _lines(near)}
    household = [one.id for one in near[1:] if one.household_id == person.household_id and person.household_id]
    tags = select(PersonTag).where(PersonTag.person_id == person.id, PersonTag.ended_at.is_(None))
    consents = select(Consent).where(Consent.person_id == person.id).order_by(Consent.id.desc())
    return PersonFacts(
        lines[person.id],
        person.version,
        person.phone_cipher is not None,
        person.created_at,
        person.confirmed_at,
        lines.get(person.merged_into_id or 0),
        tuple(
            TagLine(Tag(t.tag), TagBasis(t.basis) if t.basis else None, t.basis_on) for t in db.session.scalars(tags)
        ),
        tuple(lines[one] for one in household),
        lines.get(person.contact_person_id or 0),
        consents_of(consents),
        tuple(acting_for(person.id)),
        tuple(reversed(events.timeline([person], limit=50))),
    )


def consents_of(query: Any) -> tuple[ConsentLine, ...]:
    """Return consents as lines."""
    return tuple(ConsentLine(c.notice, c.way, c.given_at, c.withdrawn_at) for c in db.session.scalars(query))


def like(person: Person) -> list[PersonLine]:
    """Return entries that may be the same person: the same number, or the same name at the same door."""
    same: list[Any] = [(Person.name == person.name) & (Person.building == person.building)]
    if person.phone_lookup:
        same.append(Person.phone_lookup == person.phone_lookup)
    query = select(Person).where(
        Person.community_id == person.community_id, Person.id != person.id, Person.state.in_(["ACTIVE", "REFUSES"]),
        or_(*same),
    )  # fmt: skip
    return _lines(list(db.session.scalars(query.order_by(Person.id).limit(10))))


def near(person: Person) -> list[PersonLine]:
    """Return who lives in the same building or bears the same number: household and contact are chosen among them."""
    same: list[Any] = [(Person.building == person.building) & (Person.courtyard_id == person.courtyard_id)]
    if person.phone_lookup:
        same.append(Person.phone_lookup == person.phone_lookup)
    if person.household_id:
        same.append(Person.household_id == person.household_id)
    query = select(Person).where(
        Person.community_id == person.community_id, Person.id != person.id, Person.state.in_(["ACTIVE", "REFUSES"]),
        or_(*same),
    )  # fmt: skip
    return _lines(list(db.session.scalars(query.order_by(Person.unit, Person.room, Person.id).limit(60))))
