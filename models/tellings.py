"""Word carried to people: in the app for those who have an account, otherwise a line on the to-notify list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    UniqueConstraint,
    and_,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.accounts import Account, AccountState
from models.base import SHANGHAI, PublicRow, Refused, Row, Utc, db, now
from models.events import record, subject_of
from models.people import Person
from models.permissions import Permission

if TYPE_CHECKING:
    from models.accounts import Actor


# After so many calls in vain nobody need be called again by phone; somebody goes by.
ENOUGH_CALLS = 3
WRONG_NUMBER = "WRONG_NUMBER"


class TellingState(StrEnum):
    """IN_APP waits for its reader; TO_PHONE waits for a call; TOLD and GIVEN_UP are over."""

    IN_APP = "IN_APP"
    TO_PHONE = "TO_PHONE"
    TOLD = "TOLD"
    GIVEN_UP = "GIVEN_UP"


class Telling(PublicRow):
    """One piece of news for one person about one thing; the sentence is a key, filled when it is read."""

    __tablename__ = "tellings"
    __table_args__ = (
        Index("ix_tellings_account_id_read_at", "account_id", "read_at"),
        Index("ix_tellings_community_id_state", "community_id", "state"),
        Index("ix_tellings_kind_subject_id", "kind", "subject_id"),
    )
    community_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"))
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    person_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("people.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    sentence: Mapped[str] = mapped_column(String(60))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[TellingState] = mapped_column(String(8))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    last_outcome: Mapped[str | None] = mapped_column(String(12))
    read_at: Mapped[Utc | None]
    told_at: Mapped[Utc | None]
    told_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the lines of the to-notify list within reach."""
        reached = actor.reach(permission).communities(cls.community_id)
        return select(cls).where(reached, cls.person_id.is_not(None))

    def tick(self, outcome: str, *, by: Actor) -> None:
        """Note a call: TOLD 已告知 ends it, NO_ANSWER 没接, AGAIN 再打 and WRONG_NUMBER 号码不对 leave it for another try.

        GIVEN_UP 找过了，找不到 ends it too: somebody went by, after three calls in vain or where there is no right number.
        Errors: Refused("already_told", "call_more_often").
        """
        if self.state != TellingState.TO_PHONE:
            raise Refused("already_told")
        if outcome == "GIVEN_UP" and not self.called_in_vain:
            raise Refused("call_more_often", times=ENOUGH_CALLS)
        self.attempts += 1
        self.last_outcome = outcome
        attempt((self.kind, self.subject_id), outcome, by=by)
        if outcome == "TOLD":
            self.state, self.told_at, self.told_by_id = TellingState.TOLD, now(), by.account_id
        elif outcome == "GIVEN_UP":
            self.state = TellingState.GIVEN_UP
        record(
            "telling.tick",
            by=by,
            about=[self, (self.kind, self.subject_id)],
            community_id=self.community_id,
            details={"outcome": outcome, "attempts": self.attempts},
        )

    @property
    def called_in_vain(self) -> bool:
        """Tell whether calling has been tried enough."""
        return _in_vain(self.attempts, self.last_outcome)


def _in_vain(attempts: int, last_outcome: str | None) -> bool:
    return attempts >= ENOUGH_CALLS or last_outcome == WRONG_NUMBER


def out_of_reach() -> Any:
    """Return the condition that somebody was called in vain and not looked for again since."""
    vain = or_(Telling.attempts >= ENOUGH_CALLS, Telling.last_outcome == WRONG_NUMBER)
    return and_(Telling.state == TellingState.TO_PHONE, vain)


class Follow(Row):
    """That an account wants to be told of every knot of a thing (R110)."""

    __tablename__ = "follows"
    __table_args__ = (
        UniqueConstraint("account_id", "kind", "subject_id"),
        Index("ix_follows_kind_subject_id", "kind", "subject_id"),
    )
    account_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[Utc] = mapped_column(default=now)


def _follow(about: Any, account_id: int) -> None:
    """Follow a thing; a part of the verb that gives a reason to (raise, support, a press of 关注)."""
    kind, subject_id = subject_of(about)
    query = select(Follow.id).where(
        Follow.account_id == account_id, Follow.kind == kind, Follow.subject_id == subject_id
    )
    if db.session.scalar(query) is None:
        Follow(account_id=account_id, kind=kind, subject_id=subject_id).save()


def follow(about: Any, *, by: Actor) -> None:
    """Follow a thing; following twice changes nothing more. Errors: Refused("sign_in_to_follow")."""
    if by.account_id is None:
        raise Refused("sign_in_to_follow")
    _follow(about, by.account_id)
    record("follow.begin", by=by, about=[about])


def unfollow(about: Any, *, by: Actor) -> None:
    """Stop being told of a thing."""
    kind, subject_id = subject_of(about)
    db.session.execute(
        delete(Follow).where(Follow.account_id == by.account_id, Follow.kind == kind, Follow.subject_id == subject_id)
    )
    record("follow.end", by=by, about=[about])


def follows(about: Any, account_id: int | None) -> bool:
    """Tell whether an account follows a thing."""
    kind, subject_id = subject_of(about)
    query = select(Follow.id).where(
        Follow.account_id == account_id, Follow.kind == kind, Follow.subject_id == subject_id
    )
    return account_id is not None and db.session.scalar(query) is not None


class CallAttempt(Row):
    """A recorded attempt to reach somebody about a thing, counted by day."""

    __tablename__ = "call_attempts"
    __table_args__ = (Index("ix_call_attempts_kind_subject_id", "kind", "subject_id"),)
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[Utc]
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    outcome: Mapped[str] = mapped_column(String(12))


def tell(
    about: Any,
    sentence: str,
    *,
    people: Iterable[int] = (),
    accounts: Iterable[int] = (),
    community_id: int | None,
    followers: bool = True,
    reached: Mapping[int, set[int]] | None = None,
    **values: Any,
) -> None:
    """Tell people and accounts; a person without an account goes on the to-notify list.

    Followers hear of it too, unless it is a word among those who work here. Who tells many hands in `accounts_of` once.
    It writes no event: it is a part of the verb that has something to tell.
    """
    kind, subject_id = subject_of(about)
    account_ids, people_ids = set(accounts), set(people)
    if followers:
        query = select(Follow.account_id).where(Follow.kind == kind, Follow.subject_id == subject_id)
        account_ids |= set(db.session.scalars(query))
    if people_ids:
        reached = accounts_of(people_ids) if reached is None else reached
        account_ids = account_ids.union(*(reached.get(person_id, ()) for person_id in people_ids))
        people_ids -= reached.keys()
    common = {
        "kind": kind, "subject_id": subject_id, "sentence": sentence, "values": values, "community_id": community_id,
    }  # fmt: skip
    for account_id in sorted(account_ids):
        db.session.add(Telling(account_id=account_id, state=TellingState.IN_APP, **common))
    for person_id in sorted(people_ids):
        db.session.add(Telling(person_id=person_id, state=TellingState.TO_PHONE, **common))


def accounts_of(people: Collection[int]) -> dict[int, set[int]]:
    """Return the accounts in which persons read their news; a person without one is missing."""
    query = select(Account.person_id, Account.id).where(
        Account.person_id.in_(people),
        Account.state.in_([AccountState.CONFIRMED, AccountState.REQUESTED]),
        Account.password_hash.is_not(None),
    )
    found: dict[int, set[int]] = {}
    for person_id, account_id in db.session.execute(query):
        found.setdefault(person_id or 0, set()).add(account_id)
    return found


def attempt(about: Any, outcome: str, *, by: Actor) -> None:
    """Record a try to reach somebody about a thing; a part of the verb that called."""
    kind, subject_id = subject_of(about)
    CallAttempt(kind=kind, subject_id=subject_id, at=now(), account_id=by.account_id, outcome=outcome).save()


def days_tried(about: Any, since: datetime | None = None) -> int:
    """Return on how many different local days somebody was tried about a thing, since an instant where given."""
    kind, subject_id = subject_of(about)
    query = select(CallAttempt.at).where(CallAttempt.kind == kind, CallAttempt.subject_id == subject_id)
    if since is not None:
        query = query.where(CallAttempt.at >= since)
    return len({at.astimezone(SHANGHAI).date() for at in db.session.scalars(query)})


@dataclass(frozen=True)
class News:
    """A telling as its reader sees it."""

    public_id: str
    at: datetime
    kind: str
    subject_id: int
    sentence: str
    values: dict[str, Any]
    unread: bool
    url: str | None


def news_for(account_id: int, limit: int = 30) -> list[News]:
    """Return the latest news of an account, newest first."""
    query = select(Telling).where(Telling.account_id == account_id).order_by(Telling.id.desc()).limit(limit)
    return [
        News(
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
        return _in_vain(self.attempts, self.last_outcome)


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
