"""The office's own paper, read and filled: placeholders are looked up, and nothing a template says is ever run."""

from __future__ import annotations

import copy
import io
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import docxtpl
from jinja2 import TemplateError, nodes
from jinja2.runtime import ChainableUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from models.base import Refused
from models.report_templates import PaperFormat, check_safe, format_of
from models.sheets import harmless

Value = str | int | Decimal
NAME = re.compile(r"\{\{\s*([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)\s*\}\}")
# The one loop that a template may hold, and what each turn of it is called.
ROWS, ROW = "stations", "station"
MOST_ROWS = 500
_HOLDS_DATA = (nodes.Template, nodes.Output, nodes.TemplateData)


@dataclass(frozen=True)
class Content:
    """What is filled in: values by the names of their placeholders, and the rows of the stations."""

    values: Mapping[str, Value]
    rows: Sequence[Mapping[str, Value]] = ()


class PaperEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox that knows names and one loop: no filter, no call, no sum, so that no template can do anything."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=ChainableUndefined, extensions=())
        self.used: list[str] = []

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        self.used += _names_of(tree)
        return tree


def _names_of(node: nodes.Node, *, inside: bool = False) -> list[str]:
    """Return the names that a template asks for. Errors: Refused("paper_does_things") for everything else."""
    if isinstance(node, nodes.Name | nodes.Getattr):
        return [_path(node)]
    if isinstance(node, nodes.For) and not inside and _plain(node):
        return [name for one in node.body for name in _names_of(one, inside=True)]
    if not isinstance(node, _HOLDS_DATA):
        raise Refused("paper_does_things")
    return [name for one in node.iter_child_nodes() for name in _names_of(one, inside=inside)]


def _path(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}.{node.attr}"
    if isinstance(node, nodes.Name):
        return node.name
    raise Refused("paper_does_things")


def _plain(loop: nodes.For) -> bool:
    named = isinstance(loop.iter, nodes.Name) and loop.iter.name == ROWS
    called = isinstance(loop.target, nodes.Name) and loop.target.name == ROW
    return named and called and not loop.else_ and loop.test is None and not loop.recursive


def used_names(kind: PaperFormat, data: bytes) -> list[str]:
    """Return the placeholders of a file, which is filled once on trial.

    Errors: Refused("paper_unreadable", "paper_does_things", "placeholder_unknown").
    """
    if kind == PaperFormat.XLSX:
        return [name for _, _, text in _texts(_book(data)) for name in NAME.findall(text)]
    names: list[str] = []
    _document(data, Content({}), names)
    return names


def filled(kind: PaperFormat, data: bytes, content: Content) -> bytes:
    """Return the file with everything filled in. Errors: as used_names."""
    if kind == PaperFormat.DOCX:
        return _document(data, content, [])
    book = _book(data)
    for sheet in book.worksheets:
        _repeat(sheet, content.rows[:MOST_ROWS])
    for cell, row, text in _texts(book):
        of_row = content.rows[row] if row is not None and row < len(content.rows) else {}
        _write(cell, text, {**content.values, **of_row})
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _document(data: bytes, content: Content, names: list[str]) -> bytes:
    house = PaperEnvironment()
    try:
        paper = docxtpl.DocxTemplate(io.BytesIO(data))
        paper.render({**_nested(content.values), ROWS: [_nested(row)[ROW] for row in content.rows]}, house,
                     autoescape=True)  # fmt: skip
        out = io.BytesIO()
        paper.save(out)
    except Refused:
        raise
    except TemplateError as error:
        raise Refused("placeholder_broken") from error
    # Readers of foreign formats fail in more ways than can be listed; to the clerk they are one: it cannot be read.
    except Exception as error:
        raise Refused("paper_unreadable") from error
    names += house.used
    return out.getvalue()


def _nested(values: Mapping[str, Value]) -> dict[str, Any]:
    """Return values as names with points reach them: {"need": {"received": 3}}."""
    tree: dict[str, Any] = {}
    for name, value in values.items():
        *path, last = name.split(".")
        branch = tree
        for step in path:
            branch = branch.setdefault(step, {})
        branch[last] = str(value)
    return tree


def _book(data: bytes) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import openpyxl  # noqa: PLC0415  # With it comes numpy: who reads no workbook waits for neither.

            return openpyxl.load_workbook(io.BytesIO(data), keep_vba=False, keep_links=False)
    except Exception as error:
        raise Refused("paper_unreadable") from error


def _texts(book: Any) -> Iterable[tuple[Any, int | None, str]]:
    """Yield every cell with a placeholder, and which station's row it lies in. Errors: Refused("placeholder_broken")."""
    for sheet in book.worksheets:
        of_rows = getattr(sheet, "linli_rows", {})
        for line in sheet.iter_rows():
            for cell in line:
                if not isinstance(cell.value, str) or ("{{" not in cell.value and "{%" not in cell.value):
                    continue
                if "{" in NAME.sub("", cell.value):
                    raise Refused("placeholder_broken")
                yield cell, of_rows.get(cell.row), cell.value


def _repeat(sheet: Any, rows: Sequence[Mapping[str, Value]]) -> None:
    """Repeat the line of a station for every station, with its look; what stands below moves down."""
    lines = [
        line[0].row
        for line in sheet.iter_rows()
        if any(isinstance(cell.value, str) and f"{{{{{ROW}." in cell.value.replace(" ", "") for cell in line)
    ]
    sheet.linli_rows = {}
    for line in reversed(lines):
        more = max(len(rows), 1) - 1
        sheet.linli_rows = {(at + more if at > line else at): n for at, n in sheet.linli_rows.items()}
        if more:
            _make_room(sheet, line, more)
        sheet.linli_rows |= {line + n: n for n in range(more + 1)}


def _make_room(sheet: Any, line: int, more: int) -> None:
    below = [one for one in list(sheet.merged_cells.ranges) if one.min_row > line]
    for one in below:
        sheet.unmerge_cells(str(one))
    sheet.insert_rows(line + 1, more)
    for one in below:
        one.shift(row_shift=more)
        sheet.merge_cells(str(one))
    for n in range(1, more + 1):
        sheet.row_dimensions[line + n].height = sheet.row_dimensions[line].height
        for cell in sheet[line]:
            twin = sheet.cell(line + n, cell.column, cell.value)
            twin._style = copy.copy(cell._style)


def _write(cell: Any, text: str, values: Mapping[str, Value]) -> None:
    """Put a number where the placeholder stands alone, else words; nothing of it becomes a formula."""
    alone = NAME.fullmatch(text.strip())
    value = values.get(alone[1], "") if alone else NAME.sub(lambda found: str(values.get(found[1], "")), text)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        if harmless(value) != value:
            cell.quotePrefix = True


def looked_through(name: str, data: bytes) -> list[str]:
    """Return the placeholders of a file that somebody brings, once it is known to be harmless.

    Errors: those of format_of, check_safe and used_names.
    """
    kind = format_of(name)
    check_safe(kind, data)
    return used_names(kind, data)
