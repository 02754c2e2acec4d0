"""The counter itself, and what every page of the desk shows beside its own."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask import Blueprint, g, request, url_for
from markupsafe import Markup, escape

from models import desk, front_desk
from models.deadlines import Color, Urgency
from models.desk import Filters, Line, Tab
from models.needs import Field, Kind, Need, Tile
from models.permissions import Permission
from models.states import NeedState
from web import respond, sentences
from web.forms.base import clean
from web.forms.desk import words_for

blueprint = Blueprint("desk", __name__)


def filters() -> Filters:
    """Return what the address narrows the list to."""
    return Filters(
        tile=respond.one_of(Tile, "tile"),
        field=respond.one_of(Field, "field"),
        kind=respond.one_of(Kind, "kind"),
        color=respond.one_of(Color, "color"),
        place=clean(request.args.get("place"))[:10],
        words=clean(request.args.get("q"))[:60],
        older=request.args.get("older") == "1",
    )


def choices() -> dict[str, Any]:
    """Return the words of the filters."""
    return {"tile": words_for(Tile), "field": words_for(Field), "kind": words_for(Kind), "color": words_for(Color)}


class Shown(NamedTuple):
    """What a line of a heap shows, and nothing that changes from one request to the next."""

    public_id: str
    ticket_no: str
    title: str
    state: NeedState
    field: Field
    field_is_suggested: bool
    kind: Kind
    urgency: Urgency
    place: str | None
    households: int
    priority: str
    due: datetime | None
    color: Color | None
    paused: bool
    acceptable: bool
    receipt_waits: bool


def drawn(lines: Sequence[Line]) -> list[Markup]:
    """Return the lines of a heap as they are drawn."""
    return respond.rows("desk/_line.html", map(_shown(g.visitor.may(Permission.TRIAGE)), lines))


def _shown(triages: bool) -> Callable[[Line], Shown]:
    def shown(line: Line) -> Shown:
        due, color, paused = (
            (line.clock.due, line.clock.color, line.clock.paused) if line.clock else (None, None, False)
        )
        return Shown(
            line.public_id, line.ticket_no, line.title, line.state, line.field, line.field_is_suggested, line.kind,
            line.urgency, line.place, line.weighed.households, f"{line.weighed.priority.total:.1f}", due, color, paused,
            triages and line.acceptable, line.receipt_waits,
        )  # fmt: skip

    return shown


def form_of_filters(tab: Tab, chosen: Filters) -> Markup:
    """Return the form of the filters; places are offered to those who know them all."""
    actor, unfolded = g.visitor.actor, len(request.args.keys() - {"after"}) > 1
    reach = Permission.ENTER_FOR_OTHERS
    places = front_desk.places_to_choose(actor.reach(reach)) if actor.may(reach) else ()
    known = chosen.place if chosen.place in {place.public_id for place in places} else ""
    return respond.kept(
        "desk/_filters.html", choices, typed=chosen.words, tab=tab, places=places, unfolded=unfolded,
        filters=dataclasses.replace(chosen, words="", place=known),
    )  # fmt: skip


def readable(public_id: str) -> Need:
    """Return a need that the reader may see, or answer 404."""
    return Need.find(public_id, Need.visible_to(g.visitor.actor, Permission.READ_NEEDS))


def workable(public_id: str) -> Need:
    """Return a need that the reader may triage, or answer 404."""
    return Need.find(public_id, Need.visible_to(g.visitor.actor, Permission.TRIAGE))


def way_back(need: Need) -> str:
    """Return where a form of the desk leads: to the list it came from, else to the need's sheet."""
    back = request.form.get("back", "")
    inside = back.startswith("/desk?") or back == "/desk"
    return (
        back if inside and back.isprintable() and "\\" not in back else url_for("desk.show", public_id=need.public_id)
    )


@functools.cache
def _tabs(locale: str, root: str) -> list[tuple[Tab, str, Markup]]:
    return [(tab, url_for("desk.index", tab=tab.value), escape(sentences.label(tab))) for tab in Tab]


def tabs() -> list[tuple[Tab, str, Markup]]:
    """Return the heaps with their addresses and words, looked up once a process for each language."""
    return _tabs(g.visitor.locale, request.script_root)


def heaps(tab: Tab | None) -> dict[str, Any]:
    """Return the row of heaps with their counts."""
    return {"counts": desk.counts(g.visitor.actor), "tab": tab, "tabs": tabs()}
