"""Sheets are how offices keep their lists: read here as text, written so that nothing in them runs."""

from models.sheets.cells import (
    clean,
    fold,
    one_line,
    parse_day,
    parse_fen,
    parse_int,
    parse_phone,
    parse_sum,
    parse_when,
)
from models.sheets.reading import read
from models.sheets.table import Header, Line, Row, RowError, Sheet, column_letter, find_header
from models.sheets.writing import Cell, harmless, write_csv, write_xlsx

__all__ = [
    "Cell",
    "Header",
    "Line",
    "Row",
    "RowError",
    "Sheet",
    "clean",
    "column_letter",
    "find_header",
    "fold",
    "harmless",
    "one_line",
    "parse_day",
    "parse_fen",
    "parse_int",
    "parse_phone",
    "parse_sum",
    "parse_when",
    "read",
    "write_csv",
    "write_xlsx",
]
