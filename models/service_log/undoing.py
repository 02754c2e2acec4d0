"""Taking back what was approved: corrected with a reason and a history, or voided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from models import revisions
from models.attendance import Attendance, Part
from models.base import Refused, db
from models.events import record
from models.needs import Need
from models.permissions import Permission
from models.states import ServiceLogState
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor

SHORTEST_REASON = 10


class Undoing:
    """The verbs that take an approval back."""

    def correct(self, reason: str, *, by: Actor) -> None:
        """Take an approved log back for its author to mend; it counts again when it is approved again.

        The author or whoever may approve asks for it; where somebody may have said how the service was, the committee,
        but nobody of it who also works for the provider.
        Errors: Refused("reason_too_short", "not_yours_to_undo", "committee_undoes", "not_from_here").
        Source: domain/states.md ServiceLog correct; decisions.md 24.
        """
        log: Any = self
        log._check_undo("correct", reason, by)
        log._step("correct")
        left = log._leave()
        log.approved_by_id = log.first_approved_by_id = log.approved_at = None
        log.undo_reason = reason.strip()
        kept = revisions.keep(log, "correction", log.undo_reason, by=by)
        if by.account_id != log.author_id:
            tell(log, "log_taken_back", accounts={log.author_id}, community_id=log.community_id)
        about = [log, *left]
        record("service_log.correct", by=by, about=about, community_id=log.community_id, details={"reason": kept})

    def void(self, reason: str, *, by: Actor) -> None:
        """Void an approved log: the row stays, nothing of it counts any more.

        A second pair of eyes is needed: never the author. Where somebody may have said how the service was, the
        committee, but nobody of it who also works for the provider. Errors: Refused("reason_too_short", "own_log", "not_yours_to_undo", "committee_undoes",
        "not_from_here"). Source: decisions.md 17, 24.
        """
        log: Any = self
        log._check_undo("void", reason, by)
        log._step("void")
        left = log._leave()
        log.undo_reason = reason.strip()
        kept = revisions.keep(log, "voiding", log.undo_reason, by=by)
        tell(log, "log_voided", accounts={log.author_id}, community_id=log.community_id)
        about = [log, *left]
        record("service_log.void", by=by, about=about, community_id=log.community_id, details={"reason": kept})

    def _check_undo(self, verb: str, reason: str, by: Actor) -> None:
        log: Any = self
        if len(reason.strip()) < SHORTEST_REASON:
            raise Refused("reason_too_short", least=SHORTEST_REASON)
        refusal = log.why_not_undo(verb, by)
        if refusal is not None:
            raise Refused(refusal)

    def why_not_undo(self, verb: str, by: Actor) -> str | None:
        """Return the refusal that "correct" or "void" would meet from this person, or None: what a page shows hangs on it."""
        log: Any = self
        author = by.account_id == log.author_id
        if author and verb == "void":
            return "own_log"
        # Who wears two hats undoes nothing of the own provider as the committee.
        provider = log.organization_id is not None and log.organization_id in {held.organization_id for held in by.held}
        committee = not provider and log.community_id in by.reach(Permission.VOID_RATING).community_ids
        leads = log.organization_id in by.reach(Permission.APPROVE_LOG).organization_ids
        if not (committee or leads or author):
            return "not_yours_to_undo"
        # Who rated stays unseen, and so does who opened a link: that somebody might have is enough for this rule.
        return "committee_undoes" if not committee and people_may_have_spoken(log.id) else None

    def _leave(self) -> list[Need]:
        """Let the needs go whose last approved log this was; the author of a reopened one is told."""
        log: Any = self
        db.session.flush()
        left = []
        for need in log._needs():
            if _served_elsewhere(log, need):
                continue
            left.append(need)
            if need._leave_service():
                tell(need, "need_reopened_without_service", **need._audience())
        for told in log._dates_of_the_day():
            if told.kept_at == log.ended_at:
                told.kept_at = None
        return left


def _served_elsewhere(log: Any, need: Need) -> bool:
    model: Any = type(log)
    rows = db.metadata.tables["log_needs"]
    query = (
        select(func.count())
        .select_from(rows)
        .join(model, model.id == rows.c.log_id)
        .where(rows.c.need_id == need.id, model.id != log.id, model.state == ServiceLogState.APPROVED)
    )
    return bool(db.session.scalar(query))


def people_may_have_spoken(log_id: int) -> bool:
    """Say whether somebody was served by name, who may rate at any time, or strips were made for those without one.

    It must not hang on whether anybody did: then the refusal would tell. Invitations lie downstream, so they are asked
    by name. Source: decisions.md 24.
    """
    asked = db.metadata.tables["rating_invitations"]
    named = select(Attendance.id).where(
        Attendance.log_id == log_id, Attendance.part == Part.SERVED, Attendance.person_id.is_not(None)
    )
    strips = select(asked.c.id).where(asked.c.log_id == log_id, asked.c.code.is_not(None))
    return bool(db.session.scalar(select(or_(named.exists(), strips.exists()))))
