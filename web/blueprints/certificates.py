"""The counter of proofs of volunteer service: asked for, issued, printed, taken back; verified by everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, g, request, url_for
from flask_babel import gettext as _

from models import accounts, certificates
from models.certificates import Certificate, CertificateRequest
from models.people import Person
from models.permissions import Permission
from models.places import Place
from web import certificate_links, certificate_papers, links, respond
from web.doors import open_to, open_to_everyone
from web.forms.base import new_key
from web.forms.certificates import AskForm, IssueForm, PeriodForm, VerifyForm, WhyForm, this_year

blueprint = Blueprint("certificates", __name__)
ISSUE, OWN = Permission.ISSUE_CERTIFICATES, Permission.OWN
PAGE = 30


@blueprint.get("/certificates")
@open_to_everyone
def verify() -> Any:
    """Ask for number and check code, and say how that certificate stands."""
    form = VerifyForm(request.args)
    asked = bool(request.args) and form.validate()
    face = certificate_links.typed(form.number.data, form.code.data) if asked else None
    unknown = asked and face is None
    return respond.page("certificates/verify.html", 404 if unknown else 200, form=form, face=face, unknown=unknown)


@blueprint.get("/certificates/<public_id>")
@open_to_everyone
def show(public_id: str) -> Any:
    """Say how the certificate stands whose square was scanned."""
    face = certificate_links.scanned(public_id)
    return respond.page("certificates/verify.html", form=VerifyForm(formdata=None), face=face, unknown=False)


def _found(public_id: str) -> certificates.Paper:
    return certificates.paper_of(Certificate.find(public_id, Certificate.visible_to(g.visitor.actor, OWN)))


def _address(public_id: str) -> str:
    return url_for(".show", public_id=public_id, _external=True)


@blueprint.get("/certificates/<public_id>/sheet")
@open_to(OWN)
def sheet(public_id: str) -> Any:
    """Show a certificate to print."""
    one, address = _found(public_id), _address(public_id)
    return respond.page("certificates/sheet.html", one=one, said=certificate_papers.said(one), address=address,
                        honest=certificate_papers.honest(), qr_data=links.drawn(address))  # fmt: skip


@blueprint.get("/certificates/<public_id>/certificate.pdf")
@open_to(OWN)
def paper(public_id: str) -> Response:
    """Hand a certificate out as a PDF; that it left is logged."""
    one = _found(public_id)
    answer = Response(certificate_papers.pdf_of(one, _address(public_id)), mimetype="application/pdf")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Disposition"] = f'attachment; filename="{one.number}.pdf"'
    respond.note_access("export.certificate", kind="certificates", reason=one.number)
    return answer


def _mine(form: AskForm | None = None) -> dict[str, Any]:
    person_id = g.visitor.actor.person_id
    places = certificates.where_served(person_id)
    form = form or AskForm(formdata=None, data=this_year())
    form.community.choices = list(places)
    return {"mine": certificates.mine(person_id), "asked": certificates.my_requests(person_id), "form": form,
            "places": places}  # fmt: skip


@blueprint.get("/me/certificates")
@open_to(OWN)
def own() -> Any:
    """Show one's own certificates and what one asked for."""
    return respond.page("certificates/mine.html", **_mine(), refused=None)


@blueprint.post("/me/certificates")
@open_to(OWN)
@respond.once
def ask() -> Any:
    """Ask a community for a certificate."""
    form = AskForm()
    context = _mine(form)
    again = respond.form_page("certificates/mine.html", lambda: context)
    if not form.validate_on_submit():
        return again()
    person, community = certificates.asks(g.visitor.actor, form.community.data)
    CertificateRequest.ask(person, community, *form.span, by=g.visitor.actor)
    return respond.done(url_for(".own"))


def _community() -> Place:
    wanted = request.values.get("community", "")[:10]
    actor = g.visitor.actor
    return Place.find(wanted, Place.visible_to(actor, ISSUE)) if wanted else accounts.home(actor, ISSUE)


def _desk(community: Place, form: PeriodForm, down: WhyForm | None = None) -> dict[str, Any]:
    issued = certificates.certificates_for(community, before=respond.number("before"), limit=PAGE + 1)
    span = form.span if form.validate() else None
    return {
        "community": {"public_id": community.public_id, "name": community.name},
        "communities": accounts.communities(g.visitor.actor, ISSUE), "form": form, "down": down or WhyForm(formdata=None),
        "asked": certificates.requests_for(community), "issued": [one for _id, one in issued[:PAGE]],
        "next": issued[PAGE - 1][0] if len(issued) > PAGE else None, "new_key": new_key,
        "volunteers": certificates.volunteers(community, *span) if span else [],
    }  # fmt: skip


@blueprint.get("/certificate-desk")
@open_to(ISSUE)
def index() -> Any:
    """Show who asked, who has hours to prove, and what was issued."""
    return respond.page("certificates/index.html", **_desk(_community(), PeriodForm.asked(request.args)), refused=None)


def _preview(community: Place, person: Person, form: IssueForm) -> dict[str, Any]:
    lines = certificates.lines_to_prove(person, community, *form.span) if form.validate() else []
    return {"lines": lines, "minutes": sum(one.minutes for one in lines), "form": form, "name": person.name,
            "community": community.name}  # fmt: skip


def _volunteer(community: Place) -> Person:
    return certificates.volunteer(community, request.values.get("person", "")[:10])


@blueprint.get("/certificate-desk/new")
@open_to(ISSUE)
def new() -> Any:
    """Show what a certificate would prove, before it is issued."""
    community = _community()
    form = IssueForm.asked({**request.args, "community": community.public_id})
    return respond.page("certificates/new.html", **_preview(community, _volunteer(community), form), refused=None)


@blueprint.post("/certificates")
@open_to(ISSUE)
@respond.once
def create() -> Any:
    """Issue a certificate."""
    community, form = _community(), IssueForm()
    person = _volunteer(community)
    again = respond.form_page("certificates/new.html", lambda: _preview(_community(), _volunteer(_community()), form))
    if not form.validate_on_submit():
        return again()
    asked = form.request_id.data
    wanted = CertificateRequest.find(asked, CertificateRequest.visible_to(g.visitor.actor, ISSUE)) if asked else None
    one = Certificate.issue(person, community, *form.span, by=g.visitor.actor, request=wanted)
    flash(_("Issued. It can be printed, and everybody can verify it."), "success")
    return respond.done(url_for(".sheet", public_id=one.public_id))


def _why(community_id: int) -> tuple[WhyForm, Callable[..., Response]]:
    community, form = Place.get(community_id), WhyForm()
    context = _desk(community, PeriodForm.asked({}), form)
    return form, respond.form_page("certificates/index.html", lambda: context)


@blueprint.post("/certificates/<public_id>/revocation")
@open_to(ISSUE)
@respond.once
def revoke(public_id: str) -> Any:
    """Take a certificate back."""
    one = Certificate.find(public_id, Certificate.visible_to(g.visitor.actor, ISSUE))
    form, again = _why(one.community_id)
    if not form.validate_on_submit():
        return again()
    one.revoke(form.reason.data, by=g.visitor.actor)
    return respond.done(url_for(".index"))


@blueprint.post("/certificate-requests/<public_id>/refusal")
@open_to(ISSUE)
@respond.once
def decline(public_id: str) -> Any:
    """Say why none is issued."""
    one = CertificateRequest.find(public_id, CertificateRequest.visible_to(g.visitor.actor, ISSUE))
    form, again = _why(one.community_id)
    if not form.validate_on_submit():
        return again()
    one.decline(form.reason.data, by=g.visitor.actor)
    return respond.done(url_for(".index"))
