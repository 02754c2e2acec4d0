"""What a hotline's or an office's sheet says, line by line: a need as it would stand here, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models import sheets
from models.base import Refused
from models.needs import Field, Kind
from models.needs.raising import LONGEST
from models.sheets import RowError

# What offices and hotlines call the columns, the likeliest name first.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "工单编号", "工单号", "诉求编号", "留言编号", "编号"),
    "user": ("user", "留言用户", "诉求人", "来电人", "反映人", "姓名", "用户"),
    "title": ("title", "留言主题", "诉求标题", "主题", "标题"),
    "text": ("text", "留言详情", "诉求内容", "反映内容", "内容", "详情"),
    "created_at": ("created_at", "留言时间", "诉求时间", "来电时间", "提交时间", "登记时间", "时间"),
    "kind": ("kind", "诉求类型", "类型", "类别"),
    "field": ("field", "服务领域", "领域"),
    "place": ("place", "院落", "小区", "网格", "事发地点", "地点"),
    "phone": ("phone", "联系电话", "来电号码", "手机号", "电话"),
    "address": ("address", "详细地址", "地址", "住址"),
    "due": ("due", "办结时限", "要求办结时间", "截止时间", "到期时间"),
}
KINDS: Mapping[str, Kind] = {
    "咨询": Kind.CONSULT, "求助": Kind.HELP, "求决": Kind.HELP, "投诉": Kind.COMPLAINT, "举报": Kind.REPORT,
    "建议": Kind.SUGGESTION, "意见建议": Kind.SUGGESTION, "信访": Kind.PETITION,
    **{one.value: one for one in Kind},
}  # fmt: skip
FIELDS: Mapping[str, Field] = {
    "扶贫救助": Field.POVERTY_RELIEF, "扶老助残": Field.ELDERLY_DISABLED, "医疗卫生": Field.HEALTH,
    "文体科普": Field.CULTURE_SPORT_SCIENCE, "妇幼保护": Field.WOMEN_CHILDREN, "服务三农": Field.RURAL,
    "法律援助": Field.LEGAL_AID, "支教助学": Field.EDUCATION, "生态环境": Field.ENVIRONMENT,
    "促进就业": Field.EMPLOYMENT, "其他": Field.OTHER, **{one.value: one for one in Field},
}  # fmt: skip
LONGEST_TITLE, LONGEST_ID, LONGEST_NAME, LONGEST_PLACE, SHOWN = 200, 80, 60, 200, 60
# What is noted of a line that comes in nevertheless, without the cell that could not be read.
NOTES = frozenset(
    {"kind_not_known", "field_not_known", "phone_unreadable", "due_unreadable", "title_cut", "cell_is_error"}
    | {"text_damaged"}
)


@dataclass(frozen=True)
class Known:
    """What a file is read against: the moment, and the yards and grids of the community by name and code."""

    moment: datetime
    places: Mapping[str, tuple[int, bool]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """One line that can come in. `place` is a yard's or grid's number, `detail` what was written about the place;
    `dated` tells whether the file says when it was said."""

    line: int
    external_no: str
    author_code: str | None
    title: str | None
    text: str
    raised_at: datetime
    kind: Kind | None = None
    field: Field | None = None
    place: int | None = None
    place_is_grid: bool = False
    detail: str | None = None
    phone: str | None = None
    due: datetime | None = None
    dated: bool = True


def read_drafts(sheet: sheets.Sheet, known: Known) -> tuple[list[Draft], list[RowError]]:
    """Return the needs of a sheet and what is wrong with its lines, both in the order of lines. Pure.

    Of two lines with one number the first stands. Errors: Refused("columns_missing") where the sheet names no column
    for the number or for the words.
    """
    header = sheets.find_header(sheet.lines, COLUMNS)
    missing = [name for name in ("id", "text") if name in header.missing and not (name == "text" and _titled(header))]
    if missing:
        raise Refused("columns_missing", names="、".join(COLUMNS[name][1] for name in missing))
    # A line with a cell too many has its words under wrong names.
    shifted = {fault.line for fault in sheet.errors if fault.key not in NOTES}
    drafts, faults = read_drafts_of([row for row in sheet.under(header) if row.line not in shifted], known)
    return drafts, sorted([*sheet.errors, *faults], key=lambda fault: fault.line)


def read_drafts_of(rows: Iterable[sheets.Row], known: Known) -> tuple[list[Draft], list[RowError]]:
    """Return the needs of lines under known columns, and what is wrong with them. Pure."""
    drafts: dict[str, Draft] = {}
    faults: list[RowError] = []
    for row in rows:
        if not any(row.cells.get(name) for name in COLUMNS):
            continue
        draft, wrong = read_row(row, known)
        if draft is not None and draft.external_no in drafts:
            wrong = [RowError(row.line, "id", "id_repeated", draft.external_no[:SHOWN])]
        elif draft is not None:
            drafts[draft.external_no] = draft
        faults += wrong
    return list(drafts.values()), faults


def _titled(header: sheets.Header) -> bool:
    return "title" not in header.missing


def read_row(row: sheets.Row, known: Known) -> tuple[Draft | None, list[RowError]]:
    """Read one line; every fault is named with its column. Pure."""
    cells = {name: row.cells.get(name, "") for name in COLUMNS}
    faults: list[RowError] = []

    def fault(name: str, key: str) -> None:
        faults.append(RowError(row.line, name, key, sheets.clean(cells[name])[:SHOWN]))

    external_no = sheets.fold(cells["id"])
    if not 0 < len(external_no) <= LONGEST_ID:
        fault("id", "id_too_long" if external_no else "cell_is_empty")
    title, text = " ".join(sheets.clean(cells["title"]).split()), sheets.clean(cells["text"])
    if not text and not title:
        fault("text", "cell_is_empty")
    if len(text) > LONGEST:
        fault("text", "words_too_long")
    raised_at = known.moment if not cells["created_at"].strip() else sheets.parse_when(cells["created_at"])
    if raised_at is None or raised_at > known.moment:
        fault("created_at", "time_unreadable" if raised_at is None else "time_in_future")
    if faults or raised_at is None:
        return None, faults
    if len(title) > LONGEST_TITLE:
        fault("title", "title_cut")
        title = title[: LONGEST_TITLE - 1] + "…"
    dated = bool(cells["created_at"].strip())
    return Draft(
        row.line, external_no, sheets.clean(cells["user"])[:LONGEST_NAME] or None, title or None, text or title,
        raised_at, dated=dated, **_extras(cells, known, fault),
    ), faults  # fmt: skip


def _extras(cells: Mapping[str, str], known: Known, note: Callable[[str, str], None]) -> dict[str, Any]:
    """Read the cells that a need may do without; one that cannot be read is noted and left out."""
    kind, service = KINDS.get(sheets.fold(cells["kind"])), FIELDS.get(sheets.fold(cells["field"]))
    phone = sheets.parse_phone(cells["phone"])
    due = sheets.parse_when(cells["due"])
    for name, value, key in (
        ("kind", kind, "kind_not_known"), ("field", service, "field_not_known"),
        ("phone", phone, "phone_unreadable"), ("due", due, "due_unreadable"),
    ):  # fmt: skip
        if value is None and cells[name].strip():
            note(name, key)
    place, is_grid = known.places.get(sheets.fold(cells["place"]), (None, False))
    written = [sheets.clean(cells[name]) for name in ("place", "address")]
    detail = " ".join(" ".join(one.split()) for one in written if one)[:LONGEST_PLACE]
    return {
        "kind": kind, "field": service, "phone": phone, "due": due, "place": place, "place_is_grid": is_grid,
        "detail": detail or None,
    }  # fmt: skip


def counted(faults: Iterable[RowError]) -> tuple[int, int]:
    """Return how many lines stay outside and how many come in with a note."""
    outside = {fault.line for fault in faults if fault.key not in NOTES}
    return len(outside), len({fault.line for fault in faults} - outside)
