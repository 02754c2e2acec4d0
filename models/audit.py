"""The auditor's book: what the diary says happened, who looked at what is protected, and whether the chain is whole."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, or_, select

from models.accounts import Account, Actor, Permission
from models.base import SHANGHAI, db
from models.doorkeeping import AccessNote
from models.events import Event
from models.places import Place
from models.seals import Seal, SealMember

PAGE = 50


@dataclass(frozen=True)
class Entry:
    """One event as the auditor reads it."""

    id: int
    at: datetime
    verb: str
    actor: str
    name: str
    community: str
    details: dict[str, Any]
    hash: str
    sealed: bool


@dataclass(frozen=True)
class Look:
    """One line of the access log."""

    id: int
    at: datetime
    what: str
    name: str
    kind: str
    subject_id: int | None
    reason: str


@dataclass(frozen=True)
class Head:
    """How the chain stands: the newest seal, how much is sealed and how much waits."""

    seal_id: int | None
    at: datetime | None
    hash: str
    events: int
    sealed: int

    @property
    def unsealed(self) -> int:
        """Return how many events wait for the next seal."""
        return self.events - self.sealed


def _day(day: date, later: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=later), time(), SHANGHAI).astimezone(UTC)


def entries(
    actor: Actor,
    *,
    verbs: Collection[str] | None = None,
    since: date | None = None,
    until: date | None = None,
    before: int | None = None,
) -> tuple[list[Entry], int | None]:
    """Return what happened within the auditor's reach, newest first, and where the next page begins.

    What belongs to no community (accounts, organizations) is read by every auditor.
    """
    reach = actor.reach(Permission.AUDIT)
    sealed = select(SealMember.event_id).where(SealMember.event_id == Event.id).exists()
    query = (
        select(Event, Account.name, Place.name, sealed)
        .outerjoin(Account, Account.id == Event.account_id)
        .outerjoin(Place, Place.id == Event.community_id)
        .where(or_(reach.communities(Event.community_id), Event.community_id.is_(None)))
    )
    if verbs is not None:
        query = query.where(Event.verb.in_(list(verbs)))
    if since is not None:
        query = query.where(Event.at >= _day(since))
    if until is not None:
        query = query.where(Event.at < _day(until, 1))
    if before is not None:
        query = query.where(Event.id < before)
    rows = db.session.execute(query.order_by(Event.id.desc()).limit(PAGE + 1)).all()
    found = [
        Entry(e.id, e.at, e.verb, e.actor, name or "", place or "", e.details, e.hash, bool(is_sealed))
        for e, name, place, is_sealed in rows[:PAGE]
    ]
    return found, found[-1].id if len(rows) > PAGE else None


def looks(
    actor: Actor, *, what: str = "", since: date | None = None, until: date | None = None, before: int | None = None
) -> tuple[list[Look], int | None]:
    """Return who looked at what is protected, was refused, or let data out: accounts within the auditor's reach."""
    within = Account.visible_to(actor, Permission.AUDIT).with_only_columns(Account.id)
    query = (
        select(AccessNote, Account.name)
        .outerjoin(Account, Account.id == AccessNote.account_id)
        .where(AccessNote.account_id.in_(within))
    )
    if what:
        query = query.where(or_(AccessNote.what == what, AccessNote.what.startswith(f"{what}.", autoescape=True)))
    if since is not None:
        query = query.where(AccessNote.at >= _day(since))
    if until is not None:
        query = query.where(AccessNote.at < _day(until, 1))
    if before is not None:
        query = query.where(AccessNote.id < before)
    rows = db.session.execute(query.order_by(AccessNote.id.desc()).limit(PAGE + 1)).all()
    found = [
        Look(n.id, n.at, n.what, name or "", n.kind or "", n.subject_id, n.reason or "") for n, name in rows[:PAGE]
    ]
    return found, found[-1].id if len(rows) > PAGE else None


def head() -> Head:
    """Return how the chain of seals stands."""
    seal = db.session.scalars(select(Seal).order_by(Seal.id.desc()).limit(1)).one_or_none()
    events = db.session.scalar(select(func.count()).select_from(Event)) or 0
    sealed = db.session.scalar(select(func.count()).select_from(SealMember)) or 0
    return Head(seal.id if seal else None, seal.at if seal else None, seal.hash if seal else "", events, sealed)
