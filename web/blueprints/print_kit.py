"""The counter of paper: every sheet that goes out, gathered in one place, each behind the door of its role."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for

from models import activities, print_kit, ratings, service_log
from models.activities import Activity
from models.base import today
from models.permissions import Permission
from models.projects import Project
from models.reports import Period
from models.service_log import ServiceLog
from web import links, respond
from web.doors import open_to
from web.filters import clock_time, posted_moment
from web.forms.print_kit import MeetingForm

blueprint = Blueprint("print_kit", __name__)


@blueprint.get("/print-kit")
@open_to(Permission.READ_DAY)
def index() -> Any:
    """Show what can be printed, by what is at hand."""
    return respond.page("print_kit/index.html", kit=print_kit.kit(g.visitor.actor), meeting=MeetingForm(formdata=None),
                        month=f"{today():%Y-%m}", said=_said)  # fmt: skip


def _said(one: print_kit.Coming) -> str:
    return f"{one.title} {posted_moment(one.starts_at)} {one.place}"


def _activity(public_id: str) -> Activity:
    return Activity.find(public_id, Activity.visible_to(g.visitor.actor, Permission.WRITE_LOG))


@blueprint.get("/activities/<public_id>/sign-in-sheet")
@open_to(Permission.WRITE_LOG)
def sign_in_sheet(public_id: str) -> Any:
    """Show the sign-in sheet of an activity: those who signed up, then blank lines (签到表)."""
    one = _activity(public_id)
    address = url_for("activities.check_in_page", public_id=public_id, _external=True)
    return respond.page("print_kit/sign_in.html", notice=activities.notice(one), sheet=print_kit.sign_in_sheet(one),
                        qr_data=links.drawn(address))  # fmt: skip


@blueprint.get("/activities/<public_id>/wall-poster")
@open_to(Permission.WRITE_LOG)
def wall_poster(public_id: str) -> Any:
    """Show the poster that invites to an activity, for the wall (活动海报)."""
    one = activities.notice(_activity(public_id))
    live = url_for("activities.show", public_id=public_id, _external=True)
    when = f"{posted_moment(one.starts_at)}–{clock_time(one.ends_at)}"
    return respond.page("print_kit/wall_poster.html", notice=one, when=when, qr_data=links.drawn(live))


@blueprint.get("/activities/<public_id>/rating-poster")
@open_to(Permission.WRITE_LOG)
def rating_poster(public_id: str) -> Any:
    """Show whoever serves at an activity the poster on which people rate it; codes of strips stay with the committee."""
    record = service_log.record_of(_activity(public_id))
    if record is None:
        # There the record is opened with one press, and the poster stands beside it.
        return respond.onward(f"/activities/{public_id}")
    url = url_for("ratings.new_at_poster", public_id=record, _external=True)
    asked = ratings.asked_at(ServiceLog.find(record))
    return respond.page(
        "ratings/poster.html", asked=asked, url=url, data=links.drawn(url), back=f"/activities/{public_id}"
    )


@blueprint.get("/projects/<public_id>/people-sheet")
@open_to(Permission.WRITE_LOG)
def people_sheet(public_id: str) -> Any:
    """Show whom a project serves, for the folder of those who serve (服务名单); that it was looked at is logged."""
    project = Project.find(public_id, Project.visible_to(g.visitor.actor, Permission.WRITE_LOG))
    respond.note_access("print.people", kind="projects", subject_id=project.id)
    return respond.page("print_kit/people.html", project=project.title, project_no=project.project_no, back=public_id,
                        people=print_kit.people_of(project))  # fmt: skip


@blueprint.get("/hours/sheet")
@open_to(Permission.APPROVE_HOURS)
def hours_sheet() -> Any:
    """Show the volunteer time of a month, to be signed (志愿者时长表)."""
    period = Period.of(request.args.get("month", "") or f"{today():%Y-%m}")
    found = print_kit.hours_of(g.visitor.actor, period)
    return respond.page("print_kit/hours.html", volunteers=found, period=period.code,
                        minutes=sum(one.minutes for one in found))  # fmt: skip


@blueprint.get("/print-kit/meeting")
@open_to(Permission.READ_DAY)
def meeting() -> Any:
    """Show the sign-in sheet of a meeting, with as many blank lines as were asked for (会议签到)."""
    form = MeetingForm(request.args)
    form.validate()
    return respond.page("print_kit/meeting.html", form=form, rows=form.lines)
