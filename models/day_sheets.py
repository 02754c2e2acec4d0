"""今天要办: the sheet of a day, from the same readers as the first page, to be printed and ticked; a head sees who is behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, or_, select

from models import care, homes, service_log, tellings
from models.accounts import Account, AccountState, Grant, actor_of
from models.base import SHANGHAI, db, now, today
from models.calendar import calendar_of
from models.events import Doer, record
from models.homes import Task, Waiting
from models.needs import Need
from models.needs.clocks import ANSWERING
from models.needs.published import promise_waits
from models.permissions import STAFF, Role
from models.permissions import Permission as P
from models.service_log import ServiceLog
from models.states import ServiceLogState
from models.talk import Mention
from models.tellings import Telling, ToPhone
from models.working_time import start_of

if TYPE_CHECKING:
    from models.accounts import Actor

EACH = 30
# Whom the morning calls: those whose day is made of what waits.
CALLED = (Role.CLERK, Role.HEAD, Role.SOCIAL_WORKER, Role.SUPERVISOR)
NEWS = "day_begins"


class DayPart(StrEnum):
    """The parts of the sheet, in the order of a morning: what is due, calls, visits, names, signatures, the rest."""

    DUE = "DUE"
    VISITS = "VISITS"
    MATCH = "MATCH"
    SIGN = "SIGN"
    REST = "REST"


PARTS: dict[DayPart, frozenset[Task]] = {
    DayPart.DUE: frozenset(
        {
            Task.ACCEPT,
            Task.RAISED,
            Task.ANSWER,
            Task.PROMISE,
            Task.OVERDUE,
            Task.OBJECTION,
            Task.NEXT_DATE,
            Task.PROJECT_OVER,
            Task.TRIAL_ENDS,
            Task.TRIAL_OVER,
        }
    ),
    DayPart.VISITS: frozenset({Task.VISIT, Task.MEET, Task.LONG_UNSEEN, Task.LOOK_IN}),
    DayPart.MATCH: frozenset({Task.MATCH, Task.JOIN, Task.CONFIRM_PEOPLE}),
    DayPart.SIGN: frozenset(
        {
            Task.SIGN,
            Task.SIGN_REPORT,
            Task.NOTICE,
            Task.APPROVE_LOGS,
            Task.APPROVE_HOURS,
            Task.CORRECT_HOURS,
            Task.DECIDE,
            Task.UNMASKED,
            Task.SECOND_EYES,
        }
    ),
}


@dataclass(frozen=True)
class Unmet:
    """Somebody whom nobody has been in touch with for too long."""

    name: str
    where: str
    last_at: datetime | None


@dataclass(frozen=True)
class Behind:
    """What a colleague has not done: answers and promises past their day, unfinished records, unread calls."""

    public_id: str
    name: str
    answers: int
    promises: int
    records: int
    calls: int

    @property
    def count(self) -> int:
        """Return how many things there are in all."""
        return self.answers + self.promises + self.records + self.calls


@dataclass(frozen=True)
class DaySheet:
    """A day of one person: the parts that are not empty, whom to phone, whom to look in on, and who is behind."""

    role: Role
    parts: tuple[tuple[DayPart, tuple[Waiting, ...]], ...]
    calls: tuple[ToPhone, ...]
    more_calls: int
    unmet: tuple[Unmet, ...]
    behind: tuple[Behind, ...]

    @property
    def empty(self) -> bool:
        """Tell whether nothing waits."""
        return not (self.parts or self.calls or self.unmet)


def role_of(actor: Actor) -> Role:
    """Return the role whose day it is: the first held by somebody who works here."""
    return next(held.role for held in actor.held if held.role in STAFF)


def sheet_of(actor: Actor) -> DaySheet:
    """Return the sheet of the day, as the first page has it, but whole."""
    role = role_of(actor)
    lines = [one for one in homes.waiting_for(actor, role, each=EACH) if one.task != Task.PHONE]
    named = {task: part for part, tasks in PARTS.items() for task in tasks}
    parts = [(part, tuple(one for one in lines if named.get(one.task, DayPart.REST) == part)) for part in DayPart]
    calls, more = _calls(actor)
    return DaySheet(
        role, tuple((part, inside) for part, inside in parts if inside), calls, more, tuple(_unmet(actor)),
        tuple(_behind(actor)),
    )  # fmt: skip


def _calls(actor: Actor) -> tuple[tuple[ToPhone, ...], int]:
    if not actor.may(P.TRIAGE):
        return (), 0
    lines, _ = tellings.page_to_phone(actor, size=EACH)
    every = tellings.count_to_phone(actor.reach(P.TRIAGE).communities(Telling.community_id))
    return tuple(lines), every - len(lines)


def _unmet(actor: Actor) -> list[Unmet]:
    if actor.may(P.READ_PEOPLE):
        return [Unmet(one.name, one.where, one.last_at) for one in care.unseen(actor, limit=12)]
    people = service_log.people_of_worker(actor.account_id)
    mine = {one.public_id: one for one in people if one.long_unseen and one.due is None}
    return [Unmet(one.name, one.home, one.last_met) for one in list(mine.values())[:12]]


def _behind(actor: Actor) -> list[Behind]:
    """Return who of the colleagues one answers for has not done what; nothing for those who answer for nobody."""
    reach = actor.reach(P.END_GRANTS)
    if not (reach.community_ids or reach.organization_ids):
        return []
    seats = or_(
        and_(Grant.role.in_([Role.CLERK, Role.HEAD]), Grant.place_id.in_(reach.community_ids)),
        and_(Grant.role.in_([Role.SOCIAL_WORKER, Role.SUPERVISOR]), Grant.organization_id.in_(reach.organization_ids)),
    )
    query = (
        select(Account.id, Account.public_id, Account.name)
        .where(
            Account.state == AccountState.CONFIRMED,
            Account.id.in_(
                select(Grant.account_id).where(seats, or_(Grant.ended_at.is_(None), Grant.ended_at > now()))
            ),
        )
        .order_by(Account.id)
    )  # fmt: skip
    people = list(db.session.execute(query))
    ids = [number for number, _, _ in people]
    needs, records, calls = _late_needs(ids, actor), _unfinished(ids), _unread(ids)
    found = [
        Behind(public_id, name, *needs.get(number, (0, 0)), records.get(number, 0), calls.get(number, 0))
        for number, public_id, name in people
    ]
    return sorted(found, key=lambda one: -one.count)


def _late_needs(ids: list[int], actor: Actor) -> dict[int, tuple[int, int]]:
    unanswered = and_(Need.state.in_(ANSWERING), Need.answer_due_at < now())
    broken = promise_waits()
    query = (
        select(Need.first_handler_id, func.count(case((unanswered, 1))), func.count(case((broken, 1))))
        .where(
            Need.first_handler_id.in_(ids), Need.hidden.is_(False), or_(unanswered, broken),
            actor.reach(P.READ_NEEDS).communities(Need.community_id),
        )
        .group_by(Need.first_handler_id)
    )  # fmt: skip
    return {number or 0: (answers, promises) for number, answers, promises in db.session.execute(query)}


def _unfinished(ids: list[int]) -> dict[int, int]:
    old = or_(
        ServiceLog.state == ServiceLogState.RETURNED,
        and_(ServiceLog.state == ServiceLogState.DRAFT, ServiceLog.created_at < now() - timedelta(days=1)),
    )
    query = select(ServiceLog.author_id, func.count()).where(ServiceLog.author_id.in_(ids), old)
    return {row[0]: row[1] for row in db.session.execute(query.group_by(ServiceLog.author_id))}


def _unread(ids: list[int]) -> dict[int, int]:
    query = select(Mention.account_id, func.count()).where(Mention.account_id.in_(ids), Mention.seen_at.is_(None))
    return {row[0]: row[1] for row in db.session.execute(query.group_by(Mention.account_id))}


def ring(*, by: Doer) -> int:
    """Tell those whose day begins how many things wait, on working days and once a day; return how many were told.

    Where nothing waits, nobody is told.
    """
    if not calendar_of(None).is_working_day(today()):
        return 0
    told_before = select(Telling.account_id).where(Telling.sentence == NEWS, Telling.created_at >= start_of(today()))
    standing = or_(Grant.ended_at.is_(None), Grant.ended_at > now())
    held = select(Grant.account_id).where(Grant.role.in_(CALLED), standing)
    query = select(Account).where(
        Account.state == AccountState.CONFIRMED, Account.id.in_(held), Account.id.not_in(told_before)
    )
    waiting = {one.id: _count(actor_of(one)) for one in db.session.scalars(query.order_by(Account.id))}
    called = {number: n for number, n in waiting.items() if n}
    for number, n in called.items():
        tellings.tell(("accounts", number), NEWS, accounts={number}, community_id=None, followers=False, n=n,
                      url="/today")  # fmt: skip
    if called:
        record("day_sheet.ring", by=by, about=[("accounts", number) for number in called],
               details={"on": now().astimezone(SHANGHAI).date(), "told": len(called)})  # fmt: skip
    return len(called)


def _count(actor: Actor) -> int:
    role = role_of(actor)
    return sum(one.n or 1 for one in homes.waiting_for(actor, role, each=EACH)) if role in CALLED else 0
