"""Asking for an account: the answer is the same for everybody, and somebody of the community confirms on sight."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for

from models.base import db
from models.places import Place
from web import passwords, respond
from web.doors import open_to_everyone
from web.forms.sign_up import SignUpForm

blueprint = Blueprint("sign_up", __name__)


def _home() -> str | None:
    """Return the community whose code the reader scanned, if any."""
    place = db.session.get(Place, g.visitor.community_id) if g.visitor.community_id else None
    return place.public_id if place is not None else None


@blueprint.get("/sign-up")
@open_to_everyone
def new() -> Any:
    """Show what is asked."""
    return respond.page("sign_up/new.html", form=SignUpForm(data={"community": _home()}), refused=None)


@blueprint.post("/sign-up")
@open_to_everyone
@respond.once
def create() -> Any:
    """Take the request; a taken number gets the same answer in the same time."""
    form = SignUpForm()
    again = respond.form_page("sign_up/new.html", lambda: {"form": form})
    if not form.validate_on_submit():
        return again()
    passwords.request_account(form, address=request.remote_addr or "")
    return respond.done(url_for("sign_up.received"))


@blueprint.get("/sign-up/received")
@open_to_everyone
def received() -> Any:
    """Say that the request was received and what happens next."""
    return respond.page("sign_up/received.html")
