"""The papers that belong to a person: marks with their basis, consents, and who may act for them."""

from __future__ import annotations

import functools
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    Date,
    ForeignKey,
    Select,
    String,
    UniqueConstraint,
    and_,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.asking import Among
from models.base import NotFound, PublicRow, Refused, Row, Utc, ask, db, now
from models.events import Doer, record
from models.people.kinds import MandateKind, MandateWay, Tag, TagBasis

if TYPE_CHECKING:
    from models.accounts import Actor, Permission


# The versions of the privacy notice, newest first; the texts stand in web/templates/my_data/notices.
NOTICES = ("2026-11", "2025-11")
# What somebody agrees to who lets it be noted roughly where they check in; versions likewise, newest first.
PLACE_NOTICES = ("place-2026-11",)


class Household(PublicRow):
    """People who share a door; a need is supported once by each household."""

    __tablename__ = "households"
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    courtyard_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"))


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
    __table_args__ = (
        CheckConstraint("person_id IS NOT NULL OR account_id IS NOT NULL", name="a_consent_is_somebodys"),
    )
    person_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("people.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    notice: Mapped[str] = mapped_column(String(40))
    way: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[Utc]
    withdrawn_at: Mapped[Utc | None]


class Mandate(PublicRow):
    """That an account may act for a person: family by their word, a grid worker by duty; revocable at any time.

    One that was given up to a day ends by itself when that day is over.
    """

    __tablename__ = "mandates"
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id"), index=True)
    account_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    kind: Mapped[MandateKind] = mapped_column(String(12))
    way: Mapped[MandateWay] = mapped_column(String(20))
    until: Mapped[Utc | None]
    revoked_at: Mapped[Utc | None]

    @classmethod
    def stands(cls, at: Any) -> ColumnElement[bool]:
        """Return the condition that a mandate is neither taken back nor over at an instant."""
        return and_(cls.revoked_at.is_(None), or_(cls.until.is_(None), cls.until > at))

    @property
    def over(self) -> bool:
        """Tell whether it was taken back, or its last day has passed."""
        return self.revoked_at is not None or (self.until is not None and self.until <= now())

    @classmethod
    def _end_in_grid(cls, account_id: int, grid_id: int) -> None:
        """End what a grid worker was given by duty for the people of a grid; a part of leaving it."""
        people = db.metadata.tables["people"]
        there = select(people.c.id).where(people.c.grid_id == grid_id)
        db.session.execute(
            update(cls)
            .where(
                cls.account_id == account_id, cls.kind == MandateKind.GRID, cls.stands(now()), cls.person_id.in_(there)
            )
            .values(revoked_at=now(), version=cls.version + 1)
        )  # fmt: skip

    def revoke(self, *, by: Doer) -> None:
        """Take the mandate back, at any time. Errors: Refused("mandate_is_over")."""
        if self.over:
            raise Refused("mandate_is_over")
        self.revoked_at = now()
        record("mandate.revoke", by=by, about=[self, ("people", self.person_id), ("accounts", self.account_id)])

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the mandates of people within reach, one's own, and those given for oneself."""
        reach = actor.reach(permission)
        people = db.metadata.tables["people"]
        within = select(people.c.id).where(or_(reach.communities(people.c.community_id), reach.grids(people.c.grid_id)))
        own = [cls.account_id == actor.account_id]
        if actor.person_id is not None:
            own.append(cls.person_id == actor.person_id)
        return select(cls).where(or_(cls.person_id.in_(within), *own))


def known_notice(version: str) -> str:
    """Return a version of the notice or raise NotFound."""
    if version not in NOTICES + PLACE_NOTICES:
        raise NotFound(version)
    return version


def notices_like(version: str) -> tuple[str, ...]:
    """Return all versions of the notice of which one is given, newest first."""
    return PLACE_NOTICES if version in PLACE_NOTICES else NOTICES


@functools.cache
def _consented() -> Select[Any]:
    """Return the query of `consented_tags`, built once: lists ask it for every page."""
    tags = PersonTag.__table__
    wanted = Among(tags.c.person_id, "people")
    return select(tags.c.person_id, tags.c.tag).where(wanted, tags.c.basis.is_not(None), tags.c.ended_at.is_(None))


def consented_tags(person_ids: list[int]) -> dict[int, set[Tag]]:
    """Return the marks that count: those with a basis and not ended."""
    found: dict[int, set[Tag]] = {}
    if not person_ids:
        return found
    for person_id, tag in ask(_consented(), people=person_ids):
        found.setdefault(person_id, set()).add(Tag(tag))
    return found


def _consent(notice: str, way: str, *, person_id: int | None = None, account_id: int | None = None) -> None:
    """Note that somebody agreed to a version of the notice; a part of the verb in which they did."""
    Consent(person_id=person_id, account_id=account_id, notice=notice, way=way, given_at=now()).save()


def _agree(notice: str, *, by: Actor) -> None:
    """Note, unless it stands already, that an account agrees to something; a part of the verb in which it does."""
    given = select(Consent.id).where(
        Consent.account_id == by.account_id, Consent.notice == notice, Consent.withdrawn_at.is_(None)
    )
    if db.session.scalar(given) is None:
        _consent(notice, "APP", person_id=by.person_id, account_id=by.account_id)


def withdrew_since(notice: str, at: datetime, *, by: Actor) -> bool:
    """Tell whether an account has taken a consent back after an instant."""
    taken_back = select(Consent.id).where(
        Consent.account_id == by.account_id, Consent.notice == notice, Consent.withdrawn_at > at
    )
    return db.session.scalar(taken_back.limit(1)) is not None


def consent(notice: str, *, by: Actor) -> None:
    """Agree to a version of the privacy notice; agreeing twice changes nothing more.

    Errors: Refused("notice_unknown").
    """
    if notice not in NOTICES:
        raise Refused("notice_unknown")
    _agree(notice, by=by)
    record("consent.give", by=by, about=[("accounts", by.account_id or 0)], details={"notice": notice})


def withdraw_consents(*, by: Actor, only: tuple[str, ...] = ()) -> None:
    """Take every consent back, or those to some notices: marks that rest on consent count no more.

    What the law asks to be kept stays; nobody loses a service by it. Errors: Refused("nothing_to_withdraw").
    Source: norms.md 1.10 (PIPL 15, 16).
    """
    mine = [Consent.account_id == by.account_id]
    if by.person_id is not None:
        mine.append(Consent.person_id == by.person_id)
    query = select(Consent).where(or_(*mine), Consent.withdrawn_at.is_(None))
    given = list(db.session.scalars(query.where(Consent.notice.in_(only)) if only else query))
    if not given:
        raise Refused("nothing_to_withdraw")
    for one in given:
        one.withdrawn_at = now()
    if by.person_id is not None and not only:
        for tag in db.session.scalars(
            select(PersonTag).where(PersonTag.person_id == by.person_id, PersonTag.basis == TagBasis.CONSENT)
        ):
            tag.basis, tag.basis_on = None, None
    record("consent.withdraw", by=by, about=given)
