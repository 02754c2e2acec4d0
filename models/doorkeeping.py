"""The doorkeeper's books: who is inside, who knocked too often, and who looked at what is protected."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CHAR, BigInteger, ForeignKey, Index, String, bindparam, func, select, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from models.accounts import Account, AccountState, Actor, actor_of
from models.base import NotFound, Refused, Row, Utc, UtcTime, db, now, writing
from models.events import record
from models.people import acting
from models.permissions import STAFF, Role
from models.places import Place

ABSOLUTE = timedelta(days=7)
IDLE_STRICT, IDLE_STAFF, IDLE_RESIDENT = timedelta(minutes=30), timedelta(hours=12), timedelta(days=7)
SEEN_EVERY = timedelta(minutes=5)
WINDOW, TRIES = timedelta(minutes=5), 10


class TooManyTries(Refused):
    """Somebody knocked too often: 429, and when to come again (seconds)."""

    status = 429
    retry_after = int(WINDOW.total_seconds())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Device(StrEnum):
    """By what a session is told apart in the list of one's own."""

    WECHAT = "WECHAT"
    IPHONE = "IPHONE"
    ANDROID = "ANDROID"
    WINDOWS = "WINDOWS"
    MAC = "MAC"
    OTHER = "OTHER"


class Session(Row):
    """A signed-in device: only the hash of its random id is kept."""

    __tablename__ = "sessions"
    token_hash: Mapped[str] = mapped_column(CHAR(64), unique=True)
    account_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    epoch: Mapped[int]
    began_at: Mapped[Utc]
    last_seen_at: Mapped[Utc]
    ended_at: Mapped[Utc | None]
    confirmed_at: Mapped[Utc] = mapped_column(default=now)
    device: Mapped[str] = mapped_column(String(10), default=Device.OTHER)


class Knock(Row):
    """A try at a protected door that failed, counted per subject (an account's number or an address)."""

    __tablename__ = "knocks"
    __table_args__ = (Index("ix_knocks_door_subject_at", "door", "subject", "at"),)
    door: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(CHAR(64))
    at: Mapped[Utc]


class AccessNote(Row):
    """A sign-in, a refusal, or a look at something protected; written in a transaction of its own."""

    __tablename__ = "access_log"
    at: Mapped[Utc] = mapped_column(index=True)
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    what: Mapped[str] = mapped_column(String(40), index=True)
    kind: Mapped[str | None] = mapped_column(String(40))
    subject_id: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str | None] = mapped_column(String(200))
    community_id: Mapped[int | None] = mapped_column(BigInteger)


@dataclass(frozen=True)
class Inside:
    """What the hall needs to know of a signed-in visitor, read in two queries."""

    session_id: int
    account: Account
    actor: Actor
    seen_is_old: bool
    place_name: str | None
    place_phone: str | None
    trial_until: datetime | None
    unread: int
    confirmed_at: datetime


def begin(account: Account, device: Device = Device.OTHER) -> str:
    """Open a session and return its secret; the old secret of a visitor is never taken over."""
    token = secrets.token_urlsafe(32)
    at = now()
    Session(
        token_hash=_hash(token), account_id=account.id, epoch=account.epoch, began_at=at, last_seen_at=at,
        confirmed_at=at, device=device,
    ).save()  # fmt: skip
    return token


def stay(session_id: int, account: Account) -> None:
    """Let the session that changed the password live on; every other one of the account is over."""
    db.session.execute(update(Session).where(Session.id == session_id).values(epoch=account.epoch, confirmed_at=now()))


def confirmed(session_id: int) -> None:
    """Note that the password was typed again in a session."""
    db.session.execute(update(Session).where(Session.id == session_id).values(confirmed_at=now()))


@dataclass(frozen=True)
class SessionLine:
    """One of an account's signed-in devices, as its owner sees it."""

    handle: str
    device: Device
    began_at: datetime
    last_seen_at: datetime
    here: bool


def sessions_of(account: Account, here: int | None) -> list[SessionLine]:
    """Return the open sessions of an account, the latest first."""
    query = select(Session).where(
        Session.account_id == account.id, Session.epoch == account.epoch, Session.ended_at.is_(None),
        Session.began_at > now() - ABSOLUTE,
    )  # fmt: skip
    return [
        SessionLine(s.token_hash[:16], Device(s.device), s.began_at, s.last_seen_at, s.id == here)
        for s in db.session.scalars(query.order_by(Session.last_seen_at.desc()))
    ]


def end_one(account: Account, handle: str, *, by: Actor) -> None:
    """Sign one of one's own devices out. Errors: NotFound."""
    query = select(Session).where(
        Session.account_id == account.id, func.substr(Session.token_hash, 1, 16) == handle, Session.ended_at.is_(None)
    )
    session = db.session.scalars(query).one_or_none()
    if session is None:
        raise NotFound("session")
    session.ended_at = now()
    record("account.sign_out_device", by=by, about=[account], community_id=account.community_id)


def idle_limit(actor: Actor) -> timedelta:
    """Return how long a session may rest: 30 minutes, 12 hours or the whole week. Source: reliability.md 7."""
    if actor.has(Role.AUDITOR, Role.SYSADMIN):
        return IDLE_STRICT
    return IDLE_STAFF if any(held.role in STAFF for held in actor.held) else IDLE_RESIDENT


@functools.cache
def _who() -> Any:
    """Return the one query of every request, built once: building it takes longer than asking it."""
    tellings = db.metadata.tables["tellings"]
    unread = (
        select(func.count())
        .where(tellings.c.account_id == Account.id, tellings.c.read_at.is_(None))
        .correlate(Account)
        .scalar_subquery()
    )
    acted_for = acting.joined(Account.id, Account.person_id, at=bindparam("at", type_=UtcTime))
    return (
        select(
            Session.id,
            Session.epoch,
            Session.ended_at,
            Session.began_at,
            Session.last_seen_at,
            Session.confirmed_at,
            Account,
            Place.name,
            Place.phone,
            Place.trial_until,
            unread,
            acted_for,
        )
        .select_from(Session)
        .join(Account, Account.id == Session.account_id)
        .outerjoin(Place, Place.id == Account.community_id)
        .where(Session.token_hash == bindparam("token_hash"))
    )


def enter(token: str) -> Inside | None:
    """Return who the secret belongs to, or None where the session is over, stale or of an older epoch."""
    row = db.session.execute(_who(), {"token_hash": _hash(token), "at": now()}).one_or_none()
    if row is None:
        return None
    *open_, account, place_name, place_phone, trial_until, news, acted_for = row
    session_id, epoch, ended_at, began_at, last_seen_at, confirmed_at = open_
    if ended_at or epoch != account.epoch or account.state in (AccountState.LEFT, AccountState.DISABLED):
        return None
    actor = actor_of(account, person_ids=[int(one) for one in (acted_for or "").split(",") if one])
    at = now()
    if at - began_at > ABSOLUTE or at - last_seen_at > idle_limit(actor):
        return None
    old = at - last_seen_at > SEEN_EVERY
    return Inside(session_id, account, actor, old, place_name, place_phone, trial_until, news, confirmed_at)


def seen(session_id: int) -> None:
    """Note that a session is alive; at most every five minutes, in a transaction of its own."""
    db.session.execute(update(Session).where(Session.id == session_id).values(last_seen_at=now()))


def leave(token: str) -> None:
    """End a session on the server; a copied cookie opens nothing afterwards."""
    db.session.execute(
        update(Session).where(Session.token_hash == _hash(token), Session.ended_at.is_(None)).values(ended_at=now())
    )


def knock_subject(text: str) -> str:
    """Return what is counted in place of a number or an address."""
    return _hash(text)


def check_knocks(door: str, *subjects: str, most: int = TRIES) -> None:
    """Refuse where one of the subjects failed too often within five minutes (ten times unless said otherwise).

    Errors: TooManyTries("too_many_tries"). Source: reliability.md 1, 2; counted in the database, for all processes.
    """
    recent = func.count()
    query = select(recent).where(Knock.door == door, Knock.at > now() - WINDOW)
    for subject in subjects:
        if (db.session.scalar(query.where(Knock.subject == subject)) or 0) >= most:
            raise TooManyTries("too_many_tries", minutes=int(WINDOW.total_seconds() // 60))


def knocked(door: str, *subjects: str) -> None:
    """Count a failed try for each subject."""
    for subject in subjects:
        db.session.add(Knock(door=door, subject=subject, at=now()))


def forget_knocks(before: datetime) -> None:
    """Sweep the tries that count no more."""
    db.session.execute(Knock.__table__.delete().where(Knock.at < before))  # type: ignore[attr-defined]


@contextlib.contextmanager
def own_transaction() -> Iterator[None]:
    """Write in a transaction of its own, after the request's, even where the request itself only reads."""
    before = writing.set(True)
    try:
        yield
        db.session.commit()
    finally:
        db.session.rollback()
        writing.reset(before)


def note(
    what: str,
    *,
    by: Actor,
    kind: str | None = None,
    subject_id: int | None = None,
    reason: str | None = None,
    community_id: int | None = None,
) -> None:
    """Write one line of the access log; a part of the verb or the request that looked."""
    db.session.add(
        AccessNote(
            at=now(),
            account_id=by.account_id,
            what=what,
            kind=kind,
            subject_id=subject_id,
            reason=reason,
            community_id=community_id,
        )
    )


def database_answers() -> bool:
    """Tell whether the database answers and knows its revision."""
    try:
        db.session.execute(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return True
