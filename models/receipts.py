"""The receipt for a form: the phone names the act by a key, and the same key never acts twice."""

from __future__ import annotations

import functools
import re
from typing import Any

from sqlalchemy import CHAR, String, UniqueConstraint, bindparam, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Refused, Row, Utc, ask, now

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
    receipt = ask(_first(), author=author, route=route, key=key).one_or_none()
    if receipt is None:
        return None
    if receipt.body_digest != body_digest:
        raise Refused("key_used_for_another_form")
    return str(receipt.answer)


@functools.cache
def _first() -> Any:
    mine = (getattr(Receipt, name) == bindparam(name) for name in ("author", "route", "key"))
    return select(Receipt.body_digest, Receipt.answer).where(*mine)


def keep(*, author: str, route: str, key: str, body_digest: str, answer: str) -> None:
    """Write the receipt in the transaction of the act itself."""
    ask(_KEEP, author=author, route=route, key=key, body_digest=body_digest, answer=answer, at=now())


_KEEP = insert(Receipt.__table__)  # type: ignore[arg-type]
