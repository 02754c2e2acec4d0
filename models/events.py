"""The diary: who did what, to which things, when. It is append-only, and sealed by a chain of hashes."""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol

from sqlalchemy import (
    CHAR,
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Text,
    bindparam,
    insert,
    select,
    tuple_,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BigKey, Row, Utc, ask, db, now

# Codes, ids, states, dates and digests pass; a sentence that somebody typed does not.
PLAIN = re.compile(r"[\x21-\x7e]{0,100}")


class Doer(Protocol):
    """Whoever acts: an account, a job, a person served without a name."""

    @property
    def account_id(self) -> int | None: ...

    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class Nobody:
    """An act that belongs to no account: a job, a person served, a visitor without an account."""

    label: str
    account_id: int | None = None


JOB = Nobody("JOB")
PERSON_SERVED = Nobody("PERSON_SERVED")
ANONYMOUS = Nobody("ANONYMOUS")
IMPORT = Nobody("IMPORT")


class Event(Row):
    """One verb that happened. The hash covers the body, which repeats every column and subject."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_community_id_id", "community_id", "id"),)
    at: Mapped[Utc]
    verb: Mapped[str] = mapped_column(String(60), index=True)
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    actor: Mapped[str] = mapped_column(String(40))
    community_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"))
    body: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(CHAR(64))

    @property
    def details(self) -> dict[str, Any]:
        """Return the codes and numbers that the verb noted."""
        return json.loads(self.body)["details"]  # type: ignore[no-any-return]


class EventSubject(db.Model):  # type: ignore[name-defined, misc]
    """A thing that an event changed; timelines read these."""

    __tablename__ = "event_subjects"
    __table_args__ = (Index("ix_event_subjects_kind_subject_id_event_id", "kind", "subject_id", "event_id"),)
    event_id: Mapped[int] = mapped_column(BigKey, ForeignKey("events.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject_id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)


_EVENT = insert(Event.__table__).returning(Event.__table__.c.id)
_SUBJECT = insert(EventSubject.__table__)


def _plain(value: Any) -> Any:
    """Return a value fit for the diary; free text raises ValueError (decision 7)."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        text = str(getattr(value, "value", value))
        if PLAIN.fullmatch(text):
            return text
        raise ValueError("free text may not enter the diary")
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, Iterable):
        return [_plain(v) for v in value]
    raise ValueError(f"{type(value).__name__} may not enter the diary")


def canonical(body: Mapping[str, Any]) -> str:
    """Return the one JSON text that the hash covers: sorted keys, no spaces."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest(text: str) -> str:
    """Return the SHA-256 of a text in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def subject_of(row: Any) -> tuple[str, int]:
    """Return how the diary names a row: its table and its number."""
    return (row[0], row[1]) if isinstance(row, tuple) else (row.__tablename__, row.id)


def record(
    verb: str,
    *,
    by: Doer,
    about: Sequence[Any],
    community_id: int | None = None,
    details: Mapping[str, Any] | None = None,
) -> int:
    """Write the one event of a verb, in the verb's own transaction, and return its number.

    Errors: ValueError where a detail is free text. Source: decisions.md 7, 8.
    """
    at = now()
    subjects = sorted({subject_of(row) for row in about})
    body = canonical(
        {
            "at": _plain(at),
            "verb": verb,
            "account": by.account_id,
            "actor": by.label,
            "community": community_id,
            "subjects": [list(s) for s in subjects],
            "details": _plain(details or {}),
        }
    )
    values = {"at": at, "verb": verb, "account_id": by.account_id, "actor": by.label, "community_id": community_id}
    db.session.flush()
    # Every verb comes by here: two statements that are built once, given straight to the connection.
    connection = db.session.connection()
    event_id: int = connection.execute(_EVENT, {**values, "body": body, "hash": digest(body)}).scalar_one()
    if subjects:
        connection.execute(_SUBJECT, [{"event_id": event_id, "kind": k, "subject_id": i} for k, i in subjects])
    return event_id


@dataclass(frozen=True)
class Line:
    """One knot of a timeline, as a page shows it."""

    event_id: int
    at: datetime
    verb: str
    actor: str
    account_id: int | None
    account_name: str | None
    details: dict[str, Any]


def timeline(rows: Sequence[Any], *, verbs: Iterable[str] | None = None, limit: int = 200) -> list[Line]:
    """Return the latest that happened to the given things, oldest first, with the names of those who acted."""
    values: dict[str, Any] = {"subjects": [subject_of(row) for row in rows], "most": limit}
    if verbs is not None:
        values["verbs"] = list(verbs)
    found = ask(_timeline(some=verbs is not None), **values)
    return [
        Line(e.id, e.at, e.verb, e.actor, e.account_id, e.name, json.loads(e.body)["details"])
        for e in reversed(list(found))
    ]


@functools.cache
def _timeline(*, some: bool) -> Select[Any]:
    """Return the query of `timeline`, of all verbs or of some; built once: building it takes longer than asking it."""
    accounts, event, subject = db.metadata.tables["accounts"], Event.__table__, EventSubject.__table__
    about = tuple_(subject.c.kind, subject.c.subject_id).in_(bindparam("subjects", expanding=True))
    shown = (event.c[name] for name in ("id", "at", "verb", "actor", "account_id", "body"))
    query = (
        select(*shown, accounts.c.name)
        .outerjoin(accounts, accounts.c.id == event.c.account_id)
        .where(event.c.id.in_(select(subject.c.event_id).where(about)))
        .order_by(event.c.id.desc())
        .limit(bindparam("most", type_=Integer))
    )
    return query.where(event.c.verb.in_(bindparam("verbs", expanding=True))) if some else query
