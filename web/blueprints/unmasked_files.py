"""The counter of sheets in which nothing is masked: asked for, agreed to by somebody else, and handed over."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, request, url_for
from flask_babel import gettext as _

from models import places, sheets, unmasked_files
from models.base import now
from models.permissions import Permission
from models.places import Place
from models.unmasked_files import UnmaskedFile, UnmaskedKind, Wanted
from web import respond, sentences
from web.again import password_again
from web.blueprints import need_exports
from web.blueprints.desk.counter import filters
from web.doors import open_to
from web.files import XLSX, taken_along
from web.filters import day
from web.forms.base import ActForm
from web.forms.unmasked_files import AskUnmaskedForm, RefuseUnmaskedForm

blueprint = Blueprint("unmasked_files", __name__)
READ, ASK, APPROVE = Permission.READ_UNMASKED, Permission.ASK_UNMASKED, Permission.APPROVE_UNMASKED


@blueprint.get("/unmasked-files")
@open_to(READ)
def index() -> Any:
    """Show what was asked for within reach: what waits first, then what became of the others."""
    before = respond.number("before")
    found, older = unmasked_files.cards(g.visitor.actor, before=before)
    return respond.page("unmasked_files/index.html", files=found, older_than=older, paged=before is not None)


def _ask_form(**kwargs: Any) -> AskUnmaskedForm:
    return AskUnmaskedForm(places.communities(g.visitor.actor.reach(ASK)), list(UnmaskedKind), **kwargs)


def _shown(form: AskUnmaskedForm) -> dict[str, Any]:
    chosen = filters()
    words = [sentences.label(one) for one in (chosen.tile, chosen.field, chosen.kind, chosen.color) if one]
    tab = sentences.label(need_exports.tab().value, "Heap")
    return {"form": form, "query": request.args, "words": [tab, *words], "left_out": bool(chosen.words or chosen.place)}


@blueprint.get("/unmasked-files/new")
@open_to(ASK)
def new() -> Any:
    """Ask what is wanted unmasked, and what for."""
    form = _ask_form(formdata=None)
    form.kind.data = respond.one_of(UnmaskedKind, "list") or UnmaskedKind.NEEDS
    return respond.page("unmasked_files/new.html", refused=None, **_shown(form))


@blueprint.post("/unmasked-files")
@open_to(ASK)
@respond.once
def create() -> Any:
    """Ask for a sheet; somebody else decides."""
    form = _ask_form()
    again = respond.form_page("unmasked_files/new.html", lambda: _shown(form))
    if not form.validate_on_submit():
        return again()
    wanted = Wanted(UnmaskedKind(form.kind.data), need_exports.tab(), filters())
    community = Place.find(form.community.data)
    one = UnmaskedFile.ask(community, wanted, form.reason.data or "", by=g.visitor.actor)
    flash(_("Asked for. The head and the street office were told; you hear of it here."), "success")
    return respond.done(url_for(".show", public_id=one.public_id))


def _page_of(one: UnmaskedFile, refusal: RefuseUnmaskedForm | None = None) -> dict[str, Any]:
    card = unmasked_files.card(one, g.visitor.actor)
    heap = [sentences.label(card.choice["tab"], "Heap")] if "tab" in card.choice else []
    enums = {"tile": "Tile", "field": "Field", "kind": "Kind", "color": "Color"}
    heap += [sentences.label(card.choice[name], enum) for name, enum in enums.items() if name in card.choice]
    return {
        "one": card,
        "heap": heap,
        "refusal": refusal or RefuseUnmaskedForm(formdata=None),
        "act": ActForm(formdata=None),
    }


@blueprint.get("/unmasked-files/<public_id>")
@open_to(READ)
def show(public_id: str) -> Any:
    """Show who asked for what and why, what was said to it, and how often it was taken."""
    one = UnmaskedFile.find(public_id, UnmaskedFile.visible_to(g.visitor.actor, READ))
    return respond.page("unmasked_files/show.html", refused=None, **_page_of(one))


def _opened(permission: Permission, form: type[Any] = ActForm) -> Any:
    def opened(public_id: str) -> tuple[Any, Any, Any]:
        one = UnmaskedFile.find(public_id, UnmaskedFile.visible_to(g.visitor.actor, permission))
        read = form()
        shown = read if isinstance(read, RefuseUnmaskedForm) else None
        return one, read, respond.form_page("unmasked_files/show.html", lambda: _page_of(one, shown))

    return opened


def _leads_to(one: UnmaskedFile) -> str:
    return url_for(".show", public_id=one.public_id)


@blueprint.post("/unmasked-files/<public_id>/approval")
@open_to(APPROVE)
@password_again
@respond.once
@respond.one_verb(_opened(APPROVE), _leads_to)
def approve(one: UnmaskedFile, _form: ActForm) -> None:
    """Agree that the sheet leaves."""
    one.approve(by=g.visitor.actor)


@blueprint.post("/unmasked-files/<public_id>/refusal")
@open_to(APPROVE)
@respond.once
@respond.one_verb(_opened(APPROVE, RefuseUnmaskedForm), _leads_to)
def refuse(one: UnmaskedFile, form: RefuseUnmaskedForm) -> None:
    """Refuse it, or take a yes back."""
    one.refuse(form.reason.data or "", by=g.visitor.actor)


@blueprint.post("/unmasked-files/<public_id>/withdrawal")
@open_to(ASK)
@respond.once
@respond.one_verb(_opened(ASK), _leads_to)
def withdraw(one: UnmaskedFile, _form: ActForm) -> None:
    """Want it no longer."""
    one.withdraw(by=g.visitor.actor)


@blueprint.post("/unmasked-files/<public_id>/copies")
@open_to(ASK)
@password_again
def take(public_id: str) -> Any:
    """Hand the sheet over; the diary and the access log say who took how many rows, and that nothing was masked."""
    one, form, again = _opened(ASK)(public_id)
    if not form.validate_on_submit():
        return again()
    sheet = one.take(by=g.visitor.actor)
    data = _written(one, sheet)
    respond.note_access("export.unmasked", kind="unmasked_files", subject_id=one.id, community_id=one.community_id,
                        reason=f"rows={len(sheet.rows)},xlsx")  # fmt: skip
    respond.commit()
    return taken_along(data, XLSX, f"{one.kind.lower()}-unmasked-{now():%Y%m%d-%H%M}.xlsx")


def _written(one: UnmaskedFile, sheet: Any) -> bytes:
    if one.kind == UnmaskedKind.NEEDS:
        heads, rows = need_exports.in_words(sheet.rows)
        return sheets.write_xlsx(_("Needs, unmasked"), heads, rows)
    title = _("%(list)s, unmasked", list=f"{sentences.label(UnmaskedKind(one.kind))} {day(now())}")
    return sheets.write_xlsx(title, sheet.columns, sheet.rows)
