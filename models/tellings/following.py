"""Who wants to be told of every knot of a thing (R110)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Refused, Row, Utc, db, now
from models.events import record, subject_of

if TYPE_CHECKING:
    from models.accounts import Actor


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
