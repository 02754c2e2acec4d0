"""The end of a need: said to be done, confirmed by its author, closed by the calendar, taken back or opened again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from models import revisions
from models.base import Refused, db, now
from models.deadlines import Escalation
from models.events import Doer, record
from models.needs import clocks
from models.needs.answering import said
from models.needs.asking import TRIES
from models.needs.kinds import AnswerKind, Kind, Source
from models.states import NeedState
from models.tellings import CallAttempt, tell

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.needs.row import Need

REOPEN_DAYS = 30
SILENT_DAYS = 7


def _in_time(resolved_at: datetime | None) -> None:
    if resolved_at is not None and now() - resolved_at > timedelta(days=REOPEN_DAYS):
        raise Refused("reopen_too_late", days=REOPEN_DAYS)


class Closing:
    """The verbs after the work."""

    def resolve(self, text: str = "", *, by: Actor) -> None:
        """Say that a planned need is settled; a service or a written answer must show it.

        Errors: Refused("nothing_shows_it_is_done", "not_from_here"). Source: domain/states.md Need resolve.
        """
        need: Any = self
        need._check("resolve")
        if need.served_at is None and not text.strip() and not need.answer_text:
            raise Refused("nothing_shows_it_is_done")
        need._step("resolve")
        details: dict[str, Any] = {"served": need.served_at is not None}
        if text.strip():
            need.answer_text, need.answer_kind = text.strip(), AnswerKind.DONE
            details["answer"] = revisions.keep(need, "answer_text", need.answer_text, by=by)
        need.resolved_at = now()
        tell(need, "need_resolved", **need._audience(), ticket=need.ticket_no)
        record("need.resolve", by=by, about=[need], community_id=need.community_id, details=details)

    def withdraw(self, *, by: Doer) -> None:
        """Take one's own need back while nothing is planned for it; later it is a request to the clerk.

        Errors: Refused("not_from_here"). Source: domain/states.md Need withdraw.
        """
        need: Any = self
        waiting = need.state == NeedState.NEED_INFO
        need._step("withdraw")
        if waiting:
            need._stop_waiting()
        need.closed_at = now()
        record("need.withdraw", by=by, about=[need], community_id=need.community_id)

    def withdraw_on_request(self, request: str, *, by: Actor) -> None:
        """Take a need back for its author, whose request is written down.

        Errors: Refused("request_needed", "not_from_here"). Source: domain/states.md Need withdraw.
        """
        need: Any = self
        request = said(request, "request_needed")
        need._step("withdraw_on_request")
        need.closed_at = now()
        request_digest = revisions.keep(need, "withdrawal", request, by=by)
        tell(need, "need_withdrawn", **need._audience(), ticket=need.ticket_no)
        record(
            "need.withdraw_on_request",
            by=by,
            about=[need],
            community_id=need.community_id,
            details={"request": request_digest},
        )

    def confirm(self, *, by: Doer, on_the_phone: bool = False) -> None:
        """Say as its author, or tell a caller, that the need is settled; a merged one speaks for what it joined.

        Errors: Refused("not_from_here"). Source: domain/states.md Need confirm.
        """
        need: Any = self
        target = need._joined()
        target._step("confirm")
        target.closed_at = now()
        record(
            "need.confirm",
            by=by,
            about=[need, target],
            community_id=need.community_id,
            details={"way": "PHONE" if on_the_phone else "SELF"},
        )

    def _joined(self) -> Any:
        """Return the need that speaks for this one: what it was merged into, or itself."""
        need: Any = self
        return type(need).get(need.merged_into_id) if need.merged_into_id is not None else need

    def reopen(self, text: str, *, by: Doer, on_the_phone: bool = False) -> None:
        """Say within 30 days that it is not settled; the second time it goes to the street.

        Who raised a need that was merged gets it back as one's own, reopened.
        Errors: Refused("text_needed", "reopen_too_late", "not_from_here"). Source: domain/states.md Need reopen.
        """
        need: Any = self
        text = said(text, "text_needed")
        target = need._joined()
        target._check("reopen")
        _in_time(target.resolved_at)
        if target is need:
            need._step("reopen")
            clocks.restart(need)
        else:
            need._split(NeedState.REOPENED)
        need.reopened += 1
        if need.reopened > 1:
            need.escalated = Escalation.STREET
            need._copy_to_street("need_reopened_again")
        text_digest = revisions.keep(need, "reopening", text, by=by)
        record(
            "need.reopen",
            by=by,
            about=[need] if target is need else [need, target],
            community_id=need.community_id,
            details={"text": text_digest, "times": need.reopened, "way": "PHONE" if on_the_phone else "SELF"},
        )

    def _closes_by_itself(self) -> bool:
        """Tell whether silence may close the need: raised in person with an account, or tried on three days."""
        need: Any = self
        if need.kind == Kind.PETITION:
            return False
        in_person = need.source == Source.SELF and need.author_account_id is not None
        return in_person or need._days_tried() >= TRIES

    @classmethod
    def auto_close_all(cls, *, by: Doer) -> list[Need]:
        """Close what nobody answered for seven days; it counts nowhere as satisfaction. Run by the job.

        Proxies, callers and people without an account are called first and closed after three recorded days.
        Source: domain/states.md Need auto_close.
        """
        needs: Any = cls
        old = now() - timedelta(days=SILENT_DAYS)
        query = select(needs).where(needs.state == NeedState.RESOLVED, needs.resolved_at <= old).order_by(needs.id)
        # Who does not count as in person and was called less often than on three days is left out at once.
        in_person = (needs.source == Source.SELF) & needs.author_account_id.is_not(None)
        tried = select(CallAttempt.subject_id).where(CallAttempt.kind == needs.__tablename__)
        tried = tried.group_by(CallAttempt.subject_id).having(func.count() >= TRIES)
        waiting = query.where(or_(in_person, needs.id.in_(tried)))
        closed = [need for need in db.session.scalars(waiting) if need._closes_by_itself()]
        for need in closed:
            need._step("auto_close")
            need.closed_at = now()
            tell(need, "need_auto_closed", **need._audience(), ticket=need.ticket_no)
        if closed:
            record("need.auto_close", by=by, about=closed, details={"count": len(closed)})
        return closed
