"""The counter for whole files of needs: look at what would come in, say yes, watch it come, take it back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, url_for

from models import need_imports
from models.base import Refused
from models.need_imports import NeedImport
from models.permissions import Permission
from web import jobs, respond, sentences
from web.doors import open_to, wants_fragment
from web.forms.base import ActForm, options
from web.forms.need_imports import ImportForm

blueprint = Blueprint("need_imports", __name__)


def _found(public_id: str) -> NeedImport:
    reached = NeedImport.visible_to(g.visitor.actor, Permission.IMPORT_NEEDS)
    return NeedImport.find(public_id, reached)


def _form() -> ImportForm:
    form = ImportForm()
    places = need_imports.communities(g.visitor.actor)
    form.community.choices = options((one.public_id, one.name) for one in places)
    return form


def _shown(public_id: str) -> dict[str, Any]:
    one = need_imports.card(_found(public_id), g.visitor.actor)
    words = {fault.key: sentences.REFUSALS.get(fault.key, fault.key) for fault in one.faults}
    why = sentences.refusal(Refused(one.failure, **one.told)) if one.failure else ""
    return {"one": one, "form": ActForm(), "sentences": words, "why": why}


@blueprint.get("/need-imports")
@open_to(Permission.IMPORT_NEEDS)
def index() -> Any:
    """Show the files that came in, and the form for another."""
    files = need_imports.lines(g.visitor.actor)
    return respond.page("need_imports/index.html", files=files, form=_form(), refused=None)


@blueprint.post("/need-imports")
@open_to(Permission.IMPORT_NEEDS)
@respond.once
def create() -> Any:
    """Receive a file; the job looks at its lines."""
    form = _form()
    shown = {"files": need_imports.lines(g.visitor.actor), "form": form}
    again = respond.form_page("need_imports/index.html", shown)
    if not form.validate_on_submit():
        return again()
    community = need_imports.community(g.visitor.actor, form.community.data or "")
    file = form.file.data
    one = NeedImport.receive(community, file.filename or "", file.read(), by=g.visitor.actor)
    answer = respond.done(url_for(".show", public_id=one.public_id))
    jobs.soon("bring_needs_in")
    return answer


@blueprint.get("/need-imports/<public_id>")
@open_to(Permission.IMPORT_NEEDS)
def show(public_id: str) -> Any:
    """Show one file: what would come in, how far it is, or what became of it."""
    return respond.page("need_imports/show.html", refused=None, **_shown(public_id))


@blueprint.get("/need-imports/<public_id>/progress")
@open_to(Permission.IMPORT_NEEDS)
def progress(public_id: str) -> Any:
    """Show how far a file is; opened directly it is the page."""
    if not wants_fragment():
        return redirect(url_for(".show", public_id=public_id), 303)
    return respond.page("need_imports/_progress.html", **_shown(public_id))


@blueprint.post("/need-imports/<public_id>/start")
@open_to(Permission.IMPORT_NEEDS)
def start(public_id: str) -> Any:
    """Say that the file shall come in."""
    one = _found(public_id)
    ActForm().validate_on_submit()
    one.start(by=g.visitor.actor)
    answer = respond.done(url_for(".show", public_id=public_id))
    jobs.soon("bring_needs_in")
    return answer


@blueprint.post("/need-imports/<public_id>/discard")
@open_to(Permission.IMPORT_NEEDS)
def discard(public_id: str) -> Any:
    """Put a file away that was not brought in."""
    one = _found(public_id)
    ActForm().validate_on_submit()
    one.discard(by=g.visitor.actor)
    return respond.done(url_for(".index"))


@blueprint.post("/need-imports/<public_id>/undo")
@open_to(Permission.IMPORT_NEEDS)
def undo(public_id: str) -> Any:
    """Take a file back within a day, but for what somebody has touched."""
    one = _found(public_id)
    ActForm().validate_on_submit()
    one.undo(by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))
