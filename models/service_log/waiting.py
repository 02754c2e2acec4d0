"""What waits for one person's approval: the clean ones together, the flagged ones one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from models.base import db
from models.permissions import Permission
from models.service_log.calling import to_call
from models.service_log.judging import Bench
from models.service_log.row import ServiceLog
from models.states import ServiceLogState

if TYPE_CHECKING:
    from models.accounts import Actor
from models.service_log.reading import LogCard, cards, may_read_internal

OPEN = (ServiceLogState.SUBMITTED, ServiceLogState.AWAITING_COMMITTEE)


@dataclass(frozen=True)
class Waiting:
    """What waits for one person's approval: the clean ones together, the drawn ones to be rung first, the flagged."""

    clean: tuple[LogCard, ...]
    to_call: tuple[LogCard, ...]
    flagged: tuple[LogCard, ...]


def waiting_for(actor: Actor, limit: int = 100) -> Waiting:
    """Return the logs that this person may approve now, oldest first, with all their content visible.

    Only those of decision 17: never one's own, a supervisor's for the manager, late ones for the committee.
    """
    query = select(ServiceLog).where(within(actor), ServiceLog.state.in_(OPEN)).order_by(ServiceLog.id).limit(limit)
    logs = list(db.session.scalars(query))
    bench = Bench(logs)
    mine = [log for log in logs if bench.why_not(log, actor) is None]
    open_to = {log.id for log in mine if may_read_internal(log, actor)}
    shown = cards(mine, open_to)
    ringing = to_call(mine)
    plain = [card for card in shown if not card.flags]
    return Waiting(
        tuple(card for card in plain if card.id not in ringing)[:20],
        tuple(card for card in plain if card.id in ringing),
        tuple(card for card in shown if card.flags),
    )


def within(actor: Actor) -> Any:
    organizations, committees = actor.reach(Permission.APPROVE_LOG), actor.reach(Permission.APPROVE_LATE_LOG)
    return or_(organizations.organizations(ServiceLog.organization_id), committees.communities(ServiceLog.community_id))


def count_waiting(actor: Actor, most: int = 200) -> int:
    """Return how many logs wait for this person's approval."""
    logs = list(db.session.scalars(select(ServiceLog).where(within(actor), ServiceLog.state.in_(OPEN)).limit(most)))
    bench = Bench(logs)
    return sum(bench.why_not(log, actor) is None for log in logs)


def may_judge(log: ServiceLog, actor: Actor) -> bool:
    """Tell whether this log waits for this person."""
    return log.state in OPEN and Bench([log]).why_not(log, actor) is None
