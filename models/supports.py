"""“I need this too”: neighbors who stand behind a published need, counted in households."""

from __future__ import annotations

import functools
import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ForeignKey, Index, Select, func, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column

from models.asking import Among
from models.base import Refused, Row, Utc, ask, db, now
from models.events import record
from models.needs import Need
from models.needs.row import OPEN
from models.people import Person
from models.tellings import _follow

if TYPE_CHECKING:
    from models.accounts import Actor

# Below this share of a title's weight a hint would only be in the way.
LIKE_ENOUGH = 0.13
COMPARED = 3000


class NeedSupport(Row):
    """That a household needs the same; a household counts once (R7), however many of its people press."""

    __tablename__ = "need_supports"
    __table_args__ = (
        Index(
            "uq_need_supports_household",
            "need_id",
            "household_id",
            unique=True,
            sqlite_where=text("household_id IS NOT NULL AND ended_at IS NULL"),
            postgresql_where=text("household_id IS NOT NULL AND ended_at IS NULL"),
        ),
        Index(
            "uq_need_supports_person",
            "need_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    need_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("needs.id"), index=True)
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id"))
    household_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("households.id"))
    at: Mapped[Utc] = mapped_column(default=now)
    ended_at: Mapped[Utc | None]


def _standing(need: Need, person: Person) -> NeedSupport | None:
    same = NeedSupport.person_id == person.id
    if person.household_id is not None:
        same = same | (NeedSupport.household_id == person.household_id)
    query = select(NeedSupport).where(NeedSupport.need_id == need.id, NeedSupport.ended_at.is_(None), same)
    return db.session.scalars(query.limit(1)).one_or_none()


def supportable(actor: Actor) -> Select[Any]:
    """Return the published needs of the community in which an account lives."""
    return select(Need).where(
        Need.public_title.is_not(None), Need.community_id == actor.community_id, Need.hidden.is_(False)
    )


def readable(actor: Actor) -> Select[Any]:
    """Return the needs that an account may follow: published ones, and its own."""
    return select(Need).where(or_(Need.public_title.is_not(None), Need.own(actor)), Need.hidden.is_(False))


def support(need: Need, *, by: Actor) -> None:
    """Say that one's household needs the same; the supporter follows the need from then on.

    It counts when the committee has confirmed the person (decision 20).
    Errors: Refused("support_needs_a_person", "support_own", "support_twice", "support_closed").
    """
    if by.person_id is None:
        raise Refused("support_needs_a_person")
    person = Person.get(by.person_id)
    if need.public_title is None or need.state not in OPEN or person.community_id != need.community_id:
        raise Refused("support_closed")
    if need.author_person_id == person.id:
        raise Refused("support_own")
    if _standing(need, person) is not None:
        raise Refused("support_twice")
    row = NeedSupport(need_id=need.id, person_id=person.id, household_id=person.household_id).save()
    if by.account_id is not None:
        _follow(need, by.account_id)
    record("support.give", by=by, about=[need, row], community_id=need.community_id)


def withdraw(need: Need, *, by: Actor) -> None:
    """Take one's household's support back. Errors: Refused("support_none")."""
    standing = _standing(need, Person.get(by.person_id)) if by.person_id is not None else None
    if standing is None:
        raise Refused("support_none")
    standing.ended_at = now()
    record("support.withdraw", by=by, about=[need, standing], community_id=need.community_id)


@functools.cache
def _households() -> Select[Any]:
    """Return the query of `households`, built once: lists ask it for every page."""
    supports, people = NeedSupport.__table__, Person.__table__
    unit = func.coalesce(supports.c.household_id, -supports.c.person_id)
    return (
        select(supports.c.need_id, func.count(unit.distinct()))
        .join(people, people.c.id == supports.c.person_id)
        .where(Among(supports.c.need_id, "needs"))
        .where(supports.c.ended_at.is_(None), people.c.confirmed_at.is_not(None))
        .group_by(supports.c.need_id)
    )


def households(need_ids: list[int]) -> dict[int, int]:
    """Return 同需户数 of each need: confirmed supporters' households, a person without one counting as one."""
    return dict(ask(_households(), needs=need_ids).all()) if need_ids else {}


def stands_behind(need: Need, person_id: int | None) -> bool:
    """Tell whether a person's household already supports a need."""
    return person_id is not None and _standing(need, Person.get(person_id)) is not None


@dataclass(frozen=True)
class Similar:
    """A published need that may be the same, as the hint shows it."""

    public_id: str
    title: str
    state: str
    households: int


def similar(said: str, community_id: int | None, limit: int = 3) -> list[Similar]:
    """Return published open needs whose title resembles what is being typed; titles only (decision 21)."""
    spoken = _pairs(said[:400])
    if community_id is None or len(spoken) < 3:
        return []
    query = (
        select(Need.id, Need.public_id, Need.public_title, Need.state)
        .where(Need.community_id == community_id, Need.public_title.is_not(None), Need.state.in_(OPEN))
        .order_by(Need.id.desc())
        .limit(COMPARED)
    )
    rows = db.session.execute(query).all()
    titles = [_pairs(row.public_title) for row in rows]
    rarity = _rarity(titles)
    likeness = [_share(spoken, title, rarity) for title in titles]
    best = sorted(range(len(rows)), key=lambda i: -likeness[i])[:limit]
    found = [rows[i] for i in best if likeness[i] >= LIKE_ENOUGH]
    counted = households([row.id for row in found])
    return [Similar(r.public_id, r.public_title, r.state, counted.get(r.id, 0)) for r in found]


def _pairs(words: str) -> set[str]:
    """Return a text's overlapping pairs of characters, so that Chinese is compared without a dictionary."""
    letters = "".join(c for c in words if c.isalnum())
    return {letters[i : i + 2] for i in range(max(len(letters) - 1, 1))}


def _rarity(titles: list[set[str]]) -> dict[str, float]:
    """Return how telling each pair is: one that stands in many titles tells little."""
    seen = Counter(pair for title in titles for pair in title)
    return {pair: math.log(1 + len(titles) / count) for pair, count in seen.items()}


def _share(spoken: set[str], title: set[str], rarity: dict[str, float]) -> float:
    """Return which share of a title's weight was said."""
    whole = sum(rarity[pair] for pair in title)
    return sum(rarity[pair] for pair in title & spoken) / whole if whole else 0.0
