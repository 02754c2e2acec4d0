"""The counter of a community's first days: a checklist whose steps lead to their forms and back, and the trial run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, g, url_for
from flask_babel import gettext as _

from models import places, set_up, trials
from models.permissions import Permission
from models.places import Place
from models.set_up import Checklist, SetAside, SetUpStep
from models.trials import Trial
from web import links, respond
from web.doors import open_to
from web.forms.base import ActForm
from web.forms.set_up import AsideForm, HoursForm, LayoutForm, ReasonForm, TakeUpForm

blueprint = Blueprint("set_up", __name__)


def _find(public_id: str, permission: Permission = Permission.SET_UP) -> Place:
    return set_up.find(public_id, g.visitor.actor, permission)


def _back(public_id: str) -> Any:
    return respond.done(url_for("set_up.show", public_id=public_id))


def _shown(card: Checklist, form: Any = None) -> dict[str, Any]:
    """Return what the checklist needs; a form that was refused comes back filled."""
    aside = form if isinstance(form, AsideForm) else AsideForm(card, formdata=None)
    reason = form if isinstance(form, ReasonForm) else ReasonForm(formdata=None)
    return {"card": card, "aside": aside, "reason": reason, "act": ActForm(formdata=None)}


def _again(public_id: str, form: Any) -> Any:
    return respond.form_page("set_up/show.html", lambda: _shown(set_up.checklist(_find(public_id)), form))


@blueprint.get("/set-up")
@open_to(Permission.SET_UP)
def index() -> Any:
    """Show how far the communities within reach are."""
    return respond.page("set_up/index.html", cards=set_up.progress(g.visitor.actor))


@blueprint.get("/set-up/<public_id>")
@open_to(Permission.SET_UP)
def show(public_id: str) -> Any:
    """Show the checklist of a community."""
    return respond.page("set_up/show.html", refused=None, **_shown(set_up.checklist(_find(public_id))))


@blueprint.get("/set-up/<public_id>/hours")
@open_to(Permission.SET_UP)
def hours(public_id: str) -> Any:
    """Show the short form of name, phones and hours."""
    place = _find(public_id)
    return respond.page("set_up/hours.html", form=HoursForm.of(place), place=place, refused=None)


@blueprint.post("/set-up/<public_id>/hours")
@open_to(Permission.SET_UP)
@respond.once
def keep_hours(public_id: str) -> Any:
    """Keep name, phones and hours."""
    place, form = _find(public_id), HoursForm()
    again = respond.form_page("set_up/hours.html", lambda: {"form": form, "place": _find(public_id)})
    if not form.validate_on_submit():
        return again()
    place.open_hours(form.name.data or "", by=g.visitor.actor, **form.values())
    return _back(public_id)


@blueprint.get("/set-up/<public_id>/places")
@open_to(Permission.SET_UP)
def layout(public_id: str) -> Any:
    """Show where the list of grids and courtyards is typed or pasted."""
    place = _find(public_id)
    return respond.page("set_up/places.html", form=LayoutForm(), place=place, refused=None)


@blueprint.post("/set-up/<public_id>/places")
@open_to(Permission.SET_UP)
@respond.once
def lay_out(public_id: str) -> Any:
    """Enter the grids and courtyards of the list."""
    place, form = _find(public_id), LayoutForm()
    again = respond.form_page("set_up/places.html", lambda: {"form": form, "place": _find(public_id)})
    if not form.validate_on_submit():
        return again()
    done = places.lay_out(place, form.lines, by=g.visitor.actor)
    flash(
        _("%(grids)s grids and %(courtyards)s courtyards entered.", grids=done.grids, courtyards=done.courtyards),
        "success",
    )
    return _back(public_id)


@blueprint.get("/set-up/<public_id>/posters")
@open_to(Permission.SET_UP)
def posters(public_id: str) -> Any:
    """Show the posters of all courtyards, one a sheet."""
    place = _find(public_id)
    drawn = [(one, url_for("needs.at", public_id=one.public_id, _external=True)) for one in set_up.posters_of(place)]
    return respond.page("set_up/posters.html", place=place, sheets=[(one, at, links.drawn(at)) for one, at in drawn])


@blueprint.post("/set-up/<public_id>/posters")
@open_to(Permission.SET_UP)
@respond.once
def print_posters(public_id: str) -> Any:
    """Note that the posters are printed, and lead to them."""
    place = _find(public_id)
    again = _again(public_id, ActForm())
    if not ActForm().validate_on_submit():
        return again()
    set_up.print_posters(place, by=g.visitor.actor)
    return respond.done(url_for("set_up.posters", public_id=public_id))


@blueprint.post("/set-up/<public_id>/asides")
@open_to(Permission.SET_UP)
@respond.once
def put_aside(public_id: str) -> Any:
    """Put a step aside, with a reason."""
    place = _find(public_id)
    form = AsideForm(set_up.checklist(place))
    again = _again(public_id, form)
    if not form.validate_on_submit():
        return again()
    SetAside.put(place, SetUpStep(form.step.data), form.why.data or "", by=g.visitor.actor)
    return _back(public_id)


@blueprint.post("/set-up/<public_id>/asides/end")
@open_to(Permission.SET_UP)
@respond.once
def take_up(public_id: str) -> Any:
    """Take a step up again."""
    place, form = _find(public_id), TakeUpForm()
    again = _again(public_id, form)
    if not form.validate_on_submit() or form.step.data not in list(SetUpStep):
        return again()
    SetAside.take_up(place, SetUpStep(form.step.data), by=g.visitor.actor)
    return _back(public_id)


@blueprint.post("/set-up/<public_id>/trial")
@open_to(Permission.SET_UP)
@respond.once
def begin_trial(public_id: str) -> Any:
    """Begin the trial run."""
    place, form = _find(public_id), ActForm()
    again = _again(public_id, form)
    if not form.validate_on_submit():
        return again()
    Trial.launch(place, by=g.visitor.actor)
    return _back(public_id)


def _steer(public_id: str, act: Callable[..., None]) -> Any:
    """Change the trial that stands, for a reason."""
    place, form = _find(public_id, Permission.STEER_TRIAL), ReasonForm()
    again = _again(public_id, form)
    if not form.validate_on_submit():
        return again()
    act(trials.standing(place), form.reason.data or "", by=g.visitor.actor)
    return _back(public_id)


@blueprint.post("/set-up/<public_id>/trial/extension")
@open_to(Permission.STEER_TRIAL)
@respond.once
def extend_trial(public_id: str) -> Any:
    """Let the trial run last longer, once."""
    return _steer(public_id, Trial.extend)


@blueprint.post("/set-up/<public_id>/trial/end")
@open_to(Permission.STEER_TRIAL)
@respond.once
def end_trial(public_id: str) -> Any:
    """End the trial run early."""
    return _steer(public_id, Trial.end)
