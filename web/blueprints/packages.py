"""The counter of packages: clerks gather needs and write a proposal, the head or the street decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, g, redirect, request, url_for

from models import packages
from models.events import timeline
from models.needs import Field, Need
from models.packages import Package, Paper, carried, reading
from models.packages.kinds import Track
from models.permissions import Permission
from models.projects import Project
from models.states import PackageState
from web import respond, uploads
from web.doors import open_to, wants_fragment
from web.forms.base import ActForm, new_key
from web.forms.packages import (
    DecisionForm,
    NeedForm,
    PackageForm,
    PaperForm,
    ProposalForm,
    ReasonForm,
    filled,
)
from web.story import told

blueprint = Blueprint("packages", __name__)
MOST_TICKED = 200


def chosen(name: str, kind: Any) -> Any:
    """Return the member of an enum named in the query, or None."""
    value = request.args.get(name, "")
    return kind(value) if value in kind.__members__ else None


def _package(public_id: str, permission: Permission) -> Package:
    return Package.find(public_id, Package.visible_to(g.visitor.actor, permission))


def _needs(public_ids: list[str] | None) -> list[Need]:
    """Return the needs of a form, each within the clerk's reach."""
    within = Need.visible_to(g.visitor.actor, Permission.DRAFT_PACKAGE)
    return [Need.find(public_id, within) for public_id in dict.fromkeys(public_ids or [])]


def _candidates(ticked: Sequence[str] = ()) -> list[carried.NeedLine]:
    return carried.candidates(Need.visible_to(g.visitor.actor, Permission.DRAFT_PACKAGE), ticked=ticked)


def _in_reach(ticked: Sequence[str]) -> list[str]:
    return carried.in_reach(Need.visible_to(g.visitor.actor, Permission.DRAFT_PACKAGE), ticked)


def _show(package: Package, **forms: Any) -> dict[str, Any]:
    """Return what the page of a package shows, with empty forms where none was sent."""
    card = reading.card(package, g.visitor.actor)
    usual = {
        "reason": ReasonForm(formdata=None),
        "decision": DecisionForm(formdata=None),
        "paper": PaperForm(formdata=None),
        "need": NeedForm(formdata=None),
        "new_key": new_key,
    }
    story = told(timeline([package]))
    joining = _candidates() if card.may_draft else []
    return {"card": card, "story": story, "candidates": joining, **usual, **forms}


def act(permission: Permission, form_of: Callable[[], Any], name: str) -> Callable[[respond.Verb], Callable[..., Any]]:
    """Make a counter of a package out of one verb; its page is shown again with the form that was sent."""

    def opened(public_id: str) -> tuple[Package, Any, Any]:
        package, form = _package(public_id, permission), form_of()
        return package, form, respond.form_page("packages/show.html", lambda: _show(package, **{name: form}))

    return respond.one_verb(opened, lambda package: url_for(".show", public_id=package.public_id))


@blueprint.get("/packages")
@open_to(Permission.READ_PACKAGES)
def index() -> Any:
    """Show the packages in reach."""
    state, track = chosen("state", PackageState), chosen("track", Track)
    within = Package.visible_to(g.visitor.actor, Permission.READ_PACKAGES)
    page = reading.lines(within, state=state, track=track, before=request.args.get("before"))
    return respond.page("packages/index.html", page=page, state=state, track=track)


@blueprint.get("/packages/new")
@open_to(Permission.DRAFT_PACKAGE)
def new() -> Any:
    """Show an empty package beside the needs that could join it; ?need=… are ticked."""
    ticked = set(request.args.getlist("need"))
    candidates = _candidates(list(ticked))
    first = next((one.field for one in candidates if one.public_id in ticked and one.field), Field.OTHER)
    form = PackageForm(candidates, needs=list(ticked), field=first.value)
    return respond.page("packages/new.html", form=form, candidates=candidates, refused=None, hints={})


@blueprint.post("/packages")
@open_to(Permission.DRAFT_PACKAGE)
@respond.once
def create() -> Any:
    """Gather the ticked needs; whoever was a moment later than a colleague reads who has them now."""
    ticked = request.form.getlist("needs")[:MOST_TICKED]
    candidates = _candidates(ticked)
    form = PackageForm(candidates, also=_in_reach(ticked))
    again = respond.form_page("packages/new.html", lambda: {"form": form, "candidates": candidates, "hints": {}})
    if not form.validate_on_submit():
        return again()
    needs, told_by = _needs(form.needs.data), {"next_step": form.next_step.data, "next_step_at": form.next_step_at}
    package = Package.gather(needs, form.proposal(), by=g.visitor.actor, **told_by)
    return respond.done(url_for(".show", public_id=package.public_id))


@blueprint.get("/packages/<public_id>")
@open_to(Permission.READ_PACKAGES)
def show(public_id: str) -> Any:
    """Show one package."""
    return respond.page("packages/show.html", refused=None, **_show(_package(public_id, Permission.READ_PACKAGES)))


@blueprint.get("/packages/<public_id>/revision")
@open_to(Permission.DRAFT_PACKAGE)
def edit(public_id: str) -> Any:
    """Show the proposal to be rewritten, with hints at what could not be checked."""
    card = reading.card(_package(public_id, Permission.DRAFT_PACKAGE), g.visitor.actor)
    form = ProposalForm(data=filled(card))
    return respond.page("packages/edit.html", form=form, package=card, hints=dict(card.hints), refused=None)


@blueprint.post("/packages/<public_id>/revision")
@open_to(Permission.DRAFT_PACKAGE)
@respond.once
def revise(public_id: str) -> Any:
    """Rewrite a draft or a returned package."""
    package = _package(public_id, Permission.DRAFT_PACKAGE)
    card, form = reading.card(package, g.visitor.actor), ProposalForm()
    again = respond.form_page("packages/edit.html", lambda: {"form": form, "package": card, "hints": {}})
    if not form.validate_on_submit():
        return again()
    package.revise(form.proposal(), by=g.visitor.actor, seen_version=form.version.data)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.get("/packages/hints")
@open_to(Permission.DRAFT_PACKAGE)
def hint() -> Any:
    """Say while somebody writes what could not be checked later."""
    if not wants_fragment():
        return redirect(url_for(".new"), 303)
    about = next((name for name in ("output", "change", "how_checked") if name in request.args), "change")
    text = request.args.get(about, "")[:400]
    found = packages.vague(text, about=about) if text.strip() else None
    return respond.page("packages/_hint.html", about=about, hint=found)


@blueprint.post("/packages/<public_id>/needs")
@open_to(Permission.DRAFT_PACKAGE)
@respond.once
@act(Permission.DRAFT_PACKAGE, NeedForm, "need")
def add(package: Package, form: Any) -> None:
    """Add one more need."""
    [need] = _needs([form.need.data])
    package.add(need, by=g.visitor.actor, next_step=form.next_step.data, next_step_at=form.next_step_at)


@blueprint.post("/packages/<public_id>/needs/<need_id>/removal")
@open_to(Permission.DRAFT_PACKAGE)
@respond.once
def remove(public_id: str, need_id: str) -> Any:
    """Take a need out; its author reads why."""
    package, [need] = _package(public_id, Permission.DRAFT_PACKAGE), _needs([need_id])
    form = ReasonForm()
    again = respond.form_page("packages/show.html", lambda: _show(package, reason=form))
    if not form.validate_on_submit():
        return again()
    package.remove(need, form.why.data, by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.post("/packages/<public_id>/papers")
@open_to(Permission.DRAFT_PACKAGE)
@respond.once
def attach(public_id: str) -> Any:
    """Lay a paper with the package: photos of it, or a PDF."""
    package = _package(public_id, Permission.DRAFT_PACKAGE)
    form, sheets = PaperForm(), uploads.papers()
    again = respond.form_page("packages/show.html", lambda: _show(package, paper=form))
    if not form.validate_on_submit():
        return again()
    package.attach(Paper(form.paper.data), sheets, owner=g.visitor.author, by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.post("/packages/<public_id>/submission")
@open_to(Permission.DRAFT_PACKAGE)
@respond.once
@act(Permission.DRAFT_PACKAGE, ActForm, "press")
def submit(package: Package, form: Any) -> None:
    """Hand it in."""
    package.submit(by=g.visitor.actor)


@blueprint.post("/packages/<public_id>/dissolution")
@open_to(Permission.DRAFT_PACKAGE)
@respond.once
@act(Permission.DRAFT_PACKAGE, ReasonForm, "reason")
def dissolve(package: Package, form: Any) -> None:
    """Give it up; every author reads why."""
    package.dissolve(form.why.data, by=g.visitor.actor)


@blueprint.post("/packages/<public_id>/return")
@open_to(Permission.DECIDE_PACKAGE)
@respond.once
@act(Permission.DECIDE_PACKAGE, ReasonForm, "reason")
def give_back(package: Package, form: Any) -> None:
    """Return it to be improved."""
    package.return_(form.why.data, by=g.visitor.actor)


@blueprint.post("/packages/<public_id>/infeasibility")
@open_to(Permission.DECIDE_PACKAGE)
@respond.once
@act(Permission.DECIDE_PACKAGE, ReasonForm, "reason")
def judge_unfeasible(package: Package, form: Any) -> None:
    """Say that it cannot be done; the explanation reaches every author."""
    package.judge_unfeasible(form.why.data, by=g.visitor.actor)


@blueprint.post("/packages/<public_id>/approval")
@open_to(Permission.DECIDE_PACKAGE)
@respond.once
@act(Permission.DECIDE_PACKAGE, DecisionForm, "decision")
def approve(package: Package, form: Any) -> str:
    """Approve it: a project is born."""
    project = Project.found(package, by=g.visitor.actor, decision=form.why.data or "")
    return url_for("projects.show", public_id=project.public_id)
