"""Where pictures are handed in, and handed out to those who may see the matter they belong to."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, url_for

from models import attachments
from models.attachments import Attachment
from models.base import NotFound
from models.needs.own import pictures
from web import files, respond, uploads
from web.doors import open_to_everyone
from web.forms.attachments import PhotoForm
from web.receipts import opened

blueprint = Blueprint("attachments", __name__)


@blueprint.post("/attachments")
@open_to_everyone
@respond.once
def create() -> Any:
    """Receive one picture and answer with its small form for the page."""
    form = PhotoForm()
    if not form.validate_on_submit():
        return respond.page("attachments/_problem.html", 422, errors=form.photo.errors or [""])
    photo = uploads.one_photo(form.photo.data, form.entry.data, form.said_at)
    location = url_for(".show", public_id=photo.public_id)
    return respond.done(location, fragment=lambda: respond.page("attachments/_photo.html", photo=photo))


@blueprint.get("/attachments/<public_id>")
@open_to_everyone
def show(public_id: str) -> Any:
    """Show the small form of a picture that was just received, to whoever sent it."""
    photo = Attachment.find(public_id, attachments.sent_by(g.visitor.author))
    return respond.page("attachments/_photo.html", photo=photo)


@blueprint.get("/attachments/<public_id>/<size>")
@open_to_everyone
def file(public_id: str, size: str) -> Response:
    """Hand out a picture in one of its two sizes; a sealed sheet never."""
    return files.picture(Attachment.find(public_id, pictures(g.visitor.actor, g.visitor.author, opened())), size)


@blueprint.get("/attachments/<public_id>/document")
@open_to_everyone
def document(public_id: str) -> Response:
    """Hand out a paper as a file to be kept, never to be shown within the house."""
    paper = Attachment.find(public_id, pictures(g.visitor.actor, g.visitor.author, opened()))
    if not paper.document:
        raise NotFound(public_id)
    return files.handed_out(paper)
