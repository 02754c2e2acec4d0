"""What waits at those who serve, those who look on, and those who keep the house."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select

from models import attendance, evaluation, service_log
from models.accounts import Account, AccountState
from models.base import db, now, today
from models.events import Event
from models.homes.kinds import Task, Waiting, each
from models.permissions import Permission as P
from models.places import Place
from models.projects import NextDate, Project, TeamMember
from models.seals import SealMember
from models.service_log import ServiceLog
from models.states import ProjectState, ServiceLogState

if TYPE_CHECKING:
    from models.accounts import Actor

QUIET = timedelta(days=14)


def _logs(actor: Actor, task: Task, state: ServiceLogState) -> list[Waiting]:
    query = (
        select(ServiceLog)
        .where(ServiceLog.author_id == actor.account_id, ServiceLog.state == state)
        .order_by(ServiceLog.state_at, ServiceLog.id)
        .limit(each.get())
    )
    return [Waiting(task, one.title, None, one.public_id, one.return_reason or "") for one in db.session.scalars(query)]


def logs_back(actor: Actor) -> list[Waiting]:
    """Return one's own records that came back to be completed."""
    return _logs(actor, Task.LOG_BACK, ServiceLogState.RETURNED)


def log_drafts(actor: Actor) -> list[Waiting]:
    """Return one's own records that were begun and not handed in."""
    return _logs(actor, Task.LOG_DRAFT, ServiceLogState.DRAFT)


def my_round(actor: Actor) -> list[Waiting]:
    """Return whom to see today and whom nobody has seen for long (好久没联系)."""
    people = service_log.people_of_worker(actor.account_id)
    promised = [one for one in people if one.due is not None and one.due <= today()]
    visits = [
        Waiting(Task.VISIT, one.name, one.next_at, one.public_id, one.project, late=one.due is not None
                and one.due < today(), inside=one.project_public_id)
        for one in promised[:each.get()]
    ]  # fmt: skip
    unseen = len({one.public_id for one in people if one.long_unseen})
    return visits + ([Waiting(Task.LONG_UNSEEN, n=unseen)] if unseen else [])


def check_outs_lacking(actor: Actor) -> list[Waiting]:
    """Return the activities of the last days at which volunteers never checked out: the time is to be confirmed."""
    lacking = attendance.outs_lacking(actor, each.get())
    return [Waiting(Task.CHECK_OUT_LACKS, title, None, public_id) for public_id, title, _n in lacking]


def next_dates(actor: Actor) -> list[Waiting]:
    """Return the dates that the own projects told and that are due or passed without a word."""
    team = select(TeamMember.project_id).where(TeamMember.account_id == actor.account_id, TeamMember.until.is_(None))
    reach = actor.reach(P.PLAN_PROJECT)
    query = (
        select(NextDate, Project.title, Project.public_id)
        .join(Project, Project.id == NextDate.project_id)
        .where(
            NextDate.kept_at.is_(None), NextDate.at < now() + timedelta(days=2),
            Project.state == ProjectState.RUNNING,
            Project.id.in_(team) | reach.organizations(Project.organization_id),
        )
        .order_by(NextDate.at)
        .limit(each.get())
    )  # fmt: skip
    return [
        Waiting(Task.NEXT_DATE, one.what, one.at, public_id, title, late=one.at < now())
        for one, title, public_id in db.session.execute(query)
    ]


def quiet_projects(actor: Actor) -> list[Waiting]:
    """Return the running projects in which nothing was recorded for two weeks."""
    lately = exists().where(ServiceLog.project_id == Project.id, ServiceLog.started_at > now() - QUIET)
    query = (
        Project.visible_to(actor, P.PLAN_PROJECT)
        .where(Project.state == ProjectState.RUNNING, ~lately)
        .order_by(Project.id)
        .limit(each.get())
    )
    return [Waiting(Task.QUIET_PROJECT, one.title, None, one.public_id) for one in db.session.scalars(query)]


def to_score(actor: Actor) -> list[Waiting]:
    """Return the projects whose four other indicators nobody has scored."""
    lines = evaluation.evaluations(actor, limit=50)
    return [Waiting(Task.SCORE, one.project, None, one.public_id, one.organization) for one in lines if not one.scored][
        : each.get()
    ]


def to_look_at(actor: Actor) -> list[Waiting]:
    """Return the projects that a supporting organization accompanies: those that few have rated first."""
    lines = sorted(evaluation.evaluations(actor, limit=50), key=lambda one: (one.n or 0, one.id))
    return [
        Waiting(Task.READ_PROJECT, one.project, None, one.public_id, one.organization) for one in lines[: each.get()]
    ]


def unsealed() -> int:
    """Return how many events no seal has closed yet."""
    events = db.session.scalar(select(func.count()).select_from(Event)) or 0
    return events - (db.session.scalar(select(func.count()).select_from(SealMember)) or 0)


def to_verify(actor: Actor) -> list[Waiting]:
    """Return the standing task of the auditor: to let the diary be checked."""
    return [Waiting(Task.VERIFY)]


def account_requests(actor: Actor) -> list[Waiting]:
    """Return how many accounts were asked for in the places of the administrator."""
    ours = select(Place.id).where(actor.reach(P.READ_ACCOUNTS).places())
    query = select(func.count()).select_from(Account).where(
        Account.state == AccountState.REQUESTED, Account.community_id.in_(ours)
    )  # fmt: skip
    n = db.session.scalar(query) or 0
    return [Waiting(Task.REQUESTS, n=n)] if n else []
