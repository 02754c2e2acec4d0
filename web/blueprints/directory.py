"""找谁办: who is in charge of what, read by everybody and kept by the committee."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for

from models import directory, kept_answers
from models.directory import ResponsibleUnit
from models.kept_answers import KeptAnswer
from models.needs import Need, Tile
from models.permissions import Permission
from web import respond
from web.doors import open_to, open_to_everyone
from web.forms.base import ActForm, clean, options
from web.forms.directory import AnswerForm, UnitForm

blueprint = Blueprint("directory", __name__)


def filled(form: UnitForm) -> dict[str, Any]:
    """Return what was typed, in the words of the verb."""
    tiles = [Tile(one) for one in form.tiles.data or []]
    texts = {name: form[name].data or "" for name in ("duties", "phone", "hours")}
    return {**texts, "tiles": tiles, "position": form.position.data or 0}


def unit_of(public_id: str) -> ResponsibleUnit:
    """Return an entry within reach of whoever keeps the directory, or answer 404."""
    reached = ResponsibleUnit.visible_to(g.visitor.actor, Permission.EDIT_DIRECTORY)
    unit: ResponsibleUnit = ResponsibleUnit.find(public_id, reached)
    return unit


@blueprint.get("/directory")
@open_to_everyone
def index() -> Any:
    """Show who is in charge: of the reader's community, else of all."""
    here, words = g.visitor.community_id, clean(request.args.get("q"))[:60]
    reach = g.visitor.actor.reach(Permission.EDIT_DIRECTORY)
    return respond.page(
        "directory/index.html", units=directory.units(community_id=here, words=words), words=words, here=here,
        kept={unit.id for unit in directory.kept_by(g.visitor.actor)},
        answers=kept_answers.answers(here, words), mine=kept_answers.questions_of(g.visitor.actor), keeps=reach.community_ids, act=ActForm(),
    )  # fmt: skip


@blueprint.get("/directory/units/new")
@open_to(Permission.EDIT_DIRECTORY)
def new() -> Any:
    """Show the form for a new entry."""
    form = UnitForm()
    form.community.choices = options(directory.communities_kept_by(g.visitor.actor))
    return respond.page("directory/edit.html", form=form, unit=None)


@blueprint.post("/directory/units")
@open_to(Permission.EDIT_DIRECTORY)
@respond.once
def create() -> Any:
    """Enter a unit."""
    form = UnitForm()
    form.community.choices = options(directory.communities_kept_by(g.visitor.actor))
    again = respond.form_page("directory/edit.html", lambda: {"form": form, "unit": None})
    if not form.validate_on_submit():
        return again()
    community = directory.community_kept_by(g.visitor.actor, form.community.data or "")
    ResponsibleUnit.enter(community, form.name.data, by=g.visitor.actor, **filled(form))
    return respond.done(url_for("directory.index"))


@blueprint.get("/directory/units/<public_id>/edit")
@open_to(Permission.EDIT_DIRECTORY)
def edit(public_id: str) -> Any:
    """Show an entry to be rewritten."""
    unit = unit_of(public_id)
    return respond.page("directory/edit.html", form=UnitForm(obj=unit), unit=unit.public_id)


@blueprint.post("/directory/units/<public_id>/edit")
@open_to(Permission.EDIT_DIRECTORY)
@respond.once
def update(public_id: str) -> Any:
    """Rewrite an entry."""
    unit, form = unit_of(public_id), UnitForm()
    again = respond.form_page("directory/edit.html", lambda: {"form": form, "unit": public_id})
    if not form.validate_on_submit():
        return again()
    unit.edit(form.name.data, seen_version=form.version.data, by=g.visitor.actor, **filled(form))
    return respond.done(url_for("directory.index"))


@blueprint.post("/directory/units/<public_id>/retirement")
@open_to(Permission.EDIT_DIRECTORY)
def retire(public_id: str) -> Any:
    """Take a unit from the directory."""
    unit = unit_of(public_id)
    ActForm().validate_on_submit()
    unit.retire(by=g.visitor.actor)
    return respond.done(url_for("directory.index"))


def _asked(public_id: str | None) -> Need:
    """Return the question that is to be kept, within reach of whoever keeps the directory, or answer 404."""
    need: Need = Need.find(public_id or "", Need.visible_to(g.visitor.actor, Permission.EDIT_DIRECTORY))
    return need


def _answer_form(need: Need, **more: Any) -> AnswerForm:
    form = AnswerForm(**more)
    units = directory.units(community_id=need.community_id)
    form.unit.choices = options([("", "—"), *((unit.public_id, unit.name) for unit in units)])
    form.need.data = need.public_id
    return form


@blueprint.get("/directory/answers/new")
@open_to(Permission.EDIT_DIRECTORY)
def new_answer() -> Any:
    """Show the form that keeps an answered question for everybody, filled with what was written."""
    need = _asked(request.args.get("need"))
    said = {"question": need.public_title or need.title or "", "answer": need.answer_text or ""}
    return respond.page("directory/answer.html", form=_answer_form(need, formdata=None, data=said), need=need.public_id)


@blueprint.post("/directory/answers")
@open_to(Permission.EDIT_DIRECTORY)
@respond.once
def keep_answer() -> Any:
    """Keep an answered question in the directory."""
    need = _asked(request.form.get("need"))
    form = _answer_form(need)
    again = respond.form_page("directory/answer.html", lambda: {"form": form, "need": need.public_id})
    if not form.validate_on_submit():
        return again()
    unit = unit_of(form.unit.data) if form.unit.data else None
    KeptAnswer.lay_down(need, form.question.data, form.answer.data, unit=unit, by=g.visitor.actor)
    return respond.done(url_for("directory.index", _anchor="answers"))


@blueprint.post("/directory/answers/<public_id>/retirement")
@open_to(Permission.EDIT_DIRECTORY)
@respond.once
def retire_answer(public_id: str) -> Any:
    """Take an answer from the directory."""
    one: KeptAnswer = KeptAnswer.find(public_id, KeptAnswer.visible_to(g.visitor.actor, Permission.EDIT_DIRECTORY))
    ActForm().validate_on_submit()
    one.retire(by=g.visitor.actor)
    return respond.done(url_for("directory.index", _anchor="answers"))
