"""The counter of the people served: one person's page, whom nobody has seen for long, and what a visit found."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, url_for
from flask_babel import gettext as _

from models import accounts, care, contact_terms
from models.permissions import Permission
from models.service_log import ServiceLog
from web import respond
from web.doors import open_to
from web.forms.care import FindingForm, TermsForm, finding_of

blueprint = Blueprint("care", __name__)


@blueprint.get("/served/<public_id>")
@open_to(Permission.READ_SERVED)
def show(public_id: str) -> Any:
    """Show a person served: last seen, promises, services as far as this reader may know."""
    card = care.card_of(care.find(public_id, g.visitor.actor), g.visitor.actor)
    finding = finding_of([(card.public_id, card.name)])
    return respond.page("care/show.html", card=card, finding=finding, refused=None)


@blueprint.get("/long-unseen")
@open_to(Permission.READ_PEOPLE)
def unseen() -> Any:
    """Show with whom of those with a mark nobody has been in touch for too long."""
    actor = g.visitor.actor
    return respond.page("care/unseen.html", people=care.unseen(actor), count=care.count_unseen(actor))


@blueprint.post("/findings")
@open_to(Permission.READ_SERVED)
@respond.once
def report() -> Any:
    """Make what was found on a visit a need of its own."""
    form, actor = FindingForm(), g.visitor.actor
    person = care.find(form.person.data, actor) if form.person.data else None
    form.person.choices = [(person.public_id, person.name)] if person else []
    again = respond.form_page("care/finding.html", lambda: {"finding": form})
    if not form.validate_on_submit() or person is None:
        return again()
    log = ServiceLog.find(form.log.data, ServiceLog.visible_to(actor, Permission.WRITE_LOG)) if form.log.data else None
    need = care.report_finding(person, form.text.data or "", by=actor, log=log, agreed=form.agreed.data)
    flash(_("Written down as %(ticket)s. The committee looks at it now.", ticket=need.ticket_no), "success")
    return respond.done(url_for("care.show", public_id=person.public_id))


@blueprint.get("/contact-terms")
@open_to(Permission.EDIT_PEOPLE)
def terms() -> Any:
    """Show after how many days somebody stands on the list of those not seen for long."""
    community = accounts.home(g.visitor.actor, Permission.EDIT_PEOPLE)
    form = TermsForm.of(contact_terms.terms_of([community.id])[community.id])
    return respond.page("care/terms.html", form=form, community=community.name, refused=None)


@blueprint.post("/contact-terms")
@open_to(Permission.EDIT_PEOPLE)
@respond.once
def set_terms() -> Any:
    """Set the days of the own community."""
    community, form = accounts.home(g.visitor.actor, Permission.EDIT_PEOPLE), TermsForm()
    again = respond.form_page("care/terms.html", lambda: {"form": form, "community": community.name})
    if not form.validate_on_submit():
        return again()
    contact_terms.set_terms(community, form.days(), by=g.visitor.actor)
    flash(_("Kept. The lists follow from now on."), "success")
    return respond.done(url_for("care.unseen"))
