"""The counter where one reads what volunteers did before."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, url_for

from models import past_volunteering
from models.permissions import Permission
from web import respond
from web.doors import open_to

blueprint = Blueprint("past_volunteering", __name__)


@blueprint.get("/past-volunteering")
@open_to(Permission.READ_DASHBOARD)
def index() -> Any:
    """Show the months and the activities within reach."""
    actor = g.visitor.actor
    found, before = past_volunteering.lines(actor, Permission.READ_DASHBOARD, before=respond.number("before"))
    months = past_volunteering.months(actor, Permission.READ_DASHBOARD)
    older = url_for(".index", before=before) if before else None
    return respond.page("past_volunteering/index.html", months=months, lines=found, older=older)
