"""The counter where a community or a district says how it thanks its volunteers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, url_for
from flask_babel import gettext as _

from models import volunteer_rules
from models.permissions import Permission
from models.places import Place
from web import respond
from web.doors import open_to
from web.forms.volunteer_rules import RulesForm

blueprint = Blueprint("volunteer_rules", __name__)
SET = Permission.SET_VOLUNTEER_RULES


@blueprint.get("/volunteer-rules")
@open_to(SET)
def index() -> Any:
    """Show the places for which rules can be set."""
    return respond.page("volunteer_rules/index.html", places=volunteer_rules.places_for(g.visitor.actor, SET))


def _found(public_id: str) -> Place:
    return Place.find(public_id, Place.visible_to(g.visitor.actor, SET))


def _shown(place: Place, form: RulesForm | None = None) -> dict[str, Any]:
    rules = volunteer_rules.rules_of(place)
    return {"form": form or RulesForm.of(rules), "rules": rules, "name": place.name, "public_id": place.public_id}


@blueprint.get("/volunteer-rules/<public_id>")
@open_to(SET)
def show(public_id: str) -> Any:
    """Show the rules of a place."""
    return respond.page("volunteer_rules/show.html", **_shown(_found(public_id)), refused=None)


@blueprint.post("/volunteer-rules/<public_id>")
@open_to(SET)
@respond.once
def update(public_id: str) -> Any:
    """Set the rules of a place."""
    place, form = _found(public_id), RulesForm()
    context = _shown(place, form)
    again = respond.form_page("volunteer_rules/show.html", lambda: context)
    if not form.validate_on_submit():
        return again()
    volunteer_rules.set_rules(place, form.rules(), by=g.visitor.actor, seen_version=form.version.data)
    flash(_("Kept. It holds from now on."), "success")
    return respond.done(url_for(".show", public_id=place.public_id))
