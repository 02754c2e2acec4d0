"""The ledger of volunteer activities: a monthly sheet, read as far as it can be read honestly."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from models import sheets
from models.base import db, now, opaque, today
from models.events import Doer
from models.ledgers.kinds import Keeper, LedgerKind, Outcome, Reading, Work
from models.past_volunteering import HoursTold, PastActivity
from models.permissions import Permission
from models.places import Place
from models.sheets import Cell, Row, RowError

if TYPE_CHECKING:
    from models.ledgers.row import Ledger

SAMPLE = 8
# Nobody serves longer than this on one day: more hours than that are those of several people.
LONGEST_DAY = 12 * 60
PARTS = ("child", "parent", "student", "teacher", "public")
NAMES = {"child": "儿童", "parent": "家长", "student": "学生", "teacher": "教师", "public": "社会"}
GRAVE = frozenset({"cell_empty", "month_missing", "month_wrong", "time_in_future"})
_HOURS = re.compile(r"(\d{1,6})(?:\.(\d{1,2}))?\s*(?:个?小时|时|h|H)?")


@dataclass(frozen=True)
class Told:
    """One line as it will be kept."""

    line: int
    year: int
    month: int
    day: date | None
    title: str
    sort: str
    place: str
    volunteers: int | None
    minutes: int | None
    told: HoursTold
    served: int | None
    mark: str = field(default="", compare=False)

    @property
    def said(self) -> str:
        """Return everything that tells this line from others."""
        return repr((self.year, self.month, self.day, self.title, self.sort, self.place, self.volunteers, self.minutes,
                     self.served))  # fmt: skip


class Volunteering(Keeper):
    """Activities of volunteers in the past; persons have no names in it, so that it is in nobody's hours."""

    kind = LedgerKind.VOLUNTEERING
    permission = Permission.EDIT_PEOPLE
    columns = {
        "day": ("活动日期", "服务日期", "日期", "activity_date"), "year": ("年", "年份", "year"),
        "month": ("月", "月份", "month"), "title": ("活动名称", "活动主题", "服务内容", "activity_name"),
        "sort": ("活动类型", "服务类型", "类别", "activity_type"), "place": ("活动地点", "服务点", "地点", "center"),
        "volunteers": ("志愿者人数", "志愿者人次", "参与人数", "人数", "vol_n"),
        "hours": ("时长", "服务时长", "志愿服务时长", "vol_hours"), "hours_together": ("总时长", "总人时", "合计时长", "人时"),
        "hours_each": ("每人时长", "人均时长", "单次时长"), "served": ("服务人次", "受益人次", "visits_sum"),
        **{f"{part}_n": (f"{NAMES[part]}志愿者人数", f"vol_{part}_n") for part in PARTS},
        **{f"{part}_h": (f"{NAMES[part]}志愿者时长", f"vol_{part}_h") for part in PARTS},
    }  # fmt: skip
    hints = {"day": ("活动日期", "服务日期"), "title": ("活动名", "内容"), "volunteers": ("志愿者数",)}
    needed = (("title", "sort"), ("day", "month"), ("volunteers", "hours", "hours_together", "hours_each"))
    signs = ("志愿活动", "志愿服务活动", "志愿服务记录", "月报", "volunteer_activities")
    words = "VolunteeringColumn"
    most = 2_000
    leaving = ("day", "year", "month", "title", "sort", "place", "volunteers", "hours", "served")

    def is_note(self, fault: RowError) -> bool:
        """Tell whether a line comes in in spite of a fault."""
        return fault.key not in GRAVE and fault.key not in ("more_cells_than_columns", "line_broken")

    def read(self, community: Place, rows: Sequence[Row]) -> Reading:
        """Read the lines; a line that says the same as one that is kept already changes nothing."""
        known = set(db.session.scalars(select(PastActivity.mark).where(PastActivity.community_id == community.id)))
        faults: list[RowError] = []
        new: list[tuple[str, Told]] = []
        times: Counter[str] = Counter()
        unchanged = 0
        for row in rows:
            wrong, told = read_activity(row, today())
            if told is not None:
                # The same words twice in one sheet are two activities, the first and the second of them.
                times[told.said] += 1
                mark = hashlib.sha256(f"{told.said}{times[told.said]}".encode()).hexdigest()
                if mark in known:
                    unchanged += 1
                    continue
                new.append((mark, told))
            faults += wrong
        return Reading(new, (), unchanged, faults, [(one.line, _shown(one)) for _, one in new[:SAMPLE]])

    def begin(self, ledger: Ledger, *, by: Doer) -> Work:
        """Prepare to write the activities down; a part of the verb that brings a ledger in."""
        return Writing(ledger)

    def give_up(self, ledger: Ledger) -> None:
        """Do nothing: activities come in by the last transaction alone, whole or not at all."""

    def take_back(self, ledger: Ledger) -> tuple[list[tuple[str, int]], int]:
        """Take every activity of the ledger back: nobody works on what is past."""
        mine = select(PastActivity.id).where(PastActivity.ledger_id == ledger.id)
        ids = list(db.session.scalars(mine))
        db.session.execute(delete(PastActivity).where(PastActivity.ledger_id == ledger.id))
        return [], ledger.added - len(ids)

    def leaves(self, community: Place, *, hidden: bool = True) -> Iterable[Sequence[Cell]]:
        """Return the activities as they were written; no person stands in them."""
        query = select(PastActivity).where(PastActivity.community_id == community.id).order_by(PastActivity.id)
        for r in db.session.scalars(query):
            hours = Decimal(r.minutes) / 60 if r.minutes is not None else None
            yield (r.day, r.year, r.month, r.title, r.sort, r.place, r.volunteers, hours, r.served)


class Writing:
    """The activities of one ledger: few enough for the one transaction that shows them."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def add(self, new: Sequence[tuple[str, Told]]) -> Iterator[int]:
        """Leave everything to the last transaction."""
        return iter(())

    def show(self, reading: Reading) -> Outcome:
        """Write every activity down."""
        rows: list[dict[str, Any]] = [
            {
                "public_id": opaque(), "version": 1, "created_at": now(), "community_id": self.ledger.community_id,
                "ledger_id": self.ledger.id, "mark": mark, "year": one.year, "month": one.month, "day": one.day,
                "title": one.title, "sort": one.sort or None, "place": one.place or None,
                "volunteers": one.volunteers, "minutes": one.minutes, "told": one.told, "served": one.served,
            }
            for mark, one in reading.new
        ]  # fmt: skip
        db.session.execute(insert(PastActivity.__table__), rows)
        return Outcome()


def read_activity(row: Row, until: date) -> tuple[list[RowError], Told | None]:
    """Read one line; whatever cannot be known is said, never guessed. Pure."""
    cells = {name: sheets.clean(row.cells.get(name, "")) for name in Volunteering.columns}
    faults: list[RowError] = []

    def fault(name: str, key: str) -> None:
        faults.append(RowError(row.line, name, key, cells.get(name, "")[:40]))

    day = sheets.parse_day(cells["day"])
    if cells["day"] and day is None:
        fault("day", "day_invalid")
    year, month = sheets.parse_int(cells["year"].rstrip("年")), sheets.parse_int(cells["month"].rstrip("月份"))
    if day is not None:
        if month not in (None, day.month) or year not in (None, day.year):
            fault("month", "month_differs")
        year, month = day.year, day.month
    if year is None or month is None:
        fault("month", "month_missing")
    elif not (1 <= month <= 12 and year >= 2000):
        fault("month", "month_wrong")
    elif (day or date(year, month, 1)) > until:
        fault("day", "time_in_future")
    elif day is None:
        fault("day", "day_missing")
    title, sort = " ".join(cells["title"].split())[:120], " ".join(cells["sort"].split())[:80]
    if not title and not sort:
        # When it was written down does not say what was done, nor when.
        fault("title", "cell_empty")
    volunteers = _count(cells, "volunteers", fault)
    minutes, told = _hours(cells, volunteers, day, fault)
    _compare_parts(cells, volunteers, minutes, fault)
    if year is None or month is None or any(one.key in GRAVE for one in faults):
        return faults, None
    return faults, Told(
        row.line, year, month, day, title or sort, sort if title else "", " ".join(cells["place"].split())[:80],
        volunteers, minutes, told, _count(cells, "served", fault),
    )  # fmt: skip


def _count(cells: Mapping[str, str], name: str, fault: Any) -> int | None:
    number = sheets.parse_int(cells[name]) if cells[name] else None
    if cells[name] and (number is None or number < 0):
        fault(name, "cell_unknown")
        return None
    return number


def minutes_in(text: str) -> int | None:
    """Return the minutes of hours as they are written: 3, 2.5, 3小时."""
    found = _HOURS.fullmatch(sheets.fold(text))
    return int(found[1]) * 60 + int((found[2] or "0").ljust(2, "0")) * 60 // 100 if found else None


def _hours(
    cells: Mapping[str, str], volunteers: int | None, day: date | None, fault: Any
) -> tuple[int | None, HoursTold]:
    """Return the minutes and what they are: of all together, of each, or one of the two and nobody can tell which."""
    for name, told in (("hours_together", HoursTold.TOGETHER), ("hours_each", HoursTold.EACH)):
        if cells[name]:
            minutes = minutes_in(cells[name])
            if minutes is not None:
                return minutes, told
            fault(name, "cell_unknown")
    if not cells["hours"]:
        fault("hours", "hours_missing")
        return None, HoursTold.NONE
    minutes = minutes_in(cells["hours"])
    if minutes is None:
        fault("hours", "cell_unknown")
        return None, HoursTold.NONE
    if volunteers == 1 or (day is not None and minutes > LONGEST_DAY):
        return minutes, HoursTold.TOGETHER
    fault("hours", "hours_unclear")
    return minutes, HoursTold.UNCLEAR


def _compare_parts(cells: Mapping[str, str], volunteers: int | None, minutes: int | None, fault: Any) -> None:
    counts = [sheets.parse_int(cells[f"{part}_n"]) or 0 for part in PARTS]
    hours = [minutes_in(cells[f"{part}_h"]) or 0 for part in PARTS if cells[f"{part}_h"]]
    if any(counts) and volunteers is not None and sum(counts) != volunteers:
        fault("volunteers", "parts_differ")
    if any(counts) and minutes is not None:
        if not hours:
            fault("hours", "parts_missing")
        elif sum(hours) != minutes:
            fault("hours", "parts_differ")


def _shown(one: Told) -> dict[str, str]:
    return {
        "day": one.day.isoformat() if one.day else "", "year": str(one.year), "month": str(one.month),
        "title": one.title, "sort": one.sort, "place": one.place,
        "volunteers": str(one.volunteers if one.volunteers is not None else ""),
        "hours": f"{Decimal(one.minutes) / 60:g}" if one.minutes is not None else "",
    }  # fmt: skip
