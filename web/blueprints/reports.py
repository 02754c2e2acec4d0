"""The counter of reports: figures of any place and period, the records behind each, and the way to the street."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, g, request, url_for
from flask_babel import gettext as _

from models import reports
from models.permissions import Permission
from models.reports import Period, Report, ReportKind, Scope, Sheet
from web import links, report_words, respond
from web.doors import open_to
from web.files import XLSX, taken_along
from web.forms.base import ActForm
from web.forms.reports import DraftForm, HandInForm, SendBackForm
from web.sentences import reports as words

blueprint = Blueprint("reports", __name__)
PAGE = reports.reading.PAGE


@blueprint.app_context_processor
def spoken() -> dict[str, Any]:
    """Let templates name cells and periods."""
    return {"cell_named": words.named, "period_words": words.period_words, "meaning": words.meaning}


def kind_asked() -> ReportKind:
    """Return the kind of report that an address asks for."""
    asked = request.args.get("kind", "")
    return ReportKind(asked) if asked in set(ReportKind) else ReportKind.MONTHLY


def scope_asked() -> Scope:
    """Return the place within reach and the period that an address asks for, the last month by default."""
    place = reports.find_place(g.visitor.actor, request.args.get("place", "")[:10] or None)
    code = request.args.get("period", "")[:8]
    period = Period.of(code) if code else reports.last_month()
    here = reports.scope(place, period)
    community = request.args.get("community", "")
    if not community:
        return here
    station = reports.find_station(community, request.args.get("organization", ""), here)
    return reports.scope(place, period, station)


def query_of(kind: ReportKind, here: Scope) -> str:
    """Return the end of an address that asks for the same figures."""
    return f"kind={kind.value}&place={here.place.public_id}&period={here.period.code}"


def shown(sheet: Sheet, here: Scope) -> dict[str, Any]:
    """Return what every page of figures shows."""
    return {
        "sheet": sheet, "scope": here, "shown": report_words.written(sheet.figures), "words": report_words.shown,
        "title": report_words.title(sheet, here), "query": query_of(sheet.kind, here),
        "tiles": report_words.sorts(sheet, "tile"), "fields": report_words.sorts(sheet, "field"),
        "kind": sheet.kind, "last": here.period.last, "columns": reports.BY_KIND[ReportKind.STATION],
    }  # fmt: skip


@blueprint.get("/reports")
@open_to(Permission.READ_REPORTS)
def index() -> Any:
    """List the reports in reach, and ask for which place and period figures are wanted."""
    lines = reports.lines_for(g.visitor.actor, before=respond.number("before"), limit=PAGE + 1)
    more = lines[PAGE - 1].id if len(lines) > PAGE else None
    places = reports.places_of(g.visitor.actor)
    return respond.page("reports/index.html", lines=lines[:PAGE], more=more, places=places, periods=reports.choices(),
                        usual=reports.last_month().code, kinds=list(ReportKind))  # fmt: skip


@blueprint.get("/reports/figures")
@open_to(Permission.READ_REPORTS)
def figures() -> Any:
    """Show the figures of a place and a period as they stand now, each leading to its records."""
    kind, here = kind_asked(), scope_asked()
    sheet = reports.count(kind, here)
    begun = reports.own_of_period(g.visitor.actor, here.place, kind, here.period)
    draft = DraftForm(place=here.place.public_id, period=here.period.code, kind=kind.value)
    may = here.place.id in g.visitor.actor.reach(Permission.WRITE_REPORT).community_ids
    places = reports.places_of(g.visitor.actor)
    return respond.page("reports/figures.html", **shown(sheet, here), begun=begun, form=draft, may_begin=may,
                        below=reports.places_below(here.place), listed=here.place.id in [one.id for one in places],
                        places=places, periods=reports.choices())  # fmt: skip


@blueprint.get("/reports/figures/records")
@open_to(Permission.READ_REPORTS)
def records() -> Any:
    """Show the records that a figure counted."""
    kind, here, cell = kind_asked(), scope_asked(), reports.cell(request.args.get("cell", ""))
    page = reports.page(here, cell, before=respond.number("before"))
    again = request.full_path.partition("&before=")[0].rstrip("?")
    figure = report_words.shown(cell.name, page.figure)
    return respond.page("reports/records.html", page=page, scope=here, again=again, query=query_of(kind, here),
                        figure=figure, words=report_words.shown)  # fmt: skip


@blueprint.get("/reports/figures/satisfaction")
@open_to(Permission.READ_REPORTS)
def satisfaction() -> Any:
    """Unfold what those served say: n, N and base, and the arithmetic up to the weight; never a rating."""
    here = scope_asked()
    parts = reports.monthly(here)[1]
    return respond.page("reports/satisfaction.html", parts=parts, whole=parts[""], terms=reports.unfolded(parts[""], here),
                        projects=reports.projects_of(here), scope=here, words=report_words.shown,
                        query=query_of(ReportKind.MONTHLY, here))  # fmt: skip


@blueprint.get("/reports/figures/sheet")
@open_to(Permission.READ_REPORTS)
def sheet() -> Any:
    """Show the figures as an A4 sheet."""
    kind, here = kind_asked(), scope_asked()
    live = url_for(".figures", _external=True) + "?" + query_of(kind, here)
    return respond.page("reports/sheet.html", **shown(reports.count(kind, here), here), card=None,
                        qr_data=links.drawn(live))  # fmt: skip


def workbook_of(sheet: Sheet, here: Scope) -> Response:
    """Return a report as a workbook; the access log says who took it."""
    respond.note_access("export.report", kind="reports", reason=here.period.code)
    return taken_along(report_words.workbook(sheet, here), XLSX, f"report-{here.period.code}.xlsx")


@blueprint.get("/reports/figures/workbook")
@open_to(Permission.READ_REPORTS)
def workbook() -> Any:
    """Hand the figures over as a workbook."""
    kind, here = kind_asked(), scope_asked()
    return workbook_of(reports.count(kind, here), here)


@blueprint.post("/reports")
@open_to(Permission.WRITE_REPORT)
@respond.once
def create() -> Any:
    """Begin the report of a community and a period."""
    form = DraftForm()
    again = respond.form_page("reports/refused.html", {})
    if not form.validate_on_submit():
        return again()
    place = reports.find_place(g.visitor.actor, form.place.data)
    period = Period.of(form.period.data)
    one = Report.draft(place, ReportKind(form.kind.data), period, by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=one.public_id))


def report_of(public_id: str, permission: Permission = Permission.READ_REPORTS) -> Report:
    """Return a report within reach, or answer 404."""
    one: Report = Report.find(public_id, Report.visible_to(g.visitor.actor, permission))
    return one


def _page(report: Report, **forms: Any) -> dict[str, Any]:
    card, actor = reports.card_of(report), g.visitor.actor
    here = report.place_id
    may = {
        "write": here in actor.reach(Permission.WRITE_REPORT).community_ids,
        "sign": here in actor.reach(Permission.SIGN_REPORT).community_ids,
        "receive": actor.reach(Permission.RECEIVE_REPORT).covers(card.scope.place),
    }
    given = {"hand_in": HandInForm(note=card.note, version=card.version), "back": SendBackForm(), **forms}
    return {**shown(card.sheet, card.scope), "card": card, "may": may, "act": ActForm(), **given,
            "own": card.line.submitted_by_id == actor.account_id}  # fmt: skip


@blueprint.get("/reports/<public_id>")
@open_to(Permission.READ_REPORTS)
def show(public_id: str) -> Any:
    """Show a report: frozen where it was handed in, with what its records changed since."""
    return respond.page("reports/show.html", **_page(report_of(public_id)), refused=None)


@blueprint.get("/reports/<public_id>/sheet")
@open_to(Permission.READ_REPORTS)
def sheet_of(public_id: str) -> Any:
    """Show a report as an A4 sheet with room for signatures."""
    card = reports.card_of(report_of(public_id))
    live = url_for(".show", public_id=public_id, _external=True)
    return respond.page("reports/sheet.html", **shown(card.sheet, card.scope), card=card, qr_data=links.drawn(live))


@blueprint.get("/reports/<public_id>/workbook")
@open_to(Permission.READ_REPORTS)
def workbook_as_handed_in(public_id: str) -> Any:
    """Hand a report over as a workbook, as it was handed in."""
    card = reports.card_of(report_of(public_id))
    return workbook_of(card.sheet, card.scope)


@blueprint.post("/reports/<public_id>/submission")
@open_to(Permission.WRITE_REPORT)
@respond.once
def submit(public_id: str) -> Any:
    """Hand a report in; its figures are frozen."""
    report, form = report_of(public_id, Permission.WRITE_REPORT), HandInForm()
    again = respond.form_page("reports/show.html", lambda: _page(report_of(public_id), hand_in=form))
    if not form.validate_on_submit():
        return again()
    report.submit(form.note.data or "", by=g.visitor.actor, seen_version=form.version.data)
    flash(_("Handed in. It waits for the head's signature."), "success")
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.post("/reports/<public_id>/signature")
@open_to(Permission.SIGN_REPORT)
@respond.once
def sign(public_id: str) -> Any:
    """Sign a report as the head."""
    report = report_of(public_id, Permission.SIGN_REPORT)
    again = respond.form_page("reports/show.html", lambda: _page(report_of(public_id)))
    if not ActForm().validate_on_submit():
        return again()
    report.sign(by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.post("/reports/<public_id>/receipt")
@open_to(Permission.RECEIVE_REPORT)
@respond.once
def receive(public_id: str) -> Any:
    """Receive a signed report at the street."""
    report = report_of(public_id, Permission.RECEIVE_REPORT)
    again = respond.form_page("reports/show.html", lambda: _page(report_of(public_id)))
    if not ActForm().validate_on_submit():
        return again()
    report.receive(by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


def _send_back(public_id: str, permission: Permission) -> Any:
    report, form = report_of(public_id, permission), SendBackForm()
    again = respond.form_page("reports/show.html", lambda: _page(report_of(public_id), back=form))
    if not form.validate_on_submit():
        return again()
    report.return_(form.reason.data, by=g.visitor.actor)
    return respond.done(url_for(".index"))


@blueprint.post("/reports/<public_id>/return")
@open_to(Permission.SIGN_REPORT)
@respond.once
def send_back(public_id: str) -> Any:
    """Send a report back as the head."""
    return _send_back(public_id, Permission.SIGN_REPORT)


@blueprint.post("/reports/<public_id>/return-from-street")
@open_to(Permission.RECEIVE_REPORT)
@respond.once
def send_back_from_street(public_id: str) -> Any:
    """Send a signed report back as the street."""
    return _send_back(public_id, Permission.RECEIVE_REPORT)
