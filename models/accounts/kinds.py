"""What an account can be, and the roles it holds."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import PublicRow, Utc
from models.permissions import Role


class AccountState(StrEnum):
    """REQUESTED asks and follows; CONFIRMED was seen by the committee; LEFT and DISABLED are out."""

    REQUESTED = "REQUESTED"
    CONFIRMED = "CONFIRMED"
    DISABLED = "DISABLED"
    LEFT = "LEFT"


class Grant(PublicRow):
    """A role that an account holds in a place or an organization, until it ends."""

    __tablename__ = "grants"
    __table_args__ = (
        CheckConstraint("place_id IS NOT NULL OR organization_id IS NOT NULL", name="a_grant_has_a_reach"),
    )
    account_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    role: Mapped[Role] = mapped_column(String(16))
    place_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("organizations.id"), index=True)
    given_at: Mapped[Utc]
    ended_at: Mapped[Utc | None]
