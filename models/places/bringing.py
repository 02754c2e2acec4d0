"""A city's list of districts, streets and communities, brought in at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from models.base import db
from models.events import Doer, record
from models.places.row import CODE, LEVELS, Place

# No page takes a longer one.
LONGEST_NAME = 60
IMPORT_COLUMNS = ("district_code", "district", "street_code", "street", "community_code", "community")


@dataclass(frozen=True)
class Brought:
    """What an import of places did."""

    added: int
    unchanged: int
    errors: tuple[tuple[int, str, str], ...]


def bring_all(rows: Iterable[tuple[int, dict[str, str]]], *, by: Doer) -> Brought:
    """Enter districts, streets and communities of a list; a code that is known stays as it is.

    A row is its line number and its cells by IMPORT_COLUMNS; a faulty line is named and left out.
    Source: domain/checklist.md 71; the same file twice changes nothing.
    """
    known = {place.code: place for place in db.session.scalars(select(Place))}
    added: list[Place] = []
    unchanged, errors = 0, []
    for line, cells in rows:
        cells = {name: unicodedata.normalize("NFKC", value).strip() for name, value in cells.items()}
        fault = _fault(cells) or _elsewhere(cells, known)
        if fault:
            errors.append((line, *fault))
            continue
        parent: Place | None = None
        before = len(added)
        for kind in LEVELS[:3]:
            code, name = cells[f"{kind.value.lower()}_code"], cells[kind.value.lower()]
            if code not in known:
                known[code] = Place._add(kind, code, name, parent)
                added.append(known[code])
            parent = known[code]
        unchanged += len(added) == before
    if added:
        record("place.bring_all", by=by, about=added, details={"added": len(added), "unchanged": unchanged})
    return Brought(len(added), unchanged, tuple(errors))


def _fault(cells: dict[str, str]) -> tuple[str, str] | None:
    """Say which cell of a line cannot be right."""
    for column in IMPORT_COLUMNS:
        value = cells.get(column, "")
        if not value:
            return column, "cell_empty"
        if column.endswith("_code") and not CODE.fullmatch(value):
            return column, "code_invalid"
        if len(value) > LONGEST_NAME:
            return column, "cell_too_long"
    return None


def _elsewhere(cells: dict[str, str], known: Mapping[str, Place]) -> tuple[str, str] | None:
    """Say which code is known already as a place of another level, or below another place."""
    above: Place | None = None
    for kind in LEVELS[:3]:
        column = f"{kind.value.lower()}_code"
        place = known.get(cells[column])
        if place is not None and (place.kind != kind or place.parent_id != (above.id if above else None)):
            return column, "place_elsewhere"
        above = place
    return None
