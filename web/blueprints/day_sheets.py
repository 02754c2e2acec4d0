"""The counter of the day: what waits, whole, on one sheet of paper."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g

from models import day_sheets
from models.base import now
from models.needs.called import called_in
from models.permissions import Permission
from web import respond
from web.blueprints.home import PLACES
from web.doors import open_to
from web.sentences import homes as words

blueprint = Blueprint("day_sheets", __name__)


@blueprint.get("/today")
@open_to(Permission.READ_DAY)
def show() -> Any:
    """Show the sheet of the day, to be printed and ticked."""
    sheet = day_sheets.sheet_of(g.visitor.actor)
    return respond.page("day_sheets/show.html", sheet=sheet, at=now(), places=PLACES, counted=words.COUNTED,
                        named=called_in(sheet.calls, g.visitor.actor))  # fmt: skip
