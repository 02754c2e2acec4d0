"""A package that was approved (or a project that ran before), until it is closed: team, goals, dates."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Text,
    UniqueConstraint,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import states
from models.base import PublicRow, Row, Utc, now
from models.needs import Field
from models.packages import Track
from models.states import ProjectState

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.permissions import Permission


class Method(StrEnum):
    """How the organization came to the project; procurement adds its own later."""

    ASSIGNED = "ASSIGNED"
    SELF = "SELF"
    EXISTING = "EXISTING"


class Project(PublicRow):
    """A project of one community, served by one organization (or by the committee itself)."""

    __tablename__ = "projects"
    __table_args__ = (
        Index("ix_projects_community_id_state_id", "community_id", "state", "id"),
        UniqueConstraint("organization_id", "contract_no"),
        CheckConstraint("starts_on < ends_on", name="ends_after_it_starts"),
        CheckConstraint("budget >= 0", name="budget_not_negative"),
    )
    project_no: Mapped[str] = mapped_column(String(40), unique=True)
    package_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("packages.id"), unique=True)
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    organization_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("organizations.id"), index=True)
    title: Mapped[str] = mapped_column(String(80))
    field: Mapped[Field] = mapped_column(String(24))
    track: Mapped[Track] = mapped_column(String(10))
    method: Mapped[Method | None] = mapped_column(String(10))
    contract_no: Mapped[str | None] = mapped_column(String(60))
    assignment_reason: Mapped[str | None] = mapped_column(Text)
    state: Mapped[ProjectState] = mapped_column(String(12), default=ProjectState.APPROVED)
    state_at: Mapped[Utc] = mapped_column(default=now)
    state_reason: Mapped[str | None] = mapped_column(Text)
    problem: Mapped[str] = mapped_column(Text, default="")
    change: Mapped[str] = mapped_column(String(400), default="")
    how_checked: Mapped[str] = mapped_column(String(400), default="")
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    budget: Mapped[int] = mapped_column(BigInteger, default=0)
    supervision_phone: Mapped[str | None] = mapped_column(String(40))

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the projects of the communities and organizations in reach."""
        reach = actor.reach(permission)
        return select(cls).where(or_(reach.communities(cls.community_id), reach.organizations(cls.organization_id)))

    def _step(self, verb: str, to: ProjectState | None = None) -> None:
        self.state = states.step(states.Kind.PROJECT, ProjectState(self.state), verb, to)
        self.state_at = now()


class Goal(PublicRow):
    """One thing a project promised to reach; progress is derived from approved logs, never typed."""

    __tablename__ = "goals"
    __table_args__ = (CheckConstraint("target > 0", name="target_positive"),)
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("projects.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    measure: Mapped[str] = mapped_column(String(12))  # PERSONS, TURNS, SESSIONS, MINUTES
    unit: Mapped[str] = mapped_column(String(20))
    target: Mapped[int] = mapped_column(Integer)
    scale_low: Mapped[int | None] = mapped_column(Integer)
    scale_high: Mapped[int | None] = mapped_column(Integer)
    scale_label: Mapped[str | None] = mapped_column(String(80))


class TeamMember(Row):
    """Who works on a project: social workers and supervisors of its organization."""

    __tablename__ = "team_members"
    __table_args__ = (UniqueConstraint("project_id", "account_id", "part"),)
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("projects.id"))
    account_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    part: Mapped[str] = mapped_column(String(12))  # WORKER, SUPERVISOR
    since: Mapped[Utc] = mapped_column(default=now)
    until: Mapped[Utc | None]


class NextDate(PublicRow):
    """A date that the project told: the next visit or session; the promise clock of its needs reads it."""

    __tablename__ = "next_dates"
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("projects.id"), index=True)
    at: Mapped[Utc]
    what: Mapped[str] = mapped_column(String(120))
    told_at: Mapped[Utc] = mapped_column(default=now)
    kept_at: Mapped[Utc | None]
