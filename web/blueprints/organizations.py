"""The organizations that serve: listed, entered and kept true."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, url_for

from models import organizations
from models.organizations import Organization
from models.permissions import Permission
from web import respond
from web.doors import open_to
from web.forms.organizations import OrganizationForm

blueprint = Blueprint("organizations", __name__)


def _find(public_id: str) -> Organization:
    return Organization.find(public_id, Organization.visible_to(g.visitor.actor, Permission.EDIT_ORGANIZATIONS))


@blueprint.get("/organizations")
@open_to(Permission.EDIT_ORGANIZATIONS)
def index() -> Any:
    """Show the organizations within reach."""
    reach = g.visitor.actor.reach(Permission.EDIT_ORGANIZATIONS)
    return respond.page("organizations/index.html", lines=organizations.lines(with_support=True, reach=reach))


@blueprint.get("/organizations/new")
@open_to(Permission.ENTER_ORGANIZATIONS)
def new() -> Any:
    """Show what is asked of a new organization."""
    return respond.page("organizations/edit.html", form=OrganizationForm(), one=None, refused=None)


@blueprint.post("/organizations")
@open_to(Permission.ENTER_ORGANIZATIONS)
@respond.once
def create() -> Any:
    """Enter an organization."""
    form = OrganizationForm()
    again = respond.form_page("organizations/edit.html", lambda: {"form": form, "one": None})
    if not form.validate_on_submit():
        return again()
    Organization.enter(form.name.data, by=g.visitor.actor, **form.values())
    return respond.done(url_for("organizations.index"))


@blueprint.get("/organizations/<public_id>")
@open_to(Permission.EDIT_ORGANIZATIONS)
def edit(public_id: str) -> Any:
    """Show an organization, to be rewritten."""
    one = _find(public_id)
    return respond.page("organizations/edit.html", form=OrganizationForm(obj=one), one=one.public_id, refused=None)


@blueprint.post("/organizations/<public_id>")
@open_to(Permission.EDIT_ORGANIZATIONS)
@respond.once
def change(public_id: str) -> Any:
    """Rewrite an organization."""
    one, form = _find(public_id), OrganizationForm()
    again = respond.form_page("organizations/edit.html", lambda: {"form": form, "one": public_id})
    if not form.validate_on_submit():
        return again()
    one.edit(form.name.data, by=g.visitor.actor, seen_version=form.version.data, **form.values())
    return respond.done(url_for("organizations.index"))
