"""The first page: what waits for the reader today."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, g

from models import tellings
from models.needs.own import my_needs
from models.needs.published import published_needs
from models.permissions import Role
from web import respond
from web.doors import open_to_everyone

blueprint = Blueprint("home", __name__)


def _resident() -> Any:
    """Show a resident one big button, the open matter with its thread, and what neighbors say."""
    visitor = g.visitor
    mine, _older = my_needs(visitor.actor, limit=3) if visitor.signed_in else ([], None)
    around = published_needs(community_id=visitor.community_id, limit=3) if visitor.community_id else None
    news = (
        [one for one in tellings.news_for(visitor.actor.account_id, limit=3) if one.unread] if visitor.signed_in else []
    )
    return respond.page("home/resident.html", mine=mine, around=around, items=news)


def _staff() -> Any:
    """Show those who work here where their work lies."""
    return respond.page("home/staff.html")


# The home of each role; whoever is not named has the resident's.
HOMES: dict[Role, Callable[[], Any]] = {}


@blueprint.get("/")
@open_to_everyone
def show() -> Any:
    """Show the home of the reader's role."""
    home = HOMES.get(g.visitor.role) or (_staff if g.visitor.staff else _resident)
    return home()
