"""The news of an account, and the list of those who are to be phoned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select, update

from models.base import db, now
from models.events import record
from models.people import Person
from models.permissions import Permission
from models.tellings.row import Telling, TellingState, in_vain

if TYPE_CHECKING:
    from models.accounts import Actor


@dataclass(frozen=True)
class News:
    """A telling as its reader sees it."""

    id: int
    public_id: str
    at: datetime
    kind: str
    subject_id: int
    sentence: str
    values: dict[str, Any]
    unread: bool
    url: str | None


def news_for(account_id: int, limit: int = 30, before: int | None = None) -> list[News]:
    """Return the latest news of an account, or those before one of them, newest first."""
    query = select(Telling).where(Telling.account_id == account_id).order_by(Telling.id.desc()).limit(limit)
    if before is not None:
        query = query.where(Telling.id < before)
    return [
        News(
            t.id,
            t.public_id,
            t.created_at,
            t.kind,
            t.subject_id,
            t.sentence,
            t.values,
            t.read_at is None,
            t.values.get("url"),
        )
        for t in db.session.scalars(query)
    ]


@dataclass(frozen=True)
class ToPhone:
    """A line of the to-notify list: whom to call, about what, how often tried."""

    public_id: str
    at: datetime
    person_id: int
    name: str
    has_phone: bool
    kind: str
    subject_id: int
    sentence: str
    values: dict[str, Any]
    attempts: int
    last_outcome: str | None = None

    @property
    def may_give_up(self) -> bool:
        """Tell whether calling has been tried enough."""
        return in_vain(self.attempts, self.last_outcome)


def to_phone(reached: Any, limit: int = 50) -> list[ToPhone]:
    """Return who is still to be told, oldest first; `reached` is the condition on Telling.community_id."""
    query = (
        select(Telling, Person.name, Person.phone_lookup)
        .join(Person, Person.id == Telling.person_id)
        .where(and_(Telling.state == TellingState.TO_PHONE, reached))
        .order_by(Telling.id)
        .limit(limit)
    )
    return [
        ToPhone(
            t.public_id, t.created_at, t.person_id or 0, name, phone is not None, t.kind, t.subject_id, t.sentence,
            t.values, t.attempts, t.last_outcome,
        )
        for t, name, phone in db.session.execute(query)
    ]  # fmt: skip


def page_to_phone(actor: Actor, *, after: str | None = None, size: int = 25) -> tuple[list[ToPhone], str | None]:
    """Return one page of the to-notify list within the reach of whoever triages, and where the next one begins."""
    reached = actor.reach(Permission.TRIAGE).communities(Telling.community_id)
    if after:
        last: Telling = Telling.find(after, Telling.visible_to(actor, Permission.TRIAGE))
        reached = and_(reached, Telling.id > last.id)
    lines = to_phone(reached, size + 1)
    return lines[:size], lines[size - 1].public_id if len(lines) > size else None


@dataclass(frozen=True)
class Contact:
    """A name and a number in the clear, through whom it reaches the person; showing it is logged."""

    name: str
    phone: str | None
    through: str | None


def contact_of(telling: Telling) -> Contact:
    """Return the number of the person to be told, else that of the contact person. Errors: NotFound."""
    person = Person.get(telling.person_id or 0)
    if person.phone is None and person.contact_person_id is not None:
        other = Person.get(person.contact_person_id)
        return Contact(person.name, other.phone, other.name)
    return Contact(person.name, person.phone, None)


def count_to_phone(reached: Any) -> int:
    """Return how many are still to be told."""
    query = select(func.count()).select_from(Telling).where(Telling.state == TellingState.TO_PHONE, reached)
    return db.session.scalar(query) or 0


def mark_read(*, by: Actor) -> None:
    """Note that an account has read its news."""
    unread = Telling.account_id == by.account_id, Telling.read_at.is_(None)
    db.session.execute(update(Telling).where(*unread).values(read_at=now()))
    record("news.read", by=by, about=[("accounts", by.account_id or 0)])
