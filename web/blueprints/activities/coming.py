"""The board of activities: announced, read by everybody, signed up for, called off."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask_babel import gettext as _

from models import activities, attendance, service_log
from models.activities import Activity, ActivitySeries
from models.attendance import Attendance
from models.base import Refused, now
from models.permissions import Permission
from models.places import Place
from models.projects import Project
from models.working_time import local_day
from web import respond
from web.blueprints.activities.counter import blueprint
from web.doors import open_to, open_to_everyone
from web.forms.activities import ActivityForm, CallOffForm, CodeForm, InsuranceForm, LeavingTimeForm, SignUpForm
from web.forms.base import ActForm, options
from web.forms.moments import local


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
    one = _announced(form)
    return respond.done(url_for(".show", public_id=one.public_id))


def _announced(form: ActivityForm) -> Activity:
    """Announce it once, or, where days of the week are ticked, every week; return the first time."""
    project, community = _host(form.project.data)
    told: dict[str, Any] = {
        "content": form.content.data, "place": form.place.data, "starts_at": form.starts.when,
        "ends_at": form.ends.when, "in_charge": form.in_charge.data, "capacity": form.capacity.number or None,
        "project": project, "wants": form.wants, "by": g.visitor.actor,
    }  # fmt: skip
    if not form.weekdays.data:
        return Activity.announce(community, form.title.data, **told)
    days, until = [int(day) for day in form.weekdays.data], form.until.moment
    last = local_day(until) if until else local_day(form.starts.when)
    return ActivitySeries.announce(community, form.title.data, weekdays=days, until=last, **told)[0]


def _host(public_id: str | None) -> tuple[Project | None, Place]:
    """Return the project and community of a new activity; without a project it is the committee's own."""
    if public_id:
        project = Project.find(public_id, Project.visible_to(g.visitor.actor, Permission.WRITE_LOG))
        return project, Place.get(project.community_id)
    own = sorted(g.visitor.actor.reach(Permission.WRITE_LOG).community_ids)
    if not own:
        raise Refused("not_your_project")
    return None, Place.get(own[0])


def shown(public_id: str, **forms: Any) -> dict[str, Any]:
    """Return what the page of an activity shows: the notice, and the places of one's own household."""
    one = Activity.find(public_id)
    people = service_log.household(g.visitor.actor)
    mine = Attendance.of_people(one, g.visitor.actor.person_ids)
    sign_up, code = forms.get("sign_up") or SignUpForm(), forms.get("code") or CodeForm()
    sign_up.person.choices = code.person.choices = options(people)
    works = one.id in activities.within(g.visitor.actor, [one])
    minors = attendance.without_consent(one, g.visitor.actor.person_ids) if people else set()
    return {
        "notice": activities.notice(one), "mine": mine, "sign_up": sign_up, "code": code, "works": works,
        "reads": activities.may_read_list(g.visitor.actor, one),
        "day_code": one.code if works else None, "call_off": forms.get("call_off") or CallOffForm(), "act": ActForm(),
        "reason": one.cancel_reason, "minors": bool(minors), "insurance": forms.get("insurance") or InsuranceForm(),
        "insured": one.insured, "risk": one.risk, "skill": one.skill, "series": one.series_id is not None,
        "record": service_log.record_of(one) if works else None, "recorded": one.project_id is not None,
        "policy": one.insurance_no if works else None, "leaving": LeavingTimeForm(left=local(min(one.ends_at, now()))),
    }  # fmt: skip


@blueprint.get("/activities/<public_id>")
@open_to_everyone
def show(public_id: str) -> Any:
    """Show one activity; those who are signed in may sign up."""
    return respond.page("activities/show.html", **shown(public_id), refused=None)


def somebody(public_id: str) -> Any:
    """Return the person of one's own household that a form named."""
    return service_log.own_person(g.visitor.actor, public_id)


@blueprint.post("/activities/<public_id>/places")
@open_to(Permission.OWN)
@respond.once
def sign_up(public_id: str) -> Any:
    """Sign oneself or somebody of one's household up."""
    form = SignUpForm()
    again = respond.form_page("activities/show.html", shown(public_id, sign_up=form))
    if not form.validate_on_submit():
        return again()
    one, person = Activity.find(public_id), somebody(form.person.data)
    Attendance.sign_up(one, person, part=form.part.data, guardian=form.named, by=g.visitor.actor)
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


@blueprint.post("/activities/<public_id>/calling-off")
@open_to(Permission.WRITE_LOG)
@respond.once
def call_off(public_id: str) -> Any:
    """Call an activity off; those who signed up are told."""
    one = Activity.find(public_id, Activity.visible_to(g.visitor.actor, Permission.WRITE_LOG))
    form = CallOffForm()
    again = respond.form_page("activities/show.html", lambda: shown(public_id, call_off=form))
    if not form.validate_on_submit():
        return again()
    one.cancel(form.reason.data, by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))
