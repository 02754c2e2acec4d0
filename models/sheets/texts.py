"""Sheets that come as plain text: decoded in what Chinese offices write, split at what they separate with."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter

from models.base import Refused
from models.sheets.cells import UNPRINTABLE, clean
from models.sheets.table import Line, RowError, Sheet, column_letter

DELIMITERS = (",", "\t", ";")
LIMIT_KEYS = 200
_SAMPLE = 30
# Appended as a last record: if it does not come back alone, a quotation mark was left open and swallowed what follows.
_END = "\x02end"


def decoded(data: bytes) -> str:
    """Return the text of UTF-8, UTF-16 with a mark, or GB18030 bytes. Errors: file_unreadable."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
    else:
        text = _utf8_or_gb18030(data.removeprefix(b"\xef\xbb\xbf"))
    if len(UNPRINTABLE.findall(text)) * 10 > len(text):
        raise Refused("file_unreadable")
    return UNPRINTABLE.sub("", text)


def _utf8_or_gb18030(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        mended = data.decode("utf-8", errors="replace")
    # A few broken bytes in a UTF-8 text would still be valid GB18030, and all of its Chinese would turn to nonsense.
    broken = mended.count("\ufffd")
    if sum(1 for character in mended if character > "\x7f") > 20 * broken:
        return mended
    return data.decode("gb18030")


def read_csv(data: bytes, limit_rows: int) -> Sheet:
    """Read separated values; a line's number counts records, as a spreadsheet program numbers them."""
    text = decoded(data)
    if not text.endswith(("\n", "\r")):
        text += "\r\n"
    records = csv.reader(io.StringIO(f"{text}{_END}", newline=""), delimiter=_delimiter(text))
    lines: list[Line] = []
    widths: list[int] = []
    record: list[str] = []
    for number, record in enumerate(records, start=1):
        cells = [clean(cell) for cell in record]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            lines.append(Line(number, tuple(cells)))
            widths.append(len(record))
        if len(lines) > limit_rows + 2:
            raise Refused("file_too_large")
    if record != [_END]:
        raise Refused("file_unreadable")
    return Sheet("csv", tuple(lines[:-1]), _too_wide(lines[:-1], widths[:-1]))


def _too_wide(lines: list[Line], widths: list[int]) -> tuple[RowError, ...]:
    """A record longer than most betrays an unquoted separator, so that its cells lie under wrong names."""
    usual = max(Counter(widths).items(), key=lambda width: (width[1], width[0]), default=(0, 0))[0]
    return tuple(
        RowError(line.number, column_letter(usual), "more_cells_than_columns", line.cells[usual][:80])
        for line in lines
        if len(line.cells) > usual
    )


def _delimiter(text: str) -> str:
    """Return the separator under which most of the first records have the same number of cells, more than one."""

    def regularity(delimiter: str) -> tuple[int, int]:
        sample = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
        widths = Counter(len(record) for record, _ in zip(sample, range(_SAMPLE), strict=False) if len(record) > 1)
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    return max(DELIMITERS, key=regularity)


def read_jsonl(data: bytes, limit_rows: int) -> Sheet:
    """Read one object a line, their keys as header; a broken line is listed as line_broken and the others go on."""
    entries: list[tuple[int, dict[str, str]]] = []
    errors: list[RowError] = []
    for number, raw in enumerate(decoded(data).split("\n"), start=1):
        if not raw.strip():
            continue
        entry = _object(raw)
        if entry is None:
            errors.append(RowError(number, "", "line_broken", clean(raw)[:80]))
        else:
            entries.append((number, entry))
        if len(entries) + len(errors) > limit_rows:
            raise Refused("file_too_large")
    keys = tuple(dict.fromkeys(key for _, entry in entries for key in entry))
    if len(keys) > LIMIT_KEYS:
        raise Refused("file_too_large")
    lines = [Line(0, keys)] if keys else []
    lines += [Line(number, tuple(entry.get(key, "") for key in keys)) for number, entry in entries]
    return Sheet("jsonl", tuple(lines), tuple(errors))


def _object(raw: str) -> dict[str, str] | None:
    """Return the object of one line as texts; numbers keep the spelling they came in, so none is too large to hold.

    A list, an object or a yes-or-no is no text of a cell: the cell is empty, and whoever needs it says so.
    """
    try:
        entry = json.loads(raw, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry, dict) or not entry:
        return None
    return {clean(key): _text(value) for key, value in entry.items()}


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""
