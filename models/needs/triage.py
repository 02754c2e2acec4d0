"""The clerk's first look: a need is accepted, asked about, answered for, or sent where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.base import now
from models.events import record
from models.needs import clocks
from models.needs.kinds import Field, Kind, Urgency
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor


class Triage:
    """The verbs of the triage desk."""

    def _accept(self, field: Field, urgency: Urgency, *, by: Actor, kind: Kind | None = None) -> None:
        need: Any = self
        need._step("accept")
        need.field, need.urgency, need.kind = field, urgency, kind or need.kind
        need.first_handler_id = need.first_handler_id or by.account_id
        need.accepted_at = now()
        need.answer_due_at = clocks.answer_due(need, now())

    def accept(self, field: Field, urgency: Urgency, *, by: Actor, kind: Kind | None = None) -> None:
        """Accept a need with its field and urgency; the answer clock starts.

        Errors: Refused("not_from_here"). Source: domain/states.md Need accept; D10.
        """
        need: Any = self
        need._accept(field, urgency, by=by, kind=kind)
        tell(need, "need_accepted", **need._audience(), due=need.answer_due_at.isoformat())
        record(
            "need.accept",
            by=by,
            about=[need],
            community_id=need.community_id,
            details={"field": field, "urgency": urgency, "kind": need.kind, "due": need.answer_due_at},
        )
