"""Signing up, coming and leaving: what a resident or a volunteer does at an activity."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import func, select

from models.activities import Activity
from models.base import Refused, db, now
from models.events import record
from models.people import Person
from models.states import AttendanceState
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor

# The code of the day opens a little before the activity and stays good a little after it.
CODE_BEFORE = timedelta(hours=2)
CODE_AFTER = timedelta(hours=2)
HOLDS_A_PLACE = ("EXPECTED", "PRESENT", "CONFIRMED", "DISPUTED")


@dataclass(frozen=True)
class Held:
    """The place of one person at an activity."""

    public_id: str
    name: str
    state: AttendanceState
    part: str
    came_at: datetime | None
    left_at: datetime | None


class Coming:
    """The verbs of those who come."""

    @classmethod
    def of_person(cls, activity: Activity, person_id: int) -> Self | None:
        """Return a person's live row at an activity, if there is one."""
        model: Any = cls
        query = select(model).where(
            model.activity_id == activity.id, model.person_id == person_id, model.state != AttendanceState.CANCELLED
        )
        return db.session.scalars(query).one_or_none()  # type: ignore[no-any-return]

    @classmethod
    def of_people(cls, activity: Activity, person_ids: Iterable[int]) -> list[Held]:
        """Return the places that some people hold at an activity, with their names."""
        model: Any = cls
        query = (
            select(model, Person.name)
            .join(Person, Person.id == model.person_id)
            .where(
                model.activity_id == activity.id, model.person_id.in_(list(person_ids)),
                model.state != AttendanceState.CANCELLED,
            )
            .order_by(model.id)
        )  # fmt: skip
        return [
            Held(row.public_id, name, AttendanceState(row.state), row.part, row.came_at, row.left_at)
            for row, name in db.session.execute(query)
        ]

    @classmethod
    def places_taken(cls, activity: Activity) -> int:
        """Return how many hold a place at an activity; volunteers need none."""
        model: Any = cls
        query = select(func.count()).where(
            model.activity_id == activity.id, model.part == "SERVED", model.state.in_(HOLDS_A_PLACE)
        )
        return db.session.scalar(query) or 0

    @classmethod
    def sign_up(cls, activity: Activity, person: Person, *, by: Actor, part: str = "SERVED") -> Self:
        """Sign a person up; where no place is left, the waiting list. A place belongs to one person.

        Errors: Refused("activity_over", "activity_cancelled", "already_signed_up").
        Source: domain/states.md Attendance.
        """
        model: Any = cls
        activity.check_open()
        if cls.of_person(activity, person.id) is not None:
            raise Refused("already_signed_up")
        full = activity.capacity is not None and cls.places_taken(activity) >= activity.capacity
        waits = full and part == "SERVED"
        one = model(
            activity_id=activity.id, community_id=activity.community_id, project_id=activity.project_id,
            organization_id=activity.organization_id, person_id=person.id, part=part, way="SIGN_UP",
            state=AttendanceState.WAITLISTED if waits else AttendanceState.EXPECTED,
        ).save()  # fmt: skip
        record(
            "attendance.sign_up",
            by=by,
            about=[one, activity],
            community_id=activity.community_id,
            details={"part": part, "waits": waits},
        )
        return one  # type: ignore[no-any-return]

    def cancel(self, *, by: Actor) -> None:
        """Give a place back; the first of the waiting list moves up and is told.

        Errors: Refused("not_from_here").
        """
        one: Any = self
        one._step("cancel")
        db.session.flush()
        moved = self._next_waiting()
        if moved is not None:
            moved._step("admit")
            tell(moved, "place_became_free", people={moved.person_id}, community_id=one.community_id)
        about = [one] if moved is None else [one, moved]
        record("attendance.cancel", by=by, about=about, community_id=one.community_id)

    def _next_waiting(self) -> Any:
        """Return who moves up now: the one who has waited longest, if a place is free."""
        one: Any = self
        if one.activity_id is None:
            return None
        activity = db.session.get(Activity, one.activity_id)
        if activity is None or (activity.capacity and one.places_taken(activity) >= activity.capacity):
            return None
        query = select(type(one)).where(
            type(one).activity_id == one.activity_id, type(one).state == AttendanceState.WAITLISTED
        )
        return db.session.scalars(query.order_by(type(one).id).limit(1)).one_or_none()

    def admit(self, *, by: Actor) -> None:
        """Move somebody of the waiting list up, also over the number of places: whoever is in charge may.

        Errors: Refused("not_from_here").
        """
        one: Any = self
        one._step("admit")
        tell(one, "place_became_free", people={one.person_id}, community_id=one.community_id)
        record("attendance.admit", by=by, about=[one], community_id=one.community_id)

    def check_in(self, *, by: Actor, way: str = "MANUAL", at: datetime | None = None) -> None:
        """Note that somebody who was expected has come, now or at the time that a phone without a network noted.

        Errors: Refused("not_from_here").
        """
        one: Any = self
        one._step("check_in")
        one.came_at = one.seen_at = at or now()
        one.way = way
        record("attendance.check_in", by=by, about=[one], community_id=one.community_id,
               details={"way": way, "noted": at is not None})  # fmt: skip

    @classmethod
    def check_in_by_code(cls, activity: Activity, code: str, person: Person, *, by: Actor, part: str = "SERVED") -> Any:
        """Check a person in with the code of the day; whoever did not sign up is let in all the same.

        A second time is a further sign of presence. Errors: Refused("code_wrong", "code_not_open", "already_left").
        """
        model: Any = cls
        _check_code(activity, code)
        one: Any = cls.of_person(activity, person.id)
        if one is None:
            one = model(
                activity_id=activity.id, community_id=activity.community_id, project_id=activity.project_id,
                organization_id=activity.organization_id, person_id=person.id, part=part,
                state=AttendanceState.EXPECTED,
            ).save()  # fmt: skip
        if one.state == AttendanceState.WAITLISTED:
            one._step("admit")
        if one.state == AttendanceState.EXPECTED:
            one._step("check_in")
            one.came_at, one.way = now(), "CODE"
        elif one.left_at is not None:
            raise Refused("already_left")
        one.seen_at = now()
        record(
            "attendance.check_in", by=by, about=[one, activity], community_id=activity.community_id,
            details={"way": "CODE"},
        )  # fmt: skip
        return one

    def check_out(
        self, *, by: Actor, activity: Activity | None = None, code: str | None = None, at: datetime | None = None
    ) -> None:
        """Note that somebody leaves; the time between coming and leaving is what hours are made of.

        Errors: Refused("not_checked_in", "already_left", "code_wrong", "code_not_open").
        """
        one: Any = self
        if activity is not None and code is not None:
            _check_code(activity, code)
        if one.came_at is None or one.state not in (AttendanceState.PRESENT, AttendanceState.CONFIRMED):
            raise Refused("not_checked_in")
        if one.left_at is not None:
            raise Refused("already_left")
        one.left_at = max(at or now(), one.came_at)
        record("attendance.check_out", by=by, about=[one], community_id=one.community_id)

    def mark_absent(self, *, by: Actor) -> None:
        """Note that somebody who was expected did not come. Errors: Refused("not_from_here")."""
        one: Any = self
        one._step("mark_absent")
        record("attendance.mark_absent", by=by, about=[one], community_id=one.community_id)


def _check_code(activity: Activity, code: str) -> None:
    """Refuse a wrong code, and any code outside the day's opening. Errors: Refused("code_wrong", "code_not_open")."""
    if not activity.starts_at - CODE_BEFORE <= now() <= activity.ends_at + CODE_AFTER:
        raise Refused("code_not_open")
    if not hmac.compare_digest(activity.code.encode(), code.strip().encode("utf-8", "surrogatepass")):
        raise Refused("code_wrong")
