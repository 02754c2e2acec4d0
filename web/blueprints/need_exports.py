"""The counter where a list of the desk is taken along as a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Blueprint, g, request
from flask_babel import gettext as _

from models import need_exports, sheets
from models.base import now
from models.desk import Tab
from models.permissions import Permission
from web import respond, sentences
from web.blueprints.desk.counter import filters
from web.doors import open_to
from web.files import XLSX, taken_along
from web.filters import day
from web.forms.need_exports import ExportForm

blueprint = Blueprint("need_exports", __name__)
TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}


def tab() -> Tab:
    """Return the heap of the desk that the address names."""
    return respond.one_of(Tab, "tab") or Tab.ALL


def _shown(form: ExportForm) -> dict[str, Any]:
    chosen, heap = filters(), tab()
    number = need_exports.count(g.visitor.actor, heap, chosen)
    words = [chosen.tile, chosen.field, chosen.kind, chosen.color, chosen.words]
    return {"form": form, "count": number, "tab": heap, "query": request.args, "words": [one for one in words if one]}


def in_words(needs: Iterable[Sequence[Any]]) -> tuple[list[str], Iterable[Sequence[Any]]]:
    """Return the heads of a sheet of needs and its rows, codes as words."""
    heads = [sentences.label(name, "ExportColumn") for name in need_exports.COLUMNS]
    enums = [need_exports.WORDS.get(name) for name in need_exports.COLUMNS]
    rows = (
        [sentences.label(cell, enum) if enum and cell else cell for cell, enum in zip(row, enums, strict=True)]
        for row in needs
    )
    return heads, rows


def _written(kind: str, export: need_exports.Export) -> bytes:
    heads, rows = in_words(export.rows)
    if kind == "csv":
        return sheets.write_csv(heads, rows)
    return sheets.write_xlsx(_("Needs"), heads, rows)


@blueprint.get("/need-exports")
@open_to(Permission.EXPORT_NEEDS)
def new() -> Any:
    """Show how many needs a sheet would hold, and what is left out of it."""
    return respond.page("need_exports/new.html", refused=None, day=day(now()), **_shown(ExportForm(formdata=None)))


@blueprint.post("/need-exports")
@open_to(Permission.EXPORT_NEEDS)
def create() -> Any:
    """Hand the sheet over; the diary and the access log say who took how many rows."""
    form = ExportForm()
    again = respond.form_page("need_exports/new.html", lambda: {**_shown(form), "day": day(now())})
    if not form.validate_on_submit():
        return again()
    kind = form.kind.data
    export = need_exports.take(tab(), filters(), kind=kind, by=g.visitor.actor)
    respond.note_access("export.needs", kind="needs", reason=f"rows={len(export.rows)},{kind},masked")
    respond.commit()
    return taken_along(_written(kind, export), TYPES[kind], f"needs-{now():%Y%m%d-%H%M}.{kind}")
