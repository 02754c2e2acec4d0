"""The desk of the second pair of eyes: approved, sent back, called about, taken back."""

from __future__ import annotations

from typing import Any

from flask import g, url_for

from models import service_log
from models.attendance import Register, read_names
from models.base import NotFound, Refused
from models.people import Person
from models.permissions import Permission
from models.service_log import CallOutcome, ServiceLog
from web import respond
from web.blueprints.service_log.counter import blueprint, readable, shown
from web.doors import open_to
from web.forms.service_log import ApprovalForm, CallForm, ReasonForm, WalkInForm


@blueprint.get("/log-approvals")
@open_to(Permission.JUDGE_LOG)
def approvals() -> Any:
    """Show what waits for this reader's approval: the clean ones together, the flagged ones one by one."""
    waiting = service_log.waiting_for(g.visitor.actor)
    return respond.page("service_log/approvals.html", waiting=waiting, form=ApprovalForm(), refused=None)


@blueprint.post("/log-approvals")
@open_to(Permission.JUDGE_LOG)
@respond.once
def approve_all() -> Any:
    """Approve the clean logs that were ticked, in one act."""
    form = ApprovalForm()
    actor = g.visitor.actor
    shown = lambda: {"waiting": service_log.waiting_for(actor), "form": form}  # noqa: E731
    again = respond.form_page("service_log/approvals.html", shown)
    if not form.validate_on_submit():
        return again()
    ServiceLog.approve_all(service_log.find_logs(actor, form.logs.data or []), by=actor)
    return respond.done(url_for(".approvals"))


@blueprint.post("/logs/<public_id>/approval")
@open_to(Permission.JUDGE_LOG)
@respond.once
def approve(public_id: str) -> Any:
    """Approve one log."""
    log = readable(public_id, Permission.JUDGE_LOG)
    log.approve(by=g.visitor.actor)
    return respond.done(url_for(".approvals"))


@blueprint.post("/logs/<public_id>/callees")
@open_to(Permission.JUDGE_LOG)
def reveal_callees(public_id: str) -> Any:
    """Show whom to call about a drawn record, and note that it was shown."""
    log = readable(public_id, Permission.JUDGE_LOG)
    if not log.drawn or not service_log.may_judge(log, g.visitor.actor) or not g.get("csrf_valid", False):
        raise NotFound(public_id)
    callees = log.callees()
    for one in callees:
        respond.note_access("reveal.callee", kind="people", subject_id=one.person_id, community_id=log.community_id)
    return respond.page("service_log/show.html", **shown(log, callees=callees), refused=None)


@blueprint.post("/logs/<public_id>/calls")
@open_to(Permission.JUDGE_LOG)
@respond.once
def create_call(public_id: str) -> Any:
    """Note what a call about a drawn record brought."""
    log, form = readable(public_id, Permission.JUDGE_LOG), CallForm()
    again = respond.form_page("service_log/show.html", lambda: {**shown(readable(public_id)), "call": form})
    if not form.validate_on_submit():
        return again()
    log.note_call(CallOutcome(form.outcome.data), by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


def _reasoned(public_id: str, verb: str, onward: str, permission: Permission = Permission.JUDGE_LOG) -> Any:
    """Do what needs a reason, or show the log again with the form."""
    log, form = readable(public_id, permission), ReasonForm()
    again = respond.form_page("service_log/show.html", lambda: {**shown(readable(public_id)), "reason": form})
    if not form.validate_on_submit():
        return again()
    getattr(log, verb)(form.reason.data, by=g.visitor.actor)
    return respond.done(onward)


@blueprint.post("/logs/<public_id>/return")
@open_to(Permission.JUDGE_LOG)
@respond.once
def send_back(public_id: str) -> Any:
    """Send a log back with a reason."""
    return _reasoned(public_id, "return_", url_for(".approvals"))


@blueprint.post("/logs/<public_id>/correction")
@open_to(Permission.WRITE_LOG)
@respond.once
def correct(public_id: str) -> Any:
    """Take an approved log back for correction."""
    return _reasoned(public_id, "correct", url_for(".show", public_id=public_id), Permission.WRITE_LOG)


@blueprint.post("/logs/<public_id>/voiding")
@open_to(Permission.JUDGE_LOG)
@respond.once
def void(public_id: str) -> Any:
    """Void an approved log."""
    return _reasoned(public_id, "void", url_for(".show", public_id=public_id))


@blueprint.post("/logs/<public_id>/walk-ins")
@open_to(Permission.MATCH_ATTENDANCE)
@respond.once
def identify(public_id: str) -> Any:
    """Name somebody who came without a name."""
    log, form = readable(public_id, Permission.MATCH_ATTENDANCE), WalkInForm()
    again = respond.form_page("service_log/show.html", lambda: {**shown(readable(public_id)), "walk_in": form})
    if not form.validate_on_submit():
        return again()
    log.identify(_meant(log, form.name.data), by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


def _meant(log: ServiceLog, text: str) -> Person:
    """Return the one person of the register whom a name and building mean."""
    line = read_names(text)[0]
    only = Register(log.community_id, [line.name]).only(line)
    if only is None:
        raise Refused("nobody_certain")
    return Person.get(only.id)
