"""A sheet as a clerk sees it: title rows, one row of column names, the entries below, each with its line number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

HEADER_WITHIN = 15
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_DECORATION = re.compile(r"[\s*:_\-.]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet as it lies there; the number is the one that the person sees beside it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: its line number and its cells by column."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one line; the key names the sentence, the value is what stood there."""

    line: int
    field: str
    key: str
    value: str = ""


@dataclass(frozen=True)
class Header:
    """Which line holds the column names, which column serves which field, and what was not recognized."""

    index: int
    columns: dict[str, int]
    leftover: dict[str, int]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """Everything read from one file; `unread` names further worksheets that hold something and were not read."""

    kind: str
    lines: tuple[Line, ...]
    errors: tuple[RowError, ...] = ()
    title: str = ""
    unread: tuple[str, ...] = ()

    @cached_property
    def plain(self) -> Header:
        """The header as its shape shows it: the first line nearly as full as the fullest one."""
        return find_header(self.lines, {})

    @cached_property
    def header(self) -> tuple[str, ...]:
        """The column names as written in the file."""
        return tuple(self.plain.leftover)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The entries, their cells under the names written in the file."""
        return self.under(self.plain)

    def under(self, header: Header) -> tuple[Row, ...]:
        """Return the entries below a header, cells under field names first, then under the leftover titles."""
        places = {**header.leftover, **header.columns}
        titles = self.lines[header.index].cells if self.lines else ()
        return tuple(
            Row(line.number, {name: _cell(line.cells, at) for name, at in places.items()})
            for line in self.lines[header.index + 1 :]
            # Printed exports repeat the header on every page.
            if line.cells != titles
        )


def find_header(lines: Sequence[Line], wanted: Mapping[str, Sequence[str]]) -> Header:
    """Return the header found by meaning: the line among the first fifteen that names most of the wanted fields.

    `wanted` maps a field to the names it is known by, the likeliest first. Where no line names any, the shape decides.
    """
    top = lines[:HEADER_WITHIN]
    matches = [_match(line.cells, wanted) for line in top]
    index = max(range(len(top)), key=lambda at: (len(matches[at]), -at), default=0)
    if top and not matches[index]:
        index = _fullest(top)
    columns = matches[index] if top else {}
    missing = tuple(field for field in wanted if field not in columns)
    return Header(index, columns, _leftover(lines, index, set(columns.values()), set(wanted)), missing)


def column_letter(at: int) -> str:
    """Return the letters that a spreadsheet shows above a column: A for 0, AA for 26."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _cell(cells: tuple[str, ...], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _fullest(lines: Sequence[Line]) -> int:
    filled = [sum(1 for cell in line.cells if cell) for line in lines]
    return next((at for at, count in enumerate(filled) if count >= 0.8 * max(filled)), 0)


def _match(cells: Sequence[str], wanted: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Give each field the first free column that bears one of its names, as written or without brackets."""
    found: dict[str, int] = {}
    for name_of in (_plain_name, _bare_name):
        by_name: dict[str, int] = {}
        for at, cell in enumerate(cells):
            if cell and at not in found.values():
                by_name.setdefault(name_of(cell), at)
        for field, names in wanted.items():
            hits = (by_name.get(name_of(name)) for name in (*names, field))
            at_hit = next((at for at in hits if at is not None and at not in found.values()), None)
            if field not in found and at_hit is not None:
                found[field] = at_hit
    return found


def _plain_name(title: str) -> str:
    return _DECORATION.sub("", unicodedata.normalize("NFKC", title).casefold())


def _bare_name(title: str) -> str:
    bare = _IN_BRACKETS.sub("", unicodedata.normalize("NFKC", title))
    return _plain_name(bare) or _plain_name(title)


def _leftover(lines: Sequence[Line], index: int, taken: set[int], reserved: set[str]) -> dict[str, int]:
    """Name the columns that no field took; a nameless or doubled one gets its letter, so that no cell is lost."""
    names = lines[index].cells if lines else ()
    filled = {at for line in lines[index:] for at, cell in enumerate(line.cells) if cell}
    titles: dict[str, int] = {}
    for at in sorted(filled - taken):
        title = _cell(names, at) or column_letter(at)
        while title in titles or title in reserved:
            title = f"{title} ({column_letter(at)})"
        titles[title] = at
    return titles
