"""What is announced with a place and a time: people sign up, and the log of the day points back to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, Select, String, Text, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import revisions
from models.base import PublicRow, Refused, Utc, db, draw, now, today
from models.events import Doer, record
from models.permissions import Permission
from models.places import Place
from models.projects import Project
from models.tellings import tell
from models.working_time import start_of

if TYPE_CHECKING:
    from models.accounts import Actor

LONGEST = timedelta(hours=24)


class Activity(PublicRow):
    """One activity of a community, of a project or of the committee itself."""

    __tablename__ = "activities"
    __table_args__ = (
        Index("ix_activities_community_id_starts_at", "community_id", "starts_at"),
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_positive"),
    )
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    project_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("projects.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("organizations.id"), index=True)
    title: Mapped[str] = mapped_column(String(80))
    content: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(120))
    starts_at: Mapped[Utc]
    ends_at: Mapped[Utc]
    capacity: Mapped[int | None] = mapped_column(Integer)
    code: Mapped[str] = mapped_column(String(6))
    in_charge: Mapped[str] = mapped_column(String(60))
    made_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    cancelled_at: Mapped[Utc | None]
    cancel_reason: Mapped[str | None] = mapped_column(Text)
    reminded_at: Mapped[Utc | None]  # when those who signed up were reminded of the day

    @classmethod
    def announce(
        cls,
        community: Place,
        title: str,
        *,
        by: Actor,
        content: str,
        place: str,
        starts_at: datetime,
        ends_at: datetime,
        in_charge: str,
        capacity: int | None = None,
        project: Project | None = None,
    ) -> Activity:
        """Announce an activity; its code of six digits is for checking in on the day.

        Errors: Refused("title_needed", "ends_before_it_starts", "activity_too_long", "activity_in_the_past",
        "project_of_another_community").
        """
        one = cls._put_up(
            community, title, by=by, content=content, place=place, starts_at=starts_at, ends_at=ends_at,
            in_charge=in_charge, capacity=capacity, project=project,
        )  # fmt: skip
        kept = revisions.keep(one, "content", one.content, by=by)
        record(
            "activity.announce",
            by=by,
            about=[one] if project is None else [one, project],
            community_id=community.id,
            details={"starts": starts_at, "capacity": capacity, "content": kept},
        )
        return one

    @classmethod
    def _put_up(
        cls,
        community: Place,
        title: str,
        *,
        by: Actor,
        content: str,
        place: str,
        starts_at: datetime,
        ends_at: datetime,
        in_charge: str,
        capacity: int | None,
        project: Project | None,
    ) -> Activity:
        """Put an activity on the board; a step of the verb that announces it, or of the report that came before it."""
        if not title.strip():
            raise Refused("title_needed")
        check_times(starts_at, ends_at)
        if project is not None and project.community_id != community.id:
            raise Refused("project_of_another_community")
        return cls(
            community_id=community.id,
            project_id=project.id if project else None,
            organization_id=project.organization_id if project else None,
            title=title.strip(),
            content=content.strip(),
            place=place.strip(),
            starts_at=starts_at,
            ends_at=ends_at,
            capacity=capacity,
            code="".join(draw.choice("0123456789") for _ in range(6)),
            in_charge=in_charge.strip(),
            made_by_id=by.account_id,
        ).save()

    @classmethod
    def remind_all(cls, *, by: Doer) -> int:
        """Remind everybody who signed up for tomorrow's activities, once; return of how many activities.

        Whoever has no account stands on the to-notify list, to be phoned.
        """
        first = start_of(today() + timedelta(days=1))
        query = select(cls).where(
            cls.starts_at >= first, cls.starts_at < first + timedelta(days=1), cls.cancelled_at.is_(None),
            cls.reminded_at.is_(None),
        )  # fmt: skip
        coming = list(db.session.scalars(query.order_by(cls.id)))
        for one in coming:
            one.reminded_at = now()
            tell(
                one, "activity_tomorrow", people=_signed_up(one.id, "EXPECTED"), community_id=one.community_id,
                followers=False, what=one.title, at=one.starts_at.isoformat(), place=one.place,
            )  # fmt: skip
        if coming:
            record("activity.remind", by=by, about=coming, details={"activities": len(coming)})
        return len(coming)

    def cancel(self, reason: str, *, by: Actor) -> None:
        """Call an activity off; everybody who signed up is told. Errors: Refused("reason_needed", "activity_over")."""
        if len(reason.strip()) < 2:
            raise Refused("reason_needed")
        self.check_open()
        self.cancelled_at, self.cancel_reason = now(), reason.strip()
        kept = revisions.keep(self, "cancel_reason", self.cancel_reason, by=by)
        tell(
            self,
            "activity_cancelled",
            people=_signed_up(self.id, "EXPECTED", "WAITLISTED"),
            community_id=self.community_id,
        )
        record("activity.cancel", by=by, about=[self], community_id=self.community_id, details={"reason": kept})

    def check_open(self) -> None:
        """Refuse what is over or called off. Errors: Refused("activity_cancelled", "activity_over")."""
        if self.cancelled_at is not None:
            raise Refused("activity_cancelled")
        if self.ends_at <= now():
            raise Refused("activity_over")

    def check_list_open(self) -> None:
        """Refuse a list of those who came before anybody can have come. Errors: Refused("list_is_closed")."""
        if self.cancelled_at is not None or self.starts_at > now() + timedelta(hours=2):
            raise Refused("list_is_closed")

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the activities of the communities and organizations in reach."""
        reach = actor.reach(permission)
        return select(cls).where(or_(reach.communities(cls.community_id), reach.organizations(cls.organization_id)))


def check_times(starts_at: datetime, ends_at: datetime) -> None:
    """Refuse a time at which nothing can take place.

    Errors: Refused("ends_before_it_starts", "activity_too_long", "activity_in_the_past").
    """
    if ends_at <= starts_at:
        raise Refused("ends_before_it_starts")
    if ends_at - starts_at > LONGEST:
        raise Refused("activity_too_long")
    if ends_at <= now():
        raise Refused("activity_in_the_past")


def _signed_up(activity_id: int, *states: str) -> set[int]:
    rows = db.metadata.tables["attendances"]
    query = select(rows.c.person_id).where(rows.c.activity_id == activity_id, rows.c.state.in_(states))
    return {person_id for person_id in db.session.scalars(query) if person_id is not None}


def within(actor: Actor, rows: Sequence[Activity]) -> set[int]:
    """Return which of the activities somebody works on; asked of the grants alone, no query is needed."""
    reach = actor.reach(Permission.WRITE_LOG)
    return {
        one.id
        for one in rows
        if one.community_id in reach.community_ids or one.organization_id in reach.organization_ids
    }
