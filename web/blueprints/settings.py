"""How Linli looks for one reader: with an account it is remembered there, without one in the cookie."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, request, url_for
from flask_babel import gettext as _

from models import doorkeeping
from models.permissions import Permission
from web import passwords, respond, visitor
from web.doors import forget_reader, open_to, open_to_everyone
from web.forms.accounts import PasswordForm
from web.forms.base import ActForm
from web.forms.settings import ElderForm, LanguageForm, SettingsForm

blueprint = Blueprint("settings", __name__)


@blueprint.get("/settings")
@open_to_everyone
def show() -> Any:
    """Show what may be chosen, as it is now."""
    form = SettingsForm(data={**visitor.chosen(g.visitor), "next": request.args.get("next")})
    return respond.page("settings/show.html", form=form, refused=None)


@blueprint.post("/settings")
@open_to_everyone
def change() -> Any:
    """Keep all of it."""
    form = SettingsForm()
    again = respond.form_page("settings/show.html", lambda: {"form": form})
    if not form.validate_on_submit():
        return again()
    visitor.remember(
        locale=form.locale.data, theme=form.theme.data, elder=form.elder.data, text_step=int(form.text_step.data)
    )
    flash(_("This is how it looks from now on."), "success")
    return respond.done(respond.own_site(form.next.data, url_for("settings.show")))


@blueprint.post("/settings/elder")
@open_to_everyone
def elder() -> Any:
    """Switch the elder version on or off and go back to the page."""
    form = ElderForm()
    if form.validate_on_submit():
        visitor.remember(elder=not g.visitor.elder)
    return respond.done(respond.own_site(form.next.data))


@blueprint.post("/settings/language")
@open_to_everyone
def language() -> Any:
    """Change the language and go back to the page."""
    form = LanguageForm()
    if form.validate_on_submit():
        visitor.remember(locale=form.locale.data)
    return respond.done(respond.own_site(form.next.data))


@blueprint.get("/settings/password")
@open_to(Permission.OWN)
def password() -> Any:
    """Show where a new password is chosen."""
    return respond.page("settings/password.html", form=PasswordForm(), refused=None)


@blueprint.post("/settings/password")
@open_to(Permission.OWN)
def change_password() -> Any:
    """Change the password; every other session ends."""
    form = PasswordForm()
    again = respond.form_page("settings/password.html", lambda: {"form": form})
    if not form.validate_on_submit():
        return again()
    old, new, here = form.old.data, form.new.data, g.visitor.session_id
    if not passwords.change(g.account, old, new, session_id=here, by=g.visitor.actor):
        respond.commit()
        return again(refused=_("The present password is not right."))
    flash(_("Your password is changed. Everywhere else you are signed out."), "success")
    return respond.done(url_for("settings.show"))


@blueprint.get("/settings/sessions")
@open_to(Permission.OWN)
def sessions() -> Any:
    """Show where the reader is signed in."""
    found = doorkeeping.sessions_of(g.account, g.visitor.session_id)
    return respond.page("settings/sessions.html", sessions=found, act=ActForm())


@blueprint.post("/settings/sessions/<handle>/end")
@open_to(Permission.OWN)
@respond.once
def end_session(handle: str) -> Any:
    """Sign one device out."""
    if ActForm().validate_on_submit():
        doorkeeping.end_one(g.account, handle, by=g.visitor.actor)
    return respond.done(url_for("settings.sessions"))


@blueprint.post("/settings/sessions/end")
@open_to(Permission.OWN)
def end_all_sessions() -> Any:
    """Sign out everywhere, here too."""
    if ActForm().validate_on_submit():
        g.account.sign_out_everywhere(by=g.visitor.actor)
    answer = respond.done(url_for("sign_in.new"))
    forget_reader()
    return answer
