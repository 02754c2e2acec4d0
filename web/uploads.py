"""Pictures that a browser without script sends inside a form: received first, so that nothing typed or taken is lost."""

from __future__ import annotations

from flask import g, request

from models.attachments import MOST_PER_MATTER, Attachment
from web import respond

LONGEST = 12 * 1024 * 1024


def with_the_form(known: list[str], name: str = "photos_files", *, sheet: bool = False) -> list[str]:
    """Receive the form's own pictures as their own noun, in a transaction before the form's, and return all photos.

    Errors: Refused of Attachment.receive.
    """
    files = [file for file in request.files.getlist(name) if file and file.filename]
    if not files or not g.get("csrf_valid"):
        return known
    first, owner = files[:MOST_PER_MATTER], g.visitor.author
    taken = [Attachment.receive(file.read(LONGEST + 1), owner=owner, sheet=sheet) for file in first]
    respond.commit()
    return known + [photo.public_id for photo in taken]
