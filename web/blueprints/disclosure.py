"""The public board: what everybody may read, with its reasons, to look at, to print and to carry into a group."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, request, url_for
from flask_babel import gettext as _

from models import activities, disclosure
from models.activities import Activity
from web import knots, links, posters, respond
from web.doors import open_to_everyone
from web.filters import clock_time, posted_moment

blueprint = Blueprint("disclosure", __name__)


@blueprint.get("/board")
@open_to_everyone
def index() -> Any:
    """Show the board of the reader's community, of one that was chosen, or of all."""
    chosen = request.args.get("community", "")
    seen = disclosure.wall(chosen[:10] if chosen != "all" else None, community_id=g.visitor.community_id,
                           everywhere=chosen == "all")  # fmt: skip
    return respond.page("disclosure/index.html", wall=seen)


@blueprint.get("/board/projects")
@open_to_everyone
def projects() -> Any:
    """Show the projects, running or over."""
    finished = request.args.get("show") == "finished"
    everywhere = request.args.get("community") == "all"
    lines, older = disclosure.public_projects(
        None if everywhere else g.visitor.community_id, before=respond.number("before"), finished=finished
    )
    return respond.page("disclosure/projects.html", lines=lines, older=older, finished=finished)


@blueprint.get("/board/projects/<public_id>")
@open_to_everyone
def project(public_id: str) -> Any:
    """Show everything that everybody may read of one project."""
    page = disclosure.public_project(public_id, before=respond.number("before"))
    return respond.page("disclosure/project.html", page=page, knots=knots.drawn(page.knots, knots.PUBLIC),
                        live=_live(public_id))  # fmt: skip


def _live(public_id: str) -> str:
    return url_for("disclosure.project", public_id=public_id, _external=True)


@blueprint.get("/board/projects/<public_id>/sheet")
@open_to_everyone
def sheet(public_id: str) -> Any:
    """Show the A4 sheet that hangs where a project is served (项目公示牌)."""
    page = disclosure.public_project(public_id)
    return respond.page("disclosure/sheet.html", page=page, qr_data=links.drawn(_live(public_id)))


@blueprint.get("/board/projects/<public_id>/poster.png")
@open_to_everyone
def poster(public_id: str) -> Response:
    """Return a project as a picture for the group chat."""
    page = disclosure.public_project(public_id)
    said = posters.Poster(
        page.line.community, page.line.title,
        [one for one in (page.line.organization, page.change or page.problem) if one], _live(public_id),
        _("Scan to see what is done, what it costs and how it is rated."), page.phone or "",
    )  # fmt: skip
    return _picture(said)


def _picture(said: posters.Poster) -> Response:
    return Response(posters.drawn(said), mimetype="image/png", headers={"Cache-Control": "public, max-age=300"})


@blueprint.get("/board/activities/<public_id>/poster.png")
@open_to_everyone
def activity_poster(public_id: str) -> Response:
    """Return an activity as a picture for the group chat."""
    one = activities.notice(Activity.find(public_id))
    when = f"{posted_moment(one.starts_at)}–{clock_time(one.ends_at)}"
    live = url_for("activities.show", public_id=public_id, _external=True)
    said = [when, one.place, one.content]
    return _picture(posters.Poster(one.community, one.title, said, live, _("Scan to sign up."), one.phone or ""))


@blueprint.get("/help")
@open_to_everyone
def guide() -> Any:
    """Say in plain words how it works, what one may expect, and what is public."""
    return respond.page("disclosure/help.html")
