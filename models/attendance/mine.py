"""One's own places at activities: coming, on the waiting list, and past."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.activities import Activity
from models.attendance.row import Attendance, Part
from models.base import db, now
from models.people import Person
from models.states import AttendanceState


@dataclass(frozen=True)
class MyActivity:
    """An activity at which somebody has, or had, a place."""

    person_id: int | None
    person: str
    activity: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    part: Part
    state: AttendanceState

    @property
    def past(self) -> bool:
        """Tell whether it is over."""
        return self.ends_at <= now()


def my_activities(person_ids: Collection[int], limit: int = 40) -> list[MyActivity]:
    """Return the activities of oneself and of those one acts for, the latest first; places given back and activities called off are left out."""
    query = (
        select(Attendance, Activity, Person.name)
        .join(Activity, Activity.id == Attendance.activity_id)
        .join(Person, Person.id == Attendance.person_id)
        .where(Attendance.person_id.in_(list(person_ids)), Attendance.state != AttendanceState.CANCELLED,
               Activity.cancelled_at.is_(None))
        .order_by(Activity.starts_at.desc(), Activity.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [
        MyActivity(
            row.person_id, name, a.public_id, a.title, a.place, a.starts_at, a.ends_at, Part(row.part),
            AttendanceState(row.state),
        )
        for row, a, name in db.session.execute(query)
    ]  # fmt: skip
