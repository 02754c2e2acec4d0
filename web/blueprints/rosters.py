"""The counter where the lists of people served and of volunteers are read."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for

from models import rosters
from models.permissions import Permission
from models.rosters import Roster
from web import respond
from web.doors import open_to

blueprint = Blueprint("rosters", __name__)


@blueprint.get("/rosters")
@open_to(Permission.READ_PEOPLE)
def index() -> Any:
    """Show a list within reach, the newest lines first."""
    roster = next((one for one in Roster if one == request.args.get("list")), Roster.SERVED)
    found, before = rosters.lines(g.visitor.actor, Permission.READ_PEOPLE, roster, before=respond.number("before"))
    older = url_for(".index", list=roster.value, before=before) if before else None
    return respond.page("rosters/index.html", roster=roster, rosters=list(Roster), lines=found, older=older)
