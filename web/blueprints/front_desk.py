"""The counter for those who call or come by: on one page, by keyboard, in half a minute."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, request, url_for
from flask_babel import gettext as _

from models import front_desk
from models.needs import Source
from models.permissions import Permission
from web import respond
from web.doors import open_to, wants_fragment
from web.forms.base import clean, options
from web.forms.front_desk import EntryForm

blueprint = Blueprint("front_desk", __name__)


def entry() -> EntryForm:
    """Return the form with the places and people that this reader may choose."""
    form, actor = EntryForm(), g.visitor.actor
    form.place.choices = options((place.public_id, place.name) for place in front_desk.places_for(actor))
    form.handler.choices = options([("", _("I do, or whoever is on duty")), *front_desk.handlers_for(actor)])
    return form


def shown(form: EntryForm, said: str = "", found: Any = None) -> dict[str, Any]:
    """Return what the page shows beside the form: who was found or chosen, and what was entered last."""
    actor = g.visitor.actor
    caller = front_desk.caller(actor, form.person.data) if form.person.data else None
    return {"form": form, "said": said, "found": found, "caller": caller, "latest": front_desk.entered_by(actor)}


@blueprint.get("/front-desk")
@open_to(Permission.ENTER_FOR_OTHERS)
def new() -> Any:
    """Show the empty form, or the one for the person who was found; a whole number finds without choosing."""
    form, said = entry(), clean(request.args.get("q"))[:60]
    found = front_desk.find_people(g.visitor.actor, said) if said else None
    form.begin(clean(request.args.get("person"))[:10] or front_desk.only_one(found or [], said), said)
    page = shown(form, said, found)
    form.place.data = page["caller"].place if page["caller"] else None
    return respond.page("front_desk/new.html", **page)


@blueprint.get("/front-desk/people")
@open_to(Permission.ENTER_FOR_OTHERS)
def people() -> Any:
    """Show who the caller may be; opened directly it is the page."""
    said = clean(request.args.get("q"))[:60]
    if not wants_fragment():
        return redirect(url_for("front_desk.new", q=said), 303)
    return respond.page("front_desk/_people.html", said=said, found=front_desk.find_people(g.visitor.actor, said))


@blueprint.post("/front-desk")
@open_to(Permission.ENTER_FOR_OTHERS)
@respond.once
def create() -> Any:
    """Write the matter down; its receipt can be printed at once."""
    form = entry()
    again = respond.form_page("front_desk/new.html", lambda: shown(form))
    if not form.validate_on_submit():
        return again()
    place = front_desk.place_for(g.visitor.actor, form.place.data)
    named: dict[str, Any] = {
        f: form[f].data or "" for f in ("person", "name", "phone", "building", "handler", "place_detail")
    }
    consent, source = form.consent.data, Source(form.source.data)
    need = front_desk.take_down(place, form.text.data or "", source, consent=consent, by=g.visitor.actor, **named)
    flash(_("Written down as %(ticket)s.", ticket=need.ticket_no), "success")
    return respond.done(url_for("front_desk.show", public_id=need.public_id))


@blueprint.get("/front-desk/<public_id>")
@open_to(Permission.ENTER_FOR_OTHERS)
def show(public_id: str) -> Any:
    """Show that it is written down, with its number and the receipt to print."""
    return respond.page("front_desk/show.html", receipt=front_desk.receipt_of(public_id, g.visitor.actor))
