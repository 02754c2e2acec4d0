"""The seals on the diary: every minute what is new is closed into a seal that chains to the last one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import CHAR, ForeignKey, Integer, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BigKey, Row, Utc, db, now
from models.events import Event, EventSubject, _plain, canonical, digest

GENESIS = "0" * 64
BATCH = 5000


class Seal(Row):
    """A closed stretch of the diary; each seal carries the hash of the one before."""

    __tablename__ = "seals"
    at: Mapped[Utc]
    previous_hash: Mapped[str] = mapped_column(CHAR(64), unique=True)
    hash: Mapped[str] = mapped_column(CHAR(64), unique=True)
    members: Mapped[int] = mapped_column(Integer)


class SealMember(db.Model):  # type: ignore[name-defined, misc]
    """An event's place inside its seal."""

    __tablename__ = "seal_members"
    event_id: Mapped[int] = mapped_column(BigKey, ForeignKey("events.id"), primary_key=True, autoincrement=False)
    seal_id: Mapped[int] = mapped_column(BigKey, ForeignKey("seals.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)


def chained(previous: str, hashes: Iterator[str] | list[str]) -> str:
    """Return the hash of a seal: the last seal's hash and its members' hashes, in order."""
    whole = hashlib.sha256(previous.encode())
    for one in hashes:
        whole.update(one.encode())
    return whole.hexdigest()


def close_new() -> int:
    """Seal every committed event that is in no seal yet and return how many that were.

    Numbers do not appear in commit order on PostgreSQL, so the unsealed are looked for, not those
    above the last number. Two sealers at once clash on the previous hash and one of them gives way.
    Source: decisions.md 8.
    """
    unsealed = (
        select(Event.id, Event.hash)
        .outerjoin(SealMember, SealMember.event_id == Event.id)
        .where(SealMember.event_id.is_(None))
        .order_by(Event.id)
        .limit(BATCH)
    )
    sealed = 0
    while rows := db.session.execute(unsealed).all():
        previous = db.session.scalar(select(Seal.hash).order_by(Seal.id.desc()).limit(1)) or GENESIS
        seal = Seal(at=now(), previous_hash=previous, hash=chained(previous, [r.hash for r in rows]), members=len(rows))
        seal.save()
        db.session.execute(
            insert(SealMember),
            [{"event_id": row.id, "seal_id": seal.id, "position": place} for place, row in enumerate(rows)],
        )
        sealed += len(rows)
    return sealed


@dataclass(frozen=True)
class Finding:
    """What a look through the whole diary found: how much is whole, and the first broken row."""

    events: int
    seals: int
    unsealed: int
    head: str
    broken: str | None

    @property
    def whole(self) -> bool:
        """Tell whether nothing is broken."""
        return self.broken is None


def _subjects_from(first: int, last: int) -> dict[int, list[list[object]]]:
    found: dict[int, list[list[object]]] = {}
    query = select(EventSubject).where(EventSubject.event_id.between(first, last))
    for row in db.session.scalars(query.order_by(EventSubject.event_id, EventSubject.kind, EventSubject.subject_id)):
        found.setdefault(row.event_id, []).append([row.kind, row.subject_id])
    return found


def _first_broken_event() -> str | None:
    last = 0
    while events := db.session.scalars(select(Event).where(Event.id > last).order_by(Event.id).limit(BATCH)).all():
        subjects = _subjects_from(events[0].id, events[-1].id)
        for event in events:
            if digest(event.body) != event.hash:
                return f"event {event.id}: the body does not match its hash"
            if event.body != _as_written(event, subjects.get(event.id, [])):
                return f"event {event.id}: a column or subject differs from the body"
        last = events[-1].id
        db.session.expunge_all()
    return None


def _as_written(event: Event, subjects: list[list[object]]) -> str:
    return canonical(
        {
            "at": _plain(event.at),
            "verb": event.verb,
            "account": event.account_id,
            "actor": event.actor,
            "community": event.community_id,
            "subjects": subjects,
            "details": event.details,
        }
    )


def _first_broken_seal() -> str | None:
    previous = GENESIS
    for seal in db.session.scalars(select(Seal).order_by(Seal.id)):
        hashes = list(
            db.session.scalars(
                select(Event.hash)
                .join(SealMember, SealMember.event_id == Event.id)
                .where(SealMember.seal_id == seal.id)
                .order_by(SealMember.position)
            )
        )
        if seal.previous_hash != previous:
            return f"seal {seal.id}: it does not follow the seal before"
        if len(hashes) != seal.members or chained(previous, hashes) != seal.hash:
            return f"seal {seal.id}: its members do not give its hash"
        previous = seal.hash
    return None


def verify() -> Finding:
    """Read the whole diary and name the first row that was altered. Source: decisions.md 8."""
    events = db.session.scalar(select(func.count()).select_from(Event)) or 0
    members = db.session.scalar(select(func.count()).select_from(SealMember)) or 0
    seals = db.session.scalar(select(func.count()).select_from(Seal)) or 0
    head = db.session.scalar(select(Seal.hash).order_by(Seal.id.desc()).limit(1)) or GENESIS
    return Finding(events, seals, events - members, head, _first_broken_event() or _first_broken_seal())
