"""Volunteers' hours for the official system: lists in the office's layout, and which rows were carried over when."""

from models.hour_lists.layout import (
    LONGEST,
    NEEDED,
    OWN,
    Column,
    HourLayout,
    Laid,
    Layout,
    LayoutOrigin,
    drop_layout,
    layout_of,
    set_layout,
)
from models.hour_lists.listing import HourList, ListRow, Told, list_of, months_open
from models.hour_lists.marking import lines_for, mark_reported, rows_of
from models.hour_lists.row import HourReport, HourReportLine, reported_days

__all__ = [
    "LONGEST",
    "NEEDED",
    "OWN",
    "Column",
    "HourLayout",
    "HourList",
    "HourReport",
    "HourReportLine",
    "Laid",
    "Layout",
    "LayoutOrigin",
    "ListRow",
    "Told",
    "drop_layout",
    "layout_of",
    "lines_for",
    "list_of",
    "mark_reported",
    "months_open",
    "reported_days",
    "rows_of",
    "set_layout",
]
