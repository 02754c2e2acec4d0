"""The clerk's first look: needs are accepted, one by one or many at once, and given a title that all may read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from models import revisions
from models.accounts import Account
from models.base import Refused, now
from models.events import record
from models.needs import clocks, suggestions
from models.needs.kinds import PRIVATE_FIELDS, PRIVATE_KINDS, Field, Kind, Urgency
from models.states import NeedState
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.needs.row import Need

LONGEST_TITLE = 30
MOST_AT_ONCE = 50
# A number of seven digits or more names somebody; it has no place on the board.
NUMBER = re.compile(r"\d[\d\s-]{5,}\d")


class Triage:
    """The verbs of the triage desk."""

    def _accept(self, field: Field, urgency: Urgency, *, by: Actor, kind: Kind | None = None) -> None:
        need: Any = self
        if need.state == NeedState.ACCEPTED and need.first_handler_id not in (None, by.account_id):
            raise Refused("already_accepted", who=Account.get(need.first_handler_id).name)
        need._step("accept")
        need.field, need.urgency, need.kind = field, urgency, kind or need.kind
        need.first_handler_id = need.first_handler_id or by.account_id
        need.accepted_at = need.answer_from = now()
        need.answer_due_at = clocks.answer_due(need, need.answer_from)
        tell(need, "need_accepted", **need._audience(), ticket=need.ticket_no, due=need.answer_due_at.isoformat())

    def accept(self, field: Field, urgency: Urgency, *, by: Actor, kind: Kind | None = None) -> None:
        """Accept a need with its field and urgency; the answer clock starts.

        Errors: Refused("not_from_here"). Source: domain/states.md Need accept; D10.
        """
        need: Any = self
        need._accept(field, urgency, by=by, kind=kind)
        record(
            "need.accept",
            by=by,
            about=[need],
            community_id=need.community_id,
            details={"field": field, "urgency": urgency, "kind": need.kind, "due": need.answer_due_at},
        )

    @classmethod
    def accept_all(cls, needs: Sequence[Need], *, by: Actor) -> None:
        """Accept several needs of one community as they were suggested: field, urgency and kind from their words.

        Errors: Refused("nothing_chosen", "too_many_at_once", "one_community_at_a_time", "not_from_here").
        Source: decisions.md 8; domain/states.md Need accept.
        """
        if not needs:
            raise Refused("nothing_chosen")
        if len(needs) > MOST_AT_ONCE:
            raise Refused("too_many_at_once", most=MOST_AT_ONCE)
        if len({need.community_id for need in needs}) > 1:
            raise Refused("one_community_at_a_time")
        for need in needs:
            field = suggestions.field_of(need.text, need.tile)
            need._accept(field, clocks.urgency_of(need), by=by, kind=need.kind or suggestions.kind_of(need.text))
        record(
            "need.accept_all",
            by=by,
            about=list(needs),
            community_id=needs[0].community_id,
            details={"fields": {str(need.id): need.field for need in needs}},
        )

    @property
    def private(self) -> bool:
        """Tell whether the matter is private by default: complaint, report, family, health and poverty."""
        need: Any = self
        kind = need.kind or suggestions.kind_of(need.text)
        field = need.field or suggestions.field_of(need.text, need.tile)
        return kind in PRIVATE_KINDS or field in PRIVATE_FIELDS

    def publish_title(self, title: str, *, by: Actor, although_private: bool = False) -> None:
        """Publish a short title that all may read, or take it back with an empty one.

        Errors: Refused("title_too_long", "title_holds_a_number", "private_needs_a_tick"). Source: decisions.md 21.
        """
        need: Any = self
        title = " ".join(title.split())
        if len(title) > LONGEST_TITLE:
            raise Refused("title_too_long", longest=LONGEST_TITLE)
        if NUMBER.search(title):
            raise Refused("title_holds_a_number")
        if title and need.private and not although_private:
            raise Refused("private_needs_a_tick")
        need.public_title = title or None
        title_digest = revisions.keep(need, "public_title", title, by=by)
        record(
            "need.publish_title",
            by=by,
            about=[need],
            community_id=need.community_id,
            details={"published": bool(title), "title": title_digest},
        )
