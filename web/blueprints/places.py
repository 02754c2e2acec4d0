"""Places: district, street, community, grid and courtyard, with their hours and numbers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, url_for

from models import places
from models.permissions import Permission
from models.places import LEVELS, Place, PlaceKind
from web import respond
from web.doors import open_to
from web.forms.places import NewPlaceForm, PlaceForm

blueprint = Blueprint("places", __name__)


def _find(public_id: str) -> Place:
    return Place.find(public_id, Place.visible_to(g.visitor.actor, Permission.EDIT_PLACES))


def _beneath(public_id: str, form: Any) -> dict[str, Any]:
    """Return what the page of a place to be entered needs; read anew, since a refusal forgets what was read."""
    place = _find(public_id)
    return {"form": form, "place": place, "below": _below(place)}


def _below(place: Place) -> PlaceKind:
    return LEVELS[min(LEVELS.index(PlaceKind(place.kind)) + 1, len(LEVELS) - 1)]


@blueprint.get("/places")
@open_to(Permission.EDIT_PLACES)
def index() -> Any:
    """Show the places within reach."""
    within = g.visitor.actor.reach(Permission.EDIT_PLACES).places()
    return respond.page("places/index.html", branches=places.tree(within))


@blueprint.get("/places/<public_id>")
@open_to(Permission.EDIT_PLACES)
def show(public_id: str) -> Any:
    """Show a place, what it lies in and what lies below."""
    place = _find(public_id)
    within = g.visitor.actor.reach(Permission.EDIT_PLACES).places()
    return respond.page(
        "places/show.html", place=place, above=places.above(place), below=places.tree(within, below=place.id)
    )


@blueprint.get("/places/<public_id>/edit")
@open_to(Permission.EDIT_PLACES)
def edit(public_id: str) -> Any:
    """Show what may be rewritten."""
    place = _find(public_id)
    return respond.page("places/edit.html", form=PlaceForm.of(place), place=place, below=None, refused=None)


@blueprint.post("/places/<public_id>")
@open_to(Permission.EDIT_PLACES)
@respond.once
def change(public_id: str) -> Any:
    """Rewrite a place."""
    place = _find(public_id)
    form = PlaceForm(kind=PlaceKind(place.kind))
    again = respond.form_page("places/edit.html", lambda: {"form": form, "place": _find(public_id), "below": None})
    if not form.validate_on_submit():
        return again()
    place.edit(form.name.data, by=g.visitor.actor, seen_version=form.version.data, **form.values())
    return respond.done(url_for("places.show", public_id=public_id))


@blueprint.get("/places/<public_id>/places/new")
@open_to(Permission.EDIT_PLACES)
def new(public_id: str) -> Any:
    """Show what is asked of a place below this one."""
    place = _find(public_id)
    form = NewPlaceForm(kind=_below(place))
    return respond.page("places/edit.html", form=form, place=place, below=_below(place), refused=None)


@blueprint.post("/places/<public_id>/places")
@open_to(Permission.EDIT_PLACES)
@respond.once
def create(public_id: str) -> Any:
    """Enter a place below this one."""
    place = _find(public_id)
    form = NewPlaceForm(kind=_below(place))
    again = respond.form_page("places/edit.html", lambda: _beneath(public_id, form))
    if not form.validate_on_submit():
        return again()
    Place.add_below(place, form.code.data, form.name.data, by=g.visitor.actor, **form.values())
    return respond.done(url_for("places.show", public_id=public_id))
