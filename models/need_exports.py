"""Needs that are taken along as a sheet: masked, counted, and written in the diary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from models import ciphers, desk
from models.base import Refused, db
from models.desk import Filters, Tab
from models.events import record
from models.needs import Need
from models.people import Person
from models.permissions import Permission
from models.places import Place

if TYPE_CHECKING:
    from models.accounts import Actor

MOST, AT_ONCE = 50_000, 1000
COLUMNS = (
    "ticket_no", "external_no", "community", "place", "title", "text", "tile", "kind", "field", "urgency", "state",
    "source", "author", "phone", "raised_at", "accepted_at", "answer_due_at", "external_due_at", "answered_at",
    "answer_text",
)  # fmt: skip
# The columns whose codes are shown in the reader's words, with the enum they belong to.
WORDS = {
    "tile": "Tile", "kind": "Kind", "field": "Field", "urgency": "Urgency", "state": "NeedState", "source": "Source",
}  # fmt: skip
# Whoever writes a number into a text means us, not those to whom the sheet is passed on.
NUMBER = re.compile(r"\d[\d \-]{5,}\d[Xx]?")


@dataclass(frozen=True)
class Export:
    """The rows of a sheet in the order of COLUMNS."""

    rows: list[tuple[str | datetime | None, ...]]


def masked(text: str | None) -> str:
    """Return a text with every number of seven digits or more blotted out."""
    return NUMBER.sub("****", text or "")


def count(actor: Actor, tab: Tab, filters: Filters) -> int:
    """Return how many needs a sheet would hold."""
    query = desk.selected(actor, tab, filters, Permission.EXPORT_NEEDS)
    return db.session.scalar(select(func.count()).select_from(query.with_only_columns(Need.id).subquery())) or 0


def take(tab: Tab, filters: Filters, *, kind: str, by: Actor) -> Export:
    """Return the needs of a heap of the desk as rows with masked names and numbers, and note that they were taken.

    Errors: Refused("export_too_large", "nothing_to_export"). Source: reliability.md 57, 58; R97.
    """
    number = count(by, tab, filters)
    if not number:
        raise Refused("nothing_to_export")
    if number > MOST:
        raise Refused("export_too_large", most=MOST)
    query = desk.selected(by, tab, filters, Permission.EXPORT_NEEDS).order_by(Need.id)
    rows = _rows(db.session.scalars(query.execution_options(yield_per=AT_ONCE)).all())
    codes = {name: getattr(filters, name) for name in ("tile", "field", "kind", "color")}
    record(
        "need_export.take",
        by=by,
        about=[],
        details={"rows": len(rows), "tab": tab, "as": kind, "masked": True, **codes},
    )
    return Export(rows)


def _rows(needs: Sequence[Need]) -> list[tuple[str | datetime | None, ...]]:
    people = _people([need.author_person_id for need in needs if need.author_person_id])
    places = {row.id: row.name for row in db.session.execute(select(Place.id, Place.name))}
    return [_row(need, people.get(need.author_person_id or 0, ("", "")), places) for need in needs]


def _people(ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return the masked names and numbers of people."""
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(ids), AT_ONCE):
        query = select(Person).where(Person.id.in_(ids[start : start + AT_ONCE]))
        for one in db.session.scalars(query):
            found[one.id] = ciphers.mask_name(one.name), ciphers.mask_phone(one.phone or "") if one.phone else ""
    return found


def _code(text: str | None) -> str:
    """Return the sender's code of an author; where the sender wrote a name instead, it is masked."""
    return text if text and text.isascii() and any(one.isdigit() for one in text) else ciphers.mask_name(text)


def _row(need: Need, author: tuple[str, str], places: dict[int, str]) -> tuple[str | datetime | None, ...]:
    special: dict[str, Any] = {
        "community": places.get(need.community_id), "title": masked(need.title), "text": masked(need.text),
        "place": places.get(need.courtyard_id or 0) or ciphers.mask_address(need.place_detail or ""),
        "author": author[0] or _code(need.author_code), "phone": author[1], "answer_text": masked(need.answer_text),
    }  # fmt: skip
    return tuple(special[name] if name in special else getattr(need, name) for name in COLUMNS)
