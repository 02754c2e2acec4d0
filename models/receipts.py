"""The receipt for a form: the phone names the act by a key, and the same key never acts twice."""

from __future__ import annotations

import re

from sqlalchemy import CHAR, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Refused, Row, Utc, db, now

KEY = re.compile(r"[0-9A-Za-z-]{8,64}")


class Receipt(Row):
    """What a form post with a key was answered, to the same author on the same route."""

    __tablename__ = "receipts"
    __table_args__ = (UniqueConstraint("author", "route", "key"),)
    author: Mapped[str] = mapped_column(String(60))
    route: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(64))
    body_digest: Mapped[str] = mapped_column(CHAR(64))
    answer: Mapped[str] = mapped_column(String(400))
    at: Mapped[Utc]


def first_answer(*, author: str, route: str, key: str, body_digest: str) -> str | None:
    """Return the first answer to this key, or None where it is new.

    Errors: Refused("key_used_for_another_form") where the same key came with another body; the first stays.
    Source: decisions.md 14.
    """
    query = select(Receipt).where(Receipt.author == author, Receipt.route == route, Receipt.key == key)
    receipt = db.session.scalars(query).one_or_none()
    if receipt is None:
        return None
    if receipt.body_digest != body_digest:
        raise Refused("key_used_for_another_form")
    return receipt.answer


def keep(*, author: str, route: str, key: str, body_digest: str, answer: str) -> None:
    """Write the receipt in the transaction of the act itself."""
    Receipt(author=author, route=route, key=key, body_digest=body_digest, answer=answer, at=now()).save()
