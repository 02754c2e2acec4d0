"""A whole file of needs at once: checked line by line, put in by short transactions, visible when it is complete."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CHAR, JSON, BigInteger, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import PublicRow, Utc


class NeedImport(PublicRow):
    """One file that was brought in, with every line's error."""

    __tablename__ = "need_imports"
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(CHAR(64))
    state: Mapped[str] = mapped_column(String(12))
    rows: Mapped[int] = mapped_column(Integer, default=0)
    done: Mapped[int] = mapped_column(Integer, default=0)
    added: Mapped[int] = mapped_column(Integer, default=0)
    updated: Mapped[int] = mapped_column(Integer, default=0)
    unchanged: Mapped[int] = mapped_column(Integer, default=0)
    errors: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    finished_at: Mapped[Utc | None]
    undone_at: Mapped[Utc | None]
