"""What the committee does with a need: each act is sent to a noun, and here stands the verb that it calls."""

from __future__ import annotations

from typing import Any

from flask import flash, g
from flask_babel import gettext as _

from models.directory import ResponsibleUnit
from models.needs import AnswerKind, Channel, Field, Kind, Need, RejectReason, Urgency
from models.permissions import Permission
from web import respond
from web.blueprints.desk.acting import act
from web.blueprints.desk.counter import blueprint, workable
from web.doors import open_to


@blueprint.post("/desk/needs/<public_id>/acceptance")
@open_to(Permission.TRIAGE)
@respond.once
@act("acceptance")
def accept(need: Need, form: Any) -> None:
    """Accept a need."""
    need.accept(Field(form.field.data), Urgency(form.urgency.data), kind=Kind(form.kind.data), by=g.visitor.actor)
    flash(_("%(ticket)s is accepted.", ticket=need.ticket_no), "success")


@blueprint.post("/desk/needs/<public_id>/question")
@open_to(Permission.TRIAGE)
@respond.once
@act("question")
def ask(need: Need, form: Any) -> None:
    """Ask the author for more."""
    need.ask_info(form.text.data, by=g.visitor.actor)


@blueprint.post("/desk/needs/<public_id>/information")
@open_to(Permission.TRIAGE)
@respond.once
@act("information")
def inform(need: Need, form: Any) -> None:
    """Note what the author said on the phone."""
    need.inform(form.text.data, on_the_phone=True, by=g.visitor.actor)


@blueprint.post("/desk/needs/<public_id>/calls")
@open_to(Permission.TRIAGE)
@respond.once
@act("calls")
def note_call(need: Need, form: Any) -> None:
    """Note a try to reach the author."""
    need.note_call(form.outcome.data, by=g.visitor.actor)


@blueprint.post("/desk/needs/<public_id>/rejection")
@open_to(Permission.TRIAGE)
@respond.once
@act("rejection")
def reject(need: Need, form: Any) -> None:
    """Do not accept a need, with a reason."""
    need.reject(RejectReason(form.code.data), form.text.data, by=g.visitor.actor)


@blueprint.post("/desk/needs/<public_id>/redirection")
@open_to(Permission.TRIAGE)
@respond.once
@act("redirection")
def redirect_need(need: Need, form: Any) -> None:
    """Send a need to whoever is in charge."""
    reached = ResponsibleUnit.visible_to(g.visitor.actor, Permission.TRIAGE)
    wants_unit = form.channel.data == Channel.UNIT.value and form.unit.data
    unit = ResponsibleUnit.find(form.unit.data, reached) if wants_unit else None
    channel, offered = Channel(form.channel.data), form.companion.data
    need.redirect(channel, form.text.data, unit=unit, companion_offered=offered, by=g.visitor.actor)


@blueprint.post("/desk/needs/<public_id>/hand-over-receipt")
@open_to(Permission.TRIAGE)
@respond.once
@act("hand-over-receipt")
def hand_over(need: Need, form: Any) -> None:
    """Record the receipt of the petition office."""
    need.hand_over(form.number.data, by=g.visitor.actor)


@blueprint.post("/desk/needs/<public_id>/answer")
@open_to(Permission.TRIAGE)
@respond.once
@act("answer")
def answer(need: Need, form: Any) -> None:
    """Answer a need in writing."""
    kind, photos = AnswerKind(form.kind.data), form.photos.data or []
    need.answer(form.text.data, kind, photos=photos, photo_owner=g.visitor.author, by=g.visitor.actor)


@blueprint.post("/desk/needs/<public_id>/extension")
@open_to(Permission.TRIAGE)
@respond.once
@act("extension")
def extend(need: Need, form: Any) -> None:
    """Tell that the answer takes longer."""
    need.extend(form.on.data, form.text.data, by=g.visitor.actor)


@blueprint.post("/desk/needs/<public_id>/promise")
@open_to(Permission.TRIAGE)
@respond.once
@act("promise")
def promise(need: Need, form: Any) -> None:
    """Tell a new date of the next step."""
    need.promise(form.text.data, form.on.data, by=g.visitor.actor)


@blueprint.post("/desk/needs/<public_id>/resolution")
@open_to(Permission.TRIAGE)
@respond.once
@act("resolution")
def resolve(need: Need, form: Any) -> None:
    """Say that a planned need is settled."""
    need.resolve(form.text.data or "", by=g.visitor.actor)


@blueprint.post("/desk/needs/<public_id>/withdrawal-on-request")
@open_to(Permission.TRIAGE)
@respond.once
@act("withdrawal-on-request")
def withdraw(need: Need, form: Any) -> None:
    """Take a need back for its author."""
    need.withdraw_on_request(form.text.data, by=g.visitor.actor)


@blueprint.post("/desk/needs/<public_id>/merging")
@open_to(Permission.TRIAGE)
@respond.once
@act("merging")
def merge(need: Need, form: Any) -> None:
    """Handle a need together with another."""
    need.merge(workable(form.target.data), by=g.visitor.actor)


@blueprint.post("/desk/needs/<public_id>/separation")
@open_to(Permission.TRIAGE)
@respond.once
@act("separation")
def split_out(need: Need, form: Any) -> None:
    """Take a need out again."""
    need.split_out(by=g.visitor.actor)


@blueprint.post("/desk/needs/<public_id>/confirmation-by-phone")
@open_to(Permission.TRIAGE)
@respond.once
@act("confirmation-by-phone")
def confirm(need: Need, form: Any) -> None:
    """Note that the author said it is settled."""
    need.confirm(on_the_phone=True, by=g.visitor.actor)


@blueprint.post("/desk/needs/<public_id>/reopening-by-phone")
@open_to(Permission.TRIAGE)
@respond.once
@act("reopening-by-phone")
def reopen(need: Need, form: Any) -> None:
    """Note that the author said it is not settled."""
    need.reopen(form.text.data, on_the_phone=True, by=g.visitor.actor)


@blueprint.post("/desk/needs/<public_id>/hearing")
@open_to(Permission.HEAR_OBJECTION)
@respond.once
@act("hearing")
def hear(need: Need, form: Any) -> None:
    """Hear an objection."""
    need.hear(form.text.data, upheld=form.upheld.data == "yes", by=g.visitor.actor)


@blueprint.post("/desk/needs/<public_id>/public-title")
@open_to(Permission.TRIAGE)
@respond.once
@act("public-title")
def publish_title(need: Need, form: Any) -> None:
    """Publish a short title, or take it back."""
    need.publish_title(form.title.data or "", although_private=form.although_private.data, by=g.visitor.actor)


@blueprint.post("/desk/needs/<public_id>/delay-reason")
@open_to(Permission.TRIAGE)
@respond.once
@act("delay-reason")
def explain_delay(need: Need, form: Any) -> None:
    """Say why a need is late."""
    need.explain_delay(form.text.data, by=g.visitor.actor)
