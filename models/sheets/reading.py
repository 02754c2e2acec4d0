"""A file arrives from an office: whatever its kind and its faults, it becomes lines of text or a clear refusal."""

from __future__ import annotations

from models.base import Refused
from models.sheets.table import Line, RowError, Sheet, column_letter
from models.sheets.texts import read_csv, read_jsonl
from models.sheets.workbooks import read_workbook

LIMIT_BYTES = 64 * 1024 * 1024
LIMIT_ROWS = 50_000
LIMIT_COLUMNS = 200
# What a formula leaves in a cell when it failed, in every language of the program.
_FAILED = frozenset({"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"})
_SHOWN = 80


def read(name: str, data: bytes) -> Sheet:
    """Read an .xlsx, .csv or .jsonl file into lines of text; faults of single lines are listed, the other lines go on.

    The content decides before the name does. Limits: 64 MiB, 50,000 lines, 200 columns.
    Errors: file_empty, file_too_large, file_kind_unknown, file_unreadable.
    """
    if len(data) > LIMIT_BYTES:
        raise Refused("file_too_large")
    if not data.strip():
        raise Refused("file_empty")
    try:
        sheet = _by_kind(name, data)
    except Refused:
        raise
    # Parsers of foreign formats fail in more ways than can be listed; to the clerk they are one: it cannot be read.
    except Exception as error:
        raise Refused("file_unreadable") from error
    if not sheet.lines:
        raise Refused("file_unreadable" if sheet.errors else "file_empty")
    return Sheet(sheet.kind, *_examined(sheet), sheet.title, sheet.unread)


def _by_kind(name: str, data: bytes) -> Sheet:
    ending = name.rpartition(".")[2].casefold().strip()
    if data.startswith(b"PK\x03\x04"):
        return read_workbook(data, LIMIT_ROWS)
    if ending in ("jsonl", "ndjson"):
        return read_jsonl(data, LIMIT_ROWS)
    if ending in ("csv", "tsv", "txt"):
        return read_csv(data, LIMIT_ROWS)
    raise Refused("file_unreadable" if ending == "xlsx" else "file_kind_unknown")


def _examined(sheet: Sheet) -> tuple[tuple[Line, ...], tuple[RowError, ...]]:
    """Empty the cells that hold a failed formula, and list those and damaged texts."""
    if max(len(line.cells) for line in sheet.lines) > LIMIT_COLUMNS:
        raise Refused("file_too_large")
    errors = list(sheet.errors)
    lines = []
    for line in sheet.lines:
        cells = line.cells
        for at, cell in enumerate(cells):
            if cell in _FAILED:
                errors.append(RowError(line.number, column_letter(at), "cell_is_error", cell))
                cells = (*cells[:at], "", *cells[at + 1 :])
            elif "\ufffd" in cell:
                errors.append(RowError(line.number, column_letter(at), "text_damaged", cell[:_SHOWN]))
        lines.append(Line(line.number, cells))
    return tuple(lines), tuple(sorted(errors, key=lambda error: error.line))
