"""The counter of activities that are reported beforehand: the organization hands in, the committee answers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for

from models import pre_reports, service_log
from models.permissions import Permission
from models.pre_reports import ActivityPreReport, Intent, Verdict
from models.projects import Project
from web import respond
from web.doors import open_to
from web.forms.base import ActForm, options
from web.forms.pre_reports import PreReportForm, ReplyForm, VerdictForm

blueprint = Blueprint("pre_reports", __name__)


def report_of(public_id: str, permission: Permission = Permission.READ_PRE_REPORTS) -> ActivityPreReport:
    """Return a report within reach, or answer 404."""
    return ActivityPreReport.find(public_id, ActivityPreReport.visible_to(g.visitor.actor, permission))


@blueprint.get("/pre-reports")
@open_to(Permission.READ_PRE_REPORTS)
def index() -> Any:
    """Show what was reported beforehand."""
    lines, older = pre_reports.lines(g.visitor.actor, Permission.READ_PRE_REPORTS, before=respond.number("before"))
    reports = g.visitor.may(Permission.REPORT_ACTIVITY)
    return respond.page("pre_reports/index.html", lines=lines, older=older, reports=reports)


def _form(**more: Any) -> PreReportForm:
    form = PreReportForm(**more)
    form.project.choices = options((one.public_id, one.title) for one in service_log.workplaces(g.visitor.actor))
    return form


@blueprint.get("/pre-reports/new")
@open_to(Permission.REPORT_ACTIVITY)
def new() -> Any:
    """Show the form of a report."""
    form = _form(project=request.args.get("project", "")[:10], in_charge=g.visitor.name)
    return respond.page("pre_reports/new.html", form=form, refused=None)


@blueprint.post("/pre-reports")
@open_to(Permission.REPORT_ACTIVITY)
@respond.once
def create() -> Any:
    """Report an activity to the community."""
    form = _form()
    again = respond.form_page("pre_reports/new.html", {"form": form})
    if not form.validate_on_submit():
        return again()
    project = Project.find(form.project.data, Project.visible_to(g.visitor.actor, Permission.REPORT_ACTIVITY))
    one = ActivityPreReport.report(project, _intent(form), by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=one.public_id))


def _intent(form: PreReportForm) -> Intent:
    return Intent(
        form.title.data, form.content.data, form.place.data, form.starts.when, form.ends.when, form.in_charge.data,
        form.safety.data, form.expected.number or None,
    )  # fmt: skip


def _shown(one: ActivityPreReport, **forms: Any) -> dict[str, Any]:
    actor = g.visitor.actor
    notes = one.community_id in actor.reach(Permission.NOTE_PRE_REPORTS).community_ids
    reports = one.organization_id in actor.reach(Permission.REPORT_ACTIVITY).organization_ids
    return {"one": pre_reports.card_of(one), "notes": notes, "reports": reports, "act": ActForm(), "refused": None,
            "verdict": VerdictForm(), "reply": ReplyForm(), **forms}  # fmt: skip


@blueprint.get("/pre-reports/<public_id>")
@open_to(Permission.READ_PRE_REPORTS)
def show(public_id: str) -> Any:
    """Show one report, with what may be done with it."""
    return respond.page("pre_reports/show.html", **_shown(report_of(public_id)))


@blueprint.post("/pre-reports/<public_id>/decision")
@open_to(Permission.NOTE_PRE_REPORTS)
@respond.once
def decide(public_id: str) -> Any:
    """Take note of a report, ask about it, or refuse it."""
    one, form = report_of(public_id, Permission.NOTE_PRE_REPORTS), VerdictForm()
    again = respond.form_page("pre_reports/show.html", lambda: _shown(one, verdict=form))
    if not form.validate_on_submit():
        return again()
    one.decide(Verdict(form.verdict.data), form.words.data or "", by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.post("/pre-reports/<public_id>/answer")
@open_to(Permission.REPORT_ACTIVITY)
@respond.once
def reply(public_id: str) -> Any:
    """Answer what the committee asked."""
    one, form = report_of(public_id, Permission.REPORT_ACTIVITY), ReplyForm()
    again = respond.form_page("pre_reports/show.html", lambda: _shown(one, reply=form))
    if not form.validate_on_submit():
        return again()
    one.reply(form.words.data, by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.post("/pre-reports/<public_id>/withdrawal")
@open_to(Permission.REPORT_ACTIVITY)
@respond.once
def withdraw(public_id: str) -> Any:
    """Take a report back."""
    one = report_of(public_id, Permission.REPORT_ACTIVITY)
    respond.form_page("pre_reports/show.html", lambda: _shown(one))
    if ActForm().validate_on_submit():
        one.withdraw(by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.post("/pre-reports/<public_id>/announcement")
@open_to(Permission.REPORT_ACTIVITY)
@respond.once
def announce(public_id: str) -> Any:
    """Put a noted activity on the calendar, as it was reported."""
    one = report_of(public_id, Permission.REPORT_ACTIVITY)
    again = respond.form_page("pre_reports/show.html", lambda: _shown(one))
    if not ActForm().validate_on_submit():
        return again()
    activity = one.announce(by=g.visitor.actor)
    return respond.done(url_for("activities.show", public_id=activity.public_id))
