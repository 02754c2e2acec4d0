"""What is announced with a place and a time: people sign up, and the log of the day points back to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, Integer, Select, String, Text, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import revisions
from models.activities.changing import NOTHING, Changing, Wants, check_times, signed_up
from models.base import PublicRow, Refused, Utc, db, draw, now, today
from models.events import Doer, record
from models.permissions import Permission
from models.places import Place
from models.projects import Project
from models.tellings import tell
from models.volunteer_profiles import Skill
from models.working_time import start_of

if TYPE_CHECKING:
    from models.accounts import Actor


class Activity(Changing, PublicRow):
    """One activity of a community, of a project or of the committee itself."""

    __tablename__ = "activities"
    __table_args__ = (
        Index("ix_activities_community_id_starts_at", "community_id", "starts_at"),
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_positive"),
        CheckConstraint(
            "(insurance_no IS NULL AND insured_from IS NULL AND insured_until IS NULL) OR "
            "(insurance_no IS NOT NULL AND insured_from <= insured_until)",
            name="an_insurance_has_its_days",
        ),
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
    series_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("activity_series.id"), index=True)
    # What whoever helps must be able to do; those who only take part need nothing.
    skill: Mapped[Skill | None] = mapped_column(String(12))
    # What may happen; where something is written the activity is a risky one and wants an insurance first.
    risk: Mapped[str | None] = mapped_column(String(200))
    insurance_no: Mapped[str | None] = mapped_column(String(60))
    insured_from: Mapped[date | None] = mapped_column(Date)
    insured_until: Mapped[date | None] = mapped_column(Date)
    absences_noted_at: Mapped[Utc | None]  # when those who had not come were noted as absent

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
        wants: Wants = NOTHING,
    ) -> Activity:
        """Announce an activity; its code of six digits is for checking in on the day.

        Errors: Refused("title_needed", "ends_before_it_starts", "activity_too_long", "activity_in_the_past",
        "project_of_another_community").
        """
        one = cls._put_up(
            community, title, by=by, content=content, place=place, starts_at=starts_at, ends_at=ends_at,
            in_charge=in_charge, capacity=capacity, project=project, wants=wants,
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
        wants: Wants = NOTHING,
        series_id: int | None = None,
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
            skill=wants.skill,
            risk=wants.risk.strip() or None,
            series_id=series_id,
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
                one, "activity_tomorrow", people=signed_up(one.id, "EXPECTED"), community_id=one.community_id,
                followers=False, what=one.title, at=one.starts_at.isoformat(), place=one.place,
            )  # fmt: skip
        if coming:
            record("activity.remind", by=by, about=coming, details={"activities": len(coming)})
        return len(coming)

    def cancel(self, reason: str, *, by: Actor) -> None:
        """Call an activity off; everybody who signed up is told. Errors: Refused("reason_needed", "activity_over")."""
        kept = self._call_off(reason, by)
        record("activity.cancel", by=by, about=[self], community_id=self.community_id, details={"reason": kept})

    def _call_off(self, reason: str, by: Actor) -> str:
        """Call one off and return the digest of the reason; a step of whoever calls off one, or the rest of a series."""
        if len(reason.strip()) < 2:
            raise Refused("reason_needed")
        self.check_open()
        self.cancelled_at, self.cancel_reason = now(), reason.strip()
        tell(
            self,
            "activity_cancelled",
            people=signed_up(self.id, "EXPECTED", "WAITLISTED"),
            community_id=self.community_id,
        )
        return revisions.keep(self, "cancel_reason", self.cancel_reason, by=by)

    def check_open(self) -> None:
        """Refuse what is over or called off. Errors: Refused("activity_cancelled", "activity_over")."""
        if self.cancelled_at is not None:
            raise Refused("activity_cancelled")
        if self.ends_at <= now():
            raise Refused("activity_over")

    def check_list_open(self) -> None:
        """Refuse a list of those who came before anybody can have come, or without the insurance that it needs.

        Errors: Refused("list_is_closed", "insurance_needed").
        """
        self.check_insured()
        if self.cancelled_at is not None or self.starts_at > now() + timedelta(hours=2):
            raise Refused("list_is_closed")

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the activities of the communities and organizations in reach."""
        reach = actor.reach(permission)
        return select(cls).where(or_(reach.communities(cls.community_id), reach.organizations(cls.organization_id)))


def within(actor: Actor, rows: Sequence[Activity]) -> set[int]:
    """Return which of the activities somebody works on; asked of the grants alone, no query is needed."""
    reach = actor.reach(Permission.WRITE_LOG)
    return {
        one.id
        for one in rows
        if one.community_id in reach.community_ids or one.organization_id in reach.organization_ids
    }


def may_read_list(actor: Actor, one: Activity) -> bool:
    """Tell whether somebody may read who came: whoever works on it, and the auditors of the place."""
    if not actor.may(Permission.READ_CHECK_INS):
        return False
    reach = Activity.visible_to(actor, Permission.READ_CHECK_INS).where(Activity.id == one.id)
    return bool(within(actor, [one])) or db.session.scalar(reach.with_only_columns(Activity.id)) is not None
