"""Papers and pictures that are handed out as files."""

from __future__ import annotations

from flask import Response

from models import attachments
from models.attachments import Attachment
from models.base import NotFound

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def taken_along(data: bytes, mimetype: str, name: str) -> Response:
    """Hand a file over to be kept; nothing between us and the reader keeps it."""
    answer = Response(data, content_type=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


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
    # What was covered since must not be shown out of a browser's store.
    answer.headers["Cache-Control"] = "private, no-cache" if photo.kind == "service_logs" else "private, max-age=86400"
    answer.headers["Content-Disposition"] = "inline"
    return answer
