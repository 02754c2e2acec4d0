"""The counter of the lists for the official volunteer system: looked at, taken along, marked as reported, laid out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, g, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext as _n

from models import accounts, hour_lists, reports
from models.base import today
from models.hour_lists import Column, HourReport
from models.permissions import Permission
from models.places import Place
from models.reports import Period
from web import hour_sheets, respond
from web.doors import open_to
from web.files import XLSX, taken_along
from web.forms.base import ActForm
from web.forms.hour_lists import LayoutForm, ReportedForm, UndoForm
from web.sentences.reports import period_words

blueprint = Blueprint("hour_lists", __name__)
READ, REPORT = Permission.READ_HOUR_LISTS, Permission.REPORT_HOURS
PAGE = 50


def _asked(values: Any) -> tuple[Place, Period]:
    """Return the community within reach and the month or year of an address, the own one and the last month by default."""
    actor, wanted = g.visitor.actor, values.get("community", "")[:10]
    community = Place.find(wanted, Place.visible_to(actor, READ)) if wanted else accounts.home(actor, READ)
    code = values.get("period", "")[:7]
    return community, Period.of(code) if code else reports.last_month()


def _named(place: Place) -> dict[str, str]:
    """Return a place as pages name it: after a refusal its row is no longer loaded."""
    return {"public_id": place.public_id, "name": place.name}


def _street(community: Place) -> dict[str, str] | None:
    """Return the street above, where this reader lays the columns of it."""
    above = community.street_id if community.street_id in g.visitor.actor.reach(READ).street_ids else None
    return _named(Place.get(above)) if above else None


def _shown(community: Place, period: Period, form: ReportedForm | None = None) -> dict[str, Any]:
    found, start = hour_lists.list_of(community, period), respond.number("from") or 0
    form = form or ReportedForm(formdata=None, data={"on": today().isoformat()})
    form.community.data, form.period.data, form.seal.data = community.public_id, period.code, found.seal
    return {
        "found": found, "community": _named(community), "period": period, "form": form, "undo": UndoForm(formdata=None),
        "rows": found.rows[start : start + PAGE], "next": start + PAGE if len(found.rows) > start + PAGE else None,
        "open": hour_lists.months_open(community), "marked": hour_lists.lines_for(community),
        "communities": accounts.communities(g.visitor.actor, READ), "period_words": period_words,
        "periods": [code for code in reports.choices() if "Q" not in code], "remark": hour_sheets.remark,
        "marks": community.id in g.visitor.actor.reach(REPORT).community_ids, "layout": hour_lists.layout_of(community),
        "street": _street(community), "query": f"community={community.public_id}&period={period.code}",
    }  # fmt: skip


@blueprint.get("/hour-lists")
@open_to(READ)
def index() -> Any:
    """Show the list of a month or a year: what is to be reported, and what was."""
    return respond.page("hour_lists/index.html", **_shown(*_asked(request.args)), refused=None)


def _workbook(community: Place, period: str, columns: Any, rows: Any) -> Response:
    title = f"{community.name} {period_words(period)}"
    data = hour_sheets.workbook(title, columns, rows, community.name)
    respond.note_access("export.hour_list", kind="hour_records", community_id=community.id, reason=period)
    return taken_along(data, XLSX, f"hours-{period}.xlsx")


@blueprint.get("/hour-lists/export.xlsx")
@open_to(READ)
def export() -> Response:
    """Hand out what is to be reported, or the whole list with the days of what was; that it was taken is logged."""
    community, period = _asked(request.args)
    found = hour_lists.list_of(community, period)
    rows = found.rows if request.args.get("rows") == "all" else found.due
    return _workbook(community, period.code, hour_lists.layout_of(community).columns, rows)


@blueprint.post("/hour-reports")
@open_to(REPORT)
@respond.once
def mark() -> Any:
    """Mark the list, or the ticked rows of it, as reported on a day."""
    community, period = _asked(request.form)
    form = ReportedForm()
    seal = form.seal.data or ""
    again = respond.form_page("hour_lists/index.html", lambda: _shown(community, period, form))
    if not form.validate_on_submit():
        return again()
    own = Place.find(community.public_id, Place.visible_to(g.visitor.actor, REPORT))
    one = hour_lists.mark_reported(own, period, seal=seal, on=form.day, only=form.only, by=g.visitor.actor)
    flash(_n("%(num)s row marked as reported.", "%(num)s rows marked as reported.", one.rows), "success")
    return respond.done(url_for(".index", community=own.public_id, period=period.code))


@blueprint.get("/hour-reports/<public_id>/export.xlsx")
@open_to(READ)
def handed_over(public_id: str) -> Response:
    """Hand out a list as it was reported."""
    one = HourReport.find(public_id, HourReport.visible_to(g.visitor.actor, READ))
    columns, rows = hour_lists.rows_of(one)
    return _workbook(Place.get(one.community_id), one.period, columns, rows)


@blueprint.post("/hour-reports/<public_id>/undoing")
@open_to(REPORT)
@respond.once
def undo(public_id: str) -> Any:
    """Take the mark of the latest list back."""
    one, form = HourReport.find(public_id, HourReport.visible_to(g.visitor.actor, REPORT)), UndoForm()
    community, period = Place.get(one.community_id), Period.of(one.period)
    again = respond.form_page("hour_lists/index.html", lambda: {**_shown(community, period), "undo": form})
    if not form.validate_on_submit():
        return again()
    one.undo(form.reason.data, by=g.visitor.actor)
    return respond.done(url_for(".index", community=community.public_id, period=period.code))


def _laid(public_id: str) -> tuple[Place, hour_lists.Layout]:
    """Return a street or community within reach and its layout."""
    place = Place.find(public_id, Place.visible_to(g.visitor.actor, READ))
    if place.kind not in ("STREET", "COMMUNITY"):
        abort(404)
    return place, hour_lists.layout_of(place)


def _columns(form: LayoutForm, place: Place, now: hour_lists.Layout) -> dict[str, Any]:
    return {"form": form, "place": _named(place), "layout": now, "columns": list(Column), "needed": hour_lists.NEEDED}


@blueprint.get("/hour-layouts/<public_id>")
@open_to(READ)
def layout(public_id: str) -> Any:
    """Show which columns the list has, in which order, under which headings."""
    place, now = _laid(public_id)
    form = LayoutForm.of(now.columns, now.version)
    return respond.page("hour_lists/layout.html", **_columns(form, place, now), refused=None)


@blueprint.post("/hour-layouts/<public_id>")
@open_to(READ)
@respond.once
def lay_out(public_id: str) -> Any:
    """Lay the columns anew; they are remembered."""
    (place, now), form = _laid(public_id), LayoutForm()
    again = respond.form_page("hour_lists/layout.html", lambda: _columns(form, place, now))
    if not form.validate_on_submit():
        return again()
    hour_lists.set_layout(place, form.laid(), by=g.visitor.actor, seen_version=form.version.data)
    flash(_("Kept. Every list from now on has these columns."), "success")
    return respond.done(url_for(".index"))


@blueprint.post("/hour-layouts/<public_id>/removal")
@open_to(READ)
@respond.once
def drop_layout(public_id: str) -> Any:
    """Do without the own columns again."""
    place, _now = _laid(public_id)
    if ActForm().validate_on_submit():
        hour_lists.drop_layout(place, by=g.visitor.actor)
    return respond.done(url_for(".layout", public_id=public_id))
