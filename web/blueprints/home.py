"""The first page: what waits for the reader today."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g

from web import respond
from web.doors import open_to_everyone

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@open_to_everyone
def show() -> Any:
    """Show the home of the reader's role."""
    return respond.page("home/show.html", visitor=g.visitor)
