"""Needs gathered into a proposal, until somebody who may decide has decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
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
    delete,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import attachments, states
from models.base import PublicRow, Row, Utc, db, now
from models.needs import Field
from models.packages.deciding import Deciding
from models.packages.drafting import Drafting
from models.packages.kinds import BudgetCategory, Measure, Paper, Proposal, Track
from models.states import PackageState

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.permissions import Permission


class Package(PublicRow, Drafting, Deciding):
    """A proposal: the problem, the needs it answers, what will be countable, and what will have changed."""

    __tablename__ = "packages"
    __table_args__ = (
        Index("ix_packages_community_id_state_id", "community_id", "state", "id"),
        CheckConstraint("persons IS NULL OR persons >= 0", name="persons_not_negative"),
        CheckConstraint("households IS NULL OR households >= 0", name="households_not_negative"),
        CheckConstraint("output_target IS NULL OR output_target > 0", name="output_target_positive"),
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
    households: Mapped[int | None] = mapped_column(Integer)
    output: Mapped[str] = mapped_column(String(200))
    output_target: Mapped[int | None] = mapped_column(Integer)
    output_measure: Mapped[Measure | None] = mapped_column(String(12))
    output_unit: Mapped[str | None] = mapped_column(String(20))
    change: Mapped[str] = mapped_column(String(400))
    how_checked: Mapped[str] = mapped_column(String(400))
    activities: Mapped[list[str]] = mapped_column(JSON, default=list)
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    drafted_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    submitted_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    submitted_at: Mapped[Utc | None]
    decided_at: Mapped[Utc | None]
    decided_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    decision: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the packages of the communities in reach."""
        return select(cls).where(actor.reach(permission).communities(cls.community_id))

    def _check_step(self, verb: str) -> None:
        """Refuse what the closed table does not list, before anything else is asked."""
        states.step(states.Kind.PACKAGE, PackageState(self.state), verb)

    def _step(self, verb: str, to: PackageState | None = None) -> None:
        self.state = states.step(states.Kind.PACKAGE, PackageState(self.state), verb, to)
        self.state_at = now()

    def lines(self) -> list[BudgetLine]:
        """Return the lines of the budget, in the order in which they were written."""
        query = select(BudgetLine).where(BudgetLine.package_id == self.id).order_by(BudgetLine.id)
        return list(db.session.scalars(query))

    def total(self) -> int:
        """Return the sum of the budget in fen."""
        return sum(line.amount for line in self.lines())

    def papers(self) -> set[Paper]:
        """Return which papers lie with the package."""
        query = select(PackagePaper.paper).where(PackagePaper.package_id == self.id)
        return {Paper(one) for one in db.session.scalars(query)}

    def _replace_lines(self, proposal: Proposal) -> None:
        db.session.execute(delete(BudgetLine).where(BudgetLine.package_id == self.id))
        for line in proposal.lines:
            db.session.add(
                BudgetLine(package_id=self.id, category=line.category, label=line.label.strip(), amount=line.fen)
            )

    def _file(self, papers: Mapping[Paper, Sequence[str]], owner: str) -> None:
        for paper, public_ids in papers.items():
            for one in attachments.claim(self, public_ids, owner=owner):
                db.session.add(PackagePaper(package_id=self.id, attachment_id=one.id, paper=paper))
        db.session.flush()

    def _memberships(self) -> list[PackageNeed]:
        """Return the memberships that are active."""
        query = select(PackageNeed).where(PackageNeed.package_id == self.id, PackageNeed.left_at.is_(None))
        return list(db.session.scalars(query.order_by(PackageNeed.id)))


class PackageNeed(Row):
    """That a need is in a package; at most one membership of a need is active."""

    __tablename__ = "package_needs"
    __table_args__ = (
        CheckConstraint("package_id IS NOT NULL OR project_id IS NOT NULL", name="belongs_somewhere"),
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


class PackagePaper(Row):
    """Which paper a photo of a package shows."""

    __tablename__ = "package_papers"
    package_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("packages.id"), index=True)
    attachment_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("attachments.id"), unique=True)
    paper: Mapped[Paper] = mapped_column(String(8))
