"""Volunteers' time: each record comes from attendance, follows a named rule, and is approved before it counts."""

from models.volunteering.correcting import CorrectionState, HourCorrection, corrections_for, count_corrections
from models.volunteering.reading import (
    Mine,
    Proposable,
    RecordLine,
    counted_between,
    counted_minutes,
    export_rows,
    find_presences,
    find_records,
    lines_for,
    my_hours,
    my_minutes,
    proposable,
    waiting_for,
)
from models.volunteering.row import HourRecord, HourRule

__all__ = [
    "CorrectionState",
    "HourCorrection",
    "HourRecord",
    "HourRule",
    "Mine",
    "Proposable",
    "RecordLine",
    "corrections_for",
    "count_corrections",
    "counted_between",
    "counted_minutes",
    "export_rows",
    "find_presences",
    "find_records",
    "lines_for",
    "my_hours",
    "my_minutes",
    "proposable",
    "waiting_for",
]
