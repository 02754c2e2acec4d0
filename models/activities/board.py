"""The board of activities as everybody reads it: what is coming, what was, and a calendar of weeks."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select

from models.activities.row import Activity
from models.base import SHANGHAI, db, now, today
from models.permissions import Permission
from models.places import Place, PlaceKind
from models.working_time import start_of

if TYPE_CHECKING:
    from models.accounts import Actor

HOLDS_A_PLACE = ("EXPECTED", "PRESENT", "CONFIRMED", "DISPUTED")
# A calendar on a phone keeps what was lately and everything to come.
KEEPS = timedelta(days=60)
MOST_IN_FEED, MOST_IN_SHEET = 300, 400


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
    version: int
    changed_at: datetime

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
            community, phone, organization, a.cancelled_at is not None, a.version, a.cancelled_at or a.created_at,
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


def of_today(actor: Actor) -> list[Notice]:
    """Return the activities of today that somebody works on, the first one first."""
    reach, day = actor.reach(Permission.WRITE_LOG), today()
    own = and_(Activity.organization_id.is_(None), reach.communities(Activity.community_id))
    return _notices(
        or_(own, reach.organizations(Activity.organization_id)), Activity.cancelled_at.is_(None),
        Activity.ends_at > start_of(day), Activity.starts_at < start_of(day + timedelta(days=1)),
    )  # fmt: skip


def titles_of_project(project_id: int, since: datetime, limit: int = 20) -> list[tuple[str, str]]:
    """Return id and title of the activities of a project since an instant, for the choice in a log's form."""
    query = select(Activity.public_id, Activity.title).where(
        Activity.project_id == project_id, Activity.starts_at > since, Activity.starts_at <= now(),
        Activity.cancelled_at.is_(None),
    )  # fmt: skip
    rows = db.session.execute(query.order_by(Activity.starts_at.desc(), Activity.id.desc()).limit(limit))
    return [(public_id, title) for public_id, title in rows]


@dataclass(frozen=True)
class CalendarDay:
    """One day of a calendar: whether it lies in the month that is shown, and what takes place or was called off."""

    on: date
    inside: bool
    notices: tuple[Notice, ...]


@dataclass(frozen=True)
class CalendarSheet:
    """A month or a week of activities, in whole weeks from Monday on, with the days before and after it."""

    first: date
    last: date
    weeks: tuple[tuple[CalendarDay, ...], ...]
    before: date
    after: date

    @property
    def busy(self) -> tuple[CalendarDay, ...]:
        """Return the days inside on which something takes place."""
        return tuple(day for week in self.weeks for day in week if day.inside and day.notices)


def month_sheet(on: date, community_id: int | None = None) -> CalendarSheet:
    """Return the month in which a day lies, of one community or of all. It is public."""
    first = on.replace(day=1)
    last = on.replace(day=calendar.monthrange(on.year, on.month)[1])
    return _sheet(first, last, first - timedelta(days=1), last + timedelta(days=1), community_id)


def week_sheet(on: date, community_id: int | None = None) -> CalendarSheet:
    """Return the week from Monday on in which a day lies, of one community or of all. It is public."""
    first = on - timedelta(days=on.weekday())
    return _sheet(first, first + timedelta(days=6), first - timedelta(days=7), first + timedelta(days=7), community_id)


def _sheet(first: date, last: date, before: date, after: date, community_id: int | None) -> CalendarSheet:
    monday, sunday = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    conditions = [Activity.starts_at >= start_of(first), Activity.starts_at < start_of(last + timedelta(days=1))]
    if community_id is not None:
        conditions.append(Activity.community_id == community_id)
    on: dict[date, list[Notice]] = {}
    for one in _notices(*conditions, limit=MOST_IN_SHEET):
        on.setdefault(one.starts_at.astimezone(SHANGHAI).date(), []).append(one)
    days = [monday + timedelta(days=n) for n in range((sunday - monday).days + 1)]
    drawn = [CalendarDay(day, first <= day <= last, tuple(on.get(day, ()))) for day in days]
    return CalendarSheet(first, last, tuple(tuple(drawn[n : n + 7]) for n in range(0, len(drawn), 7)), before, after)


def feed_of(community: Place) -> list[Notice]:
    """Return what a calendar that follows a community holds: the last weeks and all to come, what was called off too."""
    lately = Activity.starts_at > now() - KEEPS
    return _notices(Activity.community_id == community.id, lately, limit=MOST_IN_FEED)


def communities() -> list[tuple[str, str]]:
    """Return the communities whose calendars can be read, in the order of their codes. It is public."""
    query = select(Place.public_id, Place.name).where(Place.kind == PlaceKind.COMMUNITY).order_by(Place.code)
    return [(public_id, name) for public_id, name in db.session.execute(query)]


def community_of(public_id: str) -> Place:
    """Return the community whose calendar is read, or raise NotFound. It is public."""
    return Place.find(public_id, select(Place).where(Place.kind == PlaceKind.COMMUNITY))
