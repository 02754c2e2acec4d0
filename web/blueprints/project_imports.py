"""The counter where an office's list of running projects is read, looked at, and entered."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, url_for

from models import places
from models.permissions import Permission
from models.places import Place
from models.project_imports import ProjectImport
from web import respond
from web.doors import open_to
from web.forms.base import ActForm
from web.forms.project_imports import ProjectSheetForm

blueprint = Blueprint("project_imports", __name__)


def _communities() -> list[places.PlaceLine]:
    return places.communities(g.visitor.actor.reach(Permission.ENTER_PROJECT))


def _sheet(public_id: str) -> ProjectImport:
    return ProjectImport.find(public_id, ProjectImport.visible_to(g.visitor.actor, Permission.ENTER_PROJECT))


@blueprint.get("/project-imports/new")
@open_to(Permission.ENTER_PROJECT)
def new() -> Any:
    """Lead to the one place where every ledger is dropped in."""
    return redirect(url_for("ledgers.index", kind="PROJECTS"), 303)


@blueprint.post("/project-imports")
@open_to(Permission.ENTER_PROJECT)
def create() -> Any:
    """Read the file for the preview; the same file again is the same list."""
    form = ProjectSheetForm(_communities())
    again = respond.form_page("project_imports/new.html", lambda: {"form": form})
    if not form.validate_on_submit():
        return again()
    community, file = Place.find(form.community.data), form.file.data
    sheet = ProjectImport.receive(community, file.filename, file.read(), by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=sheet.public_id))


@blueprint.get("/project-imports/<public_id>")
@open_to(Permission.ENTER_PROJECT)
def show(public_id: str) -> Any:
    """Show what would be entered, and what is wrong with which line."""
    return respond.page("project_imports/show.html", preview=_sheet(public_id).preview(), refused=None)


@blueprint.post("/project-imports/<public_id>/entry")
@open_to(Permission.ENTER_PROJECT)
@respond.once
def enter(public_id: str) -> Any:
    """Enter all lines that are new and without error."""
    sheet = _sheet(public_id)
    again = respond.form_page("project_imports/show.html", lambda: {"preview": sheet.preview()})
    if not ActForm().validate_on_submit():
        return again()
    sheet.enter_all(by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))
