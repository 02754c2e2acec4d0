"""How Linli looks for one reader: with an account it is remembered there, without one in the cookie."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, request, url_for
from flask_babel import gettext as _

from web import respond, visitor
from web.doors import open_to_everyone
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
