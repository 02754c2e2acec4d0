"""Attempts to reach somebody about a thing, counted by day."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import SHANGHAI, Row, Utc, db, now
from models.events import subject_of

if TYPE_CHECKING:
    from models.accounts import Actor


class CallAttempt(Row):
    """A recorded attempt to reach somebody about a thing, counted by day."""

    __tablename__ = "call_attempts"
    __table_args__ = (Index("ix_call_attempts_kind_subject_id", "kind", "subject_id"),)
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[Utc]
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    outcome: Mapped[str] = mapped_column(String(12))


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
