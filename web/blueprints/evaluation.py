"""The counter where a project's score is unfolded, its base is scored, and the rules of a district are published."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, g, redirect, request, url_for

from models.evaluation import (
    BaseScore,
    EvaluationScheme,
    SchemeState,
    evaluation_of,
    evaluations,
    latest_base,
    proposal,
    quality_of,
    scheme_line,
    scheme_lines,
)
from models.permissions import Permission
from models.places import Place
from models.projects import Project
from models.ratings import contract_year
from web import respond
from web.doors import open_to, open_to_everyone
from web.forms.base import ActForm
from web.forms.evaluation import BaseScoreForm, SchemeForm, filled, of_scheme

blueprint = Blueprint("evaluation", __name__)
PAGE = 20


@blueprint.get("/evaluation")
@open_to(Permission.READ_EVALUATION)
def index() -> Any:
    """List the projects within reach with last Monday's counts."""
    found = evaluations(g.visitor.actor, before=respond.number("before"), limit=PAGE)
    more = url_for(".index", before=found[-1].id) if len(found) == PAGE else None
    return respond.page("evaluation/index.html", projects=found, more=more)


@blueprint.get("/projects/<public_id>/evaluation")
@open_to_everyone
def show(public_id: str) -> Any:
    """Show a project's score with every term; what few people said stays with the auditor."""
    page, may = evaluation_of(Project.find(public_id), g.visitor.actor), g.visitor.may
    figures = replace(page, words=())
    pieces: dict[str, Any] = {
        "satisfaction": respond.kept("evaluation/_satisfaction.html", page=figures),
        "terms": respond.kept("evaluation/_terms.html", page=figures, calls=may(Permission.TRIAGE),
                              reads_evidence=may(Permission.READ_EVALUATION)),
    }  # fmt: skip
    return respond.page("evaluation/show.html", page=page, **pieces)


@blueprint.get("/projects/<public_id>/satisfaction")
@open_to_everyone
def satisfaction(public_id: str) -> Any:
    """Give the section that listens for a new rating; opened by itself it leads to its page."""
    if request.headers.get("HX-Request") != "true":
        return redirect(url_for(".show", public_id=public_id, _anchor="_satisfaction"), 303)
    return respond.page("evaluation/_satisfaction.html", page=evaluation_of(Project.find(public_id), g.visitor.actor))


def _to_score(public_id: str) -> Project:
    return Project.find(public_id, Project.visible_to(g.visitor.actor, Permission.SCORE_BASE))


def _to_fill(project: Project, form: BaseScoreForm) -> dict[str, Any]:
    return {"form": form, "title": project.title, "public_id": project.public_id, "quality": quality_of(project)}


@blueprint.get("/projects/<public_id>/base-scores")
@open_to(Permission.SCORE_BASE)
def new_base(public_id: str) -> Any:
    """Show the four indicators, filled with the scores that stand."""
    project = _to_score(public_id)
    form = BaseScoreForm(data=filled(latest_base(project, contract_year(project)[0])))
    return respond.page("evaluation/base.html", refused=None, **_to_fill(project, form))


@blueprint.post("/projects/<public_id>/base-scores")
@open_to(Permission.SCORE_BASE)
@respond.once
def create_base(public_id: str) -> Any:
    """Keep the evaluator's scores; the latest stand."""
    project, form = _to_score(public_id), BaseScoreForm()
    again = respond.form_page("evaluation/base.html", lambda: _to_fill(project, form))
    if not form.validate_on_submit():
        return again()
    BaseScore.give(project, contract_year(project)[0], form.tenths(), form.evidence(), by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.get("/evaluation/schemes")
@open_to_everyone
def schemes() -> Any:
    """List the versions of the rules; drafts are seen by their district alone."""
    districts = list(g.visitor.actor.reach(Permission.EDIT_SCHEME).district_ids)
    return respond.page("evaluation/schemes.html", schemes=scheme_lines(districts))


@blueprint.get("/evaluation/schemes/new")
@open_to(Permission.EDIT_SCHEME)
def new_scheme() -> Any:
    """Show the form of the next version."""
    proposed = proposal(_own_district())
    form = SchemeForm(data=of_scheme(None, proposed))
    return respond.page("evaluation/scheme.html", refused=None, **_blank(form, proposed))


def _own_district() -> int:
    return min(g.visitor.actor.reach(Permission.EDIT_SCHEME).district_ids, default=0)


def _blank(form: SchemeForm, proposed: Any) -> dict[str, Any]:
    return {"form": form, "version": None, "act": ActForm(), "proposed": proposed}


@blueprint.post("/evaluation/schemes")
@open_to(Permission.EDIT_SCHEME)
@respond.once
def create_scheme() -> Any:
    """Draft the next version of one's district."""
    form = SchemeForm()
    again = respond.form_page("evaluation/scheme.html", lambda: _blank(form, proposal(_own_district())))
    if not form.validate_on_submit():
        return again()
    district = Place.get(_own_district())
    one = EvaluationScheme.draft(
        district, form.scheme(), form.weights(), form.applies_from.data, by=g.visitor.actor
    )  # fmt: skip
    return respond.done(url_for(".scheme", public_id=one.public_id))


def _version(public_id: str) -> EvaluationScheme:
    return EvaluationScheme.find(public_id, EvaluationScheme.visible_to(g.visitor.actor, Permission.EDIT_SCHEME))


def _rules(version: EvaluationScheme, form: SchemeForm) -> dict[str, Any]:
    proposed = None if version.state == SchemeState.PUBLISHED else proposal(version.district_id)
    return {"form": form, "version": scheme_line(version), "act": ActForm(), "proposed": proposed}


@blueprint.get("/evaluation/schemes/<public_id>")
@open_to(Permission.EDIT_SCHEME)
def scheme(public_id: str) -> Any:
    """Show one version; a draft may be changed."""
    version = _version(public_id)
    page = _rules(version, SchemeForm(data=of_scheme(version)))
    return respond.page("evaluation/scheme.html", **page, refused=None)


@blueprint.post("/evaluation/schemes/<public_id>")
@open_to(Permission.EDIT_SCHEME)
@respond.once
def update_scheme(public_id: str) -> Any:
    """Change a draft."""
    version, form = _version(public_id), SchemeForm()
    again = respond.form_page("evaluation/scheme.html", lambda: _rules(version, form))
    if not form.validate_on_submit():
        return again()
    version.revise(form.scheme(), form.weights(), form.applies_from.data, by=g.visitor.actor)
    return respond.done(url_for(".scheme", public_id=public_id))


@blueprint.post("/evaluation/schemes/<public_id>/publication")
@open_to(Permission.EDIT_SCHEME)
@respond.once
def publish_scheme(public_id: str) -> Any:
    """Publish a version: from then on it stays as it is."""
    version = _version(public_id)
    again = respond.form_page("evaluation/scheme.html", lambda: _rules(version, SchemeForm(data=of_scheme(version))))
    if not ActForm().validate_on_submit():
        return again()
    version.publish(by=g.visitor.actor)
    return respond.done(url_for(".schemes"))
