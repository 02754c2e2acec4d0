"""Who stands on which list of a community: the people served, and those who help; each line as the office keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Date, ForeignKey, Index, Integer, Select, String, and_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import ciphers
from models.base import PublicRow, db
from models.people import Person, PersonState
from models.projects import Project

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.permissions import Permission

PAGE = 50


class Roster(StrEnum):
    """Which list: 服务对象, 志愿者."""

    SERVED = "SERVED"
    VOLUNTEERS = "VOLUNTEERS"


class RosterEntry(PublicRow):
    """One person on one list. What the office counted before is told as it was, and counts nowhere."""

    __tablename__ = "roster_entries"
    __table_args__ = (
        Index("ix_roster_entries_community_id_roster", "community_id", "roster", "id"),
        Index("uq_roster_entries_person_roster", "person_id", "roster", unique=True),
    )
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    roster: Mapped[Roster] = mapped_column(String(12))
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id"))
    project_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("projects.id"), index=True)
    # A line that is just coming in with a ledger is not seen.
    shown: Mapped[bool] = mapped_column(default=True)
    number: Mapped[str | None] = mapped_column(String(40))
    since: Mapped[date | None] = mapped_column(Date)
    last_seen_on: Mapped[date | None] = mapped_column(Date)
    skills: Mapped[str | None] = mapped_column(String(200))
    times: Mapped[str | None] = mapped_column(String(200))
    minutes_before: Mapped[int | None] = mapped_column(Integer)
    note: Mapped[str | None] = mapped_column(String(200))
    ledger_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("ledgers.id"), index=True)

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the lines of the communities in reach."""
        return select(cls).where(actor.reach(permission).communities(cls.community_id), cls.shown.is_(True))


@dataclass(frozen=True)
class RosterLine:
    """A line of a list, the number masked."""

    public_id: str
    person_public_id: str
    name: str
    phone: str
    building: str
    number: str
    project: str
    since: date | None
    last_seen_on: date | None
    skills: str
    times: str
    minutes_before: int | None


def lines(
    actor: Actor, permission: Permission, roster: Roster, *, before: int | None = None
) -> tuple[list[RosterLine], int | None]:
    """Return a list within reach, the newest lines first, and where its next page begins."""
    here = and_(Person.id == RosterEntry.person_id, Person.state.in_([PersonState.ACTIVE, PersonState.REFUSES]))
    query = (
        RosterEntry.visible_to(actor, permission)
        .add_columns(Person, Project.title)
        .join(Person, here)
        .outerjoin(Project, Project.id == RosterEntry.project_id)
        .where(RosterEntry.roster == roster)
        .order_by(RosterEntry.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        query = query.where(RosterEntry.id < before)
    rows = db.session.execute(query).all()
    found = [
        RosterLine(
            one.public_id, p.public_id, p.name, ciphers.mask_phone(p.phone), p.building or "", one.number or "",
            project or "", one.since, one.last_seen_on, one.skills or "", one.times or "", one.minutes_before,
        )
        for one, p, project in rows[:PAGE]
    ]  # fmt: skip
    return found, rows[PAGE - 1][0].id if len(rows) > PAGE else None
