"""The counter of lists: people chosen, a sheet to sign, door after door ticked on the phone, one record in the end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, g, request, url_for
from flask_babel import gettext as _

from models import service_lists, service_log
from models.attendance import Outcome
from models.base import now
from models.permissions import Permission
from models.projects import Project
from models.service_lists import ListCard, ServiceList, ServiceListLine
from models.service_log import Entry, ServiceLog, ServiceMethod
from web import respond
from web.doors import open_to
from web.forms.base import ActForm
from web.forms.moments import local
from web.forms.service_lists import ListForm, RecordForm, TickForm, choice

blueprint = Blueprint("service_lists", __name__)
USUAL_MINUTES = 120


def list_of(public_id: str) -> ServiceList:
    """Return a list within reach, or answer 404."""
    return ServiceList.find(public_id, ServiceList.visible_to(g.visitor.actor, Permission.WRITE_LOG))


def _project(public_id: str) -> Project:
    return Project.find(public_id, Project.visible_to(g.visitor.actor, Permission.WRITE_LOG))


@blueprint.get("/service-lists")
@open_to(Permission.WRITE_LOG)
def index() -> Any:
    """Show the lists, newest first, each with how far it is."""
    lines, older = service_lists.lines(g.visitor.actor, before=respond.number("before"))
    return respond.page("service_lists/index.html", lines=lines, older=older)


def _offered(form: ListForm) -> dict[str, Any]:
    """Return the question, who was found by it, and the form of the list itself."""
    projects = [(one.public_id, one.title) for one in service_log.workplaces(g.visitor.actor)]
    asked = choice(projects)
    chosen = asked.project.data if asked.project.data in dict(projects) else (projects[0][0] if projects else None)
    asked.project.data = form.project.data = chosen
    # First whom, then what: a phone shows one of the two at a time.
    looked = bool(request.args.get("project")) or request.method == "POST"
    found = service_lists.choose(_project(chosen), asked.wanted, g.visitor.actor) if chosen and looked else []
    return {"form": form, "asked": asked, "found": found, "looked": looked,
            "everybody": chosen is None or service_lists.whole_register(chosen, g.visitor.actor), "most": service_lists.MOST_LINES,
            "query": request.query_string.decode("ascii", "ignore")}  # fmt: skip


@blueprint.get("/service-lists/new")
@open_to(Permission.WRITE_LOG)
def new() -> Any:
    """Let people be chosen by mark, age and building."""
    form = ListForm(formdata=None, day=local(now())[:10])
    return respond.page("service_lists/new.html", **_offered(form), refused=None, ticked=None)


@blueprint.post("/service-lists")
@open_to(Permission.WRITE_LOG)
@respond.once
def create() -> Any:
    """Draw the list up from the people who were ticked."""
    form = ListForm()
    asked = form.project.data or ""
    again = respond.form_page("service_lists/new.html", lambda: {**_offered(form), "ticked": form.people})
    if not form.validate_on_submit():
        return again()
    project = _project(asked)
    people = service_lists.find(project, form.people, g.visitor.actor)
    day = form.day.when.date()
    one = ServiceList.draw_up(project, people, form.title.data, goods=form.goods.data, on_day=day, source=form.source, by=g.visitor.actor)  # fmt: skip
    return respond.done(url_for(".show", public_id=one.public_id))


def _shown(one: ServiceList, **forms: Any) -> dict[str, Any]:
    building = request.args.get("building")
    card = service_lists.card_of(one)
    parts = [part for part in card.buildings if building is None or part[0] == building]
    return {"card": card, "parts": parts, "building": building, "act": ActForm(), "refused": None,
            "record": forms.get("record") or _record(one, card)}  # fmt: skip


def _record(one: ServiceList, card: ListCard) -> RecordForm:
    ticks = [door.ticked_at for _name, doors in card.buildings for door in doors if door.ticked_at]
    first: datetime = min(ticks, default=now() - timedelta(minutes=USUAL_MINUTES))
    minutes = max(10, min(720, int((max(ticks, default=now()) - first).total_seconds() // 60)))
    said = _("%(what)s: went to %(n)s doors, handed over at %(seen)s: %(goods)s.", what=card.line.title,
             n=card.line.ticked, seen=card.line.seen, goods=card.line.goods)  # fmt: skip
    return RecordForm(formdata=None, began=local(first), minutes=str(minutes), summary=said)


@blueprint.get("/service-lists/<public_id>")
@open_to(Permission.WRITE_LOG)
def show(public_id: str) -> Any:
    """Show a list building by building, to be ticked door after door."""
    return respond.page("service_lists/show.html", **_shown(list_of(public_id)))


@blueprint.get("/service-lists/<public_id>/sheet")
@open_to(Permission.WRITE_LOG)
def sheet(public_id: str) -> Any:
    """Show the list as a sheet of paper on which those who receive something sign (慰问签收表)."""
    one = ServiceList.find(public_id, ServiceList.printable_by(g.visitor.actor, Permission.WRITE_LOG))
    respond.note_access("print.list", kind="service_lists", subject_id=one.id, community_id=one.community_id)
    own = [line.public_id for line in service_lists.lines(g.visitor.actor)[0]]
    back = url_for(".show", public_id=public_id) if public_id in own else url_for("print_kit.index")
    return respond.page("service_lists/sheet.html", card=service_lists.card_of(one), back=back)


@blueprint.post("/service-lists/<public_id>/lines/<line_id>")
@open_to(Permission.WRITE_LOG)
@respond.once
def tick(public_id: str, line_id: str) -> Any:
    """Note how it went at one door."""
    one, form = list_of(public_id), TickForm()
    line = ServiceListLine.of(one, line_id)
    again = respond.form_page("service_lists/show.html", lambda: _shown(one))
    if not form.validate_on_submit():
        return again()
    one.tick(line, Outcome(form.outcome.data), by=g.visitor.actor)
    here = url_for(".show", public_id=public_id, building=request.args.get("building"), _anchor=f"door-{line_id}")
    return respond.done(here, fragment=lambda: _door(one, line_id))


def _door(one: ServiceList, line_id: str) -> Any:
    card = service_lists.card_of(one)
    door = next(door for _name, doors in card.buildings for door in doors if door.public_id == line_id)
    return respond.page("service_lists/_door.html", door=door, card=card, building=request.args.get("building"))


@blueprint.post("/service-lists/<public_id>/record")
@open_to(Permission.WRITE_LOG)
@respond.once
def record(public_id: str) -> Any:
    """Hand the one record of a list in; somebody else approves it."""
    one, form = list_of(public_id), RecordForm()
    again = respond.form_page("service_lists/show.html", lambda: _shown(one, record=form))
    if not form.validate_on_submit():
        return again()
    log = ServiceLog.write(Project.get(one.project_id), _entry(one, form), by=g.visitor.actor, submit=True)
    return respond.done(url_for("service_log.show", public_id=log.public_id))


def _entry(one: ServiceList, form: RecordForm) -> Entry:
    buildings = [name for name, _doors in service_lists.card_of(one).buildings if name]
    return Entry(
        ServiceMethod.LIST, one.title, "、".join(buildings)[:120], form.began.when,
        form.began.when + timedelta(minutes=form.minutes.number or 0), form.summary.data, people=one.presences(),
        late_reason=form.late_reason.data or "", from_list=one,
    )  # fmt: skip


@blueprint.post("/service-lists/<public_id>/removal")
@open_to(Permission.WRITE_LOG)
@respond.once
def drop(public_id: str) -> Any:
    """Throw a list away that nobody needs."""
    one = list_of(public_id)
    respond.form_page("service_lists/show.html", lambda: _shown(one))
    if ActForm().validate_on_submit():
        one.drop(by=g.visitor.actor)
    return respond.done(url_for(".index"))
