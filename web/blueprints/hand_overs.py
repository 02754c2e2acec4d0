"""The counter where open work changes hands."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, request, url_for
from flask_babel import gettext as _

from models import hand_overs
from models.hand_overs import HandOver
from models.permissions import Permission
from web import respond
from web.doors import open_to
from web.forms.base import clean
from web.forms.hand_overs import HandOverForm

blueprint = Blueprint("hand_overs", __name__)


def shown(giver: Any, form: HandOverForm) -> dict[str, Any]:
    """Return what the page shows: the open work, and whose could be handed over besides."""
    actor = g.visitor.actor
    work = hand_overs.open_work(giver, actor)
    return {"work": work, "form": form.offering(work), "colleagues": hand_overs.colleagues(actor)}


@blueprint.get("/hand-overs/new")
@open_to(Permission.HAND_OVER)
def new() -> Any:
    """Show what a colleague, or oneself, holds open, and ask who takes it."""
    giver = hand_overs.giver_of(clean(request.args.get("from"))[:10], g.visitor.actor)
    return respond.page("hand_overs/new.html", refused=None, **shown(giver, HandOverForm(formdata=None)))


@blueprint.post("/hand-overs")
@open_to(Permission.HAND_OVER)
@respond.once
def create() -> Any:
    """Hand everything over in one step."""
    form = HandOverForm()
    giver = hand_overs.giver_of(form.giver.data or "", g.visitor.actor)
    again = respond.form_page("hand_overs/new.html", lambda: shown(giver, form))
    if not form.validate_on_submit():
        return again()
    taker = hand_overs.taker_of(form.taker.data or "", giver)
    HandOver.carry_out(giver, taker, form.reason.data or "", by=g.visitor.actor)
    flash(_("Handed over to %(name)s. Both were told.", name=taker.name), "success")
    return respond.done(url_for("home.show"))
