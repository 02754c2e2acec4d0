"""Needs that are taken along as a sheet: masked unless two people wanted it otherwise, counted, written in the diary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select

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


def masked(text: str | None, name: str | None = None) -> str:
    """Return a text with every number of seven digits or more, and somebody's name, blotted out."""
    text = text or ""
    if name and len(name) > 1:
        text = text.replace(name, ciphers.mask_name(name))
    return NUMBER.sub("****", text)


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
    query = desk.selected(by, tab, filters, Permission.EXPORT_NEEDS)
    rows = rows_of(query)
    codes = {name: getattr(filters, name) for name in ("tile", "field", "kind", "color")}
    record(
        "need_export.take",
        by=by,
        about=[],
        details={"rows": len(rows), "tab": tab, "as": kind, "masked": True, **codes},
    )
    return Export(rows)


def rows_of(query: Select[Any], *, hidden: bool = True) -> list[tuple[str | datetime | None, ...]]:
    """Return needs as rows of a sheet; what points at somebody is hidden unless two people wanted it otherwise."""
    needs = db.session.scalars(query.order_by(Need.id).execution_options(yield_per=AT_ONCE)).all()
    people = people_of([need.author_person_id for need in needs if need.author_person_id])
    places = {row.id: row.name for row in db.session.execute(select(Place.id, Place.name))}
    row = _masked_row if hidden else _full_row
    return [row(need, people.get(need.author_person_id or 0, ("", "")), places) for need in needs]


def people_of(ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return the names and numbers of people, in full."""
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(ids), AT_ONCE):
        query = select(Person).where(Person.id.in_(ids[start : start + AT_ONCE]))
        found |= {one.id: (one.name, one.phone or "") for one in db.session.scalars(query)}
    return found


def masked_code(text: str | None) -> str:
    """Return the sender's code of an author; where the sender wrote a name instead, it is masked."""
    return text if text and text.isascii() and any(one.isdigit() for one in text) else ciphers.mask_name(text)


def _masked_row(need: Need, author: tuple[str, str], places: dict[int, str]) -> tuple[str | datetime | None, ...]:
    name, phone = author
    return _in_order(need, {
        "community": places.get(need.community_id), "title": masked(need.title, name), "text": masked(need.text, name),
        "place": places.get(need.courtyard_id or 0) or ciphers.mask_address(need.place_detail or ""),
        "author": ciphers.mask_name(name) or masked_code(need.author_code), "phone": ciphers.mask_phone(phone),
        "answer_text": masked(need.answer_text, name),
    })  # fmt: skip


def _full_row(need: Need, author: tuple[str, str], places: dict[int, str]) -> tuple[str | datetime | None, ...]:
    where = " ".join(filter(None, (places.get(need.courtyard_id or 0), need.place_detail)))
    return _in_order(need, {
        "community": places.get(need.community_id), "place": where, "author": author[0] or need.author_code,
        "phone": author[1],
    })  # fmt: skip


def _in_order(need: Need, special: dict[str, Any]) -> tuple[str | datetime | None, ...]:
    return tuple(special[name] if name in special else getattr(need, name) for name in COLUMNS)
