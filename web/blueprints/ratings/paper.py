"""Where paper slips are entered in one grid, and compared by a second pair of eyes."""

from __future__ import annotations

from typing import Any

from flask import abort, g, url_for

from models.permissions import Permission
from models.ratings import (
    Rating,
    RatingSheet,
    asked_at,
    doubted,
    paper_seats,
    served,
    services,
    services_on_paper,
    sheet_rows,
    sheets_waiting,
    to_be_asked_by,
    to_hear,
)
from models.service_log import ServiceLog
from web import respond, uploads
from web.blueprints.ratings.counter import blueprint
from web.doors import open_to
from web.forms.base import ActForm
from web.forms.ratings import HeardForm, PaperForm

PAGE = 20
P = Permission.ENTER_PAPER_RATINGS


@blueprint.get("/ratings/paper")
@open_to(Permission.STAND_IN_ON_PAPER)
def paper_index() -> Any:
    """List the services that a committee gave itself: a third party enters and compares their paper."""
    found = services(g.visitor.actor, on_paper=True, before=respond.number("before"), limit=PAGE)
    more = url_for(".paper_index", before=found[-1].id) if len(found) == PAGE else None
    return respond.page("ratings/paper_services.html", services=found, more=more)


def _find(public_id: str) -> ServiceLog:
    return ServiceLog.find(public_id, services_on_paper(g.visitor.actor))


def _grid(log: ServiceLog, form: PaperForm, photos: list[str]) -> dict[str, Any]:
    return {"asked": asked_at(log), "form": form, "photos": photos, "public_id": log.public_id,
            "served": served(log, g.visitor.actor)}  # fmt: skip


@blueprint.get("/ratings/services/<public_id>/paper")
@open_to(P)
def new_paper(public_id: str) -> Any:
    """Show the grid: one line for each person of the service whose slip is not entered yet."""
    log = _find(public_id)
    if log.community_id not in g.visitor.actor.reach(P).community_ids:
        respond.note_access("read.paper_names", kind="service_logs", subject_id=log.id, community_id=log.community_id)
    return respond.page("ratings/paper.html", **_grid(log, PaperForm(paper_seats(log)), []), refused=None)


@blueprint.post("/ratings/services/<public_id>/paper")
@open_to(P)
@respond.once
def create_paper(public_id: str) -> Any:
    """Enter the slips with their photo; they wait for a second pair of eyes."""
    log = _find(public_id)
    form = PaperForm(paper_seats(log))
    photos = uploads.with_the_form(form.photos, sheet=True)
    again = respond.form_page("ratings/paper.html", lambda: _grid(log, form, photos))
    if not form.validate_on_submit():
        return again()
    sheet = RatingSheet.enter(log, form.rows(), by=g.visitor.actor, photos=photos, photo_owner=g.visitor.author)
    return respond.done(url_for(".sheet", public_id=sheet.public_id))


@blueprint.get("/ratings/sheets")
@open_to(P)
def sheets() -> Any:
    """List what waits for a second pair of eyes: sheets of paper, and names given at posters."""
    actor = g.visitor.actor
    ratings = Rating.within(actor, Permission.WITNESS_RATINGS)
    names, doubts = to_hear(to_be_asked_by(actor)), doubted(ratings, actor)
    return respond.page(
        "ratings/sheets.html", sheets=sheets_waiting(actor), names=names, doubts=doubts, form=HeardForm()
    )


def _find_sheet(public_id: str) -> RatingSheet:
    return RatingSheet.find(public_id, RatingSheet.visible_to(g.visitor.actor, P))


@blueprint.get("/ratings/sheets/<public_id>")
@open_to(P)
def sheet(public_id: str) -> Any:
    """Show the entries of a sheet beside whose slip each was, to be compared with the paper."""
    one = _find_sheet(public_id)
    respond.note_access("read.paper_ratings", kind="rating_sheets", subject_id=one.id)
    return respond.page("ratings/sheet.html", **_sheet(one), refused=None)


def _sheet(one: RatingSheet) -> dict[str, Any]:
    actor = g.visitor.actor
    served_there = one.of_own_service(actor)
    return {"public_id": one.public_id, "rows": [] if served_there else sheet_rows(one), "served": served_there,
            "own": one.entered_by_id == actor.account_id, "witnessed_at": one.witnessed_at, "form": ActForm()}  # fmt: skip


@blueprint.post("/ratings/sheets/<public_id>/witness")
@open_to(P)
@respond.once
def create_witness(public_id: str) -> Any:
    """Say that the entries are what the paper says."""
    one = _find_sheet(public_id)
    again = respond.form_page("ratings/sheet.html", lambda: _sheet(one))
    if not ActForm().validate_on_submit():
        return again()
    one.witness(by=g.visitor.actor)
    return respond.done(url_for(".sheets"))


@blueprint.post("/ratings/names/<public_id>/word")
@open_to(Permission.WITNESS_RATINGS)
@respond.once
def create_word(public_id: str) -> Any:
    """Note what a person said who was asked whether a rating at a poster is theirs."""
    rating = Rating.find(public_id, Rating.visible_to(g.visitor.actor, Permission.WITNESS_RATINGS))
    form = HeardForm()
    if not ActForm().validate_on_submit():
        abort(400)
    if form.confirmed.data not in ("yes", "no"):
        return respond.onward(url_for(".sheets"))
    rating.hear(confirmed=form.confirmed.data == "yes", by=g.visitor.actor)
    return respond.done(url_for(".sheets"))
