"""What waits at the committee, in the grid, at the street and at the district."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from models import (
    attendance,
    care,
    certificates,
    need_groups,
    pre_reports,
    ratings,
    reports,
    talk,
    tellings,
    unmasked_files,
    volunteering,
)
from models.accounts import Account, AccountState
from models.base import db, now, today
from models.deadlines import Escalation
from models.homes.kinds import Task, Waiting, each
from models.needs import Need, clocks
from models.needs.clocks import ANSWERING
from models.notices import Notice, NoticeState
from models.packages import Package, Track
from models.people import Person, PersonState
from models.permissions import Permission as P
from models.places import Place
from models.projects import Project
from models.service_log import count_waiting
from models.states import NeedState, PackageState, ProjectState, ReportState
from models.tellings import Telling
from models.working_time import start_of

if TYPE_CHECKING:
    from models.accounts import Actor

SOON = timedelta(days=2)
TOLD_BEFORE, TOLD_AFTER = timedelta(days=7), timedelta(days=3)


def _title(need: Need) -> str:
    return need.public_title or need.title or need.text[:30] or need.ticket_no


def _needs(actor: Actor, task: Task, due: Any, *conditions: Any) -> list[Waiting]:
    query = Need.visible_to(actor, P.READ_NEEDS).where(*conditions).order_by(due, Need.id).limit(each.get())
    name = due.key
    return [
        Waiting(task, _title(one), getattr(one, name), one.public_id, one.ticket_no,
                late=getattr(one, name) is not None and getattr(one, name) < now())
        for one in db.session.scalars(query)
    ]  # fmt: skip


def _by_clock(actor: Actor, task: Task, order: Any, *conditions: Any) -> list[Waiting]:
    """Return needs in an order of their own, each with the end of the clock that runs: a promise holds all its day."""
    query = Need.visible_to(actor, P.READ_NEEDS).where(*conditions).order_by(order, Need.id).limit(each.get())
    needs = list(db.session.scalars(query))
    read = clocks.read(needs)
    return [
        Waiting(task, _title(one), read[one.id].due, one.public_id, one.ticket_no, late=read[one.id].missed)
        if one.id in read
        else Waiting(task, _title(one), None, one.public_id, one.ticket_no)
        for one in needs
    ]


def to_accept(actor: Actor) -> list[Waiting]:
    """Return the needs that nobody has accepted, by their clock."""
    return _needs(actor, Task.ACCEPT, Need.acceptance_due_at, Need.state == NeedState.SUBMITTED)


def raised_in_the_grid(actor: Actor) -> list[Waiting]:
    """Return the needs of the grid that the committee has not accepted; to be looked at, for it accepts them."""
    return _needs(actor, Task.RAISED, Need.acceptance_due_at, Need.state == NeedState.SUBMITTED)


def to_answer(actor: Actor) -> list[Waiting]:
    """Return the accepted needs whose answer is due within two days or late."""
    soon = Need.answer_due_at < now() + SOON
    return _needs(actor, Task.ANSWER, Need.answer_due_at, Need.state.in_(ANSWERING), soon)


def promises(actor: Actor) -> list[Waiting]:
    """Return the needs whose told date comes within two days or has passed."""
    soon = Need.next_step_at < now() + SOON
    return _by_clock(actor, Task.PROMISE, Need.next_step_at, Need.state == NeedState.PLANNED, soon)


def overdue_for_the_head(actor: Actor) -> list[Waiting]:
    """Return what has come up to the head because it is late."""
    return _by_clock(actor, Task.OVERDUE, Need.state_at, Need.escalated == Escalation.HEAD)


def overdue_for_the_street(actor: Actor) -> list[Waiting]:
    """Return what has come up to the street because it is late."""
    late = Need.escalated.in_([Escalation.STREET, Escalation.PUBLIC])
    return _by_clock(actor, Task.OVERDUE, Need.state_at, late)


def objections(actor: Actor) -> list[Waiting]:
    """Return the objections that the head has not heard yet."""
    unheard = Need.objected_at.is_not(None) & Need.heard_at.is_(None)
    return _by_clock(actor, Task.OBJECTION, Need.objected_at, Need.state == NeedState.REOPENED, unheard)


def _count(task: Task, n: int) -> list[Waiting]:
    return [Waiting(task, n=n)] if n else []


def to_phone(actor: Actor) -> list[Waiting]:
    """Return how many people are still to be phoned."""
    return _count(Task.PHONE, tellings.count_to_phone(actor.reach(P.TRIAGE).communities(Telling.community_id)))


def to_talk(actor: Actor) -> list[Waiting]:
    """Return how many who were not content wait for a word of the committee."""
    reached = ratings.RatingContact.within(actor, P.CONTACT_RATERS)
    return _count(Task.TALK, ratings.count_contacts(reached))


def to_look_into(actor: Actor) -> list[Waiting]:
    """Return how many say of a service that they were not there, or that it was not so."""
    return _count(Task.PRESENCE, ratings.count_presence_disputes(actor))


def for_second_eyes(actor: Actor) -> list[Waiting]:
    """Return how many sheets, names and doubts about ratings wait for somebody who did not begin them."""
    return _count(Task.SECOND_EYES, ratings.count_second_eyes(actor))


def to_match(actor: Actor) -> list[Waiting]:
    """Return how many names on lists fit nobody of the register yet."""
    return _count(Task.MATCH, attendance.count_to_match(actor, P.MATCH_ATTENDANCE))


def activities_to_note(actor: Actor) -> list[Waiting]:
    """Return how many activities were reported beforehand and wait for a word."""
    return _count(Task.PRE_REPORT, pre_reports.count_waiting(actor))


def to_join(actor: Actor) -> list[Waiting]:
    """Return how many groups of needs may say the same thing and wait for a decision."""
    return _count(Task.JOIN, len(need_groups.lines(actor)))


def to_confirm(actor: Actor) -> list[Waiting]:
    """Return how many accounts of the own communities wait to be confirmed on sight."""
    reach = actor.reach(P.CONFIRM_PEOPLE)
    homes = select(Place.community_id).where(reach.places())
    query = select(func.count()).select_from(Account).where(
        Account.state == AccountState.REQUESTED, Account.community_id.in_(homes)
    )  # fmt: skip
    return _count(Task.CONFIRM_PEOPLE, db.session.scalar(query) or 0)


def people_of_the_grid(actor: Actor) -> list[Waiting]:
    """Return the people of the grid whom nobody has seen since they were written down."""
    unseen = actor.reach(P.CONFIRM_PEOPLE).grids(Person.grid_id) & Person.confirmed_at.is_(None)
    query = (
        select(func.count())
        .select_from(Person)
        .where(unseen, Person.state.in_([PersonState.ACTIVE, PersonState.REFUSES]))
    )
    return _count(Task.MEET, db.session.scalar(query) or 0)


def mentions(actor: Actor) -> list[Waiting]:
    """Return where a colleague calls one by name and waits for a word."""
    return [
        Waiting(Task.MENTION, one.title, None, f"{one.kind.value}/{one.public_id}", f"{one.author}: {one.text[:40]}")
        for one in talk.mentions_of(actor, each.get())
    ]


def to_look_in(actor: Actor) -> list[Waiting]:
    """Return how many people with a mark nobody has looked in on for longer than agreed (好久没联系)."""
    return _count(Task.LOOK_IN, care.count_unseen(actor))


def _packages(actor: Actor, task: Task, permission: P, *conditions: Any) -> list[Waiting]:
    query = (
        Package.visible_to(actor, permission)
        .where(*conditions)
        .order_by(Package.state_at, Package.id)
        .limit(each.get())
    )
    return [Waiting(task, one.title, None, one.public_id) for one in db.session.scalars(query)]


def packages_back(actor: Actor) -> list[Waiting]:
    """Return the packages that came back to be improved."""
    return _packages(actor, Task.PACKAGE_BACK, P.DRAFT_PACKAGE, Package.state == PackageState.RETURNED)


def to_sign(actor: Actor) -> list[Waiting]:
    """Return the packages of the committee's own track that wait for the head's signature."""
    own = (Package.state == PackageState.SUBMITTED) & (Package.track == Track.SELF_RUN)
    return _packages(actor, Task.SIGN, P.SIGN_SELF_RUN, own)


def _reports(actor: Actor, task: Task, permission: P, *states: ReportState) -> list[Waiting]:
    lines = reports.lines_for(actor, permission, states=states, limit=each.get())
    return [
        Waiting(task, one.place, None, one.public_id, one.period)
        for one in lines
        if permission != P.SIGN_REPORT or one.submitted_by_id != actor.account_id
    ]


def reports_to_write(actor: Actor) -> list[Waiting]:
    """Return the reports of the month that ended which the clerk has not begun, or begun and not handed in."""
    month = reports.last_month()
    return [
        Waiting(Task.FINISH_REPORT, one.place, None, one.report_public_id, month.code)
        if one.report_public_id
        else Waiting(Task.WRITE_REPORT, one.place, None, one.place_public_id, month.code, inside=month.code)
        for one in reports.unwritten(actor, month, limit=each.get())
    ]


def reports_to_sign(actor: Actor) -> list[Waiting]:
    """Return the reports that the clerk handed in and the head has not signed."""
    return _reports(actor, Task.SIGN_REPORT, P.SIGN_REPORT, ReportState.SUBMITTED)


def reports_back(actor: Actor) -> list[Waiting]:
    """Return the reports that came back to the clerk."""
    return _reports(actor, Task.REPORT_BACK, P.WRITE_REPORT, ReportState.RETURNED)


def reports_to_receive(actor: Actor) -> list[Waiting]:
    """Return the signed reports that the street has not received."""
    return _reports(actor, Task.RECEIVE_REPORT, P.RECEIVE_REPORT, ReportState.SIGNED)


def to_decide(actor: Actor) -> list[Waiting]:
    """Return the packages that wait for the street's decision."""
    paid = (Package.state == PackageState.SUBMITTED) & (Package.track != Track.SELF_RUN)
    return _packages(actor, Task.DECIDE, P.APPROVE_PACKAGE, paid)


def to_read(actor: Actor) -> list[Waiting]:
    """Return the packages that an expert may read before the street decides."""
    return _packages(actor, Task.READ_PACKAGE, P.READ_PACKAGES, Package.state == PackageState.SUBMITTED)


def to_assign(actor: Actor) -> list[Waiting]:
    """Return the approved projects that wait for an organization."""
    query = Project.visible_to(actor, P.ASSIGN_PROJECT).where(Project.state == ProjectState.APPROVED)
    return [
        Waiting(Task.ASSIGN, one.title, None, one.public_id, fen=one.budget or None)
        for one in db.session.scalars(query.order_by(Project.id).limit(each.get()))
    ]


def projects_over(actor: Actor) -> list[Waiting]:
    """Return the projects whose last day has passed and that nobody has ended: those first that were over first."""
    query = Project.visible_to(actor, P.STEER_PROJECT).where(
        Project.state.in_([ProjectState.RUNNING, ProjectState.SUSPENDED]), Project.ends_on < today()
    )
    return [
        Waiting(Task.PROJECT_OVER, one.title, start_of(one.ends_on + timedelta(days=1)), one.public_id, late=True)
        for one in db.session.scalars(query.order_by(Project.ends_on, Project.id).limit(each.get()))
    ]


def budgets(actor: Actor) -> list[Waiting]:
    """Return the projects whose money was approved last: what finance will have to pay."""
    query = Project.visible_to(actor, P.READ_PROJECTS).where(
        Project.budget > 0, Project.state.in_([ProjectState.APPROVED, ProjectState.RUNNING])
    )
    return [
        Waiting(Task.BUDGET, one.title, None, one.public_id, one.contract_no or one.project_no, fen=one.budget)
        for one in db.session.scalars(query.order_by(Project.id.desc()).limit(each.get()))
    ]


def drafted_notices(actor: Actor) -> list[Waiting]:
    """Return the notices that wait to be pinned on the board."""
    query = Notice.visible_to(actor, P.PUBLISH_NOTICE).where(Notice.state == NoticeState.DRAFT)
    query = query.order_by(Notice.id).limit(each.get())
    return [Waiting(Task.NOTICE, one.title, None, one.public_id) for one in db.session.scalars(query)]


def trial_ends(actor: Actor) -> list[Waiting]:
    """Return the communities whose trial run ends within a week, or ended within the last three days."""
    query = (
        select(Place)
        .where(actor.reach(P.READ_NEEDS).communities(Place.id))
        .where(Place.trial_until > now() - TOLD_AFTER, Place.trial_until <= now() + TOLD_BEFORE)
        .order_by(Place.trial_until, Place.id)
        .limit(each.get())
    )
    return [
        Waiting(Task.TRIAL_OVER if one.trial_until <= now() else Task.TRIAL_ENDS, one.name,
                one.trial_until if one.trial_until > now() else None, one.public_id)
        for one in db.session.scalars(query)
        if one.trial_until is not None
    ]  # fmt: skip


def logs_to_approve(actor: Actor) -> list[Waiting]:
    """Return how many records of service wait for this pair of eyes."""
    return _count(Task.APPROVE_LOGS, count_waiting(actor))


def unmasked_to_judge(actor: Actor) -> list[Waiting]:
    """Return how many unmasked files somebody asked for and nobody has agreed to or refused."""
    return _count(Task.UNMASKED, unmasked_files.count_waiting(actor))


def certificates_asked(actor: Actor) -> list[Waiting]:
    """Return how many volunteers asked for a proof of their service."""
    return _count(Task.CERTIFICATES, certificates.count_asked(actor))


def hours_to_approve(actor: Actor) -> list[Waiting]:
    """Return how many volunteers' hours wait for this pair of eyes."""
    return _count(Task.APPROVE_HOURS, len(volunteering.waiting_for(actor)))


def hours_to_correct(actor: Actor) -> list[Waiting]:
    """Return how many volunteers say that an hour of theirs is wrong (order 67 art. 13)."""
    return _count(Task.CORRECT_HOURS, volunteering.count_corrections(actor, P.APPROVE_HOURS))
