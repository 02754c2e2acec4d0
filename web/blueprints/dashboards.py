"""The figures of a community, for those who answer for it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request

from models import dashboards
from models.permissions import Permission
from web import respond
from web.doors import open_to

blueprint = Blueprint("dashboards", __name__)


@blueprint.get("/dashboard")
@open_to(Permission.READ_DASHBOARD)
def show() -> Any:
    """Show the figures of the communities in reach, or of one of them."""
    community = request.args.get("community", "")[:10] or None
    board = dashboards.dashboard(g.visitor.actor, community=community, weeks=respond.number("weeks", 12) or 12)
    return respond.page("dashboards/show.html", board=board, choices=dashboards.WEEKS)
