"""Coming and leaving on the day: each is a line in the book at the door, and what the list shows is read from the book."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models import check_ins, hours, revisions
from models.activities import Activity, within
from models.attendance.coming import check_skill
from models.attendance.guardians import check_guardian, may_be_minor
from models.base import Refused, db, now
from models.check_ins import CheckIn, CheckInPlace, Deed, Near, Proof, Way
from models.events import record
from models.people import PLACE_NOTICES, Person
from models.states import AttendanceState
from models.working_time import local_day

if TYPE_CHECKING:
    from models.accounts import Actor

SHORTEST_REASON = 4


class Arriving:
    """The verbs of the day itself."""

    def check_in(self, *, by: Actor, at: datetime | None = None, clock_off: bool = False) -> None:
        """Note by hand that somebody who was expected has come, now or when a phone without a network noted it.

        Errors: Refused("not_from_here", "insurance_needed", "guardian_needed", "still_elsewhere").
        """
        one: Any = self
        one._step("check_in")
        one._come_by_hand(by, at, clock_off)
        record("attendance.check_in", by=by, about=[one], community_id=one.community_id,
               details={"way": Way.MANUAL, "noted": at is not None})  # fmt: skip

    def come_after_all(self, *, by: Actor, at: datetime | None = None, clock_off: bool = False) -> None:
        """Note by hand that somebody came who was said to have stayed away; not whom the committee found absent.

        Errors: Refused("not_from_here") and those of check_in.
        """
        one: Any = self
        if one.state == AttendanceState.ABSENT and one.absence != "NO_SHOW":
            raise Refused("not_from_here", state=AttendanceState.ABSENT, verb="come_after_all")
        one._step("come_after_all")
        one.absence = None
        one._come_by_hand(by, at or Activity.get(one.activity_id).starts_at, clock_off)
        record("attendance.come_after_all", by=by, about=[one], community_id=one.community_id,
               details={"way": Way.MANUAL, "noted": at is not None})  # fmt: skip

    def _come_by_hand(self, by: Actor, at: datetime | None, clock_off: bool) -> None:
        one: Any = self
        _check_may_come(one, Activity.get(one.activity_id), Person.get(one.person_id), at or now(), by)
        one.way = Way.MANUAL
        one._write(Deed.IN, Proof(Way.MANUAL, at or now(), clock_off), by=by, offline=at is not None)

    @classmethod
    def check_in_by_code(
        cls, activity: Activity, code: str, person: Person, *, by: Actor, part: str = "SERVED",
        at: datetime | None = None, clock_off: bool = False, near: Near | None = None, notice: str = PLACE_NOTICES[0],
    ) -> Any:  # fmt: skip
        """Check a person in with a code of the day; whoever did not sign up is let in all the same.

        Who agrees to it may say roughly where they are, of themselves alone (`may_say_place`); it decides nothing.
        A second time is a further sign of presence. A phone that was without a network says when it read the code.
        Errors: Refused("code_wrong", "code_turned", "code_not_open", "already_left", "insurance_needed",
        "guardian_needed", "skill_missing", "still_elsewhere").
        """
        model: Any = cls
        proof = check_ins.judged(activity, code, account_id=by.account_id, at=at, clock_off=clock_off)
        one: Any = model.of_person(activity, person.id)
        if one is None:
            check_skill(activity, person, part)
            one = model(
                activity_id=activity.id, community_id=activity.community_id, project_id=activity.project_id,
                organization_id=activity.organization_id, person_id=person.id, part=part,
                state=AttendanceState.EXPECTED,
            ).save()  # fmt: skip
        if one.state == AttendanceState.WAITLISTED:
            one._step("admit")
        new = one.state == AttendanceState.EXPECTED or one.absence == "NO_SHOW"
        if new:
            _check_may_come(one, activity, person, proof.at, by)
            one._step("check_in" if one.state == AttendanceState.EXPECTED else "come_after_all")
            one.way, one.absence = proof.way, None
        elif one.left_at is not None:
            raise Refused("already_left")
        line = one._write(Deed.IN if new else Deed.SEEN, proof, by=by, offline=at is not None)
        if near is not None and may_say_place(activity, person, by=by):
            CheckInPlace._keep(line, person.id, near, notice, by=by)
        record(
            "attendance.check_in", by=by, about=[one, activity], community_id=activity.community_id,
            details={"way": proof.way, "noted": at is not None, "clock": proof.clock_off},
        )  # fmt: skip
        return one

    def check_out(
        self, *, by: Actor, activity: Activity | None = None, code: str | None = None, at: datetime | None = None,
        clock_off: bool = False,
    ) -> None:  # fmt: skip
        """Note that somebody leaves; the time between coming and leaving is what hours are made of.

        Without a code whoever leaves only presses a button, which proves less; whoever is in charge notes it by hand.
        Errors: Refused("not_checked_in", "already_left", "code_wrong", "code_turned", "code_not_open").
        """
        one: Any = self
        if activity is not None and code:
            proof = check_ins.judged(activity, code, account_id=by.account_id, at=at, clock_off=clock_off)
        else:
            own = one.person_id in by.person_ids
            proof = Proof(Way.TAP if own else Way.MANUAL, at or now(), clock_off)
        one._check_there()
        if one.left_at is not None:
            raise Refused("already_left")
        one._write(Deed.OUT, proof, by=by, offline=at is not None)
        record("attendance.check_out", by=by, about=[one], community_id=one.community_id,
               details={"way": proof.way, "noted": at is not None, "clock": proof.clock_off})  # fmt: skip

    def tell_when_left(self, at: datetime, *, by: Actor) -> None:
        """Say oneself, afterward, when one left; whoever is in charge confirms it by proposing the hours.

        Errors: Refused("not_your_attendance", "not_checked_in", "already_left", "activity_not_over",
        "check_out_before_check_in", "stated_time_past_ceiling"). Source: domain/formulas.md D8.
        """
        one: Any = self
        one._check_own(by)
        one._check_there()
        if one.left_at is not None:
            raise Refused("already_left")
        activity = Activity.get(one.activity_id)
        if activity.ends_at > now():
            raise Refused("activity_not_over")
        hours.check_stated_out(one.came_at, at, activity.ends_at)
        one._write(Deed.OUT, Proof(Way.STATED, at), by=by)
        record("attendance.tell_when_left", by=by, about=[one, activity], community_id=one.community_id,
               details={"at": at})  # fmt: skip

    def correct(self, line: CheckIn, reason: str, *, by: Actor, at: datetime | None = None) -> CheckIn:
        """Put a line of the book right by a further one: with another time, or struck where no time is given.

        The old line stays as it was. That somebody came at all is not struck here: the person disputes it.
        Errors: Refused("reason_needed", "line_is_corrected", "own_time", "coming_is_not_struck", "not_on_that_day").
        """
        one: Any = self
        if len(reason.strip()) < SHORTEST_REASON:
            raise Refused("reason_needed")
        if one.person_id in by.person_ids:
            raise Refused("own_time")
        if line not in check_ins.standing(check_ins.lines_of(one.id)):
            raise Refused("line_is_corrected")
        if at is None and line.deed == Deed.IN:
            raise Refused("coming_is_not_struck")
        if at is not None and (at > now() or not check_ins.is_open(Activity.get(one.activity_id), at)):
            raise Refused("not_on_that_day")
        fresh = CheckIn._note(
            one.id, Deed(line.deed), Proof(Way.MANUAL, at or line.at), by=by, corrects=line, struck=at is None
        )
        one._read_book()
        kept = revisions.keep(fresh, "reason", reason.strip(), by=by)
        record(
            "attendance.correct", by=by, about=[one, fresh, line], community_id=one.community_id,
            details={"deed": line.deed, "before": line.at, "after": at, "reason": kept},
        )  # fmt: skip
        return fresh

    def _write(self, deed: Deed, proof: Proof, *, by: Actor, offline: bool = False) -> CheckIn:
        one: Any = self
        line = CheckIn._note(one.id, deed, proof, by=by, offline=offline)
        one._read_book()
        return line

    def _read_book(self) -> None:
        """Keep for the lists what the book says now."""
        one: Any = self
        stay = check_ins.stay(check_ins.lines_of(one.id))
        one.came_at, one.seen_at, one.left_at = stay.came_at, stay.seen_at, stay.left_at

    def _check_there(self) -> None:
        """Refuse to let somebody leave who has not come. Errors: Refused("not_checked_in")."""
        one: Any = self
        if one.came_at is None or one.state not in (AttendanceState.PRESENT, AttendanceState.CONFIRMED):
            raise Refused("not_checked_in")


def may_say_place(activity: Activity, person: Person, *, by: Actor) -> bool:
    """Tell whether it may be noted roughly where somebody is: of oneself, and of nobody who may be a minor."""
    return person.id == by.person_id and not may_be_minor(person.birth_year, local_day(activity.starts_at))


def may_say_own_place(activity: Activity, *, by: Actor) -> bool:
    """Tell whether the page of coming asks its reader where they are at all."""
    return by.person_id is not None and may_say_place(activity, Person.get(by.person_id), by=by)


def _check_may_come(one: Any, activity: Activity, person: Person, at: datetime, by: Actor) -> None:
    """Refuse to note somebody as there while something that the day needs is wanting.

    Errors: Refused("insurance_needed", "guardian_needed", "still_elsewhere").
    """
    activity.check_insured()
    check_guardian(activity, person, by=by)
    if one.part == "VOLUNTEER":
        _check_only_here(type(one), activity, person, at, by)


def _check_only_here(model: Any, activity: Activity, person: Person, at: datetime, by: Actor) -> None:
    """Refuse that a volunteer begins here while they still help at another activity, of whatever organization.

    The other one is named only to whom it concerns, or to who works on it. Source: domain/abuse.md F6.
    """
    query = (
        select(Activity)
        .join(model, model.activity_id == Activity.id)
        .where(
            model.person_id == person.id, model.part == "VOLUNTEER", model.activity_id != activity.id,
            model.state.in_([AttendanceState.PRESENT, AttendanceState.CONFIRMED]), model.came_at <= at,
            model.left_at.is_(None), Activity.ends_at > at, Activity.cancelled_at.is_(None),
        )
        .limit(1)
    )  # fmt: skip
    other = db.session.scalars(query).first()
    if other is None:
        return
    if person.id in by.person_ids or within(by, [other]):
        raise Refused("still_elsewhere", what=other.title)
    raise Refused("still_elsewhere_unnamed")
