"""A report in words and cells: what a page, a sheet, a workbook and a chat message write for the same figures."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from models import sheets
from models.base import now
from models.hours import hours_shown
from models.report_templates import ABOUT
from models.reports import BY_KIND, Amount, Book, Scope, Sheet, cell
from web import stencils
from web.filters import full_day
from web.sentences import label
from web.sentences.reports import named, period_words

NONE = "—"


def value(name: str, raw: int | None) -> int | Decimal | str:
    """Return a figure as a number for a sheet: hours, yuan, points; a dash where there is nothing to count."""
    if raw is None:
        return NONE
    one = cell(name)
    if one.amount == Amount.MINUTES:
        return hours_shown(raw)
    if one.amount == Amount.FEN:
        return Decimal(raw) / 100
    if one.amount in (Amount.MEAN, Amount.RATE):
        return Decimal(raw) / 10
    return raw


def shown(name: str, raw: int | None) -> str:
    """Return a figure as it is read: with commas, hours and points with one decimal, money with two."""
    found = value(name, raw)
    if isinstance(found, str):
        return found
    one = cell(name)
    if one.amount == Amount.FEN:
        return f"{found:,.2f}"
    return f"{found:,}" + ("%" if one.amount == Amount.RATE else "")


def written(figures: Mapping[str, int | None]) -> dict[str, str]:
    """Return all figures as they are read."""
    return {name: shown(name, raw) for name, raw in figures.items()}


def title(sheet: Sheet, here: Scope) -> str:
    """Return what the report is called."""
    period = period_words(here.period.code)
    return _("%(place)s: %(kind)s for %(period)s", place=here.name, kind=label(sheet.kind), period=period)


def about(sheet: Sheet, here: Scope) -> dict[str, str]:
    """Return the words of the report itself, for placeholders."""
    words = (
        here.name, period_words(here.period.code), here.period.first.isoformat(),
        here.period.last.isoformat(), title(sheet, here), full_day(now()),
    )  # fmt: skip
    return dict(zip(ABOUT, words, strict=True))


def content(sheet: Sheet, here: Scope) -> stencils.Content:
    """Return what a template is filled with."""
    values: dict[str, Any] = {**about(sheet, here), **{n: value(n, raw) for n, raw in sheet.figures.items()}}
    rows = []
    for number, one in enumerate(sheet.stations, 1):
        row: dict[str, Any] = {
            "station.number": number, "station.community": one.community,
            "station.organization": one.organization or _("The committee itself"),
        }  # fmt: skip
        row |= {f"station.{name}": value(name, raw) for name, raw in one.figures.items()}
        rows.append(row)
    return stencils.Content(values, rows)


def workbook(sheet: Sheet, here: Scope) -> bytes:
    """Return the report as a workbook: a line for each figure, or for each station."""
    if sheet.stations:
        names = [one.name for one in BY_KIND[sheet.kind]]
        heads = [_("Community"), _("Who serves"), *(named(name) for name in names)]
        rows = [
            [one.community, one.organization or _("The committee itself"),
             *(value(name, one.figures[name]) for name in names)]
            for one in sheet.stations
        ]  # fmt: skip
        rows.append([_("All together"), "", *(value(name, sheet.figures[name]) for name in names)])
        return sheets.write_xlsx(label(sheet.kind), heads, rows)
    lines = [[named(name), value(name, raw), name] for name, raw in sheet.figures.items()]
    return sheets.write_xlsx(title(sheet, here), [_("Figure"), _("Value"), _("Placeholder")], lines)


def sorts(sheet: Sheet, kind: str) -> list[tuple[str, str]]:
    """Return the tiles or fields under which anything happened, by their key and their word."""
    found: dict[str, str] = {}
    for name, raw in sheet.figures.items():
        one = cell(name)
        value = {"tile": one.tile, "field": one.field}[kind]
        if value and raw and one.book == Book.NEEDS:
            found[value.value.lower()] = label(value)
    return list(found.items())
