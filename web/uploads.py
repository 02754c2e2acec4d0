"""Pictures and papers that a browser sends inside a form: received first, so that nothing typed or taken is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import g, request
from werkzeug.datastructures import FileStorage

from models.attachments import MOST_PER_MATTER, Attachment
from models.awaited_photos import AwaitedPhotos
from web import respond

LONGEST = 12 * 1024 * 1024


def with_the_form(known: list[str], name: str = "photos_files", *, sheet: bool = False) -> list[str]:
    """Receive the form's own pictures as their own noun, in a transaction before the form's, and return all photos.

    Errors: Refused of Attachment.receive.
    """
    return known + _received(name, lambda data, owner: Attachment.receive(data, owner=owner, sheet=sheet))


def one_photo(file: FileStorage, entry_key: str | None, said_at: datetime | None) -> Attachment:
    """Receive a picture by itself: for the form that is still open, or for a record that came before it.

    Errors: Refused of Attachment.receive and of AwaitedPhotos.receive.
    """
    data, owner = file.read(LONGEST + 1), g.visitor.author
    if entry_key:
        return AwaitedPhotos.receive(data, entry_key, owner=owner, by=g.visitor.doer, said_at=said_at)
    return Attachment.receive(data, owner=owner, longest=LONGEST, said_at=said_at)


def papers(name: str = "photos_files") -> list[str]:
    """Receive the papers that came with a form, photos or PDF, as with_the_form does.

    Errors: Refused of Attachment.receive_paper.
    """
    return _received(name, lambda data, owner: Attachment.receive_paper(data, owner=owner))


def _received(name: str, receive: Callable[[bytes, str], Attachment]) -> list[str]:
    files = [file for file in request.files.getlist(name) if file and file.filename]
    if not files or not g.get("csrf_valid"):
        return []
    taken = [receive(file.read(LONGEST + 1), g.visitor.author) for file in files[:MOST_PER_MATTER]]
    respond.commit()
    return [one.public_id for one in taken]
