"""Saying no to a no: the author objects once, the head hears it, and the street reads a second refusal."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from models import revisions
from models.base import Refused, now
from models.events import Doer, record
from models.needs import audience, clocks, suggestions
from models.needs.answering import said
from models.needs.kinds import AnswerKind
from models.permissions import Role
from models.states import NeedState
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor

OBJECTION_DAYS = 30


class Objecting:
    """The verbs of an objection."""

    def object(self, text: str, *, by: Doer) -> None:
        """Object to a refusal or a redirection, once and within 30 days; it goes to the head.

        Errors: Refused("text_needed", "objection_once", "objection_too_late", "not_from_here").
        Source: domain/states.md Need object.
        """
        need: Any = self
        text = said(text, "text_needed")
        need._check("object")
        if need.objected_at is not None:
            raise Refused("objection_once")
        if now() - need.state_at > timedelta(days=OBJECTION_DAYS):
            raise Refused("objection_too_late", days=OBJECTION_DAYS)
        need._step("object")
        need.objected_at, need.heard_at = now(), None
        # A need that was never accepted still lacks what the desk sorts by.
        need.field = need.field or suggestions.field_of(need.text, need.tile)
        need.urgency = need.urgency or need.suggested_urgency
        need.handover_no = None
        clocks.restart(need)
        text_digest = revisions.keep(need, "objection", text, by=by)
        heads = audience.staff_of(need.community_id, Role.HEAD)
        tell(need, "need_objected", accounts=heads, community_id=need.community_id, followers=False,
             ticket=need.ticket_no)  # fmt: skip
        record("need.object", by=by, about=[need], community_id=need.community_id, details={"text": text_digest})

    def hear(self, text: str, *, upheld: bool, by: Actor) -> None:
        """Hear an objection as the head: take the matter up again, or refuse once more, which the street reads.

        A petition is not refused here but handed over anew.
        Errors: Refused("answer_needed", "no_objection_waits", "head_hears_objections", "petition_is_handed_over").
        Source: domain/states.md Need object.
        """
        need: Any = self
        text = said(text, "answer_needed")
        if need.objected_at is None or need.heard_at is not None or need.state != NeedState.REOPENED:
            raise Refused("no_objection_waits")
        if not audience.heads(by, need):
            raise Refused("head_hears_objections")
        if upheld:
            need._note_missed()
            clocks.restart(need)
            text_digest = revisions.keep(need, "hearing", text, by=by)
            tell(need, "need_objection_upheld", **need._audience(), ticket=need.ticket_no, answer=text)
        else:
            text_digest = need._answer(text, AnswerKind.CANNOT, by=by)
        need._heard()
        record(
            "need.hear",
            by=by,
            about=[need],
            community_id=need.community_id,
            details={"upheld": upheld, "text": text_digest},
        )
