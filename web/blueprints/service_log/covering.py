"""Where faces and number plates in a photo are covered by hand, and where an auditor opens an original with a reason."""

from __future__ import annotations

import base64
from typing import Any

from flask import g, url_for

from models import attachments
from models.attachments import Attachment
from models.base import NotFound
from models.permissions import Permission
from models.service_log import COLUMNS, ServiceLog, boxes_of, log_photo, rows_of
from web import respond
from web.blueprints.service_log.counter import blueprint, shown
from web.doors import open_to
from web.forms.service_log import CoverForm, ReasonForm


def _found(public_id: str) -> tuple[ServiceLog, Attachment]:
    log, photo = log_photo(public_id, g.visitor.actor, Permission.WRITE_LOG)
    if photo.sheet or photo.document or not log.may_cover(g.visitor.actor):
        raise NotFound(public_id)
    return log, photo


def _grid(log: ServiceLog, photo: Attachment, **more: Any) -> dict[str, Any]:
    return {"photo": photo.public_id, "log": log.public_id, "title": log.title, "columns": COLUMNS,
            "rows": rows_of(photo), "sides": (photo.width, photo.height), "covered": bool(photo.covers),
            "may_uncover": log.may_uncover(g.visitor.actor), "form": CoverForm(formdata=None),
            "reason": ReasonForm(formdata=None), "ticked": set(), **more}  # fmt: skip


@blueprint.get("/log-photos/<public_id>/cover")
@open_to(Permission.WRITE_LOG)
def new_cover(public_id: str) -> Any:
    """Show a photo under a grid whose cells are chosen."""
    return respond.page("service_log/cover.html", **_grid(*_found(public_id)), refused=None)


@blueprint.post("/log-photos/<public_id>/cover")
@open_to(Permission.WRITE_LOG)
@respond.once
def cover(public_id: str) -> Any:
    """Cover the chosen cells."""
    (log, photo), form = _found(public_id), CoverForm()
    cells, rows = form.cells(COLUMNS, rows_of(photo)), rows_of(photo)
    again = respond.form_page("service_log/cover.html", lambda: _grid(log, photo, form=form, ticked=set(cells)))
    if not form.validate_on_submit():
        return again()
    log.cover_photo(photo, boxes_of(cells, rows), by=g.visitor.actor)
    return respond.done(url_for(".new_cover", public_id=public_id))


@blueprint.post("/log-photos/<public_id>/uncovering")
@open_to(Permission.APPROVE_LATE_LOG)
@respond.once
def uncover(public_id: str) -> Any:
    """Show again what was covered, with a reason."""
    (log, photo), form = _found(public_id), ReasonForm()
    again = respond.form_page("service_log/cover.html", lambda: _grid(log, photo, reason=form))
    if not form.validate_on_submit():
        return again()
    log.uncover_photo(photo, form.reason.data, by=g.visitor.actor)
    return respond.done(url_for(".new_cover", public_id=public_id))


@blueprint.post("/log-photos/<public_id>/original-reading")
@open_to(Permission.AUDIT)
def read_original(public_id: str) -> Any:
    """Open a sealed original to an auditor who says why; the reading is logged."""
    log, photo = log_photo(public_id, g.visitor.actor, Permission.AUDIT)
    form, data = ReasonForm(), attachments.original_of(photo)
    if data is None or photo.document:
        raise NotFound(public_id)
    if not form.validate_on_submit() or not g.get("csrf_valid", False):
        again = {**shown(log), "reason": form, "original": public_id, "refused": None}
        return respond.page("service_log/show.html", 422, **again)
    respond.note_access("read.original", kind="attachments", subject_id=photo.id, community_id=log.community_id,
                        reason=form.reason.data[:60])  # fmt: skip
    answer = respond.page("service_log/original.html", picture=_inside(data), sides=(photo.width, photo.height),
                          title=log.title, log=log.public_id, why=form.reason.data)  # fmt: skip
    answer.headers["Cache-Control"], g.unpacked = "no-store", True
    return answer


def _inside(data: bytes) -> str:
    """Return a picture as an address that holds it: an original has none of its own."""
    kind = "png" if data.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
