"""Where a community keeps the sentences that it writes again and again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, url_for

from models import answer_templates, directory
from models.answer_templates import AnswerTemplate, TemplateStep
from models.needs import Field
from models.permissions import Permission
from web import respond
from web.doors import open_to
from web.forms.answer_templates import TemplateForm
from web.forms.base import ActForm, options

blueprint = Blueprint("answer_templates", __name__)


def template_of(public_id: str) -> AnswerTemplate:
    """Return a sentence within reach of whoever triages, or answer 404."""
    reached = AnswerTemplate.visible_to(g.visitor.actor, Permission.TRIAGE)
    template: AnswerTemplate = AnswerTemplate.find(public_id, reached)
    return template


@blueprint.get("/answer-templates")
@open_to(Permission.TRIAGE)
def index() -> Any:
    """Show the ready sentences."""
    return respond.page("answer_templates/index.html", templates=answer_templates.all_of(g.visitor.actor))


@blueprint.get("/answer-templates/new")
@open_to(Permission.TRIAGE)
def new() -> Any:
    """Show the form for a new sentence."""
    form = TemplateForm()
    form.community.choices = options(directory.communities_kept_by(g.visitor.actor))
    return respond.page("answer_templates/edit.html", form=form, kept=None)


@blueprint.post("/answer-templates")
@open_to(Permission.TRIAGE)
@respond.once
def create() -> Any:
    """Keep a sentence."""
    form = TemplateForm()
    form.community.choices = options(directory.communities_kept_by(g.visitor.actor))
    again = respond.form_page("answer_templates/edit.html", lambda: {"form": form, "kept": None})
    if not form.validate_on_submit():
        return again()
    community = directory.community_kept_by(g.visitor.actor, form.community.data or "")
    step, field = TemplateStep(form.step.data), Field(form.field.data) if form.field.data else None
    AnswerTemplate.write(community, step, form.title.data, form.text.data, field=field, by=g.visitor.actor)
    return respond.done(url_for("answer_templates.index"))


@blueprint.get("/answer-templates/<public_id>/edit")
@open_to(Permission.TRIAGE)
def edit(public_id: str) -> Any:
    """Show a sentence to be rewritten."""
    form = TemplateForm(obj=template_of(public_id))
    return respond.page("answer_templates/edit.html", form=form, kept=public_id)


@blueprint.post("/answer-templates/<public_id>/edit")
@open_to(Permission.TRIAGE)
@respond.once
def update(public_id: str) -> Any:
    """Rewrite a sentence."""
    template, form = template_of(public_id), TemplateForm()
    again = respond.form_page("answer_templates/edit.html", lambda: {"form": form, "kept": public_id})
    if not form.validate_on_submit():
        return again()
    step, field = TemplateStep(form.step.data), Field(form.field.data) if form.field.data else None
    seen, text = form.version.data, form.text.data
    template.edit(step, form.title.data, text, field=field, seen_version=seen, by=g.visitor.actor)
    return respond.done(url_for("answer_templates.index"))


@blueprint.post("/answer-templates/<public_id>/retirement")
@open_to(Permission.TRIAGE)
def retire(public_id: str) -> Any:
    """Offer a sentence no more."""
    template = template_of(public_id)
    ActForm().validate_on_submit()
    template.retire(by=g.visitor.actor)
    return respond.done(url_for("answer_templates.index"))
