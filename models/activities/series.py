"""An activity that comes back: every week on some days until a day. Each time is an activity of its own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Date, ForeignKey, Select, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import revisions
from models.activities.changing import NOTHING, Wants
from models.activities.row import Activity
from models.base import SHANGHAI, PublicRow, Refused, Utc, db, now
from models.events import record
from models.permissions import Permission
from models.places import Place
from models.projects import Project
from models.working_time import local_day

if TYPE_CHECKING:
    from models.accounts import Actor

MOST = 60


class ActivitySeries(PublicRow):
    """What ties the times of one activity together: on which weekdays (1 is Monday), and until when."""

    __tablename__ = "activity_series"
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("organizations.id"))
    weekdays: Mapped[str] = mapped_column(String(7))
    until: Mapped[date] = mapped_column(Date)
    made_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    stopped_at: Mapped[Utc | None]

    @classmethod
    def announce(
        cls, community: Place, title: str, *, by: Actor, weekdays: Collection[int], until: date, content: str, place: str,
        starts_at: datetime, ends_at: datetime, in_charge: str, capacity: int | None = None,
        project: Project | None = None, wants: Wants = NOTHING,
    ) -> list[Activity]:  # fmt: skip
        """Announce an activity that comes back; return its times. Each is changed and called off alone.

        The hours of the day are those of the first time; Shanghai has no summer time.
        Errors: Refused("weekday_needed", "series_without_days", "too_many_times", "project_of_another_community") and
        those of Activity.announce.
        """
        days = _days(local_day(starts_at), until, weekdays)
        series = cls(
            community_id=community.id, organization_id=project.organization_id if project else None,
            weekdays="".join(str(day) for day in sorted(set(weekdays))), until=until, made_by_id=by.account_id,
        ).save()  # fmt: skip
        first, clock, lasts = local_day(starts_at), starts_at.astimezone(SHANGHAI), ends_at - starts_at
        times = []
        for day in days:
            begins = (clock + (day - first)).astimezone(SHANGHAI)
            times.append(
                Activity._put_up(
                    community, title, by=by, content=content, place=place, starts_at=begins, ends_at=begins + lasts,
                    in_charge=in_charge, capacity=capacity, project=project, wants=wants, series_id=series.id,
                )
            )  # fmt: skip
        kept = revisions.keep(times[0], "content", times[0].content, by=by)
        about: list[Any] = [series, *times, *([project] if project else [])]
        record(
            "activity_series.announce", by=by, about=about, community_id=community.id,
            details={"weekdays": series.weekdays, "until": until, "times": len(times), "content": kept},
        )  # fmt: skip
        return times

    @classmethod
    def of(cls, activity: Activity) -> ActivitySeries:
        """Return the series to which an activity belongs. Errors: Refused("nothing_left_of_the_series")."""
        if activity.series_id is None:
            raise Refused("nothing_left_of_the_series")
        return cls.get(activity.series_id)

    def cancel_rest(self, reason: str, *, by: Actor) -> int:
        """Call off all times that have not begun, in one act; return how many. Whoever signed up is told.

        Errors: Refused("reason_needed", "nothing_left_of_the_series").
        """
        query = select(Activity).where(
            Activity.series_id == self.id, Activity.starts_at > now(), Activity.cancelled_at.is_(None)
        )
        rest = list(db.session.scalars(query.order_by(Activity.starts_at)))
        if not rest:
            raise Refused("nothing_left_of_the_series")
        kept = [one._call_off(reason, by) for one in rest]
        self.stopped_at = now()
        record("activity_series.cancel_rest", by=by, about=[self, *rest], community_id=self.community_id,
               details={"times": len(rest), "reason": kept[0]})  # fmt: skip
        return len(rest)

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the series of the communities and organizations in reach."""
        reach = actor.reach(permission)
        return select(cls).where(or_(reach.communities(cls.community_id), reach.organizations(cls.organization_id)))


def _days(first: date, until: date, weekdays: Collection[int]) -> list[date]:
    """Return the days on which a series takes place.

    Errors: Refused("weekday_needed", "series_without_days", "too_many_times").
    """
    if not weekdays:
        raise Refused("weekday_needed")
    span = min((until - first).days, 7 * MOST + 7)
    days = [first + timedelta(days=n) for n in range(span + 1) if (first + timedelta(days=n)).isoweekday() in weekdays]
    if not days:
        raise Refused("series_without_days")
    if len(days) > MOST:
        raise Refused("too_many_times", most=MOST)
    return days
