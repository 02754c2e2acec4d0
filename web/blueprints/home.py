"""The first page: what waits for the reader today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, current_app, g

from models import activities, disclosure, homes, ratings, set_up, tellings, volunteering
from models.base import now
from models.homes import Task
from models.needs.called import called_in
from models.needs.own import my_needs
from models.needs.published import published_needs
from models.permissions import STAFF, Role
from web import respond
from web.doors import open_to_everyone
from web.sentences import homes as words

blueprint = Blueprint("home", __name__)


def _glance(community_id: int | None) -> disclosure.Glance:
    """Return the board at a glance, counted anew every few minutes: the page that everybody opens first stays cheap."""
    seen: dict[int | None, tuple[datetime, disclosure.Glance]] = current_app.extensions.setdefault("glances", {})
    if community_id not in seen or seen[community_id][0] <= now():
        rests = timedelta(minutes=current_app.config["GLANCE_MINUTES"])
        seen[community_id] = (now() + rests, disclosure.glance(community_id))
    return seen[community_id][1]


def _stranger() -> Any:
    """Show somebody unknown the way in, then what everybody may know: the figures of all, and what is on."""
    here = g.visitor.community_id
    around = published_needs(community_id=here, limit=3) if here else None
    seen = None if g.visitor.elder else _glance(here)
    return respond.page("home/resident.html", around=around, board=seen, soon=seen.activities if seen else [])


def _resident() -> Any:
    """Show a resident one big button, the open matter with its thread, what waits for a word, and what neighbors say and do."""
    visitor = g.visitor
    mine, _older = my_needs(visitor.actor, limit=3)
    around = published_needs(community_id=visitor.community_id, limit=3) if visitor.community_id else None
    news = [one for one in tellings.news_for(visitor.actor.account_id, limit=3) if one.unread]
    return respond.page("home/resident.html", mine=mine, around=around, items=news, named=called_in(news, visitor.actor),
                        soon=activities.coming(visitor.community_id, limit=3) if visitor.community_id else [],
                        waiting=ratings.to_rate(visitor.actor, limit=3),
                        hours=volunteering.my_minutes(visitor.actor.person_id))  # fmt: skip


# Where each task is done; {} or {0} is the public id of the thing on the line, {1} of what it lies in.
PLACES: dict[Task, str] = {
    **dict.fromkeys((Task.ACCEPT, Task.RAISED, Task.ANSWER, Task.PROMISE, Task.OBJECTION, Task.OVERDUE), "/desk/needs/{}"),
    **dict.fromkeys((Task.PACKAGE_BACK, Task.SIGN, Task.DECIDE, Task.READ_PACKAGE), "/packages/{}"),
    **dict.fromkeys(
        (Task.ASSIGN, Task.BUDGET, Task.NEXT_DATE, Task.QUIET_PROJECT, Task.PROJECT_OVER, Task.READ_PROJECT), "/projects/{}"
    ),
    **dict.fromkeys((Task.FINISH_REPORT, Task.SIGN_REPORT, Task.REPORT_BACK, Task.RECEIVE_REPORT), "/reports/{}"),
    Task.WRITE_REPORT: "/reports/figures?place={0}&period={1}",
    Task.PHONE: "/desk/calls", Task.TALK: "/ratings/contacts", Task.PRESENCE: "/ratings/presence",
    Task.SECOND_EYES: "/ratings/sheets", Task.MATCH: "/to-match",
    Task.PRE_REPORT: "/pre-reports", Task.JOIN: "/need-groups", Task.MEET: "/people?unconfirmed=1",
    Task.CONFIRM_PEOPLE: "/accounts/requests", Task.REQUESTS: "/accounts/requests", Task.NOTICE: "/notice-desk/{}",
    Task.APPROVE_LOGS: "/log-approvals", Task.APPROVE_HOURS: "/hours", Task.CORRECT_HOURS: "/hours", Task.CERTIFICATES: "/certificate-desk",
    Task.UNMASKED: "/unmasked-files",
    Task.CHECK_OUT_LACKS: "/activities/{}/attendance", Task.LOG_BACK: "/logs/{}/edit",
    Task.LOG_DRAFT: "/logs/{}/edit", Task.VISIT: "/projects/{1}/logs/new/visit?person={0}",
    Task.LONG_UNSEEN: "/my-people?long=1", Task.LOOK_IN: "/long-unseen", Task.MENTION: "/talk/{}",
    Task.SCORE: "/projects/{}/base-scores", Task.VERIFY: "/audit/verification",
    Task.TRIAL_ENDS: "/board?community={}", Task.TRIAL_OVER: "/board?community={}",
}  # fmt: skip


def _staff() -> Any:
    """Show those who work here what waits for them today, each line with its one action, then the figures."""
    role = next(held.role for held in g.visitor.actor.held if held.role in STAFF)
    return respond.page(
        "home/staff.html", home=homes.home_of(g.visitor.actor, role), role=role, places=PLACES, today=now(),
        first_days=set_up.first_days(g.visitor.actor, role), actions=words.ACTIONS, counted=words.COUNTED, empty_words=words.EMPTY[role.value],
    )  # fmt: skip


# The home of each role; whoever is not named has the staff's or the resident's.
HOMES: dict[Role, Callable[[], Any]] = {}


@blueprint.get("/")
@open_to_everyone
def show() -> Any:
    """Show the home of the reader's role."""
    if not g.visitor.signed_in:
        return _stranger()
    home = HOMES.get(g.visitor.role) or (_staff if g.visitor.staff else _resident)
    return home()
