"""The heaps of the desk, with the matter that is open beside them."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import ngettext as _n

from models import desk
from models.desk import Tab
from models.needs import Need, overdue
from models.permissions import Permission
from web import respond
from web.blueprints.desk.counter import blueprint, drawn, filters, form_of_filters, heaps, readable
from web.blueprints.desk.seen import beside
from web.doors import open_to, open_to_everyone, wants_fragment
from web.forms.desk import AcceptancesForm


@blueprint.get("/desk")
@open_to(Permission.READ_NEEDS)
def index() -> Any:
    """Show one heap, what is due first at the top; those who must not wait stand above it."""
    actor, tab = g.visitor.actor, respond.one_of(Tab, "tab") or Tab.NEW
    chosen, after = filters(), request.args.get("after")
    page = desk.page(actor, tab, chosen, after=after)
    first = desk.first(actor) if tab == Tab.NEW and not after else []
    return respond.page(
        "desk/index.html", page=page, first=first, form_of_filters=form_of_filters(tab, chosen), after=after,
        rows=drawn(page.lines), query={k: v for k, v in request.args.items() if k != "after"}, **heaps(tab),
    )  # fmt: skip


@blueprint.post("/desk/acceptances")
@open_to(Permission.TRIAGE)
def accept_all() -> Any:
    """Accept the ticked matters together, as their words suggest."""
    form = AcceptancesForm()
    form.validate_on_submit()
    needs = desk.chosen(g.visitor.actor, form.need.data or [])
    Need.accept_all(needs, by=g.visitor.actor)
    flash(_n("%(num)d matter accepted.", "%(num)d matters accepted.", len(needs)), "success")
    return respond.done(url_for("desk.index"))


@blueprint.get("/desk/needs/<public_id>")
@open_to(Permission.READ_NEEDS)
def show(public_id: str) -> Any:
    """Show all about one need on a page of its own."""
    return respond.page("desk/show.html", **beside(readable(public_id)))


@blueprint.get("/desk/needs/<public_id>/beside")
@open_to(Permission.READ_NEEDS)
def show_beside(public_id: str) -> Any:
    """Show a need beside the list; opened directly it is the page."""
    if not wants_fragment():
        return redirect(url_for("desk.show", public_id=public_id), 303)
    return respond.page("desk/_sheet.html", **beside(readable(public_id)))


@blueprint.get("/overdue")
@open_to_everyone
def late() -> Any:
    """Show everybody what is more than five working days late; private matters are counted only."""
    boards = overdue.board(overdue.communities(g.visitor.community_id))
    return respond.page("desk/late.html", boards=boards)
