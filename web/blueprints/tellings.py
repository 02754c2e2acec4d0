"""Those who could not be reached in the app: a list to be phoned, ticked line by line."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, g, request, url_for

from models import desk, tellings
from models.needs.called import called_in
from models.permissions import Permission
from models.tellings import Telling
from web import respond
from web.blueprints.desk.counter import tabs
from web.doors import open_to, wants_fragment
from web.forms.tellings import PressForm, TickForm

blueprint = Blueprint("tellings", __name__)


def found(public_id: str) -> Telling:
    """Return a line of the list within reach, or answer 404."""
    telling: Telling = Telling.find(public_id, Telling.visible_to(g.visitor.actor, Permission.TRIAGE))
    return telling


@blueprint.get("/desk/calls")
@open_to(Permission.TRIAGE)
def index() -> Any:
    """Show who is still to be told, oldest first."""
    actor, after = g.visitor.actor, request.args.get("after")
    lines, more = tellings.page_to_phone(actor, after=after)
    return respond.page(
        "tellings/index.html", lines=lines, more=more, after=after, form=TickForm(None), tabs=tabs(),
        counts=desk.counts(actor), named=called_in(lines, actor),
    )  # fmt: skip


@blueprint.post("/tellings/<public_id>/ticks")
@open_to(Permission.TRIAGE)
@respond.once
def tick(public_id: str) -> Any:
    """Note how a call went: told, or nobody answered."""
    telling, form = found(public_id), TickForm()
    if not form.validate_on_submit():
        abort(422)
    telling.tick(form.outcome.data, by=g.visitor.actor)
    return respond.done(url_for("tellings.index"))


@blueprint.post("/tellings/<public_id>/contact-reveal")
@open_to(Permission.REVEAL_CONTACT)
def reveal(public_id: str) -> Any:
    """Show the number of a line once; that it was shown is logged."""
    telling = found(public_id)
    if not PressForm().validate_on_submit():
        abort(400)
    contact = tellings.contact_of(telling)
    respond.note_access("reveal.phone", kind="people", subject_id=telling.person_id, community_id=telling.community_id)
    template = "tellings/_contact.html" if wants_fragment() else "tellings/contact.html"
    return respond.page(template, contact=contact, public_id=public_id)
