"""The page of an act: opened with its form, shown again with everything typed, and left for the list or the sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, request

from models import answer_templates, desk, directory
from models.base import NotFound
from models.needs import UNIT_TILES, Channel, Kind, Need
from models.permissions import Permission
from web import respond, uploads
from web.blueprints.desk.counter import blueprint, way_back, workable
from web.blueprints.desk.pages import ACTS, Act
from web.doors import open_to
from web.forms.base import options


def opened(public_id: str, noun: str) -> tuple[Need, Any, Callable[..., Any]]:
    """Find the need, read the form of an act with the photos it carries, and remember how the page is shown again."""
    need, act = workable(public_id), ACTS.get(noun)
    if act is None:
        raise NotFound(noun)
    form = act.form()
    if "unit" in form:
        form.unit.choices = options(
            (unit.public_id, unit.name) for unit in directory.units_for(need.community_id, need.tile)
        )
    if "target" in form:
        form.target.choices = options((one.public_id, f"{one.title} · {one.ticket_no}") for one in desk.mergeable(need))
    again = respond.form_page("desk/act.html", lambda: _shown(need, noun, act, form))
    if "photos" in form:
        form.photos.data = uploads.with_the_form(form.photos.data or [])
    return need, form, again


def _shown(need: Need, noun: str, act: Act, form: Any) -> dict[str, Any]:
    ready = answer_templates.offered(need.community_id, act.step, need.field) if act.step else []
    return {"sheet": desk.sheet(need, g.visitor.actor), "noun": noun, "act": act, "form": form, "ready": ready}


def _likely(need: Need, units: bool) -> Channel:
    """Return where a need most likely belongs: a petition to the petition office, else a unit in charge, else 12345."""
    if need.kind == Kind.PETITION:
        return Channel.PETITION
    return Channel.UNIT if need.tile in UNIT_TILES and units else Channel.HOTLINE


def act(noun: str) -> Callable[[respond.Verb], Callable[..., Any]]:
    """Make a counter of the desk out of one verb on one need; the act's page is shown again where it must."""
    return respond.one_verb(lambda public_id: opened(public_id, noun), way_back)


@blueprint.get("/desk/needs/<public_id>/<noun>")
@open_to(Permission.TRIAGE)
def form_of(public_id: str, noun: str) -> Any:
    """Show the page of one act, with a ready sentence where one was chosen."""
    need, form, again = opened(public_id, noun)
    chosen = request.args.get("template", "")
    if chosen and "text" in form:
        form.text.data = answer_templates.text_of(chosen, g.visitor.actor)
    elif noun == "public-title":
        form.title.data = desk.sheet(need, g.visitor.actor).offered_title
    elif noun == "redirection":
        form.channel.data = _likely(need, bool(form.unit.choices)).value
    elif noun == "acceptance":
        line = desk.sheet(need, g.visitor.actor).line
        form.field.data, form.urgency.data, form.kind.data = line.field.value, line.urgency.value, line.kind.value
    return again(200)
