"""The counter where an evaluator finds a project's dossier, takes it along, and draws records to look at."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, g, request, url_for

from models import dossiers
from models.dossiers import Dossier, DossierSample
from models.permissions import Permission
from models.projects import Project
from web import dossier_words, respond
from web.doors import open_to
from web.dossier_archive import archive_of, pdf_of
from web.files import taken_along
from web.forms.dossiers import DrawForm

blueprint = Blueprint("dossiers", __name__)
TYPES = {"pdf": "application/pdf", "zip": "application/zip"}


def _year() -> date | None:
    """Return the day by which a contract year is named in the address; the running one where it names none."""
    try:
        return date.fromisoformat(request.args.get("year", ""))
    except ValueError:
        return None


def _found(public_id: str, permission: Permission = Permission.READ_DOSSIER) -> Project:
    return Project.find(public_id, Project.visible_to(g.visitor.actor, permission))


def _shown(project: Project, form: DrawForm) -> dict[str, Any]:
    found, actor = dossiers.dossier_of(project, _year()), g.visitor.actor
    samples = dossiers.samples_of(project, found.first)
    return {
        "dossier": found, "words": dossier_words, "years": dossiers.years_of(project), "samples": samples, "form": form,
        "may_draw": actor.may(Permission.SCORE_BASE),
        "may_open": project.community_id in actor.reach(Permission.READ_DOSSIER).community_ids,
        "frame": len(found.part(dossiers.DossierPart.RECORDS).proofs),
    }  # fmt: skip


@blueprint.get("/projects/<public_id>/dossier")
@open_to(Permission.READ_DOSSIER)
def show(public_id: str) -> Any:
    """Show the tree of indicators with what proves each and what is missing."""
    return respond.page("dossiers/show.html", refused=None, **_shown(_found(public_id), DrawForm(formdata=None)))


def _handed_out(project: Project, found: Dossier, kind: str, data: bytes) -> Any:
    respond.note_access(
        "export.dossier", kind="projects", subject_id=project.id, reason=f"{kind}, {found.check_number}"
    )
    return taken_along(data, TYPES[kind], f"dossier-{found.project_no}-{found.first:%Y%m%d}.{kind}")


@blueprint.get("/projects/<public_id>/dossier/paper")
@open_to(Permission.READ_DOSSIER)
def paper(public_id: str) -> Any:
    """Hand the dossier out as a PDF; who took it is noted."""
    project = _found(public_id)
    found = dossiers.dossier_of(project, _year())
    return _handed_out(project, found, "pdf", pdf_of(found))


@blueprint.get("/projects/<public_id>/dossier/archive")
@open_to(Permission.READ_DOSSIER)
def archive(public_id: str) -> Any:
    """Hand the dossier out with its list and photos; who took it is noted."""
    project = _found(public_id)
    found = dossiers.dossier_of(project, _year())
    return _handed_out(project, found, "zip", archive_of(found))


@blueprint.post("/projects/<public_id>/dossier/samples")
@open_to(Permission.SCORE_BASE)
@respond.once
def draw(public_id: str) -> Any:
    """Draw records to look at; the draw is kept and can be drawn again by anybody."""
    project, form = _found(public_id, Permission.SCORE_BASE), DrawForm()
    again = respond.form_page("dossiers/show.html", lambda: _shown(project, form))
    if not form.validate_on_submit():
        return again()
    one = DossierSample.draw(project, _year(), form.size.number, by=g.visitor.actor, reason=form.reason.data or "")
    return respond.done(url_for(".sample", public_id=one.public_id))


@blueprint.get("/dossier-samples/<public_id>")
@open_to(Permission.READ_DOSSIER)
def sample(public_id: str) -> Any:
    """Show a draw as a sheet of paper with boxes to tick, and all that is needed to draw it again."""
    one = DossierSample.find(public_id, DossierSample.visible_to(g.visitor.actor, Permission.READ_DOSSIER))
    found = dossiers.dossier_of(Project.get(one.project_id), one.year_from)
    return respond.page("dossiers/sample.html", dossier=found, sheet=dossiers.sheet_of(one, found), words=dossier_words)
