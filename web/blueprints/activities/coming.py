"""The board of activities: read by everybody, signed up for, checked into with the code of the day."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask_babel import gettext as _

from models import activities, service_log
from models.activities import Activity
from models.attendance import Attendance
from models.base import Refused, now
from models.permissions import Permission
from models.places import Place
from models.projects import Project
from web import respond, throttle
from web.blueprints.activities.counter import blueprint
from web.doors import open_to, open_to_everyone
from web.forms.activities import ActivityForm, CallOffForm, CodeForm, SignUpForm
from web.forms.base import ActForm, options
from web.links import drawn


@blueprint.get("/activities")
@open_to_everyone
def index() -> Any:
    """Show what is coming, and what took place lately."""
    community = g.visitor.community_id
    return respond.page("activities/index.html", coming=activities.coming(community), past=activities.past(community),
                        announces=g.visitor.may(Permission.WRITE_LOG))  # fmt: skip


@blueprint.get("/activities/new")
@open_to(Permission.WRITE_LOG)
def new() -> Any:
    """Show the form of an activity."""
    form = ActivityForm(project=request.args.get("project", "")[:10], in_charge=g.visitor.name)
    return respond.page("activities/new.html", form=_offered(form), refused=None)


def _offered(form: ActivityForm) -> ActivityForm:
    places = service_log.workplaces(g.visitor.actor)
    own = [("", _("None: the committee's own"))] if g.visitor.actor.reach(Permission.WRITE_LOG).community_ids else []
    form.project.choices = options(own + [(place.public_id, place.title) for place in places])
    return form


@blueprint.post("/activities")
@open_to(Permission.WRITE_LOG)
@respond.once
def create() -> Any:
    """Announce an activity."""
    form = _offered(ActivityForm())
    again = respond.form_page("activities/new.html", {"form": form})
    if not form.validate_on_submit():
        return again()
    project, community = _host(form.project.data)
    one = Activity.announce(
        community, form.title.data, content=form.content.data, place=form.place.data,
        starts_at=form.starts.moment or now(), ends_at=form.ends.moment or now(), in_charge=form.in_charge.data,
        capacity=form.capacity.number or None,
        project=project, by=g.visitor.actor,
    )  # fmt: skip
    return respond.done(url_for(".show", public_id=one.public_id))


def _host(public_id: str | None) -> tuple[Project | None, Place]:
    """Return the project and community of a new activity; without a project it is the committee's own."""
    if public_id:
        project = Project.find(public_id, Project.visible_to(g.visitor.actor, Permission.WRITE_LOG))
        return project, Place.get(project.community_id)
    own = sorted(g.visitor.actor.reach(Permission.WRITE_LOG).community_ids)
    if not own:
        raise Refused("not_your_project")
    return None, Place.get(own[0])


def _shown(public_id: str, **forms: Any) -> dict[str, Any]:
    """Return what the page of an activity shows: the notice, and the places of one's own household."""
    one = Activity.find(public_id)
    people = service_log.household(g.visitor.actor)
    mine = Attendance.of_people(one, g.visitor.actor.person_ids)
    sign_up, code = forms.get("sign_up") or SignUpForm(), forms.get("code") or CodeForm()
    sign_up.person.choices = code.person.choices = options(people)
    works = one.id in activities.within(g.visitor.actor, [one])
    return {"notice": activities.notice(one), "mine": mine, "sign_up": sign_up, "code": code, "works": works,
            "day_code": one.code if works else None, "call_off": CallOffForm(), "act": ActForm(),
            "reason": one.cancel_reason}  # fmt: skip


@blueprint.get("/activities/<public_id>")
@open_to_everyone
def show(public_id: str) -> Any:
    """Show one activity; those who are signed in may sign up."""
    return respond.page("activities/show.html", **_shown(public_id), refused=None)


def _somebody(public_id: str) -> Any:
    """Return the person of one's own household that a form named."""
    return service_log.own_person(g.visitor.actor, public_id)


@blueprint.post("/activities/<public_id>/places")
@open_to(Permission.OWN)
@respond.once
def sign_up(public_id: str) -> Any:
    """Sign oneself or somebody of one's household up."""
    form = SignUpForm()
    shown = _shown(public_id, sign_up=form)
    again = respond.form_page("activities/show.html", shown)
    if not form.validate_on_submit():
        return again()
    one, person = Activity.find(public_id), _somebody(form.person.data)
    Attendance.sign_up(one, person, part=form.part.data, by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.post("/attendances/<public_id>/cancellation")
@open_to(Permission.OWN)
@respond.once
def give_back(public_id: str) -> Any:
    """Give one's place back."""
    row = Attendance.find(public_id, Attendance.visible_to(g.visitor.actor, Permission.OWN))
    if ActForm().validate_on_submit():
        row.cancel(by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=row.activity_public_id()))


@blueprint.get("/activities/<public_id>/check-in")
@open_to(Permission.OWN)
def check_in_page(public_id: str) -> Any:
    """Ask for the code of the day; the poster at the entrance leads here."""
    return respond.page("activities/check_in.html", **_shown(public_id), refused=None)


@blueprint.post("/activities/<public_id>/check-in")
@open_to(Permission.OWN)
@throttle.wrong_counts("check-in", "code_wrong")
@respond.once
def check_in(public_id: str) -> Any:
    """Check in with the code of the day."""
    form = CodeForm()
    shown = _shown(public_id, code=form)
    again = respond.form_page("activities/check_in.html", shown)
    if not form.validate_on_submit():
        return again()
    one, person = Activity.find(public_id), _somebody(form.person.data)
    Attendance.check_in_by_code(one, form.code.data, person, part=form.part.data, by=g.visitor.actor)
    return respond.done(url_for(".check_in_page", public_id=public_id))


@blueprint.post("/attendances/<public_id>/check-out")
@open_to(Permission.OWN)
@respond.once
def check_out(public_id: str) -> Any:
    """Check out by oneself."""
    row = Attendance.find(public_id, Attendance.visible_to(g.visitor.actor, Permission.OWN))
    if ActForm().validate_on_submit():
        row.check_out(by=g.visitor.actor)
    return respond.done(url_for(".check_in_page", public_id=row.activity_public_id()))


@blueprint.post("/activities/<public_id>/calling-off")
@open_to(Permission.WRITE_LOG)
@respond.once
def call_off(public_id: str) -> Any:
    """Call an activity off; those who signed up are told."""
    one = Activity.find(public_id, Activity.visible_to(g.visitor.actor, Permission.WRITE_LOG))
    form = CallOffForm()
    again = respond.form_page("activities/show.html", lambda: {**_shown(public_id), "call_off": form})
    if not form.validate_on_submit():
        return again()
    one.cancel(form.reason.data, by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.get("/activities/<public_id>/poster")
@open_to(Permission.WRITE_LOG)
def poster(public_id: str) -> Any:
    """Show the sheet for the entrance: the code of the day and the address behind it."""
    one = Activity.find(public_id, Activity.visible_to(g.visitor.actor, Permission.WRITE_LOG))
    address = url_for(".check_in_page", public_id=public_id, _external=True)
    return respond.page("activities/poster.html", notice=activities.notice(one), code=one.code, qr_data=drawn(address))
