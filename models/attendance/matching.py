"""Names on a sheet and people of the register: matched by name and building, never by a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from models import sheets
from models.base import Refused, db
from models.people import Person, PersonState

MOST_NAMES = 500
NAMES = ("姓名", "名字", "参加人", "居民姓名", "签到人", "name")
BUILDINGS = ("楼栋", "住址", "地址", "楼号", "门牌", "栋", "building", "address")
_SPLIT = re.compile(r"[;；、]+")
_NUMBERED = re.compile(r"^\s*\d{1,3}\s*[.、)）:：]\s*")
# A phone number on the sheet is nobody's building.
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_NUMBER = re.compile(r"\d+", re.ASCII)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class NameLine:
    """One line of a sheet: a name as written, and where the person lives if it says so."""

    name: str
    building: str = ""


@dataclass(frozen=True)
class Candidate:
    """Somebody of the register who may be meant."""

    id: int
    public_id: str
    name: str
    building: str
    unit: str
    room: str

    @property
    def home(self) -> str:
        """Return building, unit and room as people write them: 5-1-302."""
        return "-".join(part for part in (self.building, self.unit, self.room) if part)


def read_names(text: str) -> list[NameLine]:
    """Read names that were pasted: one a line (or parted by 、；), the building behind the name if it is there.

    Errors: Refused("names_needed", "too_many_names").
    """
    rows = (_NUMBERED.sub("", row) for row in sheets.clean(text).split("\n"))
    lines = [_line(part) for row in rows for part in _SPLIT.split(row) if part.strip()]
    return _checked([line for line in lines if line.name])


def _line(text: str) -> NameLine:
    cells = [cell for cell in re.split(r"[\s,，\t]+", _PHONE.sub(" ", text).strip()) if cell]
    if not cells:
        return NameLine("")
    # Two single characters with a space between are one name written wide: 王 芳.
    if len(cells) > 1 and len(cells[0]) == 1 and len(cells[1]) == 1 and not cells[1].isdigit():
        cells[:2] = [cells[0] + cells[1]]
    return NameLine(cells[0][:60], " ".join(cells[1:])[:60])


def read_sheet(name: str, data: bytes) -> list[NameLine]:
    """Read names from an .xlsx or .csv list: the column called 姓名, else the first one.

    Errors: those of sheets.read, Refused("names_needed", "too_many_names").
    """
    sheet = sheets.read(name, data)
    header = sheets.find_header(sheet.lines, {"name": NAMES, "building": BUILDINGS})
    if "name" in header.columns:
        rows = sheet.under(header)
        found = [NameLine(_flat(row.cells["name"])[:60], row.cells.get("building", "")[:60]) for row in rows]
    else:
        found = [NameLine(_flat(line.cells[0])[:60], " ".join(line.cells[1:2])[:60]) for line in sheet.lines]
    return _checked([line for line in found if line.name])


def _checked(lines: list[NameLine]) -> list[NameLine]:
    if not lines:
        raise Refused("names_needed")
    if len(lines) > MOST_NAMES:
        raise Refused("too_many_names", most=MOST_NAMES)
    return lines


def _flat(text: str) -> str:
    return _SPACES.sub("", text)


class Register:
    """The people of one community by their names, read once for a whole sheet."""

    def __init__(self, community_id: int, names: Iterable[str]) -> None:
        query = select(Person.id, Person.public_id, Person.name, Person.building, Person.unit, Person.room).where(
            Person.community_id == community_id,
            Person.name.in_({_flat(name) for name in names}),
            Person.state.in_([PersonState.ACTIVE, PersonState.REFUSES]),
        )
        self._rows = [Candidate(a, b, c, d or "", e or "", f or "") for a, b, c, d, e, f in db.session.execute(query)]

    @cached_property
    def by_name(self) -> dict[str, list[Candidate]]:
        """Return the people of each name."""
        found: dict[str, list[Candidate]] = {}
        for row in self._rows:
            found.setdefault(row.name, []).append(row)
        return found

    def candidates(self, line: NameLine) -> Sequence[Candidate]:
        """Return who may be meant: all of that name, narrowed by the building where the sheet tells one."""
        same = self.by_name.get(_flat(line.name), [])
        wanted = _NUMBER.findall(sheets.fold(line.building))
        return [one for one in same if _fits(one, wanted)] if wanted else same

    def only(self, line: NameLine) -> Candidate | None:
        """Return the one person who is meant, or None where nobody or more than one fits."""
        found = self.candidates(line)
        return found[0] if len(found) == 1 else None


def _fits(one: Candidate, wanted: Sequence[str]) -> bool:
    """Tell whether what the sheet says of the home agrees with the register, as far as both speak."""
    home = [_NUMBER.findall(part) for part in (one.building, one.unit, one.room)]
    known = [part[0].lstrip("0") if part else "" for part in home]
    if not known[0]:
        return False
    said = [number.lstrip("0") for number in wanted[:3]]
    if len(said) == 2 and known[2] and said[1] == known[2]:
        return said[0] == known[0]
    return all(not mine or mine == theirs for mine, theirs in zip(known, said, strict=False))
