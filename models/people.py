"""The community's register of people: who lives here, in which household, with which marks and whose consent."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Select,
    String,
    UniqueConstraint,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import ciphers
from models.base import PublicRow, Refused, Row, Utc, db, now
from models.events import Doer, record
from models.places import Place

if TYPE_CHECKING:
    from models.accounts import Actor, Permission


class PersonState(StrEnum):
    """Whether a person still counts among those who live here."""

    ACTIVE = "ACTIVE"
    MOVED = "MOVED"
    DIED = "DIED"
    REFUSES = "REFUSES"
    MERGED = "MERGED"
    ERASED = "ERASED"


class Tag(StrEnum):
    """The marks of need that weigh in priority. Source: domain/formulas.md D6."""

    LONELY_ELDER = "LONELY_ELDER"
    DISABLED = "DISABLED"
    HARDSHIP = "HARDSHIP"
    ELDER = "ELDER"
    CHILD = "CHILD"
    MIGRANT = "MIGRANT"


class TagBasis(StrEnum):
    """Why a mark may be kept: the person's consent, or a list that the law keeps."""

    CONSENT = "CONSENT"
    STATUTORY_LIST = "STATUTORY_LIST"


class Household(PublicRow):
    """People who share a door; a need is supported once by each household."""

    __tablename__ = "households"
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    courtyard_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"))


class Person(PublicRow):
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
        query = select(cls).where(
            cls.community_id == community.id,
            cls.phone_lookup == lookup,
            cls.name == name.strip(),
            cls.state == PersonState.ACTIVE,
        )
        known = db.session.scalars(query.order_by(cls.id).limit(1)).one_or_none()
        return known or cls._add(community, name, phone=phone, **more)

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the people within reach: of one's communities and grids, and one's own household."""
        reach = actor.reach(permission)
        conditions = [reach.communities(cls.community_id), reach.grids(cls.grid_id)]
        if actor.person_ids:
            conditions.append(cls.id.in_(actor.person_ids))
        return select(cls).where(or_(*conditions))


class PersonTag(Row):
    """A mark on a person. Without a basis it is hidden and counts nowhere (decision 5)."""

    __tablename__ = "person_tags"
    __table_args__ = (UniqueConstraint("person_id", "tag"),)
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id"))
    tag: Mapped[Tag] = mapped_column(String(16), index=True)
    basis: Mapped[TagBasis | None] = mapped_column(String(16))
    basis_on: Mapped[date | None] = mapped_column(Date)
    ended_at: Mapped[Utc | None]


class Consent(Row):
    """That a person agreed to a version of the notice, how, and whether the consent was taken back."""

    __tablename__ = "consents"
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id"), index=True)
    notice: Mapped[str] = mapped_column(String(40))
    way: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[Utc]
    withdrawn_at: Mapped[Utc | None]


class Mandate(PublicRow):
    """That an account may act for a person: family by their word, a grid worker by duty; revocable at any time."""

    __tablename__ = "mandates"
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id"), index=True)
    account_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    way: Mapped[str] = mapped_column(String(20))
    until: Mapped[Utc | None]
    revoked_at: Mapped[Utc | None]


def consented_tags(person_ids: list[int]) -> dict[int, set[Tag]]:
    """Return the marks that count: those with a basis and not ended."""
    found: dict[int, set[Tag]] = {}
    query = select(PersonTag).where(
        PersonTag.person_id.in_(person_ids), PersonTag.basis.is_not(None), PersonTag.ended_at.is_(None)
    )
    for row in db.session.scalars(query):
        found.setdefault(row.person_id, set()).add(Tag(row.tag))
    return found
