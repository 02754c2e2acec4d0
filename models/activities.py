"""What is announced with a place and a time: people sign up, and the log of the day points back to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, Select, String, Text, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import revisions
from models.base import PublicRow, Refused, Utc, db, draw, now
from models.events import record
from models.permissions import Permission
from models.places import Place
from models.projects import Project
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor

LONGEST = timedelta(hours=24)
HOLDS_A_PLACE = ("EXPECTED", "PRESENT", "CONFIRMED", "DISPUTED")


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
        if not title.strip():
            raise Refused("title_needed")
        _check_times(starts_at, ends_at)
        if project is not None and project.community_id != community.id:
            raise Refused("project_of_another_community")
        one = cls(
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
        kept = revisions.keep(one, "content", one.content, by=by)
        record(
            "activity.announce",
            by=by,
            about=[one] if project is None else [one, project],
            community_id=community.id,
            details={"starts": starts_at, "capacity": capacity, "content": kept},
        )
        return one

    def cancel(self, reason: str, *, by: Actor) -> None:
        """Call an activity off; everybody who signed up is told. Errors: Refused("reason_needed", "activity_over")."""
        if len(reason.strip()) < 2:
            raise Refused("reason_needed")
        self.check_open()
        self.cancelled_at, self.cancel_reason = now(), reason.strip()
        kept = revisions.keep(self, "cancel_reason", self.cancel_reason, by=by)
        tell(self, "activity_cancelled", people=_signed_up(self.id), community_id=self.community_id)
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


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise Refused("ends_before_it_starts")
    if ends_at - starts_at > LONGEST:
        raise Refused("activity_too_long")
    if ends_at <= now():
        raise Refused("activity_in_the_past")


def _signed_up(activity_id: int) -> set[int]:
    rows = db.metadata.tables["attendances"]
    query = select(rows.c.person_id).where(
        rows.c.activity_id == activity_id, rows.c.state.in_(("EXPECTED", "WAITLISTED"))
    )
    return {person_id for person_id in db.session.scalars(query) if person_id is not None}


@dataclass(frozen=True)
class Notice:
    """An activity as everybody may read it: what, when, where and how many places are left."""

    id: int
    public_id: str
    title: str
    content: str
    place: str
    starts_at: datetime
    ends_at: datetime
    capacity: int | None
    taken: int
    in_charge: str
    community: str
    phone: str | None
    organization: str | None
    cancelled: bool

    @property
    def left(self) -> int | None:
        """Return how many places are left; None where everybody may come."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def over(self) -> bool:
        """Tell whether it is past."""
        return self.ends_at <= now()


def _notices(*conditions: Any, newest_first: bool = False, limit: int = 30) -> list[Notice]:
    rows, organizations = db.metadata.tables["attendances"], db.metadata.tables["organizations"]
    taken = (
        select(func.count())
        .where(rows.c.activity_id == Activity.id, rows.c.part == "SERVED", rows.c.state.in_(HOLDS_A_PLACE))
        .correlate(Activity)
        .scalar_subquery()
    )
    order = Activity.starts_at.desc() if newest_first else Activity.starts_at.asc()
    query = (
        select(Activity, taken, Place.name, Place.phone, organizations.c.name)
        .join(Place, Place.id == Activity.community_id)
        .outerjoin(organizations, organizations.c.id == Activity.organization_id)
        .where(*conditions)
        .order_by(order, Activity.id)
        .limit(limit)
    )
    return [
        Notice(
            a.id, a.public_id, a.title, a.content, a.place, a.starts_at, a.ends_at, a.capacity, count, a.in_charge,
            community, phone, organization, a.cancelled_at is not None,
        )
        for a, count, community, phone, organization in db.session.execute(query)
    ]  # fmt: skip


def coming(community_id: int | None = None, limit: int = 30) -> list[Notice]:
    """Return what is still to come, the soonest first, in one community or everywhere. It is public."""
    conditions = [Activity.ends_at > now(), Activity.cancelled_at.is_(None)]
    if community_id is not None:
        conditions.append(Activity.community_id == community_id)
    return _notices(*conditions, limit=limit)


def past(community_id: int | None = None, limit: int = 12) -> list[Notice]:
    """Return what took place lately, the newest first. It is public."""
    conditions = [Activity.ends_at <= now(), Activity.cancelled_at.is_(None)]
    if community_id is not None:
        conditions.append(Activity.community_id == community_id)
    return _notices(*conditions, newest_first=True, limit=limit)


def notice(activity: Activity) -> Notice:
    """Return one activity as everybody may read it."""
    return _notices(Activity.id == activity.id, limit=1)[0]


def of_project(project_id: int, since: datetime, limit: int = 20) -> Sequence[Notice]:
    """Return the activities of a project since an instant, for the choice in a log's form."""
    return _notices(
        Activity.project_id == project_id, Activity.starts_at > since, Activity.starts_at <= now(),
        Activity.cancelled_at.is_(None), newest_first=True, limit=limit,
    )  # fmt: skip


def within(actor: Actor, rows: Sequence[Activity]) -> set[int]:
    """Return which of the activities somebody works on; asked of the grants alone, no query is needed."""
    reach = actor.reach(Permission.WRITE_LOG)
    return {
        one.id
        for one in rows
        if one.community_id in reach.community_ids or one.organization_id in reach.organization_ids
    }
