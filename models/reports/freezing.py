"""What is handed in stays as it was: the figures with their counts, and the corrections that later records make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models.base import db
from models.organizations import Organization
from models.places import Place
from models.reports import counting
from models.reports.books import Scope, Station
from models.reports.cells import BY_KIND, Book, ReportKind, cell
from models.reports.counting import Figures


@dataclass(frozen=True)
class StationRow:
    """A station with its figures: the organization in its community, or the committee itself."""

    community: str
    community_public_id: str
    organization: str
    organization_public_id: str
    figures: Figures


@dataclass(frozen=True)
class Sheet:
    """A report counted or as it was frozen: figures by the names of cells, and stations where it has any."""

    kind: ReportKind
    figures: Figures
    stations: tuple[StationRow, ...] = ()


@dataclass(frozen=True)
class Correction:
    """A figure that later changes of its records have moved: as it was handed in, and as it is now (更正)."""

    name: str
    was: int | None
    now: int | None


def count(kind: ReportKind, here: Scope) -> Sheet:
    """Return the report of this moment."""
    if kind == ReportKind.MONTHLY:
        return Sheet(kind, counting.monthly(here)[0])
    total, rows = counting.stations(here)
    named = _named([one for one, _ in rows])
    return Sheet(kind, total, tuple(StationRow(*named[one], figures) for one, figures in rows))


def _named(stations: list[Station]) -> dict[Station, tuple[str, str, str, str]]:
    organizations = {one.organization_id for one in stations if one.organization_id}
    names = select(Organization.id, Organization.name, Organization.public_id)
    of = {row.id: row for row in db.session.execute(names.where(Organization.id.in_(organizations)))}
    places = select(Place.id, Place.name, Place.public_id)
    at = {row.id: row for row in db.session.execute(places.where(Place.id.in_({x.community_id for x in stations})))}
    found = {}
    for one in stations:
        place, organization = at[one.community_id], of.get(one.organization_id or 0)
        whom = (organization.name, organization.public_id) if organization else ("", "")
        found[one] = (place.name, place.public_id, *whom)
    return found


def frozen(kind: ReportKind, here: Scope) -> dict[str, Any]:
    """Return a report as it is kept in its row: whole counts only, so that everything shown can be worked out again."""
    sheet = count(kind, here)
    rows = [
        [one.community, one.community_public_id, one.organization, one.organization_public_id, one.figures]
        for one in sheet.stations
    ]
    return {"figures": sheet.figures, "stations": rows}


def thawed(kind: ReportKind, kept: Mapping[str, Any]) -> Sheet:
    """Return the report as it was handed in; a figure that came later than the report is not in it."""
    figures: Figures = {one.name: kept["figures"].get(one.name) for one in BY_KIND[kind]}
    return Sheet(kind, figures, tuple(StationRow(*row) for row in kept["stations"]))


def corrections(was: Sheet, now: Sheet) -> list[Correction]:
    """Return the figures that are others now. What people say is left out: two means side by side tell of single ones.

    A figure that came later than the report was never handed in, so it cannot be corrected. Source: decisions.md 23.
    """
    return [
        Correction(name, value, now.figures[name])
        for name, value in was.figures.items()
        if cell(name).book != Book.VOICES
        and value != now.figures[name]
        and (value is not None or cell(name).book == Book.CALLBACKS)
    ]
