"""Who works on a project, who of the organization could join, and the dates that residents were told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from models.accounts import Account, Grant
from models.base import db, now
from models.permissions import Role
from models.projects.kinds import TeamPart
from models.projects.row import NextDate, TeamMember

SHOWN_DATES = 12


@dataclass(frozen=True)
class Member:
    """Somebody of the team."""

    account_id: int
    public_id: str
    name: str
    part: TeamPart
    since: datetime


def team(project_id: int) -> list[Member]:
    """Return who works on a project now, supervisors first."""
    query = (
        select(Account.id, Account.public_id, Account.name, TeamMember.part, TeamMember.since)
        .join(TeamMember, TeamMember.account_id == Account.id)
        .where(TeamMember.project_id == project_id, TeamMember.until.is_(None))
        .order_by(TeamMember.part, TeamMember.id)
    )
    return [Member(number, public_id, name, TeamPart(part), since)
            for number, public_id, name, part, since in db.session.execute(query)]  # fmt: skip


def colleagues(organization_id: int | None) -> list[tuple[str, str, Role]]:
    """Return who of an organization may join a team: public id, name and role, by name."""
    if organization_id is None:
        return []
    query = (
        select(Account.public_id, Account.name, Grant.role)
        .join(Grant, Grant.account_id == Account.id)
        .where(
            Grant.organization_id == organization_id,
            Grant.role.in_([Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.ORG_MANAGER]),
            or_(Grant.ended_at.is_(None), Grant.ended_at > now()),
        )
        .order_by(Account.name, Account.id)
    )
    return [(public_id, name, Role(role)) for public_id, name, role in db.session.execute(query)]


@dataclass(frozen=True)
class Told:
    """A date that was told."""

    public_id: str
    what: str
    at: datetime
    kept_at: datetime | None
    changes: int

    @property
    def state(self) -> str:
        """Return KEPT, COMING or MISSED."""
        if self.kept_at is not None:
            return "KEPT"
        return "COMING" if self.at > now() else "MISSED"


def dates(project_id: int, limit: int = SHOWN_DATES) -> list[Told]:
    """Return the dates that a project told, the latest first."""
    query = (
        select(NextDate.public_id, NextDate.what, NextDate.at, NextDate.kept_at, NextDate.changes)
        .where(NextDate.project_id == project_id)
        .order_by(NextDate.at.desc(), NextDate.id.desc())
        .limit(limit)
    )
    return [Told(*row) for row in db.session.execute(query)]
