"""Lists that leave the house: an office opens them in its program, and nothing a resident typed may run there."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from models.base import SHANGHAI
from models.sheets.cells import clean

Cell = str | int | Decimal | date | datetime | None
LIMIT_TEXT = 32_767
_MEASURED = 200
_STARTS_FORMULA = "=+\\-@\t\r\uff1d\uff0b\uff0d\uff20"
# A formula may also begin where another program splits the line, or behind an opening quotation mark.
# The blanks and quotation marks before it are taken whole: else a cell full of them is walked through from each.
_FORMULA = re.compile(rf"(?<![ \"'])[ \"']*+(?=[{_STARTS_FORMULA}])")
_SPLITS = ",;|\n\t"
_FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\]")


def harmless(text: str) -> str:
    """Return the text with an apostrophe before every place where a spreadsheet program would begin a formula."""
    return _FORMULA.sub(_held, text)


def _held(found: re.Match[str]) -> str:
    before = found[0]
    begins = found.start() == 0 or found.string[found.start() - 1] in _SPLITS or '"' in before or "'" in before
    return f"{before}'" if begins else before


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the list as UTF-8 with a mark, all texts quoted and harmless, numbers as numbers, times Shanghai's."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([_harmless_cell(title) for title in columns])
    writer.writerows([_harmless_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the list as a workbook of one worksheet: frozen header, texts as texts, numbers as numbers."""
    out = io.BytesIO()
    import xlsxwriter  # noqa: PLC0415  # Only who writes a workbook waits for it.

    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet(_sheet_title(title))
        styles = {
            "header": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            # The apostrophe that the program itself keeps unseen: the cell stays a text when somebody edits it.
            "quoted": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
            "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
            "sum": book.add_format({"num_format": "#,##0.00", "valign": "top"}),
            "number": book.add_format({"num_format": "0", "valign": "top"}),
        }
        widths = [_width(name) for name in columns]
        for at, name in enumerate(columns):
            sheet.write_string(0, at, clean(name)[:LIMIT_TEXT], styles["header"])
        for number, row in enumerate(rows, start=1):
            for at, cell in enumerate(row):
                _put(sheet, styles, number, at, cell)
                if number <= _MEASURED and at < len(widths):
                    widths[at] = max(widths[at], _width(_shown(cell)))
        for at, width in enumerate(widths):
            sheet.set_column(at, at, min(max(width + 2, 8), 60))
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _put(sheet: Any, styles: dict[str, Any], line: int, at: int, cell: Cell) -> None:
    match cell:
        case None | "":
            return
        case str():
            text = clean(cell)[:LIMIT_TEXT]
            sheet.write_string(line, at, text, styles["quoted" if harmless(text) != text else "text"])
        case datetime():
            sheet.write_datetime(line, at, _local(cell), styles["time"])
        case date():
            sheet.write_datetime(line, at, cell, styles["day"])
        case Decimal():
            sheet.write_number(line, at, cell, styles["sum"])
        case int():
            sheet.write_number(line, at, int(cell), styles["number"])
        case _:
            raise TypeError(f"a list holds no {type(cell).__name__}")


def _harmless_cell(cell: Cell) -> str | int | Decimal:
    match cell:
        case int():
            return int(cell)
        case Decimal():
            return cell
        case None | str() | date():
            return harmless(clean(_shown(cell)))
    raise TypeError(f"a list holds no {type(cell).__name__}")


def _shown(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{_local(cell):%Y-%m-%d %H:%M:%S}"
    return "" if cell is None else str(cell)


def _local(moment: datetime) -> datetime:
    """Return the wall clock in Shanghai; a naive time is a mistake of ours, never of the reader."""
    if moment.tzinfo is None:
        raise ValueError("a naive time was about to be written")
    return moment.astimezone(SHANGHAI).replace(tzinfo=None)


def _width(text: str) -> int:
    longest = max(text.split("\n"), key=len)
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in longest)


def _sheet_title(title: str) -> str:
    """Return a name that the program accepts: 31 characters, no brackets, slashes, colons or quotes at the ends."""
    name = _FORBIDDEN_IN_TITLE.sub(" ", clean(title)).replace("\n", " ")[:31].strip("' ")
    return "Sheet1" if not name or name.casefold() == "history" else name
