"""What is mine: my needs, the news for me, and what I follow."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, url_for

from models import tellings
from models.needs.called import called_in
from models.needs.own import my_needs
from models.permissions import Permission
from web import respond
from web.doors import open_to, open_to_everyone
from web.forms.base import ActForm

blueprint = Blueprint("me", __name__)
# So many pieces of news are a screen or two of a phone; the others are a tap away.
NEWS = 10


@blueprint.get("/me")
@open_to_everyone
def show() -> Any:
    """Show my matters and my news; without an account, how to open a matter with its receipt."""
    if not g.visitor.signed_in:
        return respond.page("me/stranger.html")
    needs, older = my_needs(g.visitor.actor, before=respond.number("before"))
    news = tellings.news_for(g.visitor.actor.account_id, NEWS + 1, respond.number("news"))
    earlier = news[NEWS - 1].id if len(news) > NEWS else None
    return respond.page("me/show.html", needs=needs, older=older, items=news[:NEWS], earlier=earlier, act=ActForm(),
                        named=called_in(news, g.visitor.actor))  # fmt: skip


@blueprint.post("/me/news/reading")
@open_to(Permission.OWN)
@respond.once
def read() -> Any:
    """Mark my news as read."""
    if ActForm().validate_on_submit():
        tellings.mark_read(by=g.visitor.actor)
    return respond.done(url_for(".show"))
