"""The counter of projects: written down, assigned, steered, planned and kept; and found for a need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, g, redirect, request, url_for

from models import organizations, places
from models.accounts import Account
from models.events import timeline
from models.needs import Field, Kind, Need
from models.organizations import Organization
from models.packages import Measure
from models.permissions import Permission
from models.places import Place
from models.progress import progress
from models.projects import NextDate, Project, TeamPart, reading
from models.projects.row import suggestions
from models.states import ProjectState
from models.thread import thread_of_project
from web import respond
from web.blueprints.packages import chosen
from web.doors import open_to, wants_fragment
from web.forms.base import ActForm, new_key
from web.forms.packages import NeedForm, ReasonForm
from web.forms.projects import AssignmentForm, DateForm, GoalForm, MemberForm, NewTimeForm, ProjectForm, SettledForm
from web.knots import drawn, staff
from web.story import told

blueprint = Blueprint("projects", __name__)


def _project(public_id: str, permission: Permission) -> Project:
    return Project.find(public_id, Project.visible_to(g.visitor.actor, permission))


def _date(project: Project, date_id: str) -> NextDate:
    return NextDate.find(date_id, project.dates())


def _communities() -> list[places.PlaceLine]:
    return places.communities(g.visitor.actor.reach(Permission.ENTER_PROJECT))


def _show(project: Project, **forms: Any) -> dict[str, Any]:
    """Return what the page of a project shows, with empty forms where none was sent."""
    card = reading.card(project, g.visitor.actor)
    serving = organizations.lines() if card.may_assign and project.state == ProjectState.APPROVED else []
    usual = {
        "assignment": AssignmentForm(serving, formdata=None),
        "reason": ReasonForm(formdata=None),
        "member": MemberForm(formdata=None),
        "goal": GoalForm(formdata=None),
        "date": DateForm(formdata=None),
        "new_time": NewTimeForm(formdata=None),
        "settled": SettledForm(formdata=None),
        "new_key": new_key,
    }
    knots, story = drawn(thread_of_project(project), staff(g.visitor.actor)), told(timeline([project]))
    return {"card": card, "goals": progress(project), "knots": knots, "story": story, **usual, **forms}


def _answer(project: Project, **forms: Any) -> Any:
    """Remember the project's page with the form that was sent, for errors and refusals."""
    return respond.form_page("projects/show.html", lambda: _show(project, **forms))


def act(
    permission: Permission, form_of: Callable[[], Any], name: str, anchor: str | None = None
) -> Callable[[respond.Verb], Callable[..., Any]]:
    """Make a counter of a project out of one verb; its page is shown again with the form that was sent."""

    def opened(public_id: str) -> tuple[Project, Any, Any]:
        project, form = _project(public_id, permission), form_of()
        return project, form, _answer(project, **{name: form})

    return respond.one_verb(opened, lambda project: url_for(".show", public_id=project.public_id, _anchor=anchor))


def _fitting(need: Need) -> dict[str, Any]:
    petition = need.kind == Kind.PETITION
    found = [] if petition else suggestions(need)
    return {"found": found, "petition": petition, "form": NeedForm(formdata=None, need=need.public_id)}


@blueprint.get("/projects")
@open_to(Permission.READ_PROJECTS)
def index() -> Any:
    """Show the projects in reach."""
    state, field = chosen("state", ProjectState), chosen("field", Field)
    within = Project.visible_to(g.visitor.actor, Permission.READ_PROJECTS)
    page = reading.lines(within, state=state, field=field, before=request.args.get("before"))
    return respond.page("projects/index.html", page=page, state=state, field=field, fields=list(Field))


@blueprint.get("/projects/new")
@open_to(Permission.ENTER_PROJECT)
def new() -> Any:
    """Show the form for a project that runs already."""
    form = ProjectForm(_communities(), organizations.lines())
    return respond.page("projects/new.html", form=form, refused=None)


@blueprint.post("/projects")
@open_to(Permission.ENTER_PROJECT)
@respond.once
def create() -> Any:
    """Write down a project that runs already."""
    form = ProjectForm(_communities(), organizations.lines())
    again = respond.form_page("projects/new.html", lambda: {"form": form})
    if not form.validate_on_submit():
        return again()
    community, organization = Place.find(form.community.data), Organization.find(form.organization.data)
    project = Project.enter(community, organization, form.existing(), by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=project.public_id))


@blueprint.get("/projects/<public_id>")
@open_to(Permission.READ_PROJECTS)
def show(public_id: str) -> Any:
    """Show one project."""
    return respond.page("projects/show.html", refused=None, **_show(_project(public_id, Permission.READ_PROJECTS)))


@blueprint.post("/projects/<public_id>/assignment")
@open_to(Permission.ASSIGN_PROJECT)
@respond.once
@act(Permission.ASSIGN_PROJECT, lambda: AssignmentForm(organizations.lines()), "assignment")
def assign(project: Project, form: Any) -> None:
    """Give the project to an organization."""
    one = Organization.find(form.organization.data)
    project.assign(one, form.why.data, by=g.visitor.actor, contract_no=form.contract_no.data)


@blueprint.post("/projects/<public_id>/suspension")
@open_to(Permission.STEER_PROJECT)
@respond.once
@act(Permission.STEER_PROJECT, ReasonForm, "reason")
def suspend(project: Project, form: Any) -> None:
    """Let it rest."""
    project.suspend(form.why.data, by=g.visitor.actor)


@blueprint.post("/projects/<public_id>/resumption")
@open_to(Permission.STEER_PROJECT)
@respond.once
@act(Permission.STEER_PROJECT, ReasonForm, "reason")
def resume(project: Project, form: Any) -> None:
    """Let it go on."""
    project.resume(form.why.data, by=g.visitor.actor)


@blueprint.post("/projects/<public_id>/closure")
@open_to(Permission.STEER_PROJECT)
@respond.once
@act(Permission.STEER_PROJECT, ReasonForm, "reason")
def close(project: Project, form: Any) -> None:
    """Close it when nobody waits."""
    project.close(form.why.data, by=g.visitor.actor)


@blueprint.post("/projects/<public_id>/termination")
@open_to(Permission.STEER_PROJECT)
@respond.once
@act(Permission.STEER_PROJECT, ReasonForm, "reason")
def terminate(project: Project, form: Any) -> None:
    """Break it off; every author who waits reads why."""
    project.terminate(form.why.data, by=g.visitor.actor)


@blueprint.post("/projects/<public_id>/members")
@open_to(Permission.PLAN_PROJECT)
@respond.once
@act(Permission.PLAN_PROJECT, MemberForm, "member", "team")
def join(project: Project, form: Any) -> None:
    """Take somebody into the team."""
    project.add_member(Account.find(form.account.data), TeamPart(form.part.data), by=g.visitor.actor)


@blueprint.post("/projects/<public_id>/members/removal")
@open_to(Permission.PLAN_PROJECT)
@respond.once
@act(Permission.PLAN_PROJECT, MemberForm, "member", "team")
def leave(project: Project, form: Any) -> None:
    """Let somebody leave the team."""
    project.remove_member(Account.find(form.account.data), TeamPart(form.part.data), by=g.visitor.actor)


@blueprint.post("/projects/<public_id>/goals")
@open_to(Permission.PLAN_PROJECT)
@respond.once
@act(Permission.PLAN_PROJECT, GoalForm, "goal", "goals")
def add_goal(project: Project, form: Any) -> None:
    """Add a goal."""
    what = (form.title.data, Measure(form.measure.data), form.unit.data or "", int(form.target.data or 0))
    project.add_goal(*what, by=g.visitor.actor, scale=form.scale)


@blueprint.post("/projects/<public_id>/dates")
@open_to(Permission.PLAN_PROJECT)
@respond.once
@act(Permission.PLAN_PROJECT, DateForm, "date", "dates")
def tell_date(project: Project, form: Any) -> None:
    """Tell the next date."""
    project.tell_date(form.what.data, form.at.instant, by=g.visitor.actor)


@blueprint.post("/projects/<public_id>/dates/<date_id>/postponement")
@open_to(Permission.PLAN_PROJECT)
@respond.once
def postpone(public_id: str, date_id: str) -> Any:
    """Tell another time before the date lapses."""
    project, form = _project(public_id, Permission.PLAN_PROJECT), NewTimeForm()
    date, again = _date(project, date_id), _answer(project, new_time=form)
    if not form.validate_on_submit():
        return again()
    date.postpone(form.at.instant, by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id, _anchor="dates"))


@blueprint.post("/projects/<public_id>/dates/<date_id>/keeping")
@open_to(Permission.PLAN_PROJECT)
@respond.once
def keep(public_id: str, date_id: str) -> Any:
    """Note that the date was kept."""
    project = _project(public_id, Permission.PLAN_PROJECT)
    date, again = _date(project, date_id), _answer(project)
    if not ActForm().validate_on_submit():
        return again()
    date.note_kept(by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id, _anchor="dates"))


@blueprint.post("/projects/<public_id>/resolutions")
@open_to(Permission.PLAN_PROJECT)
@respond.once
@act(Permission.PLAN_PROJECT, SettledForm, "settled", "needs")
def settle(project: Project, form: Any) -> None:
    """Say that a need which the project carries is settled."""
    project.waiting_need(form.need.data).resolve(form.text.data or "", by=g.visitor.actor)


@blueprint.get("/needs/<public_id>/project-suggestions")
@open_to(Permission.LINK_NEEDS)
def suggest(public_id: str) -> Any:
    """Show beside a need which running projects may answer it, each with one button."""
    need = Need.find(public_id, Need.visible_to(g.visitor.actor, Permission.LINK_NEEDS))
    if not wants_fragment():
        return redirect(url_for(".choose", public_id=public_id, _anchor="_suggestions"), 303)
    return respond.page("projects/_suggestions.html", **_fitting(need))


@blueprint.get("/needs/<public_id>/projects")
@open_to(Permission.LINK_NEEDS)
def choose(public_id: str) -> Any:
    """Show the same on a page of its own."""
    need = Need.find(public_id, Need.visible_to(g.visitor.actor, Permission.LINK_NEEDS))
    return respond.page("projects/choose.html", ticket=need.ticket_no, **_fitting(need))


@blueprint.post("/projects/<public_id>/needs")
@open_to(Permission.LINK_NEEDS)
@respond.once
def link(public_id: str) -> Any:
    """Take a need into a running project."""
    project, form = _project(public_id, Permission.LINK_NEEDS), NeedForm()
    again = respond.form_page(
        "projects/link.html", lambda: {"form": form, "public_id": public_id, "title": project.title}
    )
    if not form.validate_on_submit():
        return again()
    need = Need.find(form.need.data, Need.visible_to(g.visitor.actor, Permission.LINK_NEEDS))
    project.link(need, form.next_step.data, form.next_step_at, by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id, _anchor="needs"))
