"""What is still open after an activity: who signed up and did not come, and who came and never checked out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select

from models.activities import Activity
from models.attendance.row import THERE, Attendance, Outcome, Part
from models.base import db, now
from models.events import Doer, record
from models.permissions import Permission
from models.states import AttendanceState
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor

# A paper list and a phone without a network may come the next day; after ten days nobody asks any more.
GRACE, LATELY = timedelta(hours=24), timedelta(days=10)
COUNTED_FOR = timedelta(days=180)


def note_absences(*, by: Doer) -> int:
    """Note as absent who was expected at activities that ended a day ago and whose list was taken; return how many.

    Where nobody at all was noted as present nobody kept the list, and nobody is said to have stayed away.
    """
    taken = select(Attendance.id).where(Attendance.activity_id == Activity.id, Attendance.state.in_(THERE))
    query = select(Activity).where(
        Activity.ends_at <= now() - GRACE, Activity.ends_at > now() - LATELY, Activity.cancelled_at.is_(None),
        Activity.absences_noted_at.is_(None), taken.exists(),
    )  # fmt: skip
    over = list(db.session.scalars(query.order_by(Activity.id)))
    if not over:
        return 0
    rows = list(
        db.session.scalars(
            select(Attendance)
            .where(
                Attendance.activity_id.in_([one.id for one in over]), Attendance.state == AttendanceState.EXPECTED
            )
            .order_by(Attendance.id)
        )
    )  # fmt: skip
    for row in rows:
        row._stay_away()
    for one in over:
        one.absences_noted_at = now()
    record("attendance.note_absences", by=by, about=[*over, *rows], details={"absent": len(rows)})
    return len(rows)


def no_shows(person_ids: Collection[int]) -> dict[int, int]:
    """Return how often somebody signed up and did not come within half a year: for themselves and those in charge alone."""
    query = (
        select(Attendance.person_id, func.count())
        .where(
            Attendance.person_id.in_(list(person_ids)), Attendance.absence == Outcome.NO_SHOW,
            Attendance.state == AttendanceState.ABSENT, Attendance.state_at > now() - COUNTED_FOR,
        )
        .group_by(Attendance.person_id)
    )  # fmt: skip
    return {person_id or 0: count for person_id, count in db.session.execute(query)}


def _open_outs() -> list[Any]:
    return [
        Attendance.part == Part.VOLUNTEER, Attendance.state.in_(THERE), Attendance.came_at.is_not(None),
        Attendance.left_at.is_(None), Activity.ends_at <= now(), Activity.ends_at > now() - LATELY,
        Activity.cancelled_at.is_(None),
    ]  # fmt: skip


def ask_who_left(*, by: Doer) -> int:
    """Ask in the evening, once, the volunteers who came and did not check out; return how many.

    They are told in the app or stand on the to-notify list; whoever announced the activity is told how many lack.
    Source: domain/formulas.md D8.
    """
    query = select(Attendance, Activity).join(Activity, Activity.id == Attendance.activity_id)
    rows = db.session.execute(
        query.where(*_open_outs(), Attendance.asked_out_at.is_(None)).order_by(Attendance.id)
    ).all()
    of: dict[int, list[Attendance]] = {}
    activities = {}
    for row, activity in rows:
        row.asked_out_at = now()
        activities[activity.id] = activity
        of.setdefault(activity.id, []).append(row)
    for number, open_ones in of.items():
        one = activities[number]
        people = {row.person_id for row in open_ones if row.person_id is not None}
        tell(one, "when_did_you_leave", people=people, community_id=one.community_id, followers=False, what=one.title)
        if one.made_by_id is not None:
            tell(one, "check_outs_lack", accounts=[one.made_by_id], community_id=one.community_id, followers=False,
                 what=one.title, n=len(open_ones))  # fmt: skip
    if rows:
        about = [*activities.values(), *(row for row, _ in rows)]
        record("attendance.ask_who_left", by=by, about=about, details={"asked": len(rows)})
    return len(rows)


def outs_lacking(actor: Actor, limit: int) -> list[tuple[str, str, int]]:
    """Return the activities within reach at which volunteers never checked out: id, title and how many."""
    reach = actor.reach(Permission.WRITE_LOG)
    own = or_(
        reach.organizations(Attendance.organization_id),
        and_(Attendance.organization_id.is_(None), reach.communities(Attendance.community_id)),
    )
    hours = db.metadata.tables["hour_records"]
    proposed = select(hours.c.attendance_id).where(
        hours.c.attendance_id == Attendance.id, hours.c.state.in_(["PROPOSED", "COUNTED"])
    )
    query = (
        select(Activity.public_id, Activity.title, func.count())
        .join(Attendance, Attendance.activity_id == Activity.id)
        .where(*_open_outs(), own, ~proposed.exists())
        .group_by(Activity.id, Activity.public_id, Activity.title)
        .order_by(Activity.id)
        .limit(limit)
    )
    return [(public_id, title, n) for public_id, title, n in db.session.execute(query)]
