"""Papers and pictures that are handed out as files."""

from __future__ import annotations

from flask import Response

from models import attachments
from models.attachments import Attachment
from models.base import NotFound


def handed_out(paper: Attachment) -> Response:
    """Hand out a paper as a file to be kept, never to be shown within the house; a picture as it is shown.

    Errors: NotFound where only its sealed original is left.
    """
    data = attachments.paper_of(paper)
    if data is None:
        return picture(paper, "display")
    answer = Response(data, mimetype="application/pdf")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Disposition"] = f'attachment; filename="{paper.public_id}.pdf"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def picture(photo: Attachment, size: str) -> Response:
    """Hand out a picture in one of its two sizes. Errors: NotFound for a sealed sheet and for a PDF."""
    data = attachments.bytes_of(photo, size)
    if data is None:
        raise NotFound(photo.public_id)
    answer = Response(data, mimetype="image/webp")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    answer.headers["Content-Disposition"] = "inline"
    return answer
