"""The home of a role: which lines it shows, in which order, and which figures stand below."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from models import need_counts, service_log
from models.accounts import Account
from models.base import db, now, today
from models.deadlines import Escalation
from models.doorkeeping import AccessNote
from models.events import Event
from models.homes import committee as at
from models.homes import kinds
from models.homes import providers as by_hand
from models.homes.kinds import Figure, FigureKind, Home, Share, Task, Waiting
from models.need_counts import Count
from models.needs import Need
from models.needs.row import OPEN
from models.permissions import Permission as P
from models.permissions import Role
from models.places import Place, PlaceKind
from models.projects import Project
from models.service_log import ServiceLog
from models.states import HourRecordState, ProjectState, ServiceLogState
from models.volunteering import HourRecord

if TYPE_CHECKING:
    from models.accounts import Actor

MOST = 16
MONTH = timedelta(days=30)
FAR = datetime(9999, 1, 1, tzinfo=UTC)
Reader = Callable[["Actor"], list[Waiting]]

_CLERK: tuple[Reader, ...] = (
    at.to_accept, at.to_answer, at.promises, at.to_phone, at.to_talk, at.to_look_into, at.for_second_eyes, at.to_match, at.activities_to_note, at.to_join,
    at.certificates_asked, by_hand.check_outs_lacking, at.to_confirm, at.packages_back,
    at.reports_back, at.reports_to_write, at.to_look_in, at.trial_ends, at.mentions,
)  # fmt: skip
READERS: dict[Role, tuple[Reader, ...]] = {
    Role.CLERK: _CLERK,
    Role.HEAD: (
        at.overdue_for_the_head, at.objections, at.to_sign, at.reports_to_sign, at.to_accept, at.to_answer, at.promises,
        at.drafted_notices, at.activities_to_note, at.logs_to_approve, at.hours_to_approve, at.hours_to_correct,
        at.unmasked_to_judge, at.certificates_asked, at.to_talk, at.to_look_into, at.for_second_eyes,
        at.trial_ends, at.mentions,
    ),
    Role.GRID_WORKER: (at.raised_in_the_grid, at.promises, at.people_of_the_grid, at.to_look_in, at.mentions),
    Role.STREET_OFFICE: (
        at.to_decide, at.to_assign, at.reports_to_receive, at.overdue_for_the_street, at.projects_over, at.drafted_notices,
        at.unmasked_to_judge, at.trial_ends,
    ),
    Role.FINANCE: (at.budgets,),
    Role.DISTRICT: (at.overdue_for_the_street, at.drafted_notices),
    Role.ORG_MANAGER: (
        by_hand.next_dates, at.logs_to_approve, at.hours_to_approve, at.hours_to_correct, by_hand.quiet_projects, by_hand.logs_back,
        at.mentions,
    ),
    Role.SOCIAL_WORKER: (by_hand.my_round, by_hand.check_outs_lacking, by_hand.logs_back, by_hand.log_drafts, by_hand.next_dates, at.to_match, at.mentions),
    Role.SUPERVISOR: (at.logs_to_approve, at.hours_to_approve, at.hours_to_correct, by_hand.next_dates, by_hand.logs_back, at.to_match, at.mentions),
    Role.SUPPORT_ORG: (by_hand.to_look_at,),
    Role.EVALUATOR: (by_hand.to_score, at.for_second_eyes),
    Role.EXPERT: (at.to_read,),
    Role.AUDITOR: (by_hand.to_verify,),
    Role.SYSADMIN: (by_hand.account_requests,),
}  # fmt: skip
_NEEDS = (FigureKind.OPEN_NEEDS, FigureKind.LATE_NEEDS, FigureKind.RECEIVED_MONTH, FigureKind.ANSWERED_MONTH)
FIGURES: dict[Role, tuple[FigureKind, ...]] = {
    Role.CLERK: _NEEDS,
    Role.HEAD: (*_NEEDS, FigureKind.RUNNING, FigureKind.SERVICES_MONTH, FigureKind.HOURS_MONTH),
    Role.GRID_WORKER: (FigureKind.OPEN_NEEDS, FigureKind.LATE_NEEDS),
    Role.STREET_OFFICE: (*_NEEDS, FigureKind.RUNNING, FigureKind.BUDGET),
    Role.FINANCE: (FigureKind.RUNNING, FigureKind.BUDGET),
    Role.DISTRICT: (*_NEEDS, FigureKind.RUNNING),
    Role.ORG_MANAGER: (FigureKind.RUNNING, FigureKind.BUDGET, FigureKind.SERVICES_MONTH, FigureKind.HOURS_MONTH),
    Role.SOCIAL_WORKER: (FigureKind.MY_SERVICES_MONTH, FigureKind.MY_PEOPLE),
    Role.SUPERVISOR: (FigureKind.SERVICES_MONTH, FigureKind.HOURS_MONTH, FigureKind.MY_SERVICES_MONTH),
    Role.SUPPORT_ORG: (FigureKind.RUNNING,),
    Role.EVALUATOR: (FigureKind.RUNNING,),
    Role.EXPERT: (FigureKind.RUNNING,),
    Role.AUDITOR: (FigureKind.EVENTS, FigureKind.UNSEALED, FigureKind.REFUSED_DOORS, FigureKind.BUDGET),
    Role.SYSADMIN: (FigureKind.ACCOUNTS, FigureKind.REFUSED_DOORS),
}


def waiting_for(actor: Actor, role: Role, *, each: int) -> list[Waiting]:
    """Return what waits for somebody in a role, so many of each kind: late things first, then by date."""
    before = kinds.each.set(each)
    try:
        lines = [line for reader in READERS[role] for line in reader(actor)]
    finally:
        kinds.each.reset(before)
    # Whoever is asked by name answers before what only waits.
    lines.sort(key=lambda one: (not one.late, one.task != Task.MENTION, one.due or FAR))
    return lines


def home_of(actor: Actor, role: Role) -> Home:
    """Return what waits for somebody in a role, late things first, then by date, and the figures below."""
    lines = waiting_for(actor, role, each=4)
    figures = tuple(Figure(kind, _figure(kind, actor)) for kind in FIGURES[role])
    return Home(tuple(_chosen(lines)), max(0, len(lines) - MOST), figures, _tally(actor, role))


def _chosen(lines: list[Waiting]) -> list[Waiting]:
    """Return as many lines as a first page shows: at least one of each task, so that much of one hides no other."""
    firsts = {one.task: at for at, one in reversed(list(enumerate(lines)))}
    others = [at for at in range(len(lines)) if at not in set(firsts.values())]
    kept = sorted([*firsts.values(), *others[: max(0, MOST - len(firsts))]])
    return [lines[at] for at in kept][:MOST]


def _tally(actor: Actor, role: Role) -> tuple[Share, ...]:
    """Return where matters lie, the late ones first: for the head with whom, above that in which place below."""
    street = aliased(Place)
    names: dict[Role, Any] = {Role.HEAD: Account.name, Role.STREET_OFFICE: Place.name, Role.DISTRICT: street.name}
    if role not in names:
        return ()
    late = func.count(case((Need.escalated.in_([Escalation.HEAD, Escalation.STREET, Escalation.PUBLIC]), 1)))
    query = (
        select(names[role], func.count(), late)
        .select_from(Need)
        .join(Place, Place.id == Need.community_id)
        .join(street, street.id == Place.street_id)
        .outerjoin(Account, Account.id == Need.first_handler_id)
        .where(
            Need.state.in_(OPEN), Need.hidden.is_(False), actor.reach(P.READ_NEEDS).communities(Need.community_id)
        )
        .group_by(names[role])
        .order_by(late.desc(), func.count().desc())
        .limit(12)
    )  # fmt: skip
    return tuple(Share(name or "", n, behind) for name, n, behind in db.session.execute(query))


def _figure(kind: FigureKind, actor: Actor) -> int:
    return int(_COUNTS[kind](actor) or 0)


def _open(actor: Actor) -> int | None:
    own = Need.visible_to(actor, P.READ_NEEDS).where(Need.state.in_(OPEN))
    return db.session.scalar(select(func.count()).select_from(own.with_only_columns(Need.id).subquery()))


def _late(actor: Actor) -> int | None:
    late = Need.escalated.in_([Escalation.HEAD, Escalation.STREET, Escalation.PUBLIC])
    own = Need.visible_to(actor, P.READ_NEEDS).where(late, Need.state.in_(OPEN))
    return db.session.scalar(select(func.count()).select_from(own.with_only_columns(Need.id).subquery()))


def _month(actor: Actor, what: Count) -> int:
    reach = actor.reach(P.READ_NEEDS)
    query = select(Place.id).where(reach.places(), Place.kind == PlaceKind.COMMUNITY)
    span = (today() - MONTH, today() + timedelta(days=1))
    return sum(need_counts.totals(db.session.scalars(query), *span, counts=(what,)).values())


def _running(actor: Actor) -> int | None:
    own = Project.visible_to(actor, P.READ_PROJECTS).where(Project.state == ProjectState.RUNNING)
    return db.session.scalar(select(func.count()).select_from(own.with_only_columns(Project.id).subquery()))


def _budget(actor: Actor) -> int | None:
    own = Project.visible_to(actor, P.READ_PROJECTS).where(
        Project.state.in_([ProjectState.APPROVED, ProjectState.RUNNING, ProjectState.SUSPENDED])
    )
    return db.session.scalar(select(func.sum(own.with_only_columns(Project.budget).subquery().c.budget)))


def _services(actor: Actor) -> int | None:
    own = ServiceLog.visible_to(actor, P.READ_LOGS).where(
        ServiceLog.state == ServiceLogState.APPROVED, ServiceLog.started_at > now() - MONTH
    )
    return db.session.scalar(select(func.count()).select_from(own.with_only_columns(ServiceLog.id).subquery()))


def _my_services(actor: Actor) -> int | None:
    query = select(func.count()).select_from(ServiceLog)
    return db.session.scalar(
        query.where(ServiceLog.author_id == actor.account_id, ServiceLog.started_at > now() - MONTH,
                    ServiceLog.state != ServiceLogState.VOIDED)
    )  # fmt: skip


def _hours(actor: Actor) -> int | None:
    own = HourRecord.visible_to(actor, P.READ_LOGS).where(
        HourRecord.state == HourRecordState.COUNTED, HourRecord.started_at > now() - MONTH
    )
    return db.session.scalar(select(func.sum(own.with_only_columns(HourRecord.minutes).subquery().c.minutes)))


def _refused(actor: Actor) -> int | None:
    query = select(func.count()).select_from(AccessNote)
    return db.session.scalar(query.where(AccessNote.what.like("refused%"), AccessNote.at > now() - MONTH))


def _accounts(actor: Actor) -> int | None:
    own = Account.visible_to(actor, P.READ_ACCOUNTS)
    return db.session.scalar(select(func.count()).select_from(own.with_only_columns(Account.id).subquery()))


_COUNTS: dict[FigureKind, Callable[[Actor], int | None]] = {
    FigureKind.OPEN_NEEDS: _open,
    FigureKind.LATE_NEEDS: _late,
    FigureKind.RECEIVED_MONTH: lambda actor: _month(actor, Count.RECEIVED),
    FigureKind.ANSWERED_MONTH: lambda actor: _month(actor, Count.ANSWERED),
    FigureKind.RUNNING: _running,
    FigureKind.BUDGET: _budget,
    FigureKind.SERVICES_MONTH: _services,
    FigureKind.MY_SERVICES_MONTH: _my_services,
    FigureKind.MY_PEOPLE: lambda actor: len(service_log.looked_after(service_log.people_of_worker(actor.account_id))),
    FigureKind.HOURS_MONTH: _hours,
    FigureKind.ACCOUNTS: _accounts,
    FigureKind.EVENTS: lambda actor: db.session.scalar(select(func.count()).select_from(Event)),
    FigureKind.UNSEALED: lambda actor: by_hand.unsealed(),
    FigureKind.REFUSED_DOORS: _refused,
}
