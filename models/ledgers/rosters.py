"""The ledgers of people served and of volunteers: whoever is not in the register is entered, and put on the list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from models import sheets
from models.base import db, now, opaque, today
from models.events import Doer
from models.ledgers.filling import Filling, Register
from models.ledgers.kinds import LedgerKind, Outcome, Reading, Work
from models.ledgers.residents import SAMPLE, Entering, Residents, shown_filled, shown_line, told_of
from models.need_exports import masked
from models.people import PeopleImport, Person, PersonState
from models.people.lines import WANTED, Newcomer, courtyards_of, read_line
from models.places import Place
from models.projects import Project
from models.rosters import Roster, RosterEntry
from models.sheets import Cell, Row, RowError

if TYPE_CHECKING:
    from models.ledgers.row import Ledger

AT_ONCE, LONGEST = 500, 200
_HOURS = re.compile(r"(\d{1,5})(?:\.(\d{1,2}))?\s*(?:小时|时|h|H)?")


@dataclass(frozen=True)
class Enlisted:
    """A line of a list: somebody new or known, and what the list says besides."""

    person: Newcomer
    person_id: int | None
    project_id: int | None
    told: Mapping[str, str | date | int | None]


class OfRoster(Residents):
    """What both lists have in common."""

    roster: Roster
    words = "RosterColumn"

    def read(self, community: Place, rows: Sequence[Row]) -> Reading:
        """Read the lines; whoever stands on the list already stays there, and empty cells of the register are filled."""
        courtyards, register = courtyards_of(community.id), Register(community.id)
        query = select(RosterEntry.person_id).where(
            RosterEntry.community_id == community.id, RosterEntry.roster == self.roster
        )
        listed = set(db.session.scalars(query))
        projects = _projects(community.id)
        faults: list[RowError] = []
        new: list[Enlisted] = []
        fillings: list[Filling] = []
        changed: list[Filling] = []
        lines: dict[tuple[str, ...], int] = {}
        unchanged = 0
        for row in rows:
            wrong, person = read_line(row, courtyards)
            if person is None:
                faults += wrong
                continue
            number = register.of(person)
            filling, differs = register.compare(person)
            fillings += [filling] if filling else []
            same = person.keys | ({("entry", str(number))} if number is not None else set())
            if number in listed:
                faults += differs
                changed += [filling] if filling else []
                unchanged += filling is None
            elif first := next((lines[key] for key in sorted(same) if key in lines), None):
                faults.append(RowError(row.line, "name", "person_repeated", str(first)))
            else:
                told, more = read_told(row)
                project_id = projects.get(sheets.fold(row.cells.get("project", "")))
                if row.cells.get("project") and project_id is None:
                    more.append(RowError(row.line, "project", "project_unknown", row.cells["project"][:40]))
                faults += [*wrong, *more, *differs, *(register.alike(person) if number is None else ())]
                new.append(Enlisted(person, number, project_id, told))
                lines.update(dict.fromkeys(same, row.line))
        names = {number: name for name, (number, _) in courtyards.items()}
        sample = [(one.person.line, shown_line(one.person, names) | _shown(one)) for one in new[:SAMPLE]]
        return Reading(new, changed, unchanged, faults, sample, shown_filled(fillings, names), fillings)

    def begin(self, ledger: Ledger, *, by: Doer) -> Work:
        """Open the import under which the people are entered; a part of the verb that brings a ledger in."""
        return Enlisting(self._open(ledger), ledger.id, self.roster)

    def give_up(self, ledger: Ledger) -> None:
        """Remove lines and entries that nobody has ever seen."""
        db.session.execute(delete(RosterEntry).where(RosterEntry.ledger_id == ledger.id))
        super().give_up(ledger)

    def take_back(self, ledger: Ledger) -> tuple[list[tuple[str, int]], int]:
        """Take everybody from the list who came with the ledger; of those whom nobody has touched nothing is kept."""
        db.session.execute(delete(RosterEntry).where(RosterEntry.ledger_id == ledger.id))
        return super().take_back(ledger)

    def leaves(self, community: Place, *, hidden: bool = True) -> Iterable[Sequence[Cell]]:
        """Return the list; unasked, whoever stands on it leaves masked."""
        query = (
            select(RosterEntry, Person, Project.title)
            .join(Person, Person.id == RosterEntry.person_id)
            .outerjoin(Project, Project.id == RosterEntry.project_id)
            .where(
                RosterEntry.community_id == community.id, RosterEntry.roster == self.roster,
                RosterEntry.shown.is_(True), Person.state.in_([PersonState.ACTIVE, PersonState.REFUSES]),
            )
            .order_by(RosterEntry.id)
        )  # fmt: skip
        for one, p, project in db.session.execute(query):
            cells: dict[str, Cell] = told_of(p, hidden=hidden) | {
                "project": project, "number": one.number, "since": one.since,
                "note": masked(one.note, p.name) if hidden else one.note,
                "last_seen_on": one.last_seen_on, "skills": one.skills, "times": one.times,
                "minutes_before": f"{one.minutes_before / 60:g}" if one.minutes_before else None,
            }  # fmt: skip
            yield [cells[name] for name in self.leaving]


class Served(OfRoster):
    """The list of people served."""

    kind, roster = LedgerKind.SERVED, Roster.SERVED
    columns = WANTED | {
        "project": ("服务项目", "所属项目", "项目名称", "项目", "合同编号"), "number": ("档案编号", "个案编号", "服务编号"),
        "since": ("建档日期", "开始服务日期", "入档时间", "服务开始日期"),
        "last_seen_on": ("最近走访日期", "上次走访", "最近服务日期", "最近探访时间"), "note": ("备注", "说明"),
    }  # fmt: skip
    hints = Residents.hints | {
        "project": ("服务项目", "项目"), "since": ("建档", "入档", "开始服务"), "last_seen_on": ("走访", "探访", "最近服务"),
        "name": ("姓名", "服务对象"),
    }  # fmt: skip
    signs = ("服务对象", "受益人", "帮扶", "关爱对象", "people served")
    leaving = (
        "name", "gender", "birth", "phone", "building", "unit", "room", "project", "number", "since", "last_seen_on",
        "note",
    )  # fmt: skip


class Volunteers(OfRoster):
    """The list of volunteers."""

    kind, roster = LedgerKind.VOLUNTEERS, Roster.VOLUNTEERS
    columns = WANTED | {
        "number": ("志愿者编号", "注册号", "志愿者证号", "编号"), "skills": ("特长", "技能", "服务特长", "专长"),
        "times": ("可服务时间", "服务时间", "空闲时间"), "since": ("注册日期", "注册时间", "加入日期", "入队时间"),
        "minutes_before": ("累计时长", "服务时长", "志愿服务时长", "累计服务时长"), "note": ("备注", "说明"),
    }  # fmt: skip
    hints = Residents.hints | {
        "number": ("志愿者编号", "注册号", "证号"), "skills": ("特长", "技能", "专长"), "times": ("服务时间", "空闲"),
        "since": ("注册", "加入", "入队"), "minutes_before": ("时长",), "name": ("姓名", "志愿者姓名"),
    }  # fmt: skip
    signs = ("志愿者", "义工", "志愿服务队", "volunteers")
    leaving = (
        "name", "gender", "birth", "phone", "building", "unit", "room", "number", "skills", "times", "since",
        "minutes_before", "note",
    )  # fmt: skip


class Enlisting(Entering):
    """The lines of one list on their way in."""

    def __init__(self, one: PeopleImport, ledger_id: int, roster: Roster) -> None:
        super().__init__(one)
        self.ledger_id, self.roster = ledger_id, roster
        self.everybody: list[int] = []

    def add(self, new: Sequence[Any]) -> Iterator[int]:
        """Enter who is new and write the lines, all unseen; yield after at most 500."""
        for start in range(0, len(new), AT_ONCE):
            some = new[start : start + AT_ONCE]
            fresh = iter(self._enter([one.person for one in some if one.person_id is None]))
            rows: list[dict[str, Any]] = [
                {
                    "public_id": opaque(), "version": 1, "created_at": now(), "community_id": self.one.community_id,
                    "roster": self.roster, "person_id": one.person_id or next(fresh), "project_id": one.project_id,
                    "shown": False, "ledger_id": self.ledger_id, **one.told,
                }
                for one in some
            ]  # fmt: skip
            db.session.execute(insert(RosterEntry.__table__), rows)
            self.everybody += [row["person_id"] for row in rows]
            yield len(some)

    def show(self, reading: Reading) -> Outcome:
        """Let everybody stand on the list at once."""
        filled = super().show(reading)
        db.session.execute(
            update(RosterEntry)
            .where(RosterEntry.ledger_id == self.ledger_id)
            .values(shown=True)
            .execution_options(synchronize_session=False)
        )
        people = dict.fromkeys([*self.everybody, *(number for number, *_ in filled.filled)])
        return Outcome([("people", number) for number in people], filled.details, filled.filled)


def read_told(row: Row) -> tuple[dict[str, str | date | int | None], list[RowError]]:
    """Return what a line says beside the person, and which cells are not understood. Pure."""
    cells = {name: " ".join(sheets.clean(row.cells.get(name, "")).split())[:LONGEST] for name in TOLD}
    faults = []
    days: dict[str, date | None] = {}
    for name in ("since", "last_seen_on"):
        days[name] = sheets.parse_day(cells[name])
        if cells[name] and (days[name] is None or days[name] > today()):
            faults.append(RowError(row.line, name, "day_invalid", cells[name][:40]))
            days[name] = None
    hours = _HOURS.fullmatch(sheets.fold(cells["minutes_before"]))
    if cells["minutes_before"] and hours is None:
        faults.append(RowError(row.line, "minutes_before", "cell_unknown", cells["minutes_before"][:40]))
    minutes = int(hours[1]) * 60 + int((hours[2] or "0").ljust(2, "0")) * 60 // 100 if hours else None
    return {
        "number": sheets.fold(cells["number"])[:40] or None, "skills": cells["skills"] or None, "times": cells["times"] or None,
        "note": cells["note"] or None, "minutes_before": minutes, **days,
    }, faults  # fmt: skip


TOLD = ("number", "skills", "times", "note", "minutes_before", "since", "last_seen_on")


def _projects(community_id: int) -> dict[str, int]:
    """Return the projects of a community by name and by contract."""
    query = select(Project.id, Project.title, Project.contract_no).where(Project.community_id == community_id)
    found: dict[str, int] = {}
    for number, title, contract in db.session.execute(query):
        for name in filter(None, (contract, title)):
            found.setdefault(sheets.fold(name), number)
    return found


def _shown(one: Enlisted) -> dict[str, str]:
    told = {name: str(value) for name, value in one.told.items() if value is not None and name != "minutes_before"}
    minutes = one.told["minutes_before"]
    return told | ({"minutes_before": f"{int(str(minutes)) / 60:g}"} if minutes else {})
