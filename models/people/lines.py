"""What one line of an office's list says about a person: name, number, door and marks, however it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from models import ciphers, sheets
from models.base import db, today
from models.people.kinds import Tag, TagBasis
from models.places import Place, PlaceKind

# Under which names offices keep these columns; the likeliest first.
WANTED: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "居民姓名", "人员姓名", "户主姓名", "Name"),
    "phone": ("联系电话", "手机号", "手机号码", "电话", "联系方式", "Phone"),
    "gender": ("性别", "Gender"),
    "birth": ("出生年份", "出生年月", "出生日期", "出生年", "Born"),
    "courtyard": ("院落", "小区", "院落名称", "小区名称", "Courtyard"),
    "building": ("楼栋", "楼号", "栋", "幢", "栋号", "Building"),
    "unit": ("单元", "单元号", "Unit"),
    "room": ("房号", "室", "门牌号", "房间号", "户号", "Room"),
    "tags": ("标签", "人群类别", "人员类别", "特殊人群", "Tags"),
    "basis": ("标签依据", "依据", "Basis"),
    "basis_on": ("依据日期", "同意日期", "Basis day"),
    "address": ("住址", "家庭住址", "详细地址", "地址", "现住址", "居住地址", "Address"),
    "id_card": ("身份证号", "身份证号码", "身份证", "证件号码"),
}
TAGS: tuple[tuple[str, Tag], ...] = (
    ("独居", Tag.LONELY_ELDER),
    ("空巢", Tag.LONELY_ELDER),
    ("残疾", Tag.DISABLED),
    ("困难", Tag.HARDSHIP),
    ("低保", Tag.HARDSHIP),
    ("老人", Tag.ELDER),
    ("老年", Tag.ELDER),
    ("儿童", Tag.CHILD),
    ("流动", Tag.MIGRANT),
    ("外来", Tag.MIGRANT),
)
BASES: tuple[tuple[str, TagBasis], ...] = (
    ("同意", TagBasis.CONSENT),
    ("名单", TagBasis.STATUTORY_LIST),
    ("名册", TagBasis.STATUTORY_LIST),
    ("法定", TagBasis.STATUTORY_LIST),
)
GENDERS = {"男": "M", "女": "F", "M": "M", "F": "F"}
NOBODY_TOLD = frozenset({"无", "没有", "不详", "未知", "-", "—", "/", "暂无"})
LONGEST = {"name": 60, "building": 20, "unit": 20, "room": 20}
# Faults that keep a line out; of the others the cell alone stays out.
GRAVE = frozenset(
    {("name", "cell_empty"), ("name", "cell_too_long"), ("name", "name_is_number"), ("name", "name_is_masked")}
)
# Faults of the file itself: where they stand nobody knows what the line said.
BROKEN = frozenset({"more_cells_than_columns", "line_broken"})
_DOOR = re.compile(
    r"(?P<building>[0-9A-Za-z]{1,6})\s*(?:号楼|栋|幢|座|楼|[-–—/#])\s*"
    r"(?:(?P<unit>[0-9A-Za-z]{1,4})\s*(?:单元|[-–—/#])\s*)?(?:[0-9]{1,2}\s*[楼层]\s*)?(?P<room>[0-9A-Za-z]{2,6})?\s*[号室户]?$"
)
_ID_CARD = re.compile(r"\d{6}(?P<born>(?:19|20)\d\d)\d{4}\d\d(?P<order>\d)[0-9Xx]", re.ASCII)
_SEVERAL = re.compile(r"[、,;/|]|\s{2,}|\n")


@dataclass(frozen=True)
class Newcomer:
    """A line that is nobody of the register yet."""

    line: int
    name: str
    phone: str | None
    gender: str | None
    birth_year: int | None
    courtyard_id: int | None
    grid_id: int | None
    building: str | None
    unit: str | None
    room: str | None
    tags: tuple[Tag, ...]
    basis: TagBasis | None
    basis_on: date | None

    @property
    def hidden_tags(self) -> bool:
        """Tell whether the marks of the line will be hidden, because nothing says why they may be kept."""
        return bool(self.tags) and self.basis is None

    @property
    def keys(self) -> set[tuple[str, ...]]:
        """Return by what this person is known again."""
        return keys_of(self.name, (self.building, self.unit, self.room), self.phone)


def courtyards_of(community_id: int) -> dict[str, tuple[int, int | None]]:
    """Return the courtyards of a community by name, each with its number and its grid's."""
    query = select(Place).where(Place.community_id == community_id, Place.kind == PlaceKind.COURTYARD)
    return {place.name: (place.id, place.parent_id) for place in db.session.scalars(query)}


def keys_of(
    name: str, door: tuple[str | None, ...], phone: str | None, lookup: str | None = None
) -> set[tuple[str, ...]]:
    """Return by what somebody is known again: the name with the door, the name with the number, else the name."""
    lookup = lookup or (ciphers.book().lookup(phone) if phone else None)
    keys: set[tuple[str, ...]] = set()
    if door[0]:
        keys.add((name, *(part or "" for part in door)))
    if lookup:
        keys.add((name, lookup))
    # Somebody without door and number can only be told apart by the name.
    return keys or {(name,)}


def read_line(
    row: sheets.Row, courtyards: Mapping[str, tuple[int, int | None]]
) -> tuple[list[sheets.RowError], Newcomer | None]:
    """Read one line; every fault is named with its column, and the faulty cell alone stays out."""
    cells = {field: sheets.clean(row.cells.get(field, "")) for field in WANTED}
    cells = {field: "" if cell in NOBODY_TOLD else cell for field, cell in cells.items()}
    _spread(cells, courtyards)
    faults: list[sheets.RowError] = []

    def fault(field: str, key: str) -> None:
        faults.append(sheets.RowError(row.line, field, key, cells[field][:40]))

    name = squeezed(cells["name"])
    if not name:
        fault("name", "cell_empty")
    elif sheets.fold(name).replace(".", "").isdigit():
        fault("name", "name_is_number")
    elif name.endswith("**"):
        # A sheet that left the house masked names nobody.
        fault("name", "name_is_masked")
    for field, most in LONGEST.items():
        if len(cells[field]) > most:
            fault(field, "cell_too_long")
            cells[field] = cells[field] if field == "name" else ""
    phone = phone_in(cells["phone"])
    if cells["phone"] and phone is None:
        fault("phone", "phone_invalid")
    gender = GENDERS.get(sheets.fold(cells["gender"]).removesuffix("性").upper())
    if cells["gender"] and gender is None:
        fault("gender", "cell_unknown")
    born = _year(cells["birth"])
    if cells["birth"] and born is None:
        fault("birth", "day_invalid")
    if cells["courtyard"] and cells["courtyard"] not in courtyards:
        fault("courtyard", "courtyard_unknown")
    tags = tuple(sorted({tag for word, tag in TAGS if word in cells["tags"]}))
    if cells["tags"] and not tags:
        fault("tags", "cell_unknown")
    basis = next((one for word, one in BASES if word in cells["basis"]), None)
    basis_on = sheets.parse_day(cells["basis_on"]) if cells["basis_on"] else None
    if cells["basis_on"] and (basis_on is None or basis_on > today()):
        fault("basis_on", "day_invalid")
        basis_on = None
    if any((one.field, one.key) in GRAVE for one in faults):
        return faults, None
    courtyard_id, grid_id = courtyards.get(cells["courtyard"], (None, None))
    # A reason without a day is none (decision 5).
    basis = basis if basis_on is not None else None
    return faults, Newcomer(
        row.line, name, phone, gender, born, courtyard_id, grid_id, _bare(cells["building"], "栋幢号楼座"),
        _bare(cells["unit"], "单元"), _bare(cells["room"], "室号户"), tags, basis, basis_on if basis else None,
    )  # fmt: skip


def is_note(field: str, key: str) -> bool:
    """Tell whether a line comes in without the faulty cell; only a line without a name is nobody."""
    return (field, key) not in GRAVE and key not in BROKEN


def squeezed(name: str) -> str:
    """Return 张三 for what somebody spread out as 张　三; a Latin name keeps its spaces."""
    folded = " ".join(name.replace("\u3000", " ").split())
    return folded if folded.isascii() else re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", folded)


def phone_in(text: str) -> str | None:
    """Return the first number of a cell that holds one or several."""
    whole = sheets.parse_phone(text) if text else None
    if whole is not None or not text:
        return whole
    parts = _SEVERAL.split(sheets.fold(text).replace("，", ",").replace("；", ";"))
    return next((number for part in parts if (number := sheets.parse_phone(part)) is not None), None)


def _spread(cells: dict[str, str], courtyards: Iterable[str]) -> None:
    """Read what stands in one cell into the cells that it belongs to: an address, and what an identity number tells.

    The identity number itself goes no further than this.
    """
    card = _ID_CARD.fullmatch(sheets.fold(cells["id_card"]))
    if card is not None:
        cells["birth"] = cells["birth"] or card["born"]
        cells["gender"] = cells["gender"] or ("男" if int(card["order"]) % 2 else "女")
    cells["id_card"] = ""
    address = sheets.fold(cells["address"])
    if address and not cells["courtyard"]:
        cells["courtyard"] = next((name for name in sorted(courtyards, key=len, reverse=True) if name in address), "")
    # A door that was written whole into the building's cell, 5-2-301, is an address too.
    written = address or (sheets.fold(cells["building"]) if not cells["unit"] and not cells["room"] else "")
    door = _DOOR.search(written)
    if door is not None and door["room"] and (not cells["building"] or not address):
        for part in ("building", "unit", "room"):
            cells[part] = door[part] or ""


def _bare(text: str, tail: str) -> str | None:
    """Return 5 for what offices write as 5栋 or ５幢."""
    return sheets.fold(text).rstrip(tail).strip() or None


def _year(text: str) -> int | None:
    whole = sheets.parse_int(text)
    day = sheets.parse_day(text) if whole is None or whole > 9999 else None
    year = day.year if day is not None else whole
    if year is None:
        found = sheets.parse_day(f"{text}-01") or sheets.parse_day(f"{text}1日") or sheets.parse_day(f"{text}1月1日")
        year = found.year if found is not None else None
    return year if year is not None and 1900 <= year <= today().year else None
