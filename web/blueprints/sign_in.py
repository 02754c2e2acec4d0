"""Coming in and going out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, request, session

from models import ciphers, doorkeeping
from web import passwords, respond, scanned
from web.doors import forget_reader, open_to_everyone, sign_in
from web.forms.base import ActForm
from web.forms.sign_in import SignInForm

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/login")
@open_to_everyone
def new() -> Any:
    """Show the sign-in."""
    if g.visitor.signed_in:
        return redirect(respond.own_site(request.args.get("next")))
    return respond.page(
        "sign_in/new.html", form=SignInForm(next=scanned.lasting(request.args.get("next"))), refused=None
    )


@blueprint.post("/login")
@open_to_everyone
def create() -> Any:
    """Sign in; a wrong password is counted per number and per address, and said in the same words and time."""
    form = SignInForm()
    again = respond.form_page("sign_in/new.html", lambda: {"form": form})
    if not form.validate_on_submit():
        return again()
    account = passwords.account_for(form.phone.data, form.password.data, address=request.remote_addr or "")
    if account is None:
        respond.commit()
        return again(refused=passwords.wrong())
    sign_in(account)
    return respond.done(respond.own_site(form.next.data))


@blueprint.post("/logout")
@open_to_everyone
def delete() -> Any:
    """Sign out on the server; pages of this account leave the browser's cache. Another may go on where one stood."""
    if ActForm().validate_on_submit() and session.get("sid"):
        doorkeeping.leave(session["sid"])
    respond.commit()
    forget_reader()
    answer = redirect(respond.own_site(request.form.get("next")), 303)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@blueprint.get("/session/token")
@open_to_everyone
def token() -> Any:
    """Give a fresh form token, say whose it is, and hand over the keys of the account's box on this phone.

    The outbox asks before it replays (decision 19).
    """
    keys = ciphers.box_keys(g.visitor.owner) if g.visitor.signed_in else []
    answer = respond.page("sign_in/_token.html", keys=keys)
    answer.headers["Cache-Control"] = "no-store"
    return answer
