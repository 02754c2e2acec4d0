"""Whether somebody was really there: matched, confirmed or disputed by the person, decided by the committee."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models import revisions, states
from models.base import Refused, db, now
from models.events import record
from models.permissions import Permission
from models.states import AttendanceState

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.people import Person


class Deciding:
    """The verbs by which presence becomes certain."""

    def match(self, person: Person, *, by: Actor) -> None:
        """Tie a name of the sheet to a person of the register.

        Errors: Refused("not_from_here", "person_of_another_community", "person_already_there").
        Source: domain/states.md Attendance TO_MATCH → PRESENT.
        """
        one: Any = self
        if person.community_id != one.community_id:
            raise Refused("person_of_another_community")
        if states.may(states.Kind.ATTENDANCE, one.state, "match"):
            self._check_once(person.id)
        one._step("match")
        one.person_id, one.matched_by_id, one.matched_at = person.id, by.account_id, now()
        db.session.flush()
        record("attendance.match", by=by, about=[one, person], community_id=one.community_id)

    def _check_once(self, person_id: int) -> None:
        """Refuse a second line for the same person at the same service."""
        one: Any = self
        model: Any = type(one)
        same = model.log_id == one.log_id if one.log_id is not None else model.activity_id == one.activity_id
        query = select(model.id).where(
            same, model.person_id == person_id, model.id != one.id, model.state != AttendanceState.CANCELLED
        )
        if db.session.scalar(query.limit(1)) is not None:
            raise Refused("person_already_there")

    def confirm(self, *, by: Actor) -> None:
        """Say oneself: yes, I was there. Errors: Refused("not_your_attendance", "not_from_here")."""
        one: Any = self
        self._check_own(by)
        one._step("confirm")
        record("attendance.confirm", by=by, about=[one], community_id=one.community_id)

    def dispute(self, reason: str, *, by: Actor) -> None:
        """Say oneself: I was not there; the committee looks into it.

        Errors: Refused("not_your_attendance", "not_from_here").
        """
        one: Any = self
        self._check_own(by)
        one._step("dispute")
        one.reason = reason.strip()
        kept = revisions.keep(one, "reason", one.reason, by=by)
        record("attendance.dispute", by=by, about=[one], community_id=one.community_id, details={"reason": kept})

    def _check_own(self, by: Actor) -> None:
        one: Any = self
        if one.person_id is None or one.person_id not in by.person_ids:
            raise Refused("not_your_attendance")

    def uphold(self, reason: str, *, by: Actor) -> None:
        """Find that the person was not there; the line counts no more.

        Errors: Refused("committee_decides", "reason_needed", "not_from_here").
        """
        one: Any = self
        self._check_committee(reason, by)
        one._step("uphold")
        kept = revisions.keep(one, "decision", reason.strip(), by=by)
        record("attendance.uphold", by=by, about=[one], community_id=one.community_id, details={"reason": kept})

    def dismiss(self, reason: str, *, by: Actor) -> None:
        """Find that the person was there after all.

        Errors: Refused("committee_decides", "reason_needed", "not_from_here").
        """
        one: Any = self
        self._check_committee(reason, by)
        one._step("dismiss")
        kept = revisions.keep(one, "decision", reason.strip(), by=by)
        record("attendance.dismiss", by=by, about=[one], community_id=one.community_id, details={"reason": kept})

    def _find_absent(self) -> None:
        """Let a line count no more because the committee upheld what the person said; a part of its verb downstream."""
        one: Any = self
        if one.state == AttendanceState.PRESENT:
            one._step("dispute")
        if one.state == AttendanceState.DISPUTED:
            one._step("uphold")

    def _check_committee(self, reason: str, by: Actor) -> None:
        """Let only the committee of the place decide, with a reason. Source: domain/states.md Attendance."""
        one: Any = self
        if one.community_id not in by.reach(Permission.APPROVE_LATE_LOG).community_ids:
            raise Refused("committee_decides")
        if len(reason.strip()) < 2:
            raise Refused("reason_needed")
