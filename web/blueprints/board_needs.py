"""The public list of needs: published titles, how many households need the same, promises kept and missed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, session

from models import supports, tellings
from models.needs.published import published_needs, published_page
from models.thread import thread_of_need
from web import respond
from web.doors import open_to_everyone
from web.forms.base import ActForm
from web.knots import PUBLIC, drawn, without_steps

blueprint = Blueprint("board_needs", __name__)


@blueprint.get("/board/needs")
@open_to_everyone
def index() -> Any:
    """Show the published needs of the reader's community, or of all."""
    found = published_needs(
        community=request.args.get("community"),
        community_id=g.visitor.community_id,
        show=request.args.get("show", "open"),
        before=respond.number("before"),
    )
    return respond.page("board_needs/index.html", found=found)


@blueprint.get("/board/needs/<public_id>")
@open_to_everyone
def show(public_id: str) -> Any:
    """Show what everybody may read of one need."""
    page = published_page(public_id)
    actor = g.visitor.actor
    mine = public_id in session.get("opened", []) or (
        actor.account_id is not None and page.author_account_id == actor.account_id
    )
    return respond.page(
        "board_needs/show.html",
        page=page,
        knots=drawn(without_steps(thread_of_need(page.need)), PUBLIC),
        mine=mine,
        act=ActForm(),
        supported=supports.stands_behind(page.need, actor.person_id),
        followed=tellings.follows(page.need, actor.account_id),
    )
