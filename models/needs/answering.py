"""Answering a need in writing, and what its author says to that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models import revisions
from models.base import Refused, now
from models.events import record
from models.needs.kinds import AnswerKind
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor


class Answering:
    """The verbs by which a need is answered."""

    def _audience(self) -> dict[str, Any]:
        """Return who is told of a knot: the author; followers are added by their own area."""
        need: Any = self
        accounts = {need.author_account_id} - {None}
        people = set() if accounts else {need.author_person_id} - {None}
        return {"accounts": accounts, "people": people, "community_id": need.community_id}

    def answer(self, text: str, kind: AnswerKind, *, by: Actor) -> None:
        """Answer in writing that it is done, or cannot be done because …; the clock stops.

        Errors: Refused("answer_needed", "not_from_here"). Source: domain/states.md Need answer; D10.
        """
        need: Any = self
        if len(text.strip()) < 2:
            raise Refused("answer_needed")
        need._step("answer")
        need.answer_text, need.answer_kind = text.strip(), kind
        need.answered_at = need.resolved_at = now()
        answer_digest = revisions.keep(need, "answer_text", need.answer_text, by=by)
        tell(need, "need_answered", **need._audience())
        record(
            "need.answer",
            by=by,
            about=[need],
            community_id=need.community_id,
            details={"kind": kind, "answer": answer_digest},
        )
