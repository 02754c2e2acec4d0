"""Where somebody at an event rates by the poster: with the code of a strip, else by name and four digits."""

from __future__ import annotations

from typing import Any

from flask import g, url_for
from sqlalchemy import Select

from models.permissions import Permission
from models.ratings import Rating, asked_at, of_others
from models.service_log import ServiceLog
from web import rating_links, respond
from web.blueprints.ratings.counter import blueprint
from web.doors import open_to, open_to_everyone
from web.forms.ratings import PosterForm


def reached(permission: Permission) -> Select[Any]:
    """Return the services that the committee reader may invite for."""
    return of_others(g.visitor.actor, permission)


@blueprint.get("/ratings/events/<public_id>/poster")
@open_to(Permission.INVITE_RATINGS)
def poster(public_id: str) -> Any:
    """Show the poster of a service to print."""
    log = ServiceLog.find(public_id, reached(Permission.INVITE_RATINGS))
    url = url_for(".new_at_poster", public_id=public_id, _external=True)
    return respond.page("ratings/poster.html", asked=asked_at(log), url=url, data=rating_links.code_of(url))


@blueprint.get("/ratings/events/<public_id>")
@open_to_everyone
def new_at_poster(public_id: str) -> Any:
    """Show the faces to somebody who scanned a poster."""
    rating_links.keep_private()
    log = ServiceLog.find(public_id)
    return respond.page("ratings/at_poster.html", form=PosterForm(), asked=asked_at(log), public_id=public_id)


@blueprint.post("/ratings/events/<public_id>")
@open_to_everyone
@respond.once
def create_at_poster(public_id: str) -> Any:
    """Take the rating; the answer is the same whether code or name was known or not."""
    rating_links.keep_private()
    form, log = PosterForm(), ServiceLog.find(public_id)
    again = respond.form_page(
        "ratings/at_poster.html", lambda: {"form": form, "asked": asked_at(log), "public_id": public_id}
    )
    if not form.validate_on_submit():
        return again()
    rating_links.check_guesses(log, form.who())
    Rating.give_at_poster(log, form.who(), form.answer(), by=g.visitor.actor, origin=rating_links.origin())
    return respond.done(url_for(".thanks"))
