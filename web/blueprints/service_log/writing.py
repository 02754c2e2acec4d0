"""The worker's notebook: written in a minute, kept as a draft, handed in."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from werkzeug.datastructures import CombinedMultiDict

from models import activities, progress, service_log
from models.base import NotFound
from models.permissions import Permission
from models.projects import Project
from models.service_log import ServiceLog, ServiceMethod
from models.states import ServiceLogState
from web import merging, respond, uploads
from web.blueprints.service_log.counter import blueprint, readable, shown
from web.doors import open_to
from web.forms.base import ActForm
from web.forms.service_log import (
    HandInForm,
    LogForm,
    PeopleForm,
    entry_of,
    filled_from,
    filled_from_card,
    form_for,
)

MOST_PEOPLE = 40
PAGE = 20


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
    return respond.page("service_log/choose.html", places=places, methods=service_log.BY_HAND)


def _project(public_id: str) -> Project:
    return Project.find(public_id, Project.visible_to(g.visitor.actor, Permission.WRITE_LOG))


def _method(word: str) -> ServiceMethod:
    if word.upper() not in service_log.BY_HAND:
        raise NotFound(word)
    return ServiceMethod(word.upper())


def _new_form(project: Project, method: ServiceMethod) -> tuple[LogForm, dict[str, Any]]:
    """Return the form of a new log and what its page shows."""
    account = g.visitor.actor.account_id
    person = request.args.get("person", "")[:10]
    asked = service_log.find_people(project.community_id, [person]) if person else []
    last = service_log.last_of(account, project, method, asked[0] if asked else None)
    own = service_log.own_people(project, account) if method == ServiceMethod.VISIT else []
    regulars = [one.public_id for one in own][:MOST_PEOPLE]
    members = [seat.person_public_id or "" for seat in last.people] if last and method != ServiceMethod.EVENT else []
    shown = [one.public_id for one in asked] or [*members, *regulars]
    form = form_for(
        project, service_log.choices_for(project), shown, **filled_from(last, again="again" in request.args)
    )
    return form, {"form": form, "project": project.title, "project_id": project.public_id, "method": method,
                  "last": last, "person": person, "log": None, "taken": [], "goals": progress.progress(project) if person else []}  # fmt: skip


def _again(project: Project, method: ServiceMethod) -> dict[str, Any]:
    """Return what the page of a new log shows with everything typed, and what is wrong with it."""
    form, shown = _new_form(project, method)
    form.validate()
    return shown


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
    # What was typed decides; what a new form begins with is looked up only where the page is shown again.
    form = form_for(project, service_log.choices_for(project), ())
    photos = uploads.with_the_form(form.photos)
    again = respond.form_page("service_log/new.html", lambda: {**_again(project, kind), "taken": photos})
    if not form.validate_on_submit():
        return again()
    entry = entry_of(form, kind, project, photos, g.visitor.author)
    log = ServiceLog.write(project, entry, by=g.visitor.actor, submit=form.submits and kind != ServiceMethod.EVENT)
    to_list = kind == ServiceMethod.EVENT and form.submits
    return respond.done(url_for("attendance.of_log" if to_list else ".show", public_id=log.public_id))


@blueprint.get("/logs/<public_id>/edit")
@open_to(Permission.WRITE_LOG)
def edit(public_id: str) -> Any:
    """Show one's own draft or returned log for rewriting."""
    return respond.page("service_log/new.html", **_edit_form(_own(public_id)), refused=None)


def _own(public_id: str) -> ServiceLog:
    log = readable(public_id, Permission.WRITE_LOG)
    if log.author_id != g.visitor.actor.account_id:
        raise NotFound(public_id)
    return log


def _edit_form(log: ServiceLog) -> dict[str, Any]:
    card = service_log.card_of(log, internal=True)
    project = Project.get(log.project_id)
    choices = service_log.choices_for(project)
    ticked = card.method == ServiceMethod.LIST
    people = [seat.person_public_id for seat in card.served if seat.person_public_id and not ticked]
    stands = filled_from_card(card)
    both = merging.merge(request.form, stands, card.version)
    sent: list[Any] = [request.files, both.posted]
    posted = {"formdata": CombinedMultiDict(sent)} if request.method == "POST" else {}
    form = form_for(project, choices, people, **stands, **posted)
    return {"form": form, "project": card.project, "project_id": card.project_public_id, "method": card.method,
            "last": None, "person": "", "log": card, "taken": [], "both": both,
            "marks": merging.marks_of(stands)}  # fmt: skip


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
    shown["both"].check(form, log.version)
    entry = entry_of(form, ServiceMethod(log.method), Project.get(log.project_id), photos, g.visitor.author)
    seen = log.version if shown["both"].moved_on else form.version.data
    log.rewrite(entry, by=g.visitor.actor, submit=form.submits, seen_version=seen)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.post("/logs/<public_id>/submission")
@open_to(Permission.WRITE_LOG)
@respond.once
def submit(public_id: str) -> Any:
    """Hand a draft in."""
    log, form = _own(public_id), HandInForm()
    again = respond.form_page("service_log/show.html", lambda: {**shown(_own(public_id)), "hand_in": form})
    if not form.validate_on_submit():
        return again()
    log.submit(by=g.visitor.actor, late_reason=form.late_reason.data or "")
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.post("/logs/<public_id>/photos-given-up")
@open_to(Permission.WRITE_LOG)
@respond.once
def give_photos_up(public_id: str) -> Any:
    """Note that the photos which are still on a phone will not come."""
    log = _own(public_id)
    if ActForm().validate_on_submit():
        log.await_no_more_photos(by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.get("/my-people")
@open_to(Permission.WRITE_LOG)
def people() -> Any:
    """Show the people of one's visits and groups, those unseen for longest first."""
    form, long = PeopleForm(request.args, meta={"csrf": False}), "long" in request.args
    everybody = service_log.people_of_worker(g.visitor.actor.account_id)
    found = service_log.looked_after(everybody, words=(form.q.data or "")[:40], long=long)
    start = respond.number("from") or 0
    older: dict[str, Any] = {"q": form.q.data or None, "long": 1 if long else None, "from": start + PAGE}
    return respond.page(
        "service_log/people.html", people=found[start : start + PAGE], long=long, form=form, start=start,
        older=url_for(".people", **older) if len(found) > start + PAGE else None,
        activities=activities.of_today(g.visitor.actor),
    )  # fmt: skip
