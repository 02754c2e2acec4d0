"""What the committee does with a need: each act has a small page of its own and is sent to a noun."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, g, request
from flask_babel import gettext as _

from models import answer_templates, desk, directory
from models.base import NotFound
from models.directory import ResponsibleUnit
from models.needs import UNIT_TILES, AnswerKind, Channel, Field, Kind, Need, RejectReason, Urgency
from models.permissions import Permission
from web import respond
from web.blueprints.desk.counter import blueprint, way_back, workable
from web.blueprints.desk.pages import ACTS, Act
from web.doors import open_to
from web.forms.base import options


def opened(public_id: str, noun: str) -> tuple[Need, Any, Callable[..., Any]]:
    """Find the need, read the form of an act, and remember how the page is shown again."""
    need, act = workable(public_id), ACTS.get(noun)
    if act is None:
        raise NotFound(noun)
    form = act.form()
    if "unit" in form:
        form.unit.choices = options(
            (unit.public_id, unit.name) for unit in directory.units_for(need.community_id, need.tile)
        )
    if "target" in form:
        form.target.choices = options((one.public_id, f"{one.ticket_no} {one.title}") for one in desk.mergeable(need))
    return need, form, respond.form_page("desk/act.html", lambda: _shown(need, noun, act, form))


def _shown(need: Need, noun: str, act: Act, form: Any) -> dict[str, Any]:
    ready = answer_templates.offered(need.community_id, act.step, need.field) if act.step else []
    return {"sheet": desk.sheet(need, g.visitor.actor), "noun": noun, "act": act, "form": form, "ready": ready}


@blueprint.get("/desk/needs/<public_id>/<noun>")
@open_to(Permission.TRIAGE)
def form_of(public_id: str, noun: str) -> Any:
    """Show the page of one act, with a ready sentence where one was chosen."""
    need, form, again = opened(public_id, noun)
    chosen = request.args.get("template", "")
    if chosen and "text" in form:
        form.text.data = answer_templates.text_of(chosen, g.visitor.actor)
    elif noun == "public-title":
        form.title.data = desk.sheet(need, g.visitor.actor).offered_title
    elif noun == "redirection":
        in_charge = need.tile in UNIT_TILES and form.unit.choices
        form.channel.data = (Channel.UNIT if in_charge else Channel.HOTLINE).value
    elif noun == "acceptance":
        line = desk.sheet(need, g.visitor.actor).line
        form.field.data, form.urgency.data, form.kind.data = line.field.value, line.urgency.value, line.kind.value
    return again(200)


@blueprint.post("/desk/needs/<public_id>/acceptance")
@open_to(Permission.TRIAGE)
@respond.once
def accept(public_id: str) -> Any:
    """Accept a need."""
    need, form, again = opened(public_id, "acceptance")
    if not form.validate_on_submit():
        return again()
    need.accept(Field(form.field.data), Urgency(form.urgency.data), kind=Kind(form.kind.data), by=g.visitor.actor)
    flash(_("%(ticket)s is accepted.", ticket=need.ticket_no), "success")
    return respond.done(way_back(need))


@blueprint.post("/desk/needs/<public_id>/question")
@open_to(Permission.TRIAGE)
@respond.once
def ask(public_id: str) -> Any:
    """Ask the author for more."""
    need, form, again = opened(public_id, "question")
    if not form.validate_on_submit():
        return again()
    need.ask_info(form.text.data, by=g.visitor.actor)
    return respond.done(way_back(need))


@blueprint.post("/desk/needs/<public_id>/information")
@open_to(Permission.TRIAGE)
@respond.once
def inform(public_id: str) -> Any:
    """Note what the author said on the phone."""
    need, form, again = opened(public_id, "information")
    if not form.validate_on_submit():
        return again()
    need.inform(form.text.data, on_the_phone=True, by=g.visitor.actor)
    return respond.done(way_back(need))


@blueprint.post("/desk/needs/<public_id>/calls")
@open_to(Permission.TRIAGE)
@respond.once
def note_call(public_id: str) -> Any:
    """Note a try to reach the author."""
    need, form, again = opened(public_id, "calls")
    if not form.validate_on_submit():
        return again()
    need.note_call(form.outcome.data, by=g.visitor.actor)
    return respond.done(way_back(need))


@blueprint.post("/desk/needs/<public_id>/rejection")
@open_to(Permission.TRIAGE)
@respond.once
def reject(public_id: str) -> Any:
    """Do not accept a need, with a reason."""
    need, form, again = opened(public_id, "rejection")
    if not form.validate_on_submit():
        return again()
    need.reject(RejectReason(form.code.data), form.text.data, by=g.visitor.actor)
    return respond.done(way_back(need))


@blueprint.post("/desk/needs/<public_id>/redirection")
@open_to(Permission.TRIAGE)
@respond.once
def redirect_need(public_id: str) -> Any:
    """Send a need to whoever is in charge."""
    need, form, again = opened(public_id, "redirection")
    if not form.validate_on_submit():
        return again()
    reached = ResponsibleUnit.visible_to(g.visitor.actor, Permission.TRIAGE)
    wants_unit = form.channel.data == Channel.UNIT.value and form.unit.data
    unit = ResponsibleUnit.find(form.unit.data, reached) if wants_unit else None
    channel, offered = Channel(form.channel.data), form.companion.data
    need.redirect(channel, form.text.data, unit=unit, companion_offered=offered, by=g.visitor.actor)
    return respond.done(way_back(need))


@blueprint.post("/desk/needs/<public_id>/hand-over-receipt")
@open_to(Permission.TRIAGE)
@respond.once
def hand_over(public_id: str) -> Any:
    """Record the receipt of the petition office."""
    need, form, again = opened(public_id, "hand-over-receipt")
    if not form.validate_on_submit():
        return again()
    need.hand_over(form.number.data, by=g.visitor.actor)
    return respond.done(way_back(need))


@blueprint.post("/desk/needs/<public_id>/answer")
@open_to(Permission.TRIAGE)
@respond.once
def answer(public_id: str) -> Any:
    """Answer a need in writing."""
    need, form, again = opened(public_id, "answer")
    if not form.validate_on_submit():
        return again()
    kind, photos = AnswerKind(form.kind.data), form.photos.data or []
    need.answer(form.text.data, kind, photos=photos, photo_owner=g.visitor.author, by=g.visitor.actor)
    return respond.done(way_back(need))


@blueprint.post("/desk/needs/<public_id>/extension")
@open_to(Permission.TRIAGE)
@respond.once
def extend(public_id: str) -> Any:
    """Tell that the answer takes longer."""
    need, form, again = opened(public_id, "extension")
    if not form.validate_on_submit():
        return again()
    need.extend(form.on.data, form.text.data, by=g.visitor.actor)
    return respond.done(way_back(need))


@blueprint.post("/desk/needs/<public_id>/promise")
@open_to(Permission.TRIAGE)
@respond.once
def promise(public_id: str) -> Any:
    """Tell a new date of the next step."""
    need, form, again = opened(public_id, "promise")
    if not form.validate_on_submit():
        return again()
    need.promise(form.text.data, form.on.data, by=g.visitor.actor)
    return respond.done(way_back(need))


@blueprint.post("/desk/needs/<public_id>/resolution")
@open_to(Permission.TRIAGE)
@respond.once
def resolve(public_id: str) -> Any:
    """Say that a planned need is settled."""
    need, form, again = opened(public_id, "resolution")
    if not form.validate_on_submit():
        return again()
    need.resolve(form.text.data or "", by=g.visitor.actor)
    return respond.done(way_back(need))


@blueprint.post("/desk/needs/<public_id>/withdrawal-on-request")
@open_to(Permission.TRIAGE)
@respond.once
def withdraw(public_id: str) -> Any:
    """Take a need back for its author."""
    need, form, again = opened(public_id, "withdrawal-on-request")
    if not form.validate_on_submit():
        return again()
    need.withdraw_on_request(form.text.data, by=g.visitor.actor)
    return respond.done(way_back(need))


@blueprint.post("/desk/needs/<public_id>/merging")
@open_to(Permission.TRIAGE)
@respond.once
def merge(public_id: str) -> Any:
    """Handle a need together with another."""
    need, form, again = opened(public_id, "merging")
    if not form.validate_on_submit():
        return again()
    need.merge(workable(form.target.data), by=g.visitor.actor)
    return respond.done(way_back(need))


@blueprint.post("/desk/needs/<public_id>/separation")
@open_to(Permission.TRIAGE)
@respond.once
def split_out(public_id: str) -> Any:
    """Take a need out again."""
    need, form, again = opened(public_id, "separation")
    if not form.validate_on_submit():
        return again()
    need.split_out(by=g.visitor.actor)
    return respond.done(way_back(need))


@blueprint.post("/desk/needs/<public_id>/confirmation-by-phone")
@open_to(Permission.TRIAGE)
@respond.once
def confirm(public_id: str) -> Any:
    """Note that the author said it is settled."""
    need, form, again = opened(public_id, "confirmation-by-phone")
    if not form.validate_on_submit():
        return again()
    need.confirm(on_the_phone=True, by=g.visitor.actor)
    return respond.done(way_back(need))


@blueprint.post("/desk/needs/<public_id>/reopening-by-phone")
@open_to(Permission.TRIAGE)
@respond.once
def reopen(public_id: str) -> Any:
    """Note that the author said it is not settled."""
    need, form, again = opened(public_id, "reopening-by-phone")
    if not form.validate_on_submit():
        return again()
    need.reopen(form.text.data, on_the_phone=True, by=g.visitor.actor)
    return respond.done(way_back(need))


@blueprint.post("/desk/needs/<public_id>/hearing")
@open_to(Permission.HEAR_OBJECTION)
@respond.once
def hear(public_id: str) -> Any:
    """Hear an objection."""
    need, form, again = opened(public_id, "hearing")
    if not form.validate_on_submit():
        return again()
    need.hear(form.text.data, upheld=form.upheld.data == "yes", by=g.visitor.actor)
    return respond.done(way_back(need))


@blueprint.post("/desk/needs/<public_id>/public-title")
@open_to(Permission.TRIAGE)
@respond.once
def publish_title(public_id: str) -> Any:
    """Publish a short title, or take it back."""
    need, form, again = opened(public_id, "public-title")
    if not form.validate_on_submit():
        return again()
    need.publish_title(form.title.data or "", although_private=form.although_private.data, by=g.visitor.actor)
    return respond.done(way_back(need))


@blueprint.post("/desk/needs/<public_id>/delay-reason")
@open_to(Permission.TRIAGE)
@respond.once
def explain_delay(public_id: str) -> Any:
    """Say why a need is late."""
    need, form, again = opened(public_id, "delay-reason")
    if not form.validate_on_submit():
        return again()
    need.explain_delay(form.text.data, by=g.visitor.actor)
    return respond.done(way_back(need))
