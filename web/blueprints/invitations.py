"""Slips: written for those who begin to work here, and used with a code at the public counter."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, request, url_for
from flask_babel import gettext as _

from models import accounts, invitations
from models.invitations import Invitation
from models.permissions import Permission, Role
from web import passwords, respond
from web.again import password_again
from web.doors import open_to, open_to_everyone
from web.forms.base import ActForm
from web.forms.invitations import InviteForm, SlipForm

blueprint = Blueprint("invitations", __name__)


@blueprint.get("/invitations")
@open_to(Permission.INVITE_STAFF)
def index() -> Any:
    """Show the slips that were written."""
    return respond.page("invitations/index.html", slips=invitations.slips(g.visitor.actor), form=ActForm())


@blueprint.get("/invitations/new")
@open_to(Permission.INVITE_STAFF)
def new() -> Any:
    """Show what goes on a slip."""
    return respond.page("invitations/new.html", form=InviteForm(), refused=None)


@blueprint.post("/invitations")
@open_to(Permission.INVITE_STAFF)
@password_again
def create() -> Any:
    """Write a slip; its code is shown on this answer only."""
    form = InviteForm()
    again = respond.form_page("invitations/new.html", lambda: {"form": form})
    if not form.validate_on_submit():
        return again()
    seat = accounts.seat(g.visitor.actor, form.seat.data)
    role = Role(form.role.data)
    slip, code = Invitation.invite(form.name.data, form.phone.data, role, by=g.visitor.actor, **seat)
    respond.commit()
    return respond.page("invitations/slip.html", slip=slip, code=code)


@blueprint.post("/invitations/<public_id>/revocation")
@open_to(Permission.INVITE_STAFF)
@respond.once
def revoke(public_id: str) -> Any:
    """Take a slip back."""
    slip = Invitation.find(public_id, Invitation.visible_to(g.visitor.actor, Permission.INVITE_STAFF))
    slip.revoke(by=g.visitor.actor)
    return respond.done(url_for("invitations.index"))


@blueprint.get("/slip")
@open_to_everyone
def show() -> Any:
    """Show where the code of a slip is typed; opening this uses nothing up."""
    return respond.page("invitations/use.html", form=SlipForm(), refused=None)


@blueprint.post("/slip")
@open_to_everyone
def use() -> Any:
    """Use a slip; a wrong code is counted and answered alike."""
    form = SlipForm()
    again = respond.form_page("invitations/use.html", lambda: {"form": form})
    if not form.validate_on_submit():
        return again()
    account = passwords.use_slip(form.code.data, form.password.data, address=request.remote_addr or "")
    if account is None:
        respond.commit()
        return again(refused=_("This code is not valid, or the password is not the one of your account."))
    flash(_("Done. Please sign in with your phone number and this password."), "success")
    return respond.done(url_for("sign_in.new"))
