"""Asking the resident for more, hearing the answer, and noting each try to reach somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models import revisions
from models.base import now
from models.events import Doer, record
from models.needs import clocks
from models.needs.answering import said
from models.states import NeedState
from models.tellings import attempt, days_tried, tell

if TYPE_CHECKING:
    from models.accounts import Actor

TRIES = 3


class Asking:
    """The verbs of a conversation with the author."""

    def ask_info(self, question: str, *, by: Actor) -> None:
        """Ask the author for what is missing; the clocks stand still, at most ten working days in all.

        Errors: Refused("question_needed", "not_from_here"). Source: domain/states.md Need ask_info; D10.
        """
        need: Any = self
        question = said(question, "question_needed")
        before = NeedState(need.state)
        need._step("ask_info")
        need.state_before, need.question = before, question
        clocks._begin_pause(need)
        question_digest = revisions.keep(need, "question", question, by=by)
        tell(need, "need_asked", **need._audience(), ticket=need.ticket_no, question=question)
        record(
            "need.ask_info",
            by=by,
            about=[need],
            community_id=need.community_id,
            details={"question": question_digest, "before": before},
        )

    def inform(self, text: str, *, by: Doer, on_the_phone: bool = False) -> None:
        """Add what was asked for, by the author or by a clerk who heard it; the clock goes on where it stood.

        Errors: Refused("text_needed", "not_from_here"). Source: domain/states.md Need inform.
        """
        need: Any = self
        text = said(text, "text_needed")
        need._step("inform", need.state_before or NeedState.SUBMITTED)
        need.question = None
        clocks._end_pause(need)
        need.state_before = None
        clocks.note_due(need)
        text_digest = revisions.keep(need, "information", text, by=by)
        record(
            "need.inform",
            by=by,
            about=[need],
            community_id=need.community_id,
            details={"text": text_digest, "way": "PHONE" if on_the_phone else "SELF"},
        )

    def note_call(self, outcome: str, *, by: Actor) -> None:
        """Note a try to reach the author: TOLD or NO_ANSWER; tries count by local day."""
        need: Any = self
        attempt(need, outcome, by=by)
        record("need.note_call", by=by, about=[need], community_id=need.community_id, details={"outcome": outcome})

    def _days_tried(self) -> int:
        """Return on how many days the author was tried since the state began."""
        need: Any = self
        return days_tried(need, since=need.state_at)

    def _stop_waiting(self) -> None:
        """Leave NEED_INFO without an answer."""
        need: Any = self
        need.question = need.state_before = None
        need.closed_at = now()
        clocks._end_pause(need)
