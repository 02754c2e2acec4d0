"""Needs gathered into a proposal, until somebody who may decide has decided."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Text,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import states
from models.base import PublicRow, Row, Utc, now
from models.needs import Field
from models.states import PackageState

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.permissions import Permission


class Track(StrEnum):
    """Three tracks: 自办 costs no money, 小额 at most 10,000 yuan, 项目 goes to the street."""

    SELF_RUN = "SELF_RUN"
    SMALL = "SMALL"
    PROJECT = "PROJECT"


class BudgetCategory(StrEnum):
    """What money is for. Source: domain/states.md C3."""

    STAFF = "STAFF"
    ACTIVITY = "ACTIVITY"
    MANAGEMENT = "MANAGEMENT"
    SUPERVISION = "SUPERVISION"
    EVALUATION = "EVALUATION"


class Package(PublicRow):
    """A proposal: the problem, the needs it answers, what will be countable, and what will have changed."""

    __tablename__ = "packages"
    __table_args__ = (
        Index("ix_packages_community_id_state_id", "community_id", "state", "id"),
        CheckConstraint("starts_on IS NULL OR ends_on IS NULL OR starts_on < ends_on", name="ends_after_it_starts"),
    )
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    title: Mapped[str] = mapped_column(String(80))
    track: Mapped[Track] = mapped_column(String(10))
    field: Mapped[Field] = mapped_column(String(24))
    state: Mapped[PackageState] = mapped_column(String(12), default=PackageState.DRAFT)
    state_at: Mapped[Utc] = mapped_column(default=now)
    problem: Mapped[str] = mapped_column(Text)
    persons: Mapped[int | None] = mapped_column(Integer)
    output: Mapped[str] = mapped_column(String(200))
    output_target: Mapped[int | None] = mapped_column(Integer)
    output_unit: Mapped[str | None] = mapped_column(String(20))
    change: Mapped[str] = mapped_column(String(400))
    how_checked: Mapped[str] = mapped_column(String(400))
    activities: Mapped[list[str]] = mapped_column(JSON, default=list)
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    drafted_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    decided_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    decision: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the packages of the communities in reach."""
        return select(cls).where(actor.reach(permission).communities(cls.community_id))

    def _step(self, verb: str, to: PackageState | None = None) -> None:
        self.state = states.step(states.Kind.PACKAGE, PackageState(self.state), verb, to)
        self.state_at = now()


class PackageNeed(Row):
    """That a need is in a package; at most one membership of a need is active."""

    __tablename__ = "package_needs"
    __table_args__ = (
        Index(
            "uq_package_needs_active_need",
            "need_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
        Index("ix_package_needs_package_id", "package_id"),
    )
    package_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("packages.id"))
    project_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("projects.id"), index=True)
    need_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("needs.id"))
    joined_at: Mapped[Utc] = mapped_column(default=now)
    joined_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    left_at: Mapped[Utc | None]
    linked_later: Mapped[bool] = mapped_column(default=False)


class BudgetLine(Row):
    """One line of a proposal's budget, in fen."""

    __tablename__ = "budget_lines"
    __table_args__ = (CheckConstraint("amount >= 0", name="amount_not_negative"),)
    package_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("packages.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("projects.id"), index=True)
    category: Mapped[BudgetCategory] = mapped_column(String(12))
    label: Mapped[str] = mapped_column(String(120))
    amount: Mapped[int] = mapped_column(BigInteger)
