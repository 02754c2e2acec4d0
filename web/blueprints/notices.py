"""The notices: read by everybody, written by clerks, published by the head, carried on as words, poster and sheet."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, request, url_for
from flask_babel import gettext as _

from models import attachments, notices, tellings
from models.notices import Notice, NoticeKind, Wanted
from models.permissions import Permission
from models.places import Place, PlaceKind
from web import files, links, posters, respond, uploads
from web.doors import open_to, open_to_everyone
from web.filters import day
from web.forms.base import ActForm, clean, options
from web.forms.notices import NoticeForm

blueprint = Blueprint("notices", __name__)


def notice_of(public_id: str, permission: Permission = Permission.WRITE_NOTICE) -> Notice:
    """Return a notice within reach, or answer 404."""
    one: Notice = Notice.find(public_id, Notice.visible_to(g.visitor.actor, permission))
    return one


def _wanted() -> Wanted:
    """Return what the address looks for."""
    return Wanted(
        respond.one_of(NoticeKind, "kind"), respond.one_of(PlaceKind, "level"), clean(request.args.get("q"))[:60]
    )


@blueprint.get("/notices")
@open_to_everyone
def index() -> Any:
    """Show what hangs on the board of the reader's community, or everywhere."""
    here, actor = g.visitor.community_id, g.visitor.actor
    wanted = _wanted()
    lines, older = notices.public_notices(here, wanted=wanted, before=respond.number("before"))
    board = Place.get(here) if here else None
    asked: dict[str, Any] = {
        name: value for name, value in request.args.items() if name in ("kind", "level", "q") and value
    }
    return respond.page(
        "notices/index.html", lines=lines, wanted=wanted, board=board, act=ActForm(),
        older=url_for(".index", **asked, before=older) if older else None,
        follows=board is not None and tellings.follows(board, actor.account_id),
        read=notices.read_by([one.id for one in lines], actor) if actor.has(*notices.CALLED) else None,
    )  # fmt: skip


@blueprint.post("/notices/following")
@open_to(Permission.OWN)
@respond.once
def follow() -> Any:
    """Be told of what is pinned on the board of one's community, or no longer."""
    board = Place.get(g.visitor.community_id or 0)
    if ActForm().validate_on_submit():
        act = tellings.unfollow if tellings.follows(board, g.visitor.actor.account_id) else tellings.follow
        act(board, by=g.visitor.actor)
    return respond.done(url_for(".index"))


@blueprint.get("/notices/<public_id>")
@open_to_everyone
def show(public_id: str) -> Any:
    """Show one notice that hangs."""
    one, actor = notices.hanging(public_id), g.visitor.actor
    to_read = notices.called(one, actor) and not notices.has_read(one, actor)
    return respond.page("notices/show.html", page=notices.page_of(one), live=_live(public_id), to_read=to_read, act=ActForm(),
                        papers=attachments.of(one))  # fmt: skip


@blueprint.post("/notices/<public_id>/readings")
@open_to(Permission.OWN)
@respond.once
def acknowledge(public_id: str) -> Any:
    """Note that one has read what hangs where one works."""
    one = notices.hanging(public_id)
    if ActForm().validate_on_submit():
        notices.acknowledge(one, by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.get("/notices/<public_id>/papers/<paper_id>")
@open_to_everyone
def paper(public_id: str, paper_id: str) -> Response:
    """Hand out a paper of a notice that hangs, or of one that the reader writes."""
    return files.handed_out(notices.paper_of(public_id, paper_id, g.visitor.actor))


def _live(public_id: str) -> str:
    return url_for("notices.show", public_id=public_id, _external=True)


@blueprint.get("/notices/<public_id>/sheet")
@open_to_everyone
def sheet(public_id: str) -> Any:
    """Show a notice as an A4 sheet for the stairwell."""
    page = notices.public_notice(public_id)
    return respond.page("notices/sheet.html", page=page, qr_data=links.drawn(_live(public_id)))


@blueprint.get("/notices/<public_id>/poster.png")
@open_to_everyone
def poster(public_id: str) -> Response:
    """Return a notice as a picture for the group chat."""
    page = notices.public_notice(public_id)
    until = _("Until %(day)s", day=day(page.line.expires_on))
    said = posters.Poster(page.line.place, page.line.title, [page.text], _live(public_id),
                          _("Scan to read all of it.") + "\n" + until, page.phone or "")  # fmt: skip
    return Response(posters.drawn(said), mimetype="image/png", headers={"Cache-Control": "public, max-age=300"})


@blueprint.get("/notice-desk")
@open_to(Permission.WRITE_NOTICE)
def desk() -> Any:
    """Show the notices that those who write here keep."""
    lines, older = notices.notices_for(g.visitor.actor, before=respond.number("before"))
    return respond.page("notices/desk.html", lines=lines, older=older)


@blueprint.get("/notice-desk/<public_id>")
@open_to(Permission.WRITE_NOTICE)
def preview(public_id: str) -> Any:
    """Show a notice as it will hang, with what may be done with it."""
    one = notice_of(public_id)
    may_publish = g.visitor.actor.reach(Permission.PUBLISH_NOTICE).covers(Place.get(one.place_id))
    return respond.page("notices/preview.html", page=notices.page_of(one), may_publish=may_publish,
                        act=ActForm(), live=_live(public_id), refused=None, papers=attachments.of(one),
                        readers=notices.readers(one))  # fmt: skip


def _named(public_ids: list[str]) -> list[dict[str, str]]:
    """Return papers by their numbers alone, for the form that is shown again."""
    return [{"public_id": one} for one in public_ids]


def _form(**more: Any) -> NoticeForm:
    form = NoticeForm(**more)
    form.place.choices = options(notices.places_of(g.visitor.actor))
    return form


@blueprint.get("/notices/new")
@open_to(Permission.WRITE_NOTICE)
def new() -> Any:
    """Show the form of a new notice."""
    return respond.page("notices/edit.html", form=_form(), kept=None, refused=None, papers=[])


@blueprint.post("/notices")
@open_to(Permission.WRITE_NOTICE)
@respond.once
def create() -> Any:
    """Keep a new notice as a draft."""
    form = _form()
    papers = form.papers + uploads.papers("papers_files")
    again = respond.form_page("notices/edit.html", lambda: {"form": form, "kept": None, "papers": _named(papers)})
    if not form.validate_on_submit():
        return again()
    within = Place.visible_to(g.visitor.actor, Permission.WRITE_NOTICE)
    place = Place.find(form.place.data, within)
    more = {"kind": NoticeKind(form.kind.data), "papers": papers, "owner": g.visitor.author}
    one = Notice.write(place, form.title.data, form.text.data, form.last_day, by=g.visitor.actor, **more)
    return respond.done(url_for(".preview", public_id=one.public_id))


@blueprint.get("/notices/<public_id>/edit")
@open_to(Permission.WRITE_NOTICE)
def edit(public_id: str) -> Any:
    """Show a notice to be reworded."""
    one = notice_of(public_id)
    form = _form(obj=one, place=notices.page_of(one).place_public_id)
    return respond.page("notices/edit.html", form=form, kept=public_id, refused=None, papers=attachments.of(one))


@blueprint.post("/notices/<public_id>/edit")
@open_to(Permission.WRITE_NOTICE)
@respond.once
def update(public_id: str) -> Any:
    """Reword a notice."""
    one, form = notice_of(public_id), _form()
    form.place.data, form.kind.data = notices.page_of(one).place_public_id, one.kind
    papers = form.papers + uploads.papers("papers_files")
    again = respond.form_page("notices/edit.html", lambda: {"form": form, "kept": public_id, "papers": _named(papers)})
    if not form.validate_on_submit():
        return again()
    more = {"seen_version": form.version.data, "papers": papers, "owner": g.visitor.author}
    one.rewrite(form.title.data, form.text.data, form.last_day, by=g.visitor.actor, **more)
    return respond.done(url_for(".preview", public_id=public_id))


@blueprint.post("/notices/<public_id>/publication")
@open_to(Permission.PUBLISH_NOTICE)
@respond.once
def publish(public_id: str) -> Any:
    """Pin a notice on the board."""
    one = notice_of(public_id, Permission.PUBLISH_NOTICE)
    if ActForm().validate_on_submit():
        one.publish(by=g.visitor.actor)
    return respond.done(url_for(".preview", public_id=public_id))


@blueprint.post("/notices/<public_id>/removal")
@open_to(Permission.WRITE_NOTICE)
@respond.once
def end(public_id: str) -> Any:
    """Take a notice down, or throw a draft away."""
    one = notice_of(public_id)
    if ActForm().validate_on_submit():
        one.end(by=g.visitor.actor)
    return respond.done(url_for(".desk", before=request.args.get("before")))
