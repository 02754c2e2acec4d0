"""The worker's notebook, and the desk of the second pair of eyes."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, abort, g, request, url_for

from models import service_log
from models.attendance import Register, read_names
from models.base import NotFound, Refused
from models.people import Person
from models.permissions import Permission
from models.projects import Project
from models.service_log import ServiceLog, ServiceMethod
from models.states import ServiceLogState
from web import respond, uploads
from web.doors import open_to
from web.forms.service_log import (
    ApprovalForm,
    HandInForm,
    LogForm,
    ReasonForm,
    WalkInForm,
    entry_of,
    filled_from,
    filled_from_card,
    form_for,
)

blueprint = Blueprint("service_log", __name__)
MOST_PEOPLE = 40


@blueprint.app_context_processor
def keys() -> dict[str, Any]:
    """Give templates a fresh key for each button that acts: two rows of a list are two acts."""
    return {"new_key": lambda: str(uuid.uuid4())}


@blueprint.get("/logs")
@open_to(Permission.WRITE_LOG)
def index() -> Any:
    """Show the worker's own logs, newest first."""
    state = request.args.get("state")
    chosen = ServiceLogState(state) if state in set(ServiceLogState) else None
    account = g.visitor.actor.account_id
    lines = service_log.lines_of_author(account, state=chosen, before=respond.number("before"), limit=21)
    return respond.page("service_log/index.html", lines=lines[:20], more=len(lines) > 20, state=chosen)


@blueprint.get("/logs/new")
@open_to(Permission.WRITE_LOG)
def choose() -> Any:
    """Ask which project, and what kind of service."""
    places = service_log.workplaces(g.visitor.actor)
    return respond.page("service_log/choose.html", places=places, methods=list(ServiceMethod))


def _project(public_id: str) -> Project:
    return Project.find(public_id, Project.visible_to(g.visitor.actor, Permission.WRITE_LOG))


def _method(word: str) -> ServiceMethod:
    if word.upper() not in set(ServiceMethod):
        raise NotFound(word)
    return ServiceMethod(word.upper())


def _new_form(project: Project, method: ServiceMethod) -> tuple[LogForm, dict[str, Any]]:
    """Return the form of a new log and what its page shows."""
    account = g.visitor.actor.account_id
    person = request.args.get("person", "")[:10]
    asked = service_log.find_people(project.community_id, [person]) if person else []
    last = service_log.last_of(account, project, method, asked[0] if asked else None)
    choices = service_log.choices_for(project, account)
    regulars = [one.public_id for one in choices.people][:MOST_PEOPLE] if method == ServiceMethod.VISIT else []
    members = [seat.person_public_id or "" for seat in last.people] if last and method != ServiceMethod.EVENT else []
    shown = [one.public_id for one in asked] or [*members, *regulars]
    form = form_for(project, choices, shown, **filled_from(last, again="again" in request.args))
    return form, {"form": form, "project": project.title, "project_id": project.public_id, "method": method,
                  "last": last, "person": person, "log": None, "taken": []}  # fmt: skip


@blueprint.get("/projects/<public_id>/logs/new/<method>")
@open_to(Permission.WRITE_LOG)
def new(public_id: str, method: str) -> Any:
    """Show the form of one kind of service, with what usually stays filled in."""
    _, shown = _new_form(_project(public_id), _method(method))
    return respond.page("service_log/new.html", **shown, refused=None)


@blueprint.post("/projects/<public_id>/logs/new/<method>")
@open_to(Permission.WRITE_LOG)
@respond.once
def create(public_id: str, method: str) -> Any:
    """Write a log, or keep it as a draft; an event goes on to its list."""
    project, kind = _project(public_id), _method(method)
    form, shown = _new_form(project, kind)
    photos = uploads.with_the_form(form.photos)
    again = respond.form_page("service_log/new.html", {**shown, "taken": photos})
    if not form.validate_on_submit():
        return again()
    entry = entry_of(form, kind, project, photos, g.visitor.author)
    log = ServiceLog.write(project, entry, by=g.visitor.actor, submit=form.submits and kind != ServiceMethod.EVENT)
    to_list = kind == ServiceMethod.EVENT and form.submits
    return respond.done(url_for("attendance.of_log" if to_list else ".show", public_id=log.public_id))


def _readable(public_id: str, permission: Permission = Permission.READ_LOGS) -> ServiceLog:
    return ServiceLog.find(public_id, ServiceLog.visible_to(g.visitor.actor, permission))


@blueprint.get("/logs/<public_id>")
@open_to(Permission.READ_LOGS)
def show(public_id: str) -> Any:
    """Show one log: the internal record only to those it is open to, names within one's own service."""
    return respond.page("service_log/show.html", **_shown(_readable(public_id)), refused=None)


def _shown(log: ServiceLog, *, internal: bool = False) -> dict[str, Any]:
    actor = g.visitor.actor
    own = log.author_id == actor.account_id
    if log.state == ServiceLogState.DRAFT and not own:
        raise NotFound(log.public_id)
    inside = service_log.may_read_internal(log, actor)
    names = inside or service_log.may_read_names(log, actor)
    card = service_log.card_of(log, internal=inside or internal)
    return {"log": card, "own": own, "inside": inside, "names": names, "may_judge": service_log.may_judge(log, actor),
            "reason": ReasonForm(), "hand_in": HandInForm(), "walk_in": WalkInForm(), "opened": internal,
            "audits": actor.may(Permission.AUDIT) and not inside}  # fmt: skip


@blueprint.post("/logs/<public_id>/internal-reading")
@open_to(Permission.AUDIT)
def read_internal(public_id: str) -> Any:
    """Open the internal record to an auditor who says why; the reading is logged."""
    log = _readable(public_id, Permission.AUDIT)
    form = ReasonForm()
    if not form.validate_on_submit() or not g.get("csrf_valid", False):
        return respond.page("service_log/show.html", 422, **{**_shown(log), "reason": form}, refused=None)
    respond.note_access("read.internal", kind="service_logs", subject_id=log.id, reason=form.reason.data[:60])
    return respond.page("service_log/show.html", **_shown(log, internal=True), refused=None)


@blueprint.get("/logs/<public_id>/edit")
@open_to(Permission.WRITE_LOG)
def edit(public_id: str) -> Any:
    """Show one's own draft or returned log for rewriting."""
    return respond.page("service_log/new.html", **_edit_form(_own(public_id)), refused=None)


def _own(public_id: str) -> ServiceLog:
    log = _readable(public_id, Permission.WRITE_LOG)
    if log.author_id != g.visitor.actor.account_id:
        raise NotFound(public_id)
    return log


def _edit_form(log: ServiceLog) -> dict[str, Any]:
    card = service_log.card_of(log, internal=True)
    project = Project.get(log.project_id)
    choices = service_log.choices_for(project, log.author_id)
    people = [seat.person_public_id for seat in card.served if seat.person_public_id]
    form = form_for(project, choices, people, **filled_from_card(card))
    return {"form": form, "project": card.project, "project_id": card.project_public_id, "method": card.method,
            "last": None, "person": "", "log": card, "taken": []}  # fmt: skip


@blueprint.post("/logs/<public_id>/edit")
@open_to(Permission.WRITE_LOG)
@respond.once
def update(public_id: str) -> Any:
    """Rewrite one's own draft or returned log, and hand it in if asked to."""
    log = _own(public_id)
    shown = _edit_form(log)
    form = shown["form"]
    photos = uploads.with_the_form(form.photos)
    again = respond.form_page("service_log/new.html", {**shown, "taken": photos})
    if not form.validate_on_submit():
        return again()
    entry = entry_of(form, ServiceMethod(log.method), Project.get(log.project_id), photos, g.visitor.author)
    seen = form.version.data
    log.rewrite(entry, by=g.visitor.actor, submit=form.submits, seen_version=seen)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.post("/logs/<public_id>/submission")
@open_to(Permission.WRITE_LOG)
@respond.once
def submit(public_id: str) -> Any:
    """Hand a draft in."""
    log, form = _own(public_id), HandInForm()
    again = respond.form_page("service_log/show.html", lambda: {**_shown(_own(public_id)), "hand_in": form})
    if not form.validate_on_submit():
        return again()
    log.submit(by=g.visitor.actor, late_reason=form.late_reason.data or "")
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.get("/log-approvals")
@open_to(Permission.READ_LOGS)
def approvals() -> Any:
    """Show what waits for this reader's approval: the clean ones together, the flagged ones one by one."""
    if not (g.visitor.may(Permission.APPROVE_LOG) or g.visitor.may(Permission.APPROVE_LATE_LOG)):
        abort(403)
    waiting = service_log.waiting_for(g.visitor.actor)
    return respond.page("service_log/approvals.html", waiting=waiting, form=ApprovalForm(), refused=None)


@blueprint.post("/log-approvals")
@open_to(Permission.READ_LOGS)
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
@open_to(Permission.READ_LOGS)
@respond.once
def approve(public_id: str) -> Any:
    """Approve one log."""
    log = _readable(public_id)
    log.approve(by=g.visitor.actor)
    return respond.done(url_for(".approvals"))


def _reasoned(public_id: str, verb: str, onward: str) -> Any:
    """Do what needs a reason, or show the log again with the form."""
    log, form = _readable(public_id), ReasonForm()
    again = respond.form_page("service_log/show.html", lambda: {**_shown(_readable(public_id)), "reason": form})
    if not form.validate_on_submit():
        return again()
    getattr(log, verb)(form.reason.data, by=g.visitor.actor)
    return respond.done(onward)


@blueprint.post("/logs/<public_id>/return")
@open_to(Permission.READ_LOGS)
@respond.once
def send_back(public_id: str) -> Any:
    """Send a log back with a reason."""
    return _reasoned(public_id, "return_", url_for(".approvals"))


@blueprint.post("/logs/<public_id>/correction")
@open_to(Permission.READ_LOGS)
@respond.once
def correct(public_id: str) -> Any:
    """Take an approved log back for correction."""
    return _reasoned(public_id, "correct", url_for(".show", public_id=public_id))


@blueprint.post("/logs/<public_id>/voiding")
@open_to(Permission.READ_LOGS)
@respond.once
def void(public_id: str) -> Any:
    """Void an approved log."""
    return _reasoned(public_id, "void", url_for(".show", public_id=public_id))


@blueprint.post("/logs/<public_id>/walk-ins")
@open_to(Permission.MATCH_ATTENDANCE)
@respond.once
def identify(public_id: str) -> Any:
    """Name somebody who came without a name."""
    log, form = _readable(public_id, Permission.MATCH_ATTENDANCE), WalkInForm()
    again = respond.form_page("service_log/show.html", lambda: {**_shown(_readable(public_id)), "walk_in": form})
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


@blueprint.get("/projects/<public_id>/logs")
@open_to(Permission.READ_LOGS)
def of_project(public_id: str) -> Any:
    """Show the logs of a project to those who may read logs."""
    project = Project.find(public_id, Project.visible_to(g.visitor.actor, Permission.READ_LOGS))
    lines = service_log.lines_of_project(project, before=respond.number("before"), limit=21)
    counts, writes = service_log.counts(project), g.visitor.may(Permission.WRITE_LOG)
    return respond.page("service_log/of_project.html", lines=lines[:20], more=len(lines) > 20, counts=counts,
                        project=project.title, project_id=project.public_id, writes=writes)  # fmt: skip


@blueprint.get("/my-people")
@open_to(Permission.WRITE_LOG)
def people() -> Any:
    """Show the people of one's visits and groups, those unseen for longest first."""
    return respond.page("service_log/people.html", people=service_log.people_of_worker(g.visitor.actor.account_id))
