"""The second pair of eyes on volunteers' time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from models import revisions
from models.base import Refused
from models.events import record
from models.permissions import Permission
from models.service_log import ServiceLog
from models.states import ServiceLogState
from models.tellings import accounts_of, tell

if TYPE_CHECKING:
    from models.accounts import Actor

SHORTEST_REASON = 10
MOST_AT_ONCE = 50


class Judging:
    """The verbs of those who approve hours."""

    def approve(self, *, by: Actor, reason: str = "") -> None:
        """Count the time. Whoever proposed it, or whose time it is, does not approve it.

        A day of more than 12 hours is approved one by one with a reason.
        Errors: Refused("own_hours", "not_yours_to_approve", "log_not_approved", "long_day_needs_reason",
        "not_from_here"). Source: domain/formulas.md D8; decisions.md 17.
        """
        one: Any = self
        one._approve(by, reason)
        details = {"minutes": one.minutes, "review": one.needs_review}
        record("hour_record.approve", by=by, about=[one], community_id=one.community_id, details=details)

    @classmethod
    def approve_all(cls, records: Sequence[Any], *, by: Actor) -> None:
        """Count several at once; one that is late or of a long day is opened by itself.

        Errors: Refused("too_many_at_once", "flagged_one_by_one") and those of approve.
        """
        if not 1 <= len(records) <= MOST_AT_ONCE:
            raise Refused("too_many_at_once", most=MOST_AT_ONCE)
        if any(one.needs_review or one.late for one in records):
            raise Refused("flagged_one_by_one")
        reached = accounts_of({one.person_id for one in records})
        for one in records:
            one._approve(by, "", reached)
        places = {one.community_id for one in records}
        record(
            "hour_record.approve_all",
            by=by,
            about=list(records),
            community_id=places.pop() if len(places) == 1 else None,
            details={"records": len(records), "minutes": sum(one.minutes for one in records)},
        )

    def _approve(self, by: Actor, reason: str, reached: Mapping[int, set[int]] | None = None) -> None:
        one: Any = self
        one._check_judge(by)
        if one.log_id is not None and ServiceLog.get(one.log_id).state != ServiceLogState.APPROVED:
            raise Refused("log_not_approved")
        if one.needs_review and len(reason.strip()) < SHORTEST_REASON:
            raise Refused("long_day_needs_reason", least=SHORTEST_REASON)
        one._step("approve")
        one.approved_by_id = by.account_id
        if reason.strip():
            one.reason = reason.strip()
            revisions.keep(one, "reason", one.reason, by=by)
        tell(
            one, "hours_counted", people={one.person_id}, community_id=one.community_id, followers=False,
            reached=reached, minutes=one.minutes,
        )  # fmt: skip

    def reject(self, reason: str, *, by: Actor) -> None:
        """Turn a proposal down with a reason that its volunteer reads.

        Errors: Refused("reason_needed") and those of approve.
        """
        one: Any = self
        one._close("reject", reason, by)
        record("hour_record.reject", by=by, about=[one], community_id=one.community_id)

    def void(self, reason: str, *, by: Actor) -> None:
        """Take counted time back with a reason. Errors: Refused("reason_needed") and those of approve."""
        one: Any = self
        one._close("void", reason, by)
        record("hour_record.void", by=by, about=[one], community_id=one.community_id)

    def _close(self, verb: str, reason: str, by: Actor) -> None:
        one: Any = self
        if len(reason.strip()) < 2:
            raise Refused("reason_needed")
        one._check_judge(by)
        one._step(verb)
        one.reason = reason.strip()
        revisions.keep(one, "reason", one.reason, by=by)
        tell(one, "hours_turned_down", people={one.person_id}, community_id=one.community_id)

    def _check_judge(self, by: Actor) -> None:
        """Let only a second person decide. Errors: Refused("own_hours", "not_yours_to_approve")."""
        one: Any = self
        if by.account_id == one.proposed_by_id or one.person_id in by.person_ids:
            raise Refused("own_hours")
        reach = by.reach(Permission.APPROVE_HOURS)
        # The committee approves the hours of its own activities; those of an organization it may look into as well.
        if one.community_id not in reach.community_ids and one.organization_id not in reach.organization_ids:
            raise Refused("not_yours_to_approve")
