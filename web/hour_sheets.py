"""A list of volunteers' hours as a workbook, in the layout of the office."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _

from models import sheets
from models.hour_lists import Column, Laid, ListRow, Told
from web.sentences import label


def heading(one: Laid) -> str:
    """Return what stands above a column."""
    return one.heading or label(one.column)


def remark(row: ListRow) -> str:
    """Return what a row tells about an earlier one; a new row tells nothing."""
    if row.told == Told.NEW:
        return ""
    return _("%(told)s: %(hours)s hours before", told=label(row.told), hours=row.hours_before)


def workbook(title: str, columns: Sequence[Laid], rows: Iterable[ListRow], community: str) -> bytes:
    """Return the list as a workbook whose texts cannot run."""
    lines = [[_cell(one, row, at, community) for one in columns] for at, row in enumerate(rows, start=1)]
    return sheets.write_xlsx(title, [heading(one) for one in columns], lines)


def _cell(one: Laid, row: ListRow, at: int, community: str) -> Any:
    values: dict[Column, Any] = {
        Column.NUMBER: at, Column.NAME: row.name, Column.VOLUNTEER_NO: row.number, Column.PHONE: row.phone,
        Column.GENDER: label(row.gender, "Gender") if row.gender else "", Column.ACTIVITY: row.activity,
        Column.DATE: row.on, Column.PLACE: row.place, Column.CONTENT: row.content, Column.BEGAN: row.began,
        Column.ENDED: row.ended, Column.HOURS: row.hours, Column.MINUTES: row.minutes,
        Column.ORGANIZER: row.organizer, Column.IN_CHARGE: row.in_charge, Column.COMMUNITY: community,
        Column.RULE: label(row.rule), Column.REMARK: remark(row), Column.REPORTED_ON: row.reported_on,
    }  # fmt: skip
    return values.get(one.column, one.text)
