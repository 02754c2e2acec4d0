"""Answering a need in writing, asking for more time once, and telling a new date before the old one lapses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from models import attachments, deadlines, revisions
from models.base import SHANGHAI, Refused, now
from models.deadlines import ClockKind, promise_due
from models.events import record
from models.needs import audience, clocks
from models.needs.kinds import AnswerKind, Kind
from models.permissions import Role
from models.tellings import tell
from models.working_time import start_of

if TYPE_CHECKING:
    from models.accounts import Actor

# Photos that prove an answer are kept apart from those the resident sent.
EVIDENCE = "need_answers"
SHORTEST = 2


class Evidence:
    """The answer of a need as a thing that photos may belong to."""

    __tablename__ = EVIDENCE

    def __init__(self, need: Any) -> None:
        self.id, self.community_id = need.id, need.community_id


def said(text: str, key: str) -> str:
    """Return what somebody wrote; an empty sentence is refused under the given key."""
    if len(text.strip()) < SHORTEST:
        raise Refused(key)
    return text.strip()


class Answering:
    """The verbs by which a need is answered."""

    def _audience(self) -> dict[str, Any]:
        """Return who is told of a knot: the author and those whose needs were taken in; followers are added."""
        need: Any = self
        return {**audience.authors_of([need, *audience.taken_in(need)]), "community_id": need.community_id}

    def _check_heard(self, by: Actor) -> None:
        """Refuse whoever is not the head while an objection waits. Errors: Refused("objection_waits_for_head")."""
        need: Any = self
        if need.objected_at is not None and need.heard_at is None and not audience.heads(by, need):
            raise Refused("objection_waits_for_head")

    def _heard(self) -> None:
        """Note that an objection was heard: what the head decides on the need is the answer to it."""
        need: Any = self
        if need.objected_at is not None:
            need.heard_at = need.heard_at or now()

    def _check_petition(self) -> None:
        """Refuse to close a petition at this desk. Errors: Refused("petition_is_handed_over"). Source: norms.md 1.6."""
        need: Any = self
        if need.kind == Kind.PETITION:
            raise Refused("petition_is_handed_over")

    def _check_plannable(self) -> None:
        """Refuse to take a petition into a package or a project: from there it could no longer be handed over.

        Who goes along with it is a service that names the need, which asks for no plan.
        Errors: Refused("petition_is_not_planned", ticket=…). Source: domain/norms.md 1.5, 1.6; states.md Need redirect.
        """
        need: Any = self
        if need.kind == Kind.PETITION:
            raise Refused("petition_is_not_planned", ticket=need.ticket_no)

    def _copy_to_street(self, sentence: str) -> None:
        """Let the street office know, without a word to those who follow the need."""
        need: Any = self
        officers = audience.staff_of(need.community_id, Role.STREET_OFFICE)
        tell(need, sentence, accounts=officers, community_id=need.community_id, followers=False, ticket=need.ticket_no)

    def _answer(self, text: str, kind: AnswerKind, *, by: Actor) -> str:
        """Write the answer and stop the clock; return its digest. A second refusal is copied to the street."""
        need: Any = self
        need._check_petition()
        need._step("answer")
        need._heard()
        need.answer_text, need.answer_kind = text, kind
        need.answered_at = need.resolved_at = now()
        if kind == AnswerKind.CANNOT and need.objected_at is not None:
            need._copy_to_street("need_refused_again")
        tell(need, "need_answered", **need._audience(), ticket=need.ticket_no)
        return revisions.keep(need, "answer_text", text, by=by)

    def answer(
        self, text: str, kind: AnswerKind, *, by: Actor, photos: Sequence[str] = (), photo_owner: str = ""
    ) -> None:
        """Answer in writing that it is done, or cannot be done because …; the clock stops.

        Errors: Refused("answer_needed", "answer_is_done_or_cannot", "objection_waits_for_head",
        "petition_is_handed_over", "not_from_here").
        Source: domain/states.md Need answer; D10.
        """
        need: Any = self
        text = said(text, "answer_needed")
        if kind == AnswerKind.WILL_BE_DONE:
            # That it will be done is said by a package or a project, with its date.
            raise Refused("answer_is_done_or_cannot")
        need._check("answer")
        need._check_heard(by)
        answer_digest = need._answer(text, kind, by=by)
        evidence = attachments.claim(Evidence(need), photos, owner=photo_owner)
        record(
            "need.answer",
            by=by,
            about=[need],
            community_id=need.community_id,
            details={"kind": kind, "answer": answer_digest, "photos": len(evidence)},
        )

    def extend(self, on: date, reason: str, *, by: Actor) -> None:
        """Tell the author once, with the reason, until the end of which day it takes; at most the same length again.

        Errors: Refused("reason_for_resident_needed", "not_accepted_yet", "extension_once", "extension_too_late",
        "extension_not_later", "extension_too_long", "not_from_here"). Source: domain/states.md Need extend; D10.
        """
        need: Any = self
        reason = said(reason, "reason_for_resident_needed")
        need._check("extend")
        clock = clocks.current(need)
        if clock is None or clock.kind != ClockKind.ANSWER:
            raise Refused("not_accepted_yet")
        calendar, urgency = clocks.desk_of(need).calendar, clocks.urgency_of(need)
        until, latest = promise_due(on), deadlines.latest_extension(clock.due, urgency, calendar)
        # The last possible day ends when the time does, not at midnight.
        until = latest if on == latest.astimezone(SHANGHAI).date() else until
        deadlines.check_extension(clock.due, until, urgency, calendar, now(), already=need.extended_at is not None)
        need._step("extend")
        need.extended_until, need.extended_at = until, now()
        clocks.note_due(need)
        reason_digest = revisions.keep(need, "extension_reason", reason, by=by)
        tell(need, "need_extended", **need._audience(), ticket=need.ticket_no, until=until.isoformat(), reason=reason)
        record(
            "need.extend",
            by=by,
            about=[need],
            community_id=need.community_id,
            details={"until": until, "reason": reason_digest},
        )

    def promise(self, step: str, on: date, *, by: Actor) -> None:
        """Tell a new date of the next step before the old one lapses; after two changes only the head may.

        Errors: Refused("promise_needed", "promise_in_the_past", "promise_lapsed", "promise_changes_used",
        "not_from_here"). Source: domain/states.md Need promise; D10.
        """
        need: Any = self
        step = said(step, "promise_needed")[:200]
        need._check("promise")
        told = need.next_step_at.astimezone(SHANGHAI).date() if need.next_step_at else None
        deadlines.check_promise(
            on, now(), current=told, changes=need.promise_changes, head_agrees=audience.heads(by, need)
        )
        need._step("promise")
        need.next_step, need.next_step_at, need.promised_at = step, start_of(on), now()
        need.promise_changes += 1
        step_digest = revisions.keep(need, "next_step", step, by=by)
        tell(need, "need_promised", **need._audience(), ticket=need.ticket_no, on=on.isoformat(), step=step)
        record(
            "need.promise",
            by=by,
            about=[need],
            community_id=need.community_id,
            details={"on": on, "step": step_digest, "changes": need.promise_changes},
        )
