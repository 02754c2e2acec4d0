"""The office's own format: a workbook, opened without believing what it says about its size."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from models.base import Refused
from models.sheets.cells import clean
from models.sheets.table import Line, Sheet

LIMIT_UNPACKED = 64 * 1024 * 1024
LIMIT_PART = 16 * 1024 * 1024
LIMIT_CELLS = 2_000_000
# No program numbers its lines beyond this.
LAST_LINE = 1_048_576
_BLOCK = 1 << 20
LIMIT_MERGED = 100_000
_MERGE = re.compile(rb'<mergeCell [^<>]{0,200}?ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
# Column, first and last line.
Merged = tuple[int, int, int]


def read_workbook(data: bytes, limit_rows: int) -> Sheet:
    """Read the first visible worksheet that holds anything. Errors: file_kind_unknown, file_too_large."""
    _guard(data)
    # Programs leave extensions that the reader does not know and says so; nothing of it concerns the cells.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import openpyxl  # noqa: PLC0415  # With it comes numpy: who reads no workbook waits for neither.

        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            return _first_filled(book, limit_rows, data)
        finally:
            book.close()


def _guard(data: bytes) -> None:
    """Refuse an archive that is no workbook, or that would fill the memory once unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if not any(part.filename.startswith("xl/") for part in parts):
            raise Refused("file_kind_unknown")
        read_parts = [part for part in parts if not part.filename.startswith(("xl/media/", "xl/embeddings/"))]
        shared = [part for part in read_parts if part.filename.casefold() == "xl/sharedstrings.xml"]
        small = [part for part in read_parts if part not in shared and not part.filename.startswith("xl/worksheets/")]
        if (
            len(parts) > 2_000
            or sum(part.file_size for part in read_parts) > LIMIT_UNPACKED
            or any(part.file_size > LIMIT_PART for part in small)
        ):
            raise Refused("file_too_large")
        for part in shared:
            if _count(archive, part, b"<si") > LIMIT_CELLS:
                raise Refused("file_too_large")


def _count(archive: zipfile.ZipFile, part: zipfile.ZipInfo, mark: bytes) -> int:
    with archive.open(part) as stream:
        return sum(block.count(mark) for block in iter(lambda: stream.read(_BLOCK), b""))


def _first_filled(book: Any, limit_rows: int, data: bytes) -> Sheet:
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
    for at, worksheet in enumerate(visible):
        lines = tuple(_lines(worksheet, limit_rows))
        if lines:
            unread = tuple(other.title for other in visible[at + 1 :] if next(_lines(other, limit_rows), None))
            return Sheet("xlsx", spread(lines, _merged(data, worksheet)), (), worksheet.title, unread)
    return Sheet("xlsx", ())


def _merged(data: bytes, worksheet: Any) -> list[Merged]:
    """Return the cells of a worksheet that were merged downward: column, first and last line."""
    path = str(worksheet._worksheet_path).lstrip("/")
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(path) as stream:
        found: list[tuple[bytes, int, int]] = []
        rest = b""
        for block in iter(lambda: stream.read(_BLOCK), b""):
            text = rest + block
            found += [(one[1], int(one[2]), int(one[3])) for one in _MERGE.finditer(text)]
            if len(found) > LIMIT_MERGED:
                raise Refused("file_too_large")
            # A mark that the end of a block cuts in two is read with the next one.
            at = text.rfind(b"<mergeCell ")
            rest = text[at:] if at >= 0 and b">" not in text[at:] else text[-12:] if b"<" in text[-12:] else b""
    return [(_column_number(letters), first, last) for letters, first, last in found if first < last <= LAST_LINE]


def spread(lines: tuple[Line, ...], merged: list[Merged]) -> tuple[Line, ...]:
    """Write what stands in a cell that was merged downward into every line that it covers."""
    by_number = {line.number: line for line in lines}
    merged = [(column, first, min(last, lines[-1].number)) for column, first, last in merged]
    if sum(max(last - first, 0) for _, first, last in merged) > LIMIT_CELLS:
        raise Refused("file_too_large")
    for column, first, last in merged:
        top = by_number.get(first)
        if top is None or column >= len(top.cells) or not top.cells[column]:
            continue
        for number in range(first + 1, last + 1):
            line = by_number.get(number)
            # A line that holds nothing of its own is no entry, and stays none.
            if line is not None and not (line.cells[column] if column < len(line.cells) else ""):
                cells = line.cells + ("",) * (column + 1 - len(line.cells))
                by_number[number] = Line(number, (*cells[:column], top.cells[column], *cells[column + 1 :]))
    return tuple(by_number[line.number] for line in lines)


def _column_number(letters: bytes) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + letter - ord("A") + 1
    return at - 1


def _lines(worksheet: Any, limit_rows: int) -> Iterator[Line]:
    # The size written in the file is often wrong, and in a hostile one a trap.
    worksheet.reset_dimensions()
    found = seen = 0
    for number, values in enumerate(worksheet.iter_rows(values_only=True), start=1):
        seen += len(values)
        if number > LAST_LINE or seen > LIMIT_CELLS:
            raise Refused("file_too_large")
        cells = [_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            found += 1
            if found > limit_rows + 1:
                raise Refused("file_too_large")
            yield Line(number, tuple(cells))


def _text(value: object) -> str:
    """Return what the program would show: fifteen significant digits, days without an hour, TRUE and FALSE."""
    match value:
        case None:
            return ""
        case str():
            # The format spells a carriage return that was pasted into a cell like this.
            return clean(value.replace("_x000D_", ""))
        case bool():
            return str(value).upper()
        case float():
            return _number(value)
        case dt.datetime():
            return f"{value:%Y-%m-%d}" if value.time() == dt.time() else f"{value:%Y-%m-%d %H:%M:%S}"
        case dt.time():
            return f"{value:%H:%M:%S}"
        case dt.timedelta():
            seconds = round(value.total_seconds())
            return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return clean(str(value))


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".15g")
