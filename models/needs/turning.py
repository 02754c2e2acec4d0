"""Turning a need away with a reason, or sending it to whoever is in charge, with a receipt where the law wants one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models import revisions
from models.base import Refused, now
from models.events import record
from models.needs.answering import said
from models.needs.asking import TRIES
from models.needs.kinds import Channel, Kind, RejectReason
from models.states import NeedState
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor


class Turning:
    """The verbs that end a need at this desk."""

    def reject(self, code: RejectReason, sentence: str, *, by: Actor) -> None:
        """Refuse a need with a reason of the list and a sentence; where we wait for its author, after three tries.

        A petition is never closed here, it is handed over.
        Errors: Refused("reason_for_resident_needed", "petition_is_handed_over", "three_tries_first", "not_from_here").
        Source: domain/states.md Need reject; norms.md 1.5, 1.6.
        """
        need: Any = self
        sentence = said(sentence, "reason_for_resident_needed")
        waiting = need.state == NeedState.NEED_INFO
        tried = need._days_tried() if waiting else 0
        need._check("reject")
        need._check_petition()
        if waiting and tried < TRIES:
            raise Refused("three_tries_first", tried=tried, tries=TRIES)
        need._step("reject")
        if waiting:
            need._stop_waiting()
        need.reason_code, need.reason, need.closed_at = code.value, sentence, now()
        need.first_handler_id = need.first_handler_id or by.account_id
        reason_digest = revisions.keep(need, "reason", sentence, by=by)
        tell(need, "need_rejected", **need._audience(), ticket=need.ticket_no, reason=sentence)
        record(
            "need.reject",
            by=by,
            about=[need],
            community_id=need.community_id,
            details={"code": code, "reason": reason_digest, "tried": tried},
        )

    def redirect(
        self,
        channel: Channel,
        sentence: str,
        *,
        by: Actor,
        unit: Any | None = None,
        companion_offered: bool = False,
    ) -> None:
        """Send a need to whoever is in charge, and say so. A petition stays on the list until its receipt is there.

        Errors: Refused("reason_for_resident_needed", "unit_needed", "companion_needed", "objection_waits_for_head",
        "not_from_here"). Source: domain/states.md Need redirect; norms.md 1.6.
        """
        need: Any = self
        sentence = said(sentence, "reason_for_resident_needed")
        petition = channel == Channel.PETITION
        need._check("redirect")
        if channel == Channel.UNIT and (unit is None or unit.community_id != need.community_id):
            raise Refused("unit_needed")
        if need.kind == Kind.PETITION and not petition:
            raise Refused("petition_is_handed_over")
        if petition and not companion_offered:
            raise Refused("companion_needed")
        need._check_heard(by)
        need._step("redirect")
        need._heard()
        need.channel, need.reason, need.reason_code = channel.value, sentence, None
        need.unit_id = unit.id if channel == Channel.UNIT and unit is not None else None
        need.kind = Kind.PETITION if petition else need.kind
        need.companion_offered, need.handover_no, need.closed_at = companion_offered, None, now()
        need.first_handler_id = need.first_handler_id or by.account_id
        if need.objected_at is not None:
            need._copy_to_street("need_refused_again")
        reason_digest = revisions.keep(need, "reason", sentence, by=by)
        tell(need, "need_redirected", **need._audience(), ticket=need.ticket_no, reason=sentence)
        record(
            "need.redirect",
            by=by,
            about=[need] if need.unit_id is None else [need, ("responsible_units", need.unit_id)],
            community_id=need.community_id,
            details={"channel": channel, "reason": reason_digest, "companion": companion_offered},
        )

    def hand_over(self, receipt_no: str, *, by: Actor) -> None:
        """Record the number under which the petition office took the matter; it leaves the list and is told.

        Errors: Refused("receipt_no_needed", "not_with_the_petition_office"). Source: domain/norms.md 1.6; R87.
        """
        need: Any = self
        receipt_no = said(receipt_no, "receipt_no_needed")[:60]
        if need.state != NeedState.REDIRECTED or need.channel != Channel.PETITION:
            raise Refused("not_with_the_petition_office")
        need.handover_no = receipt_no
        receipt_digest = revisions.keep(need, "handover_no", receipt_no, by=by)
        tell(need, "need_handed_over", **need._audience(), ticket=need.ticket_no, receipt=receipt_no)
        record(
            "need.hand_over", by=by, about=[need], community_id=need.community_id, details={"receipt": receipt_digest}
        )
