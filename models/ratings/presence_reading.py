"""What is read of the words on presence: the lines that the committee looks into, and the counts of a provider.

Whose word it was is read in this package only, as with ratings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    case,
    func,
    select,
)

from models.attendance import Attendance
from models.base import db
from models.organizations import Organization
from models.people.merging import merged_people
from models.permissions import Permission
from models.projects import Project
from models.ratings.pooling import by_fives
from models.ratings.presence import PresenceWord
from models.ratings.releases import monday, start_of
from models.service_log import ServiceLog
from models.states import PresenceWordState

if TYPE_CHECKING:
    from models.accounts import Actor

W = PresenceWordState


@dataclass(frozen=True)
class PresenceLine:
    """Somebody says it was not so: the service and the words, nobody's name."""

    id: int
    public_id: str
    service: str
    log: str | None
    project: str
    organization: str
    on: datetime | None
    said_at: datetime
    words: str
    own: bool
    state: PresenceWordState
    decision: str
    decided_at: datetime | None


def _lines(*conditions: Any, actor: Actor, order: Any, limit: int) -> list[PresenceLine]:
    activities = db.metadata.tables["activities"]
    query = (
        select(
            PresenceWord, func.coalesce(ServiceLog.title, activities.c.title), ServiceLog.public_id, Project.title,
            Organization.name, func.coalesce(ServiceLog.started_at, activities.c.starts_at), ServiceLog.author_id,
            ServiceLog.begun_by_id,
        )
        .join(Attendance, Attendance.id == PresenceWord.attendance_id)
        .outerjoin(ServiceLog, ServiceLog.id == Attendance.log_id)
        .outerjoin(activities, activities.c.id == Attendance.activity_id)
        .outerjoin(Project, Project.id == Attendance.project_id)
        .outerjoin(Organization, Organization.id == Attendance.organization_id)
        .where(PresenceWord.within(actor, Permission.APPROVE_LATE_LOG), *conditions)
        .order_by(order)
        .limit(limit)
    )  # fmt: skip
    return [
        PresenceLine(
            one.id, one.public_id, service or "", log, project or "", organization or "", on, one.created_at,
            one.words or "", actor.account_id in (author, begun_by), W(one.state), one.decision or "", one.decided_at,
        )
        for one, service, log, project, organization, on, author, begun_by in db.session.execute(query)
    ]  # fmt: skip


def presence_disputes(actor: Actor, *, after: int | None = None, limit: int = 30) -> list[PresenceLine]:
    """Return what the committee has to look into, oldest first."""
    later = [PresenceWord.id > after] if after is not None else []
    return _lines(PresenceWord.state == W.DISPUTED, *later, actor=actor, order=PresenceWord.id, limit=limit)


def presence_settled(actor: Actor, limit: int = 10) -> list[PresenceLine]:
    """Return what the committee found of late, the latest first."""
    return _lines(PresenceWord.decided_at.is_not(None), actor=actor, order=PresenceWord.decided_at.desc(), limit=limit)


def count_presence_disputes(actor: Actor) -> int:
    """Return how many wait for the committee."""
    query = select(func.count()).select_from(PresenceWord).where(
        PresenceWord.state == W.DISPUTED,
        PresenceWord.within(actor, Permission.APPROVE_LATE_LOG),
    )  # fmt: skip
    return db.session.scalar(query) or 0


@dataclass(frozen=True)
class PresenceCount:
    """What an organization reads: of so many answers up to last Monday, how many confirm and how many do not."""

    project: str
    confirmed: int
    disputed: int

    @property
    def answers(self) -> int:
        """Return how many answers are counted: those of whole pools of five different people."""
        return self.confirmed + self.disputed


def presence_counts(organization_ids: Iterable[int]) -> list[PresenceCount]:
    """Return the counts of each project with at least five people who answered before last Monday.

    Counted are whole pools of five different people, so that no two weeks differ by what fewer said; a no stays one,
    whatever the committee found. Source: decisions.md 23; docs/decisions/0003-voices-by-fives.md.
    """
    query = (
        select(Project.id, Project.title, Attendance.person_id, PresenceWord.state)
        .join(Attendance, Attendance.id == PresenceWord.attendance_id)
        .join(Project, Project.id == Attendance.project_id)
        .where(Project.organization_id.in_(list(organization_ids)), PresenceWord.created_at < start_of(monday()))
        .order_by(Project.title, Project.id, PresenceWord.created_at, PresenceWord.id)
    )
    merged = merged_people()
    said: dict[tuple[int, str], list[tuple[int, bool]]] = {}
    for number, title, person, state in db.session.execute(query):
        said.setdefault((number, title), []).append((merged.get(person or 0, person or 0), state == W.CONFIRMED))
    counts = []
    for (_number, title), words in said.items():
        pools, _rest = by_fives(words, lambda word: word[0])
        yes = [there for pool in pools for _who, there in pool]
        if yes:
            counts.append(PresenceCount(title, sum(yes), len(yes) - sum(yes)))
    return counts


def presence_on(log_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return how many confirmed each service, and of how many the committee upheld a no; both up to last Monday."""
    until = start_of(monday())
    query = (
        select(
            Attendance.log_id,
            func.count(case((PresenceWord.state == W.CONFIRMED, 1))),
            func.count(case(((PresenceWord.state == W.UPHELD) & (PresenceWord.decided_at < until), 1))),
        )
        .join(PresenceWord, PresenceWord.attendance_id == Attendance.id)
        .where(Attendance.log_id.in_(list(log_ids)), PresenceWord.created_at < until)
        .group_by(Attendance.log_id)
    )
    return {log_id: (yes, upheld) for log_id, yes, upheld in db.session.execute(query) if log_id is not None}
