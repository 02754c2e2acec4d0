"""The counter of the office's own templates: kept, listed with all placeholders, and filled."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for

from models import report_templates, reports
from models.base import NotFound
from models.permissions import Permission
from models.places import Place
from models.report_templates import PaperFormat, ReportTemplate
from web import report_words, respond, stencils
from web.blueprints.reports import kind_asked, query_of, report_of, scope_asked
from web.doors import open_to
from web.files import XLSX, taken_along
from web.forms.base import ActForm
from web.forms.report_templates import TemplateForm

blueprint = Blueprint("report_templates", __name__)
TYPES = {
    PaperFormat.XLSX: XLSX,
    PaperFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def _shown(form: TemplateForm | None = None) -> dict[str, Any]:
    actor, keep = g.visitor.actor, Permission.KEEP_REPORT_TEMPLATES
    lines = report_templates.lines_for(actor, Permission.READ_REPORTS, keep)
    return {
        "lines": lines, "form": form or _form(), "act": ActForm(), "asked": _asked_for(), "places": reports.places_of(actor),
        "periods": reports.choices(), "period": _asked_for().get("period", reports.last_month().code),
    }  # fmt: skip


def _asked_for() -> dict[str, str]:
    """Return for which place, period or report templates are filled, as the address says it. Errors: NotFound."""
    asked = {name: request.args.get(name, "")[:10] for name in ("place", "period", "report")}
    if asked["period"]:
        reports.Period.of(asked["period"])
    return {name: value for name, value in asked.items() if value}


def _here() -> str:
    asked: dict[str, Any] = {**_asked_for()}
    return url_for(".index", **asked)


def _form() -> TemplateForm:
    reach = g.visitor.actor.reach(Permission.KEEP_REPORT_TEMPLATES)
    own = reach.community_ids | reach.street_ids
    return TemplateForm([(one.public_id, one.name) for one in reports.places_of(g.visitor.actor) if one.id in own])


@blueprint.get("/report-templates")
@open_to(Permission.READ_REPORTS)
def index() -> Any:
    """List the templates that may be filled, with the form for another."""
    return respond.page("report_templates/index.html", **_shown(), refused=None)


@blueprint.post("/report-templates")
@open_to(Permission.KEEP_REPORT_TEMPLATES)
@respond.once
def create() -> Any:
    """Keep a template after it was looked through and filled once on trial."""
    form = _form()
    again = respond.form_page("report_templates/index.html", lambda: _shown(form))
    if not form.validate_on_submit():
        return again()
    place = Place.find(form.place.data, Place.visible_to(g.visitor.actor, Permission.KEEP_REPORT_TEMPLATES))
    upload = form.file.data
    data, called = upload.stream.read(report_templates.LIMIT_BYTES + 1), upload.filename or ""
    used = stencils.looked_through(called, data)
    kind, name = reports.ReportKind(form.kind.data), form.name.data
    ReportTemplate.bring(place, kind, name, called, data, used=used, by=g.visitor.actor)
    return respond.done(_here())


@blueprint.get("/report-templates/placeholders")
@open_to(Permission.READ_REPORTS)
def placeholders() -> Any:
    """List all placeholders with what they mean and what they say now."""
    kind, here = kind_asked(), scope_asked()
    sheet = reports.count(kind, here)
    about = report_words.about(sheet, here)
    return respond.page("report_templates/placeholders.html", kind=kind, scope=here, about=about,
                        cells=reports.BY_KIND[kind], shown=report_words.written(sheet.figures),
                        query=query_of(kind, here), rows=report_templates.STATION_ROW)  # fmt: skip


def _found(public_id: str) -> ReportTemplate:
    one: ReportTemplate = ReportTemplate.find(
        public_id, ReportTemplate.usable_by(g.visitor.actor, Permission.READ_REPORTS)
    )
    return one


def _asked(kind: reports.ReportKind) -> tuple[reports.Sheet, reports.Scope]:
    handed_in = request.args.get("report", "")
    if not handed_in:
        here = scope_asked()
        return reports.count(kind, here), here
    card = reports.card_of(report_of(handed_in))
    if card.sheet.kind != kind:
        raise NotFound(handed_in)
    return card.sheet, card.scope


@blueprint.get("/report-templates/<public_id>/filled")
@open_to(Permission.READ_REPORTS)
def filled(public_id: str) -> Any:
    """Hand a template over filled with the figures of a place and a period, or of a report as it was handed in."""
    one = _found(public_id)
    sheet, here = _asked(reports.ReportKind(one.kind))
    paper = PaperFormat(one.format)
    data = stencils.filled(paper, one.read(), report_words.content(sheet, here))
    respond.note_access("export.report", kind="report_templates", reason=here.period.code)
    return taken_along(data, TYPES[paper], f"report-{here.period.code}.{paper.value.lower()}")


@blueprint.get("/report-templates/<public_id>/original")
@open_to(Permission.READ_REPORTS)
def original(public_id: str) -> Any:
    """Hand a template over as it was brought, to be changed."""
    one = _found(public_id)
    return taken_along(one.read(), TYPES[PaperFormat(one.format)], f"template.{one.format.lower()}")


@blueprint.post("/report-templates/<public_id>/removal")
@open_to(Permission.KEEP_REPORT_TEMPLATES)
@respond.once
def remove(public_id: str) -> Any:
    """Take a template away."""
    keep = Permission.KEEP_REPORT_TEMPLATES
    one = ReportTemplate.find(public_id, ReportTemplate.visible_to(g.visitor.actor, keep))
    if ActForm().validate_on_submit():
        one.remove(by=g.visitor.actor)
    return respond.done(_here())
