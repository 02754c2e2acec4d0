"""Signing up, waiting and giving a place back: what goes before the day of an activity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import func, select

from models import volunteer_profiles
from models.activities import Activity
from models.attendance.guardians import Guardian, check_guardian, forget_consent, without_consent
from models.base import Refused, db
from models.events import record
from models.people import Person
from models.states import AttendanceState
from models.tellings import tell
from models.volunteer_profiles import Skill

if TYPE_CHECKING:
    from models.accounts import Actor

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
    person_id: int | None = None


class Coming:
    """The verbs of those who mean to come."""

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
            Held(row.public_id, name, AttendanceState(row.state), row.part, row.came_at, row.left_at, row.person_id)
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
    def sign_up(
        cls, activity: Activity, person: Person, *, by: Actor, part: str = "SERVED", guardian: Guardian | None = None
    ) -> Self:
        """Sign a person up; where no place is left, the waiting list. A place belongs to one person.

        Whoever helps can do what the activity asks for; for a minor a guardian agrees.
        Errors: Refused("activity_over", "activity_cancelled", "already_signed_up", "skill_missing", "guardian_needed",
        "minor_cannot_agree"). Source: domain/states.md Attendance; domain/norms.md 1.3.
        """
        model: Any = cls
        activity.check_open()
        if cls.of_person(activity, person.id) is not None:
            raise Refused("already_signed_up")
        check_skill(activity, person, part)
        check_guardian(activity, person, guardian, by=by)
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
        forget_consent(one.activity_id, one.person_id)
        db.session.flush()
        moved = self._next_waiting()
        if moved is not None:
            moved._step("admit")
            tell(moved, "place_became_free", people={moved.person_id}, community_id=one.community_id)
        about = [one] if moved is None else [one, moved]
        record("attendance.cancel", by=by, about=about, community_id=one.community_id)

    def note_guardian(self, guardian: Guardian, *, by: Actor) -> None:
        """Note the paper on which a guardian agreed for a minor on the list.

        Errors: Refused("no_guardian_needed", "guardian_needed", "minor_cannot_agree").
        """
        one: Any = self
        activity, person = Activity.get(one.activity_id), Person.get(one.person_id)
        if not without_consent(activity, [person.id]):
            raise Refused("no_guardian_needed")
        check_guardian(activity, person, guardian, by=by)
        record("attendance.note_guardian", by=by, about=[one, activity], community_id=one.community_id,
               details={"relation": guardian.relation})  # fmt: skip

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

    @classmethod
    def change_activity(cls, activity: Activity, *, by: Actor, **told: Any) -> None:
        """Change an activity; where more may come than before, those who have waited longest move up and are told.

        Errors: those of Activity.change.
        """
        activity.change(by=by, beside=lambda: cls._move_up(activity), **told)

    @classmethod
    def _move_up(cls, activity: Activity) -> list[Any]:
        """Let those who have waited longest have the places that are free; a part of the verb that made room."""
        model: Any = cls
        free = None if activity.capacity is None else max(0, activity.capacity - cls.places_taken(activity))
        waiting = select(model).where(model.activity_id == activity.id, model.state == AttendanceState.WAITLISTED)
        moved = list(db.session.scalars(waiting.order_by(model.id).limit(free)))
        for one in moved:
            one._step("admit")
            tell(one, "place_became_free", people={one.person_id}, community_id=one.community_id)
        return moved

    def admit(self, *, by: Actor) -> None:
        """Move somebody of the waiting list up, also over the number of places: whoever is in charge may.

        Errors: Refused("not_from_here").
        """
        one: Any = self
        one._step("admit")
        tell(one, "place_became_free", people={one.person_id}, community_id=one.community_id)
        record("attendance.admit", by=by, about=[one], community_id=one.community_id)

    def mark_absent(self, *, by: Actor) -> None:
        """Note that somebody who was expected did not come. Errors: Refused("not_from_here")."""
        one: Any = self
        self._stay_away()
        record("attendance.mark_absent", by=by, about=[one], community_id=one.community_id)

    def _stay_away(self) -> None:
        """Note that somebody who had a place did not take it; a step of whoever notes one, or all of a day."""
        one: Any = self
        one._step("mark_absent")
        one.absence = "NO_SHOW"


def check_skill(activity: Activity, person: Person, part: str) -> None:
    """Refuse as a helper who has not said that they can do what is needed. Errors: Refused("skill_missing", skill=…)."""
    if activity.skill is None or part != "VOLUNTEER":
        return
    offer = volunteer_profiles.own(person.id)
    if offer is None or offer.withdrawn_at is not None or activity.skill not in volunteer_profiles.parts(offer.skills):
        raise Refused("skill_missing", skill=Skill(activity.skill))
