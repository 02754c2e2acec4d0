"""When a deadline comes near or passes: first the clerk knows, then the head, the street, and at last everybody."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from models import revisions
from models.base import Refused, db
from models.deadlines import Escalation
from models.events import Doer, record
from models.needs import audience, clocks, missed
from models.needs.answering import said
from models.permissions import Role
from models.states import NeedState
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.needs.row import Need

LEVELS = list(Escalation)
TOLD: dict[Escalation, tuple[Role, str]] = {
    Escalation.CLERK: (Role.CLERK, "need_due_soon"),
    Escalation.HEAD: (Role.HEAD, "need_overdue"),
    Escalation.STREET: (Role.STREET_OFFICE, "need_overdue"),
    Escalation.PUBLIC: (Role.STREET_OFFICE, "need_overdue_publicly"),
}
WAITING = (
    NeedState.SUBMITTED,
    NeedState.NEED_INFO,
    NeedState.ACCEPTED,
    NeedState.REOPENED,
    NeedState.PLANNED,
    NeedState.IN_SERVICE,
)
AT_ONCE = 500


def level_of(need: Need, clock: Any | None) -> Escalation | None:
    """Return who must know of a need now; a need that was reopened twice stays with the street."""
    level = clock.escalation if clock is not None else Escalation.NONE
    if need.reopened > 1 and need.state in WAITING and level not in (Escalation.STREET, Escalation.PUBLIC):
        level = Escalation.STREET
    return None if level == Escalation.NONE else level


class Escalating:
    """The verbs of deadlines that are missed."""

    @classmethod
    def escalate_all(cls, *, by: Doer) -> int:
        """Read every running clock, keep which ran out, and tell whoever must know anew. Run by the job.

        80 % yellow → clerk; past → head; +2 working days → street; +5 → public, counts only in the trial.
        Source: domain/formulas.md D10, decisions.md 21. Returns how many needs changed.
        """
        needs: Any = cls
        changed: list[Need] = []
        staff_of = cache(audience.staff_of)
        after = 0
        while True:
            waits = or_(needs.state.in_(WAITING), needs.escalated.is_not(None))
            query = select(needs).where(waits, needs.hidden.is_(False), needs.id > after)
            rows = list(db.session.scalars(query.order_by(needs.id).limit(AT_ONCE)))
            if not rows:
                break
            read = clocks.read(rows)
            late = {need.id for need in missed.note(read, rows)}
            told = {need.id for need in rows if need._note_level(level_of(need, read.get(need.id)), staff_of)}
            changed += [need for need in rows if need.id in late | told]
            after = rows[-1].id
        if changed:
            levels = {str(need.id): need.escalated or Escalation.NONE for need in changed}
            record("need.escalate", by=by, about=changed, details={"levels": levels})
        return len(changed)

    def _note_level(self, level: Escalation | None, staff_of: Callable[..., set[int]]) -> bool:
        """Note who must know; tell them when it is more than before. Return whether it changed."""
        need: Any = self
        before = Escalation(need.escalated) if need.escalated else None
        if level == before:
            return False
        need.escalated = level
        if level is not None and (before is None or LEVELS.index(level) > LEVELS.index(before)):
            role, sentence = TOLD[level]
            staff = staff_of(need.community_id, role)
            tell(need, sentence, accounts=staff, community_id=need.community_id, followers=False, ticket=need.ticket_no)
        return True

    def explain_delay(self, reason: str, *, by: Actor) -> None:
        """Write as the committee why a need is late; the public list of late needs shows it.

        Errors: Refused("reason_for_resident_needed", "not_late"). Source: domain/formulas.md D10.
        """
        need: Any = self
        reason = said(reason, "reason_for_resident_needed")[:200]
        clock = clocks.current(need)
        if clock is None or not clock.missed:
            raise Refused("not_late")
        need.delay_reason = reason
        reason_digest = revisions.keep(need, "delay_reason", reason, by=by)
        record(
            "need.explain_delay", by=by, about=[need], community_id=need.community_id, details={"reason": reason_digest}
        )
