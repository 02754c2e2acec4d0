"""A person of the register: name, door, number under seal, household and marks."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Select,
    String,
    bindparam,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import ciphers
from models.base import PublicRow, Refused, Utc, ask, db, now
from models.events import Doer, record
from models.people.changing import Changing
from models.people.kinds import PersonState
from models.people.merging import Merging
from models.people.papers import Household
from models.places import Place

if TYPE_CHECKING:
    from models.accounts import Actor, Permission


class Person(Changing, Merging, PublicRow):
    """A person of the register. An account is something else: several people may share one phone."""

    __tablename__ = "people"
    __table_args__ = (
        Index("ix_people_community_id_name", "community_id", "name"),
        Index("ix_people_community_id_building", "community_id", "building", "unit", "room"),
        CheckConstraint("(state = 'MERGED') = (merged_into_id IS NOT NULL)", name="merged_has_a_target"),
    )
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    name: Mapped[str] = mapped_column(String(60))
    gender: Mapped[str | None] = mapped_column(String(1))
    birth_year: Mapped[int | None] = mapped_column(Integer)
    phone_cipher: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_lookup: Mapped[str | None] = mapped_column(String(64), index=True)
    courtyard_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"))
    grid_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    building: Mapped[str | None] = mapped_column(String(20))
    unit: Mapped[str | None] = mapped_column(String(20))
    room: Mapped[str | None] = mapped_column(String(20))
    household_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("households.id"), index=True)
    contact_person_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("people.id"))
    state: Mapped[PersonState] = mapped_column(String(10), default=PersonState.ACTIVE)
    merged_into_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("people.id"))
    confirmed_at: Mapped[Utc | None]

    import_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("people_imports.id"), index=True)

    @property
    def is_here(self) -> bool:
        """Tell whether the entry still stands for somebody of this community."""
        return self.state in (PersonState.ACTIVE, PersonState.REFUSES)

    @property
    def door(self) -> str:
        """Return building, unit and room as they are written on letters."""
        return "-".join(part for part in (self.building, self.unit, self.room) if part)

    @property
    def phone(self) -> str | None:
        """Return the number in the clear; whoever shows it logs that it was shown."""
        return ciphers.book().open(self.phone_cipher) if self.phone_cipher else None

    def set_phone(self, phone: str | None) -> None:
        """Keep a number sealed, with the lookup that finds it."""
        self.phone_cipher = ciphers.book().seal(phone) if phone else None
        self.phone_lookup = ciphers.book().lookup(phone) if phone else None

    @classmethod
    def _add(
        cls,
        community: Place,
        name: str,
        *,
        phone: str | None = None,
        household: Household | None = None,
        confirmed: bool = False,
        **more: Any,
    ) -> Person:
        person = cls(community_id=community.id, name=name.strip(), **more)
        person.set_phone(phone)
        person.household_id = household.id if household else None
        person.confirmed_at = now() if confirmed else None
        return person.save()

    @classmethod
    def register(cls, community: Place, name: str, *, by: Doer, **more: Any) -> Person:
        """Enter a person in the register of a community. Errors: Refused("name_needed")."""
        if not name.strip():
            raise Refused("name_needed")
        person = cls._add(community, name, **more)
        record("person.register", by=by, about=[person], community_id=community.id)
        return person

    @classmethod
    def _known_or_new(cls, community: Place, name: str, phone: str, **more: Any) -> Person:
        """Return whoever of the community has this name and number, else a new person whom nobody has confirmed yet.

        The answer to the visitor is the same either way. Errors: Refused("name_needed", "phone_invalid").
        """
        if not name.strip():
            raise Refused("name_needed")
        lookup = ciphers.book().lookup(phone)
        known = ask(_known(), community=community.id, lookup=lookup, name=name.strip()).scalar_one_or_none()
        return cls.get(known) if known else cls._add(community, name, phone=phone, **more)

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the people within reach: of one's communities and grids, and one's own household."""
        reach = actor.reach(permission)
        conditions = [reach.communities(cls.community_id), reach.grids(cls.grid_id)]
        if permission == "OWN" and actor.person_ids:
            conditions.append(cls.id.in_(actor.person_ids))
        return select(cls).where(or_(*conditions), cls.state != PersonState.COMING)


@functools.cache
def _known() -> Select[Any]:
    """Return the query for whoever of a community has a name and a number, built once: every need comes by here."""
    named = (
        Person.community_id == bindparam("community"),
        Person.phone_lookup == bindparam("lookup"),
        Person.name == bindparam("name"),
        Person.state == PersonState.ACTIVE,
    )
    return select(Person.id).where(*named).order_by(Person.id).limit(1)


def homes(people: Iterable[Person]) -> dict[int, str]:
    """Return where each of these people lives, the courtyard first: one door number is found in every courtyard of a community."""
    found = list(people)
    yards = select(Place.id, Place.name).where(Place.id.in_({one.courtyard_id for one in found if one.courtyard_id}))
    names = {row.id: row.name for row in db.session.execute(yards)}
    return {one.id: home_of(one, names.get(one.courtyard_id or 0)) for one in found}


def home_of(person: Person, courtyard: str | None) -> str:
    """Return courtyard and door of a person as one line."""
    return " ".join(part for part in (courtyard, person.door) if part)
