"""The counter of suggestions: needs that seem to say the same thing, taken on together or told apart."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for

from models import desk, need_groups
from models.need_groups import NeedGroup
from models.needs import Need
from models.permissions import Permission
from models.states import NeedGroupState
from web import respond
from web.doors import open_to
from web.forms.base import ActForm, clean
from web.forms.need_groups import ChosenForm, MergeForm, MoveForm

blueprint = Blueprint("need_groups", __name__)


def _found(public_id: str) -> NeedGroup:
    reached = NeedGroup.visible_to(g.visitor.actor, Permission.TRIAGE)
    return NeedGroup.find(public_id, reached)


def _need(public_id: str) -> Need:
    return Need.find(public_id, Need.visible_to(g.visitor.actor, Permission.TRIAGE))


def _again(one: NeedGroup) -> Any:
    return respond.form_page("need_groups/show.html", lambda: _shown(one))


def _shown(one: NeedGroup) -> dict[str, Any]:
    words = clean(request.args.get("q"))[:60]
    return {"one": need_groups.page(one, words), "words": words, "form": ActForm(formdata=None)}


@blueprint.get("/need-groups")
@open_to(Permission.TRIAGE)
def index() -> Any:
    """Show the suggestions, the most voiced first; with ?state= those that were decided."""
    name = request.args.get("state", "")
    state = NeedGroupState(name) if name in set(NeedGroupState) else NeedGroupState.SUGGESTED
    lines = need_groups.lines(g.visitor.actor, state)
    return respond.page("need_groups/index.html", lines=lines, state=state, states=list(NeedGroupState))


@blueprint.get("/need-groups/<public_id>")
@open_to(Permission.TRIAGE)
def show(public_id: str) -> Any:
    """Show the members of a suggestion side by side."""
    return respond.page("need_groups/show.html", refused=None, **_shown(_found(public_id)))


@blueprint.post("/need-groups/<public_id>/members")
@open_to(Permission.TRIAGE)
def move_in(public_id: str) -> Any:
    """Move a matter in by hand."""
    one, form = _found(public_id), MoveForm()
    again = _again(one)
    if not form.validate_on_submit():
        return again()
    one.move_in(_need(form.matter.data), by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.post("/need-groups/<public_id>/departures")
@open_to(Permission.TRIAGE)
def move_out(public_id: str) -> Any:
    """Move a matter out by hand."""
    one, form = _found(public_id), MoveForm()
    again = _again(one)
    if not form.validate_on_submit():
        return again()
    one.move_out(_need(form.matter.data), by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.post("/need-groups/<public_id>/dismissal")
@open_to(Permission.TRIAGE)
def dismiss(public_id: str) -> Any:
    """Say that these matters do not belong together."""
    one, form = _found(public_id), ActForm()
    again = _again(one)
    if not form.validate_on_submit():
        return again()
    one.dismiss(by=g.visitor.actor)
    return respond.done(url_for(".index"))


@blueprint.post("/need-groups/<public_id>/package")
@open_to(Permission.DRAFT_PACKAGE)
@respond.once
def take(public_id: str) -> Any:
    """Take the ticked matters on and go to the draft of a package."""
    one, form = _found(public_id), ChosenForm()
    again = _again(one)
    if not form.validate_on_submit():
        return again()
    needs = desk.chosen(g.visitor.actor, form.need.data or [])
    one.take(needs, by=g.visitor.actor)
    return respond.done(url_for("packages.new", need=[need.public_id for need in needs]))


@blueprint.post("/need-groups/<public_id>/merge")
@open_to(Permission.TRIAGE)
@respond.once
def merge(public_id: str) -> Any:
    """Handle the ticked matters as one."""
    one, form = _found(public_id), MergeForm()
    again = _again(one)
    if not form.validate_on_submit():
        return again()
    target = _need(form.target.data)
    one.merge(target, desk.chosen(g.visitor.actor, form.need.data or []), by=g.visitor.actor)
    return respond.done(url_for("desk.show", public_id=target.public_id))
