"""Where paper slips are entered in one grid, and compared by a second clerk."""

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
    sheet_rows,
    sheets_waiting,
    to_be_asked_by,
    to_hear,
)
from models.service_log import ServiceLog
from web import respond, uploads
from web.blueprints.ratings.counter import blueprint
from web.blueprints.ratings.posters import reached
from web.doors import open_to
from web.forms.base import ActForm
from web.forms.ratings import HeardForm, PaperForm


@blueprint.get("/ratings/services/<public_id>/paper")
@open_to(Permission.ENTER_PAPER_RATINGS)
def new_paper(public_id: str) -> Any:
    """Show the grid: one line for each person of the service whose slip is not entered yet."""
    log = ServiceLog.find(public_id, reached(Permission.ENTER_PAPER_RATINGS))
    return respond.page("ratings/paper.html", asked=asked_at(log), form=PaperForm(paper_seats(log)), photos=[],
                        public_id=public_id, refused=None)  # fmt: skip


@blueprint.post("/ratings/services/<public_id>/paper")
@open_to(Permission.ENTER_PAPER_RATINGS)
@respond.once
def create_paper(public_id: str) -> Any:
    """Enter the slips with their photo; they wait for a second clerk."""
    log = ServiceLog.find(public_id, reached(Permission.ENTER_PAPER_RATINGS))
    form = PaperForm(paper_seats(log))
    photos = uploads.with_the_form(form.photos, sheet=True)
    again = respond.form_page(
        "ratings/paper.html", lambda: {"asked": asked_at(log), "form": form, "photos": photos, "public_id": public_id}
    )
    if not form.validate_on_submit():
        return again()
    sheet = RatingSheet.enter(log, form.rows(), by=g.visitor.actor, photos=photos, photo_owner=g.visitor.author)
    return respond.done(url_for(".sheet", public_id=sheet.public_id))


@blueprint.get("/ratings/sheets")
@open_to(Permission.WITNESS_RATINGS)
def sheets() -> Any:
    """List what waits for a second pair of eyes: sheets of paper, and names given at posters."""
    actor, permission = g.visitor.actor, Permission.WITNESS_RATINGS
    waiting = sheets_waiting(RatingSheet.within(actor, permission), actor)
    ratings = Rating.within(actor, permission)
    names, doubts = to_hear(to_be_asked_by(actor)), doubted(ratings, actor)
    return respond.page("ratings/sheets.html", sheets=waiting, names=names, doubts=doubts, form=HeardForm())


@blueprint.get("/ratings/sheets/<public_id>")
@open_to(Permission.WITNESS_RATINGS)
def sheet(public_id: str) -> Any:
    """Show the entries of a sheet beside whose slip each was, to be compared with the paper."""
    one = RatingSheet.find(public_id, RatingSheet.visible_to(g.visitor.actor, Permission.WITNESS_RATINGS))
    respond.note_access("read.paper_ratings", kind="rating_sheets", subject_id=one.id)
    return respond.page("ratings/sheet.html", **_sheet(one), refused=None)


def _sheet(one: RatingSheet) -> dict[str, Any]:
    own = one.entered_by_id == g.visitor.actor.account_id
    rows = sheet_rows(one)
    return {"public_id": one.public_id, "rows": rows, "own": own, "witnessed_at": one.witnessed_at, "form": ActForm()}


@blueprint.post("/ratings/sheets/<public_id>/witness")
@open_to(Permission.WITNESS_RATINGS)
@respond.once
def create_witness(public_id: str) -> Any:
    """Say that the entries are what the paper says."""
    one = RatingSheet.find(public_id, RatingSheet.visible_to(g.visitor.actor, Permission.WITNESS_RATINGS))
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
