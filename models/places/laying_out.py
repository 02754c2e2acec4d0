"""Grids and courtyards of a community, typed or pasted as a list: one courtyard a line, with its grid before it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from models.base import Refused, db
from models.events import Doer, record
from models.places.row import CourtyardType, Place, PlaceKind

MOST_LINES = 300
LONGEST = 60
MOST_HOUSEHOLDS = 99_999
APART = re.compile(r"[\t,，;；|、]")
# How offices write the four kinds of compound, longest word first.
KINDS = (
    ("自治", CourtyardType.SELF_GOVERNED), ("自管", CourtyardType.SELF_GOVERNED), ("老旧", CourtyardType.SELF_GOVERNED),
    ("单位", CourtyardType.WORK_UNIT), ("家属", CourtyardType.WORK_UNIT),
    ("物业", CourtyardType.PROPERTY_MANAGED), ("商品房", CourtyardType.PROPERTY_MANAGED),
    ("散居", CourtyardType.RURAL_SCATTERED), ("农村", CourtyardType.RURAL_SCATTERED),
    ("self", CourtyardType.SELF_GOVERNED), ("unit", CourtyardType.WORK_UNIT),
    ("propert", CourtyardType.PROPERTY_MANAGED), ("rural", CourtyardType.RURAL_SCATTERED),
)  # fmt: skip
TITLES = frozenset({"网格", "网格名称", "grid"})


@dataclass(frozen=True)
class YardLine:
    """A line of the list: the grid, and the courtyard in it where the line names one."""

    number: int
    grid: str
    name: str = ""
    households: int | None = None
    kind: CourtyardType | None = None


@dataclass(frozen=True)
class LaidOut:
    """What the list entered: new grids, new courtyards, and those that stood there already."""

    grids: int
    courtyards: int
    unchanged: int


def read_layout(text: str) -> tuple[list[YardLine], list[tuple[int, str]]]:
    """Read a list of `grid, courtyard, households, kind`, and say which lines cannot be read and why.

    A line without a grid lies in the grid of the line above; a line of a grid alone enters the grid. Pure.
    """
    lines, faults, grid = list[YardLine](), list[tuple[int, str]](), ""
    for number, raw in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in APART.split(raw)] + ["", "", "", ""]
        if not raw.strip() or (number == 1 and cells[0].casefold() in TITLES):
            continue
        grid = cells[0] or grid
        found = _line(number, grid, cells)
        if isinstance(found, str):
            faults.append((number, found))
        else:
            lines.append(found)
    if not lines and not faults:
        faults.append((1, "list_empty"))
    if len(lines) > MOST_LINES:
        faults.append((MOST_LINES + 1, "list_too_long"))
    return lines, faults


def _line(number: int, grid: str, cells: list[str]) -> YardLine | str:
    """Return what a line says, or the key of what is wrong with it."""
    _grid, name, households, kind = cells[:4]
    if not grid:
        return "grid_missing"
    if max(len(grid), len(name)) > LONGEST:
        return "name_too_long"
    if not name:
        return "courtyard_missing" if households or kind else YardLine(number, grid)
    digits = re.sub(r"户$", "", households)
    if digits and not (digits.isdecimal() and int(digits) <= MOST_HOUSEHOLDS):
        return "households_unreadable"
    known = next((one for word, one in KINDS if word in kind.lower()), None)
    if kind and known is None:
        return "kind_unknown"
    return YardLine(number, grid, name, int(digits) if digits else None, known)


def lay_out(community: Place, lines: Iterable[YardLine], *, by: Doer) -> LaidOut:
    """Enter the grids and courtyards of a list; one that is there already only gains what it lacked.

    The same list twice changes nothing. Codes follow that of the community. Errors: Refused("place_needed").
    """
    if community.kind != PlaceKind.COMMUNITY:
        raise Refused("place_needed")
    there = list(db.session.scalars(select(Place).where(Place.community_id == community.id).order_by(Place.id)))
    grids = {one.name: one for one in there if one.kind == PlaceKind.GRID}
    yards = {(one.parent_id, one.name): one for one in there if one.kind == PlaceKind.COURTYARD}
    codes = set(db.session.scalars(select(Place.code).where(Place.code.startswith(f"{community.code}-"))))
    new: list[Place] = []
    unchanged = 0
    for line in lines:
        grid = grids.get(line.grid)
        if grid is None:
            code = _next(f"{community.code}-G", codes)
            grid = grids[line.grid] = Place._add(PlaceKind.GRID, code, line.grid, community)
            new.append(grid)
        if not line.name:
            continue
        yard = yards.get((grid.id, line.name))
        if yard is None:
            code = _next(f"{community.code}-Y", codes)
            yard = yards[grid.id, line.name] = Place._add(PlaceKind.COURTYARD, code, line.name, grid)
            new.append(yard)
        else:
            unchanged += 1
        yard.households = line.households if yard.households is None else yard.households
        yard.courtyard_type = yard.courtyard_type or line.kind
    entered = [one.kind for one in new]
    done = LaidOut(entered.count(PlaceKind.GRID), entered.count(PlaceKind.COURTYARD), unchanged)
    record(
        "place.lay_out", by=by, about=[community, *new], community_id=community.id,
        details={"grids": done.grids, "courtyards": done.courtyards, "unchanged": done.unchanged},
    )  # fmt: skip
    return done


def _next(stem: str, codes: set[str]) -> str:
    """Return the next free code that begins so, and take it."""
    code = next(code for n in range(1, 10_000) if (code := f"{stem}{n:02d}") not in codes)
    codes.add(code)
    return code
