"""打印包: what goes out on paper today, and what stands on each sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from models import attendance, service_lists, service_log, volunteering
from models.activities import Activity
from models.attendance import THERE, Attendance, Part, Seat
from models.base import db, now
from models.people import Person, homes
from models.permissions import Permission as P
from models.projects import Project
from models.reports import Period
from models.service_lists import ListLine
from models.service_log import ServiceLog, Workplace
from models.states import AttendanceState, ServiceLogState
from models.volunteering import RecordLine

if TYPE_CHECKING:
    from models.accounts import Actor

# Somebody comes without having signed up: so many lines stay blank at least, and a sheet fills its page.
BLANK, SHORTEST = 4, 20
MOST_BLANK = 60
EACH = 12


@dataclass(frozen=True)
class Coming:
    """An activity for which sheets are wanted: from yesterday on, that a late sheet can still be printed."""

    public_id: str
    title: str
    starts_at: datetime
    place: str


@dataclass(frozen=True)
class Kit:
    """The things at hand for which there are sheets."""

    activities: tuple[Coming, ...]
    lists: tuple[ListLine, ...]
    projects: tuple[Workplace, ...]
    # The lists that are ticked by oneself; those of others are only printed.
    own_lists: frozenset[str] = frozenset()


def kit(actor: Actor) -> Kit:
    """Return the activities, lists and projects for which there is something to print.

    A committee prints for the organizations that serve in its community too: paper hangs and lies in its own rooms.
    """
    if not actor.may(P.WRITE_LOG):
        return Kit((), (), ())
    reach = actor.reach(P.WRITE_LOG)
    near = or_(reach.communities(Activity.community_id), reach.organizations(Activity.organization_id))
    query = (
        select(Activity)
        .where(
            near, Activity.ends_at > now() - timedelta(days=1), Activity.cancelled_at.is_(None)
        )
        .order_by(Activity.starts_at, Activity.id)
        .limit(EACH)
    )  # fmt: skip
    coming = tuple(Coming(a.public_id, a.title, a.starts_at, a.place) for a in db.session.scalars(query))
    lists = service_lists.printable(actor)
    waiting = tuple(one for one in lists if one.log_public_id is None)[:EACH]
    own = frozenset(one.public_id for one in service_lists.lines(actor)[0])
    return Kit(coming, waiting, tuple(service_log.workplaces(actor, whole_community=True)[:EACH]), own)


@dataclass(frozen=True)
class SignInSheet:
    """The sheet of an activity: those who signed up, those who wait for a place, and blank lines for the others."""

    expected: tuple[Seat, ...]
    waiting: tuple[Seat, ...]
    blank: int


def sign_in_sheet(activity: Activity) -> SignInSheet:
    """Return who may sign on the sheet of an activity, and how many lines stay blank."""
    seats = attendance.seats_of_activities([activity.id]).get(activity.id, [])
    waiting = tuple(one for one in seats if one.state == AttendanceState.WAITLISTED)
    gone = (AttendanceState.WAITLISTED, AttendanceState.ABSENT)
    expected = tuple(one for one in seats if one.state not in gone)
    return SignInSheet(expected, waiting, max(BLANK, SHORTEST - len(expected) - len(waiting)))


@dataclass(frozen=True)
class ServedLine:
    """Somebody whom a project serves: how often, and when last."""

    name: str
    door: str
    times: int
    last_at: datetime


def people_of(project: Project) -> list[ServedLine]:
    """Return whom a project served in approved records, by door (服务名单); merged entries are one person."""
    other = Person.__table__.alias("other")
    query = (
        select(Person.id, func.coalesce(other.c.id, Person.id), func.count(), func.max(ServiceLog.started_at))
        .select_from(Attendance)
        .join(ServiceLog, ServiceLog.id == Attendance.log_id)
        .join(Person, Person.id == Attendance.person_id)
        .outerjoin(other, other.c.id == Person.merged_into_id)
        .where(
            ServiceLog.project_id == project.id, ServiceLog.state == ServiceLogState.APPROVED,
            Attendance.part == Part.SERVED, Attendance.state.in_(THERE),
        )
        .group_by(Person.id, other.c.id)
    )  # fmt: skip
    found: dict[int, tuple[int, datetime]] = {}
    for _entry, who, times, last in db.session.execute(query):
        before = found.get(who)
        found[who] = (times + (before[0] if before else 0), max(last, before[1]) if before else last)
    people = db.session.scalars(select(Person).where(Person.id.in_(found)))
    named = service_lists.by_door(people)
    home = homes(named)
    return [ServedLine(one.name, home[one.id], *found[one.id]) for one in named]


@dataclass(frozen=True)
class Hours:
    """A volunteer's month: every time that counts, and their sum."""

    name: str
    records: tuple[RecordLine, ...]

    @property
    def minutes(self) -> int:
        """Return the minutes in all."""
        return sum(one.minutes for one in self.records)


def hours_of(actor: Actor, period: Period) -> list[Hours]:
    """Return the volunteer time of a period within reach that counts, one entry a person (志愿者时长表)."""
    of = volunteering.counted_between(actor, P.APPROVE_HOURS, period.since, period.before)
    return [Hours(records[0].name, tuple(records)) for records in of]
