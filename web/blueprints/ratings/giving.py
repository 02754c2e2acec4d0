"""Where somebody who was served rates: from the list of one's own services, or by the link of a slip."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for

from models.permissions import Permission
from models.ratings import CLOSED, PresenceWord, Rating, RatingInvitation, asked, asked_of, to_rate
from web import rating_links, respond
from web.blueprints.ratings.counter import blueprint
from web.doors import open_to, open_to_everyone
from web.forms.ratings import PresenceForm, RatingForm, SeatForm


@blueprint.get("/ratings")
@open_to(Permission.OWN)
def index() -> Any:
    """List the services that wait for the reader's word."""
    return respond.page("ratings/index.html", waiting=to_rate(g.visitor.actor), form=SeatForm())


@blueprint.post("/ratings/invitations")
@open_to(Permission.OWN)
def ask() -> Any:
    """Open the rating page of a service that the reader took part in."""
    form = SeatForm()
    again = respond.form_page("ratings/index.html", lambda: {"waiting": to_rate(g.visitor.actor), "form": form})
    if not form.validate_on_submit():
        return again()
    invitation = RatingInvitation.ask(form.seat.data, by=g.visitor.actor)
    return respond.done(url_for(".new", token=rating_links.seal(invitation.public_id)))


@blueprint.get("/ratings/thanks")
@open_to_everyone
def thanks() -> Any:
    """Say thank you; the address carries nothing of what was said."""
    return respond.page("ratings/thanks.html", level=None)


@blueprint.get("/ratings/<token>")
@open_to_everyone
@rating_links.by_token
def new(token: str) -> Any:
    """Show the five faces; looking uses nothing up, however often a scanner looks."""
    shown: dict[str, Any] = {"token": token, "word": PresenceForm(formdata=None), "closed": asked_of(g.invitation.seat),
                             "own": g.invitation.is_of(g.visitor.actor)}  # fmt: skip
    g.again = lambda status, refused: respond.page("ratings/closed.html", 410, refused=refused, **_still(shown))
    g.invitation.check_usable()
    return respond.page("ratings/new.html", form=RatingForm(), asked=asked(g.invitation), refused=None, **shown)


def _still(shown: dict[str, Any]) -> dict[str, Any]:
    """Return what a page without faces shows: whoever has rated may still say whether they were there."""
    return {**shown, "asked": asked(g.invitation), "closed": shown["closed"] if g.invitation.stands else CLOSED}


@blueprint.post("/ratings/<token>/presence")
@open_to_everyone
@rating_links.by_token
@respond.once
def say_presence(token: str) -> Any:
    """Take the word of the person served: I was there, or it was not so."""
    form, one, beside = PresenceForm(), g.invitation, request.headers.get("HX-Request") == "true"
    faces = "ratings/closed.html" if one.rated else "ratings/new.html"
    again = respond.form_page("ratings/_presence.html" if beside else faces, lambda: _still(
        {"form": RatingForm(formdata=None), "token": token, "word": form, "closed": asked_of(one.seat), "alone": beside,
         "own": one.is_of(g.visitor.actor)}
    ))  # fmt: skip
    if not form.validate_on_submit():
        return again()
    PresenceWord.say(one, there=form.there, words=form.words.data or "", by=g.visitor.actor)
    told: dict[str, Any] = {"token": token, "closed": asked_of(one.seat)}
    return respond.done(url_for(".new", token=token), fragment=lambda: respond.page("ratings/_presence.html", **told))


@blueprint.post("/ratings/<token>")
@open_to_everyone
@rating_links.by_token
@respond.once
def create(token: str) -> Any:
    """Take the rating, once."""
    form, invitation = RatingForm(), g.invitation
    template = "ratings/_form.html" if request.headers.get("HX-Request") else "ratings/new.html"
    again = respond.form_page(template, lambda: {
        "form": form, "asked": asked(invitation), "token": token, "word": PresenceForm(formdata=None),
        "closed": asked_of(invitation.seat), "own": invitation.is_of(g.visitor.actor),
    })  # fmt: skip
    if not form.validate_on_submit():
        return again()
    given = Rating.give(invitation, form.answer(), by=g.visitor.actor, origin=rating_links.origin())
    return respond.done(url_for(".thanks"), fragment=lambda: thanks_beside(given.level))


def thanks_beside(level: int) -> Any:
    """Return the thank-you as a fragment; sections that listen ask anew for their figures."""
    answer = respond.page("ratings/_thanks.html", level=level)
    answer.headers["HX-Trigger"] = "rated"
    return answer
