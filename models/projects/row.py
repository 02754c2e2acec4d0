"""A package that was approved (or a project that ran before), until it is closed: team, goals, dates."""

from __future__ import annotations

from datetime import date, datetime
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
from models.base import BigKey, PublicRow, Refused, Row, Utc, db, now
from models.needs import Field, Need
from models.organizations import Organization
from models.packages import Measure, Track
from models.packages.members import check_step
from models.projects.founding import Founding
from models.projects.kinds import Method, TeamPart
from models.projects.linking import Linking, Suggestion, ranked
from models.projects.planning import Keeping, Planning
from models.projects.steering import Steering
from models.states import ProjectState

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.permissions import Permission


class ProjectCounter(db.Model):  # type: ignore[name-defined, misc]
    """The last project number of a community and year; locked while a number is taken."""

    __tablename__ = "project_counters"
    community_id: Mapped[int] = mapped_column(BigKey, ForeignKey("places.id"), primary_key=True, autoincrement=False)
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer, default=0)


class Project(PublicRow, Founding, Steering, Linking, Planning):
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
        within = or_(reach.communities(cls.community_id), reach.organizations(cls.organization_id))
        return select(cls).where(within, cls.state != ProjectState.TAKEN_BACK)

    def _take_back(self) -> None:
        """Take a project back that came in with a wrong list; its contract may come again."""
        self._step("_undo_import")
        self.contract_no = None

    def _check_step(self, verb: str) -> None:
        """Refuse what the closed table does not list, before anything else is asked."""
        states.step(states.Kind.PROJECT, ProjectState(self.state), verb)

    def _step(self, verb: str, to: ProjectState | None = None) -> None:
        self.state = states.step(states.Kind.PROJECT, ProjectState(self.state), verb, to)
        self.state_at = now()

    def dates(self) -> Select[Any]:
        """Return the dates of this project, for finding one of them."""
        return select(NextDate).where(NextDate.project_id == self.id)

    def _member(self, account_id: int, part: TeamPart) -> TeamMember | None:
        query = select(TeamMember).where(
            TeamMember.project_id == self.id, TeamMember.account_id == account_id, TeamMember.part == part
        )
        return db.session.scalars(query).one_or_none()

    def _new_member(self, account_id: int, part: TeamPart) -> TeamMember:
        return TeamMember(project_id=self.id, account_id=account_id, part=part).save()

    def _add_goal(
        self, title: str, measure: Measure, unit: str, target: int, scale: tuple[int, int, str] | None = None
    ) -> Goal:
        low, high, label = scale or (None, None, None)
        return Goal(
            project_id=self.id, title=title, measure=measure, unit=unit, target=target, scale_low=low,
            scale_high=high, scale_label=label,
        ).save()  # fmt: skip

    def _check_date(self, what: str, at: datetime) -> None:
        check_step(what, at)
        if at <= now():
            raise Refused("next_step_in_past")

    def _new_date(self, what: str, at: datetime) -> NextDate:
        return NextDate(project_id=self.id, what=what, at=at).save()


class Goal(PublicRow):
    """One thing a project promised to reach; progress is derived from approved logs, never typed."""

    __tablename__ = "goals"
    __table_args__ = (CheckConstraint("target > 0", name="target_positive"),)
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("projects.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    measure: Mapped[Measure] = mapped_column(String(12))
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
    part: Mapped[TeamPart] = mapped_column(String(12))
    since: Mapped[Utc] = mapped_column(default=now)
    until: Mapped[Utc | None]


class NextDate(PublicRow, Keeping):
    """A date that the project told: the next visit or session; the promise clock of its needs reads it."""

    __tablename__ = "next_dates"
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("projects.id"), index=True)
    at: Mapped[Utc]
    what: Mapped[str] = mapped_column(String(120))
    told_at: Mapped[Utc] = mapped_column(default=now)
    kept_at: Mapped[Utc | None]
    changes: Mapped[int] = mapped_column(Integer, default=0)

    def project(self) -> Project:
        """Return the project that told the date."""
        return Project.get(self.project_id)


def suggestions(need: Need, limit: int = 3) -> list[Suggestion]:
    """Return the running projects of the need's community that may answer it, best first."""
    query = (
        select(Project, Organization.name)
        .outerjoin(Organization, Organization.id == Project.organization_id)
        .where(Project.community_id == need.community_id, Project.state == ProjectState.RUNNING)
        .order_by(Project.id)
    )
    return ranked(need, db.session.execute(query).all(), limit)
