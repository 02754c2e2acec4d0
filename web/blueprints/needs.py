"""The counter where a need is raised, found again by its author, and answered to."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, request, session, url_for
from flask_babel import gettext as _

from models import supports, tellings
from models.needs import Need
from models.needs.intake import offer_for, place_of_code
from models.needs.own import need_page, own_need
from models.permissions import Permission
from models.thread import thread_of_need
from web import outbox, receipts, respond, uploads
from web.doors import open_to, open_to_everyone
from web.forms.base import ActForm
from web.forms.needs import NeedEditForm, NeedForm, ReceiptForm, WordsForm
from web.knots import PUBLIC, drawn
from web.receipts import opened, remember

blueprint = Blueprint("needs", __name__)


@blueprint.get("/at/<public_id>")
@open_to_everyone
def at(public_id: str) -> Any:
    """Remember the community whose poster was scanned, and go on to the intake."""
    place, community = place_of_code(public_id)
    session.update(community_id=community.id, place_name=community.name, place_phone=community.phone or "")
    session.permanent = True
    return redirect(url_for(".new", courtyard=place.public_id if place.id != community.id else None))


@blueprint.get("/needs/new")
@open_to_everyone
def new() -> Any:
    """Show the intake for the reader's community, or let the reader choose one."""
    offer = offer_for(request.args.get("community"), g.visitor.community_id)
    if offer.place is None:
        return respond.page("needs/choose.html", offer=offer)
    return respond.page("needs/new.html", form=NeedForm(offer, data=request.args.to_dict()), offer=offer)


@blueprint.post("/needs")
@open_to_everyone
@respond.once
def create() -> Any:
    """Raise a need; without script the similar ones come on a page of their own first."""
    offer = offer_for(request.form.get("community"), g.visitor.community_id)
    form = NeedForm(offer)
    photos = uploads.with_the_form(form.photos)
    again = respond.form_page("needs/new.html", lambda: {"form": form, "offer": offer, "taken": photos})
    if offer.place is None:
        return respond.page("needs/choose.html", 422, offer=offer)
    if not form.validate_on_submit():
        return again()
    alike = [] if form.similar_seen.data or outbox.sent_later() else supports.similar(form.text.data, offer.place.id)
    if alike:
        return respond.question("needs/similar.html", form=form, alike=alike, photos=photos)
    need = Need.raise_(offer.community, form.text.data, **form.said(g.visitor, photos))
    remember(need)
    return respond.done(url_for(".receipt", public_id=need.public_id))


@blueprint.get("/needs/similar")
@open_to_everyone
def similar() -> Any:
    """Show what neighbors already said, while the resident is still writing."""
    alike = supports.similar(request.args.get("text", ""), g.visitor.community_id)
    return respond.page("needs/_similar.html", alike=alike)


@blueprint.get("/needs/<public_id>/receipt")
@open_to_everyone
def receipt(public_id: str) -> Any:
    """Show the number to keep, and what happens next."""
    need = own_need(public_id, g.visitor.actor, opened())
    return respond.page("needs/receipt.html", page=need_page(need, g.visitor.actor, 0))


@blueprint.get("/receipts")
@open_to_everyone
def find() -> Any:
    """Ask for a receipt number and the last four digits."""
    return respond.page("needs/find.html", form=ReceiptForm(data=request.args.to_dict()), refused=None)


@blueprint.post("/receipts")
@open_to_everyone
def open_receipt() -> Any:
    """Open a need with its receipt; wrong tries are counted per number and per address."""
    form = ReceiptForm()
    again = respond.form_page("needs/find.html", {"form": form})
    if not form.validate_on_submit():
        return again()
    need = receipts.need_of(form.ticket_no.data, form.last_four.data, address=request.remote_addr or "")
    respond.commit()
    if need is None:
        return again(refused=_("No need has this number and these digits. Please check both."))
    remember(need)
    return redirect(url_for(".show", public_id=need.public_id), 303)


def _own_page(public_id: str) -> Any:
    return need_page(own_need(public_id, g.visitor.actor, opened()), g.visitor.actor, 0)


def _page(need: Need, **forms: Any) -> dict[str, Any]:
    counted = supports.households([need.id]).get(need.id, 0)
    page = need_page(need, g.visitor.actor, counted)
    return {"page": page, "words": WordsForm(), "act": ActForm(), "knots": drawn(thread_of_need(need), PUBLIC), **forms}


@blueprint.get("/needs/<public_id>")
@open_to_everyone
def show(public_id: str) -> Any:
    """Show the author one's own need with its thread."""
    need = own_need(public_id, g.visitor.actor, opened())
    return respond.page("needs/show.html", refused=None, **_page(need))


@blueprint.get("/needs/<public_id>/withdrawal")
@open_to_everyone
def ask_withdrawal(public_id: str) -> Any:
    """Ask once more before a need is taken back."""
    return respond.page("needs/withdrawal.html", page=_own_page(public_id), act=ActForm())


@blueprint.post("/needs/<public_id>/follows")
@open_to(Permission.OWN)
@respond.once
def follow(public_id: str) -> Any:
    """Be told of every step of a need that one may read."""
    need = Need.find(public_id, supports.readable(g.visitor.actor))
    tellings.follow(need, by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.post("/needs/<public_id>/follows/end")
@open_to(Permission.OWN)
@respond.once
def unfollow(public_id: str) -> Any:
    """Be told no more."""
    need = Need.find(public_id, supports.readable(g.visitor.actor))
    tellings.unfollow(need, by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.get("/needs/<public_id>/edit")
@open_to_everyone
def edit(public_id: str) -> Any:
    """Show the author's words to be rewritten."""
    need = own_need(public_id, g.visitor.actor, opened())
    return respond.page("needs/edit.html", refused=None, form=NeedEditForm(obj=need), need=_own_page(public_id))


@blueprint.post("/needs/<public_id>/edit")
@open_to_everyone
@respond.once
def update(public_id: str) -> Any:
    """Rewrite one's need until it is accepted."""
    need = own_need(public_id, g.visitor.actor, opened())
    form = NeedEditForm()
    again = respond.form_page("needs/edit.html", lambda: {"form": form, "need": _own_page(public_id)})
    if not form.validate_on_submit():
        return again()
    need.edit(form.text.data, by=g.visitor.doer, seen_version=form.version.data)
    return respond.done(url_for(".show", public_id=public_id))


# What an author may do with a need, and whether a few words go with it; each is a noun of the need's.
ACTS: dict[str, tuple[str, bool]] = {
    "information": ("inform", True),
    "confirmation": ("confirm", False),
    "reopening": ("reopen", True),
    "objection": ("object", True),
    "withdrawal": ("withdraw", False),
    "separation": ("split_out", False),
}


@blueprint.post("/needs/<public_id>/information", defaults={"noun": "information"})
@blueprint.post("/needs/<public_id>/confirmation", defaults={"noun": "confirmation"})
@blueprint.post("/needs/<public_id>/reopening", defaults={"noun": "reopening"})
@blueprint.post("/needs/<public_id>/objection", defaults={"noun": "objection"})
@blueprint.post("/needs/<public_id>/withdrawal", defaults={"noun": "withdrawal"})
@blueprint.post("/needs/<public_id>/separation", defaults={"noun": "separation"})
@open_to_everyone
@respond.once
def act(public_id: str, noun: str) -> Any:
    """Let the author answer the clerk, confirm, reopen, object, withdraw or split out again."""
    need = own_need(public_id, g.visitor.actor, opened())
    verb, with_words = ACTS[noun]
    form = WordsForm() if with_words else ActForm()
    again = respond.form_page(
        "needs/show.html",
        lambda: _page(own_need(public_id, g.visitor.actor, opened()), words=form, wrong=noun),
    )
    if not form.validate_on_submit():
        return again()
    getattr(need, verb)(*([form.words.data] if with_words else []), by=g.visitor.doer)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.post("/needs/<public_id>/supports")
@open_to(Permission.SUPPORT_NEED)
@respond.once
def support(public_id: str) -> Any:
    """Say that one's household needs the same."""
    need = Need.find(public_id, supports.supportable(g.visitor.actor))
    supports.support(need, by=g.visitor.actor)
    return respond.done(url_for("board_needs.show", public_id=public_id))


@blueprint.post("/needs/<public_id>/supports/withdrawal")
@open_to(Permission.SUPPORT_NEED)
@respond.once
def withdraw_support(public_id: str) -> Any:
    """Take the household's support back."""
    need = Need.find(public_id, supports.supportable(g.visitor.actor))
    supports.withdraw(need, by=g.visitor.actor)
    return respond.done(url_for("board_needs.show", public_id=public_id))
