"""Where the committee makes slips and strips: twelve slips to a sheet, a code to each line of a sign-in list."""

from __future__ import annotations

from typing import Any

from flask import g, url_for

from models.permissions import Permission
from models.ratings import RatingInvitation, asked_at, paper_seats, served, services, slips, strips
from models.service_log import ServiceLog
from web import rating_links, respond
from web.blueprints.ratings.counter import blueprint
from web.blueprints.ratings.posters import reached
from web.doors import open_to
from web.forms.base import ActForm
from web.forms.ratings import StripsForm, TieForm

PAGE = 20
P = Permission.INVITE_RATINGS


@blueprint.get("/ratings/services")
@open_to(P)
def services_index() -> Any:
    """List the services of the last weeks with what may be done to invite their people."""
    found = services(g.visitor.actor, before=respond.number("before"), limit=PAGE)
    more = url_for(".services_index", before=found[-1].id) if len(found) == PAGE else None
    return respond.page("ratings/services.html", services=found, more=more)


@blueprint.get("/ratings/services/<public_id>")
@open_to(P)
def service(public_id: str) -> Any:
    """Show one service with its slips, strips, poster and paper."""
    log = ServiceLog.find(public_id, reached(P))
    seats = paper_seats(log)
    return respond.page(
        "ratings/service.html", asked=asked_at(log), public_id=public_id, slips=slips(log), strips=strips(log),
        seats=seats, served=served(log, g.visitor.actor), act=ActForm(), form=StripsForm(), tie=TieForm(), refused=None,
    )  # fmt: skip


def _again(log: ServiceLog, **more: Any) -> Any:
    forms = {"act": ActForm(), "form": StripsForm(), "tie": TieForm(), **more}
    return respond.form_page("ratings/service.html", lambda: {
        "asked": asked_at(log), "public_id": log.public_id, "slips": slips(log), "strips": strips(log),
        "seats": paper_seats(log), "served": served(log, g.visitor.actor), **forms,
    })  # fmt: skip


@blueprint.post("/ratings/services/<public_id>/slips")
@open_to(P)
@respond.once
def create_slips(public_id: str) -> Any:
    """Make slips for those who have no invitation yet, and show the sheet to print."""
    log = ServiceLog.find(public_id, reached(P))
    again = _again(log)
    if not ActForm().validate_on_submit():
        return again()
    RatingInvitation.print_slips(log, by=g.visitor.actor)
    return respond.done(url_for(".print_slips", public_id=public_id))


@blueprint.get("/ratings/services/<public_id>/slips")
@open_to(P)
def print_slips(public_id: str) -> Any:
    """Show the slips to print, twelve to a sheet."""
    log = ServiceLog.find(public_id, reached(P))
    rating_links.keep_private()
    respond.note_access("print.slips", kind="service_logs", subject_id=log.id)
    rows = [(one, rating_links.code_of(rating_links.address(one.invitation))) for one in slips(log)]
    return respond.page("ratings/slips.html", asked=asked_at(log), rows=rows, public_id=public_id)


@blueprint.post("/ratings/services/<public_id>/strips")
@open_to(P)
@respond.once
def create_strips(public_id: str) -> Any:
    """Make strips for a sign-in sheet, and show the sheet to print."""
    log, form = ServiceLog.find(public_id, reached(P)), StripsForm()
    again = _again(log, form=form)
    if not form.validate_on_submit():
        return again()
    RatingInvitation.print_strips(log, int(form.number.data), by=g.visitor.actor)
    return respond.done(url_for(".print_strips", public_id=public_id))


@blueprint.get("/ratings/services/<public_id>/strips")
@open_to(P)
def print_strips(public_id: str) -> Any:
    """Show the sign-in sheet with a strip to tear off at each line."""
    log = ServiceLog.find(public_id, reached(P))
    rating_links.keep_private()
    url = url_for(".new_at_poster", public_id=public_id, _external=True)
    return respond.page(
        "ratings/strips.html", asked=asked_at(log), codes=strips(log), qr_data=rating_links.code_of(url),
        public_id=public_id,
    )  # fmt: skip


@blueprint.post("/ratings/services/<public_id>/ties")
@open_to(P)
@respond.once
def create_ties(public_id: str) -> Any:
    """Tie the codes of strips to the lines of the sheet."""
    log, form = ServiceLog.find(public_id, reached(P)), TieForm()
    again = _again(log, tie=form)
    if not form.validate_on_submit():
        return again()
    RatingInvitation.tie(log, form.codes(paper_seats(log)), by=g.visitor.actor)
    return respond.done(url_for(".service", public_id=public_id))
