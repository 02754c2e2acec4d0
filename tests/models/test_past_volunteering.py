"""What volunteers did before is read as far as it can be read honestly; the rest is named."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models import ledgers, past_volunteering
from models.accounts import actor_of
from models.ledgers import LedgerKind
from models.ledgers.volunteering import read_activity
from models.past_volunteering import HoursTold
from models.permissions import Permission
from models.sheets import Row
from tests.cast import Cast
from tests.models.test_ledgers import bring, drop

SHEET = Path(os.environ.get("LINLI_DATA") or Path(__file__).parents[3] / "shared" / "data") / "volunteer_activities.csv"


def told(**cells: str) -> tuple[set[str], Any]:
    usual = {"day": "2024-04-08", "title": "陪伴", "volunteers": "1", "hours": "3"}
    faults, one = read_activity(Row(2, usual | cells), date(2026, 1, 1))
    return {fault.key for fault in faults}, one


@pytest.mark.parametrize(
    ("cells", "keys", "minutes", "how"),
    [
        ({}, set(), 180, HoursTold.TOGETHER),
        ({"volunteers": "5"}, {"hours_unclear"}, 180, HoursTold.UNCLEAR),
        ({"volunteers": "10", "hours": "20"}, set(), 1200, HoursTold.TOGETHER),
        ({"volunteers": "5", "hours": "", "hours_each": "1.5小时"}, set(), 90, HoursTold.EACH),
        ({"volunteers": "5", "hours": "", "hours_together": "１５"}, set(), 900, HoursTold.TOGETHER),
        ({"hours": ""}, {"hours_missing"}, None, HoursTold.NONE),
        ({"hours": "半天"}, {"cell_unknown"}, None, HoursTold.NONE),
        ({"volunteers": "4", "student_n": "4", "hours": "13"}, {"parts_missing"}, 780, HoursTold.TOGETHER),
        ({"child_n": "2", "child_h": "4"}, {"parts_differ"}, 180, HoursTold.TOGETHER),
        ({"day": "", "year": "2024", "month": "4月"}, {"day_missing"}, 180, HoursTold.TOGETHER),
    ],
)
def test_hours_are_read_as_what_they_are(cells: dict[str, str], keys: set[str], minutes: Any, how: HoursTold) -> None:
    faults, one = told(**cells)
    assert (faults, one.minutes, one.told) == (keys, minutes, how)


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ({"title": ""}, "cell_empty"), ({"day": ""}, "month_missing"), ({"day": "2030-01-01"}, "time_in_future"),
        ({"day": "", "year": "2024", "month": "13"}, "month_wrong"),
    ],
)  # fmt: skip
def test_what_nobody_can_know_stays_outside(cells: dict[str, str], key: str) -> None:
    faults, one = told(**cells)
    assert key in faults and one is None


def test_an_untidy_monthly_sheet_is_read_as_far_as_honest(db: Any, cast: Cast) -> None:
    if not SHEET.exists():
        pytest.skip("the sheet of volunteer activities is not on this machine")
    one, clerk = drop(SHEET.read_bytes(), cast, SHEET.name), actor_of(cast.clerk)
    assert (one.kind, one.rows, one.added, one.outside) == (LedgerKind.VOLUNTEERING, 24, 23, 1)
    faults = ledgers.card(one, clerk).faults
    # The last line says neither what was done nor when; three months have no days; one line has its hours in sum only.
    assert {f.line for f in faults if not f.note} == {25}
    assert {"cell_empty", "day_missing", "parts_missing", "hours_unclear"} <= {f.key for f in faults}
    bring(one, cast)
    months = past_volunteering.months(clerk, Permission.READ_DASHBOARD)
    assert [(m.year, m.month, m.lines) for m in months] == [
        (2024, 5, 2), (2024, 4, 17), (2024, 3, 2), (2024, 2, 1), (2024, 1, 1),
    ]  # fmt: skip
    assert sum(m.unclear for m in months) == sum(1 + f.more for f in faults if f.key == "hours_unclear")
    assert drop(SHEET.read_bytes(), cast, "again.csv").added == 0
    one.undo(by=clerk)
    assert past_volunteering.lines(clerk, Permission.READ_DASHBOARD)[0] == []
