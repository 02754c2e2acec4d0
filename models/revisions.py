"""What was written and later rewritten: every version of a text, kept apart from the diary so that it can be erased."""

from __future__ import annotations

import functools
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Select, String, Text, bindparam, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Row, Utc, ask, db, draw, now
from models.events import Doer, digest, subject_of

HEX = "0123456789abcdef"


class Revision(Row):
    """One version of one text of one thing; erasing a person empties text and salt."""

    __tablename__ = "revisions"
    __table_args__ = (Index("ix_revisions_kind_subject_id", "kind", "subject_id"),)
    at: Mapped[Utc]
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    field: Mapped[str] = mapped_column(String(40))
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    text: Mapped[str | None] = mapped_column(Text)
    salt: Mapped[str | None] = mapped_column(String(32))


def keep(row: Any, field: str, text: str, *, by: Doer) -> str:
    """Keep a version of a text and return its salted digest for the event; a part of the verb that wrote it.

    Source: decisions.md 7.
    """
    kind, subject_id = subject_of(row)
    salt = "".join(draw.choice(HEX) for _ in range(16))
    db.session.add(
        Revision(
            at=now(), kind=kind, subject_id=subject_id, field=field, account_id=by.account_id, text=text, salt=salt
        )
    )
    return digest(salt + text)


def versions(row: Any, field: str | None = None) -> list[Revision]:
    """Return the kept versions of a thing's texts, oldest first."""
    kind, subject_id = subject_of(row)
    query = select(Revision).where(Revision.kind == kind, Revision.subject_id == subject_id).order_by(Revision.id)
    return list(db.session.scalars(query if field is None else query.where(Revision.field == field)))


def texts(row: Any) -> list[tuple[str | None, str]]:
    """Return salt and text of what is kept of a thing, oldest first; what was erased is left out."""
    kind, subject_id = subject_of(row)
    return [(salt, text) for salt, text in ask(_texts(), kind=kind, subject=subject_id) if text is not None]


@functools.cache
def _texts() -> Select[Any]:
    """Return the query of `texts`, built once: building it takes longer than asking it."""
    kept = Revision.__table__
    of_it = kept.c.kind == bindparam("kind"), kept.c.subject_id == bindparam("subject")
    return select(kept.c.salt, kept.c.text).where(*of_it).order_by(kept.c.id)


def erase(row: Any, field: str | None = None) -> None:
    """Destroy texts and salts of a thing, or of one of its fields; the diary still verifies. Source: decisions.md 7."""
    kind, subject_id = subject_of(row)
    kept = update(Revision).where(Revision.kind == kind, Revision.subject_id == subject_id)
    db.session.execute((kept if field is None else kept.where(Revision.field == field)).values(text=None, salt=None))
