"""A list of people to be served one by one: made, ticked at the door, and recorded once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Select,
    String,
    UniqueConstraint,
    and_,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.attendance import Outcome, Presence
from models.base import Fen, PublicRow, Refused, Utc, db, now
from models.events import record
from models.people import Person
from models.permissions import Permission
from models.projects import Project

if TYPE_CHECKING:
    from models.accounts import Actor

MOST_LINES = 500
# What may be ticked at a door: 送达, 不在, 拒收.
DOOR_OUTCOMES = (Outcome.SEEN, Outcome.NOT_IN, Outcome.REFUSED)


@dataclass(frozen=True)
class Source:
    """Who handed a task down, on what ground, and with how much money. Source: domain/checklist.md R85 (费随事转)."""

    department: str
    basis: str
    money: int = 0


class ServiceList(PublicRow):
    """One list of a project. Whether it was recorded is read from the record that names it."""

    __tablename__ = "service_lists"
    __table_args__ = (
        Index("ix_service_lists_project_id", "project_id", "id"),
        CheckConstraint("(department IS NULL) = (basis IS NULL)", name="handed_down_on_a_ground"),
        CheckConstraint("money >= 0 AND (money = 0 OR department IS NOT NULL)", name="money_comes_with_the_task"),
    )
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("projects.id"))
    organization_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("organizations.id"), index=True)
    title: Mapped[str] = mapped_column(String(80))
    goods: Mapped[str] = mapped_column(String(120))
    on_day: Mapped[date] = mapped_column(Date)
    department: Mapped[str | None] = mapped_column(String(80))
    basis: Mapped[str | None] = mapped_column(String(200))
    money: Mapped[Fen] = mapped_column(default=0)
    made_by_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    dropped_at: Mapped[Utc | None]

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the lists of one's organization's projects, or of those that the committee serves itself."""
        reach = actor.reach(permission)
        own = and_(cls.organization_id.is_(None), reach.communities(cls.community_id))
        return select(cls).where(or_(own, reach.organizations(cls.organization_id)))

    @classmethod
    def printable_by(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the lists that somebody may print: one's own, and those of every organization in one's community.

        Whoever keeps the register of a community may read its doors; ticking stays with those who go.
        """
        reach = actor.reach(permission)
        return select(cls).where(or_(reach.communities(cls.community_id), reach.organizations(cls.organization_id)))

    @classmethod
    def draw_up(
        cls,
        project: Project,
        people: Sequence[Person],
        title: str,
        *,
        by: Actor,
        goods: str,
        on_day: date,
        source: Source | None = None,
    ) -> ServiceList:
        """Draw a list up. A task that was handed down names who handed it down, on what ground, with how much money.

        Errors: Refused("title_needed", "goods_needed", "nobody_chosen", "list_too_long",
        "person_of_another_community", "source_incomplete").
        """
        if not title.strip():
            raise Refused("title_needed")
        if not goods.strip():
            raise Refused("goods_needed")
        if not people:
            raise Refused("nobody_chosen")
        if len(people) > MOST_LINES:
            raise Refused("list_too_long", most=MOST_LINES)
        if any(person.community_id != project.community_id for person in people):
            raise Refused("person_of_another_community")
        _check_source(source)
        one = cls(
            community_id=project.community_id, project_id=project.id, organization_id=project.organization_id,
            title=title.strip(), goods=goods.strip(), on_day=on_day, made_by_id=by.account_id,
            department=source.department.strip() if source else None, basis=source.basis.strip() if source else None,
            money=source.money if source else 0,
        ).save()  # fmt: skip
        db.session.add_all(ServiceListLine(list_id=one.id, person_id=person.id) for person in people)
        db.session.flush()
        details = {"people": len(people), "handed_down": source is not None, "money": one.money}
        record("service_list.draw_up", by=by, about=[one, project], community_id=one.community_id, details=details)
        return one

    def tick(self, line: ServiceListLine, outcome: Outcome, *, by: Actor) -> None:
        """Note how it went at one door; until the list is recorded a tick may be changed.

        Errors: Refused("list_is_recorded", "list_was_dropped", "outcome_not_for_doors").
        """
        if outcome not in DOOR_OUTCOMES:
            raise Refused("outcome_not_for_doors")
        self.check_open()
        line.outcome, line.ticked_at, line.ticked_by_id = outcome, now(), by.account_id
        record("service_list.tick", by=by, about=[self], community_id=self.community_id,
               details={"line": line.id, "outcome": outcome})  # fmt: skip

    def drop(self, *, by: Actor) -> None:
        """Throw a list away that nobody needs. Errors: Refused("list_is_recorded", "list_was_dropped")."""
        self.check_open()
        self.dropped_at = now()
        record("service_list.drop", by=by, about=[self], community_id=self.community_id)

    def check_open(self) -> None:
        """Refuse a change of what is over. Errors: Refused("list_is_recorded", "list_was_dropped")."""
        if self.dropped_at is not None:
            raise Refused("list_was_dropped")
        if recorded([self.id]):
            raise Refused("list_is_recorded")

    def presences(self) -> tuple[Presence, ...]:
        """Return the ticked lines as a record writes them. Errors: Refused("nobody_ticked") and those of check_open."""
        self.check_open()
        query = (
            select(Person, ServiceListLine)
            .join(ServiceListLine, ServiceListLine.person_id == Person.id)
            .where(ServiceListLine.list_id == self.id, ServiceListLine.outcome.is_not(None))
            .order_by(ServiceListLine.id)
        )
        found = tuple(
            Presence(
                person, Outcome(line.outcome or ""), came_at=line.ticked_at if line.outcome == Outcome.SEEN else None
            )
            for person, line in db.session.execute(query)
        )
        if not found:
            raise Refused("nobody_ticked")
        return found


class ServiceListLine(PublicRow):
    """One person of a list, and how it went at the door."""

    __tablename__ = "service_list_lines"
    __table_args__ = (
        UniqueConstraint("list_id", "person_id"),
        CheckConstraint("outcome IS NULL OR outcome IN ('SEEN', 'NOT_IN', 'REFUSED')", name="ticked_at_a_door"),
        CheckConstraint("(outcome IS NULL) = (ticked_at IS NULL)", name="a_tick_has_a_time"),
    )
    list_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("service_lists.id"))
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id"), index=True)
    outcome: Mapped[Outcome | None] = mapped_column(String(10))
    ticked_at: Mapped[Utc | None]
    ticked_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))

    @classmethod
    def of(cls, one: ServiceList, public_id: str) -> ServiceListLine:
        """Return a line of a list, or raise NotFound."""
        return cls.find(public_id, select(cls).where(cls.list_id == one.id))


def _check_source(source: Source | None) -> None:
    if source is not None and (len(source.department.strip()) < 2 or len(source.basis.strip()) < 2):
        raise Refused("source_incomplete")


def recorded(ids: Sequence[int]) -> dict[int, str]:
    """Return the living record of each list, by its public id; records lie downstream, so they are asked by name."""
    logs = db.metadata.tables["service_logs"]
    query = select(logs.c.list_id, logs.c.public_id).where(logs.c.list_id.in_(list(ids)), logs.c.state != "VOIDED")
    return dict(db.session.execute(query).all())
