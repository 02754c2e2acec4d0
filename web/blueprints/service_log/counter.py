"""The one counter of logs; its views stand in the files beside it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, g

from models import care, service_log
from models.base import NotFound
from models.permissions import Permission
from models.service_log import Callee, ServiceLog, ServiceMethod
from models.states import ServiceLogState
from web.forms.care import finding_of
from web.forms.service_log import CallForm, HandInForm, ReasonForm, WalkInForm

blueprint = Blueprint("service_log", __name__)


@blueprint.app_context_processor
def keys() -> dict[str, Any]:
    """Give templates a fresh key for each button that acts: two rows of a list are two acts."""
    return {"new_key": lambda: str(uuid.uuid4())}


def readable(public_id: str, permission: Permission = Permission.READ_LOGS) -> ServiceLog:
    """Return a log within reach, or raise NotFound."""
    return ServiceLog.find(public_id, ServiceLog.visible_to(g.visitor.actor, permission))


def shown(log: ServiceLog, *, internal: bool = False, callees: Sequence[Callee] = ()) -> dict[str, Any]:
    """Return what the page of one log shows this reader; `callees` are whom to call, where they were asked for."""
    actor = g.visitor.actor
    own = log.author_id == actor.account_id
    if log.state == ServiceLogState.DRAFT and not own:
        raise NotFound(log.public_id)
    inside = service_log.may_read_internal(log, actor)
    names = inside or service_log.may_read_names(log, actor)
    card = service_log.card_of(log, internal=inside or internal)
    own_visit = own and card.method == ServiceMethod.VISIT and card.state != ServiceLogState.VOIDED
    met = [(seat.person_public_id, seat.name) for seat in card.served if seat.there and seat.person_public_id]
    finding = finding_of(met, log=card.public_id, text=card.public_summary) if own_visit and met else None
    found = care.found_on(log.id) if inside else []
    stands = log.state == ServiceLogState.APPROVED
    return {"finding": finding, "found": found, "log": card, "own": own, "inside": inside, "names": names, "may_judge": service_log.may_judge(log, actor),
            "reason": ReasonForm(), "hand_in": HandInForm(), "walk_in": WalkInForm(), "call": CallForm(),
            "callees": callees, "opened": internal,
            "undo": {verb: log.why_not_undo(verb, actor) for verb in ("correct", "void")} if stands else {},
            "audits": actor.may(Permission.AUDIT) and not inside, "may_cover": log.may_cover(actor),
            "originals": service_log.originals_of(log) if actor.may(Permission.AUDIT) else []}  # fmt: skip
