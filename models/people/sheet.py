"""A list of people as an office wrote it: which columns, which lines, and who of it is known already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from models import ciphers, sheets
from models.base import Refused, db, today
from models.people.kinds import Tag, TagBasis
from models.people.row import Person
from models.places import Place, PlaceKind

MOST_ROWS = 20_000
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
LONGEST = {"name": 60, "building": 20, "unit": 20, "room": 20}


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


@dataclass(frozen=True)
class Found:
    """What is in a file: who is new, how many are known already, which lines are faulty, which columns nobody reads."""

    new: tuple[Newcomer, ...]
    known: int
    errors: tuple[sheets.RowError, ...]
    unread: tuple[str, ...]


def read(community: Place, file_name: str, data: bytes) -> Found:
    """Read a file and compare it with the register: same name and door, or same name and number, is the same person.

    Errors: those of sheets.read(), Refused("names_missing", "too_many_people").
    """
    sheet = sheets.read(file_name, data)
    header = sheets.find_header(sheet.lines, WANTED)
    if "name" not in header.columns:
        raise Refused("names_missing")
    rows = sheet.under(header)
    if len(rows) > MOST_ROWS:
        raise Refused("too_many_people", most=MOST_ROWS)
    courtyards = {
        place.name: (place.id, place.parent_id)
        for place in db.session.scalars(
            select(Place).where(Place.community_id == community.id, Place.kind == PlaceKind.COURTYARD)
        )
    }
    errors, new, known = list(sheet.errors), [], 0
    seen = _register_keys(community.id)
    for row in rows:
        if not any(row.cells.values()):
            continue
        faults, person = _person(row, courtyards)
        errors += faults
        if person is None:
            continue
        keys = _keys(person.name, (person.building, person.unit, person.room), person.phone)
        known += bool(keys & seen)
        if not keys & seen:
            new.append(person)
        seen |= keys
    return Found(tuple(new), known, tuple(sorted(errors, key=lambda e: e.line)), tuple(header.leftover))


def _register_keys(community_id: int) -> set[tuple[str, ...]]:
    query = select(Person.name, Person.building, Person.unit, Person.room, Person.phone_lookup).where(
        Person.community_id == community_id
    )
    found: set[tuple[str, ...]] = set()
    for name, building, unit, room, lookup in db.session.execute(query):
        found |= _keys(name, (building, unit, room), None, lookup)
    return found


def _keys(
    name: str, door: tuple[str | None, ...], phone: str | None, lookup: str | None = None
) -> set[tuple[str, ...]]:
    lookup = lookup or (ciphers.book().lookup(phone) if phone else None)
    keys: set[tuple[str, ...]] = set()
    if door[0]:
        keys.add((name, *(part or "" for part in door)))
    if lookup:
        keys.add((name, lookup))
    # Somebody without door and number can only be told apart by the name.
    return keys or {(name,)}


def _person(
    row: sheets.Row, courtyards: dict[str, tuple[int, int | None]]
) -> tuple[list[sheets.RowError], Newcomer | None]:
    cells = {field: sheets.clean(row.cells.get(field, "")) for field in WANTED}
    faults: list[sheets.RowError] = []

    def fault(field: str, key: str) -> None:
        faults.append(sheets.RowError(row.line, field, key, cells[field][:40]))

    if not cells["name"]:
        fault("name", "cell_empty")
    for field, most in LONGEST.items():
        if len(cells[field]) > most:
            fault(field, "cell_too_long")
    phone = sheets.parse_phone(cells["phone"]) if cells["phone"] else None
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
    if faults:
        return faults, None
    courtyard_id, grid_id = courtyards.get(cells["courtyard"], (None, None))
    # A reason without a day is none (decision 5).
    basis = basis if basis_on is not None else None
    return [], Newcomer(
        row.line, cells["name"], phone, gender, born, courtyard_id, grid_id, _bare(cells["building"], "栋幢号楼"),
        _bare(cells["unit"], "单元"), _bare(cells["room"], "室号"), tags, basis, basis_on if basis else None,
    )  # fmt: skip


def _bare(text: str, tail: str) -> str | None:
    """Return 5 for what offices write as 5栋 or ５幢."""
    return sheets.fold(text).rstrip(tail).strip() or None


def _year(text: str) -> int | None:
    whole = sheets.parse_int(text)
    day = sheets.parse_day(text) if whole is None or whole > 9999 else None
    year = day.year if day is not None else whole
    if year is None:
        found = sheets.parse_day(f"{text}-01")
        year = found.year if found is not None else None
    return year if year is not None and 1900 <= year <= today().year else None
