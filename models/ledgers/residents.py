"""The ledger of residents: whoever is not in the register yet is entered; of the others empty cells are filled."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, delete, exists, or_, select, update

from models import ciphers, revisions
from models.base import db, now
from models.events import JOB, Doer, Event, EventSubject
from models.ledgers import looking
from models.ledgers.filling import Filling, Register, empty_again, fill
from models.ledgers.kinds import Keeper, LedgerKind, Outcome, Reading, Work
from models.people import PeopleImport, Person, PersonState, PersonTag, pointing_at
from models.people.bringing import enter
from models.people.lines import WANTED, Newcomer, courtyards_of, is_note, read_line
from models.permissions import Permission
from models.places import Place
from models.sheets import Cell, Row, RowError

if TYPE_CHECKING:
    from models.ledgers.row import Ledger

AT_ONCE, MOST, SECONDS = 500, 2000, 1.5
SAMPLE = 8
# What hangs on a person without anybody having worked with the entry: marks come in with it.
WITH_IT = frozenset({"person_tags", "people"})


class Residents(Keeper):
    """Everybody of a list, as entries of the register."""

    kind = LedgerKind.RESIDENTS
    permission = Permission.EDIT_PEOPLE
    columns = WANTED
    hints = {
        "phone": ("手机", "电话", "联系方式"), "id_card": ("身份证", "证件号"), "name": ("姓名", "名字"),
        "gender": ("性别",), "birth": ("出生",), "courtyard": ("小区", "院落", "苑名"),
        "building": ("楼栋", "楼号", "幢", "栋"), "unit": ("单元",), "room": ("房号", "门牌", "房间", "室号"),
        "address": ("住址", "地址"), "basis_on": ("依据日期", "同意日期"), "basis": ("依据",),
        "tags": ("人群", "人员类别", "标签", "特殊"),
    }  # fmt: skip
    needed = (("name",),)
    signs: tuple[str, ...] = ("居民", "住户", "人口", "residents")
    words = "PersonColumn"
    most = 20_000
    leaving: tuple[str, ...] = (
        "name", "gender", "birth", "phone", "courtyard", "building", "unit", "room", "tags", "basis", "basis_on",
    )  # fmt: skip

    def is_note(self, fault: RowError) -> bool:
        """Tell whether a line comes in without the cell; only a line without a name is nobody."""
        return is_note(fault.field, fault.key)

    def read(self, community: Place, rows: Sequence[Row]) -> Reading:
        """Read the lines; the same name with the same door or number is the same person, whose empty cells are filled."""
        courtyards, register = courtyards_of(community.id), Register(community.id)
        faults: list[RowError] = []
        new: list[Newcomer] = []
        fillings: list[Filling] = []
        lines: dict[tuple[str, ...], int] = {}
        unchanged = 0
        for row in rows:
            wrong, person = read_line(row, courtyards)
            if person is None:
                faults += wrong
            elif register.of(person) is not None:
                # What is wrong with a line that changes nothing needs nobody's eyes.
                filling, differs = register.compare(person)
                faults += differs
                fillings += [filling] if filling else []
                unchanged += filling is None
            elif first := next((lines[key] for key in sorted(person.keys) if key in lines), None):
                faults.append(RowError(row.line, "name", "person_repeated", str(first)))
            else:
                faults += [*wrong, *register.alike(person)]
                new.append(person)
                lines.update(dict.fromkeys(person.keys, row.line))
        names = {number: name for name, (number, _) in courtyards.items()}
        sample = [(one.line, shown_line(one, names)) for one in new[:SAMPLE]]
        return Reading(new, fillings, unchanged, faults, sample, shown_filled(fillings, names), fillings)

    def begin(self, ledger: Ledger, *, by: Doer) -> Work:
        """Open the import under which the people are entered; a part of the verb that brings a ledger in."""
        return Entering(self._open(ledger))

    def _open(self, ledger: Ledger) -> PeopleImport:
        one = PeopleImport(
            community_id=ledger.community_id, file_name=ledger.file_name, sha256=ledger.sha256, errors=[],
        ).save()  # fmt: skip
        ledger.import_id = one.id
        return one

    def give_up(self, ledger: Ledger) -> None:
        """Remove the entries that nobody has ever seen."""
        coming = select(Person.id).where(Person.import_id == ledger.import_id, Person.state == PersonState.COMING)
        db.session.execute(delete(PersonTag).where(PersonTag.person_id.in_(coming)))
        db.session.execute(
            delete(Person).where(Person.import_id == ledger.import_id, Person.state == PersonState.COMING)
        )

    def take_back(self, ledger: Ledger) -> tuple[list[tuple[str, int]], int]:
        """Empty the entries that nobody has touched: of the people of a wrong list nothing is kept."""
        mine = select(Person.id).where(Person.import_id == ledger.import_id, Person.state == PersonState.ACTIVE)
        everybody = set(db.session.scalars(mine))
        ids = sorted(db.session.scalars(mine.where(~touched())))
        emptied, stay = empty_again(looking.look_of(ledger).get("filled", ()))
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            db.session.execute(delete(PersonTag).where(PersonTag.person_id.in_(some)))
            db.session.execute(
                update(Person)
                .where(Person.id.in_(some))
                .values(
                    name="—", gender=None, birth_year=None, phone_cipher=None, phone_lookup=None, courtyard_id=None,
                    grid_id=None, building=None, unit=None, room=None, state=PersonState.ERASED,
                    version=Person.version + 1,
                )
                .execution_options(synchronize_session=False)
            )  # fmt: skip
        db.session.expire_all()
        return [("people", one) for one in [*ids, *emptied]], len(everybody) - len(ids) + stay

    def leaves(self, community: Place, *, hidden: bool = True) -> Iterable[Sequence[Cell]]:
        """Return the register; unasked, names, numbers, doors and years of birth leave masked."""
        names = {number: name for name, (number, _) in courtyards_of(community.id).items()}
        tags: dict[int, list[PersonTag]] = {}
        here = select(Person.id).where(Person.community_id == community.id)
        for tag in db.session.scalars(
            select(PersonTag).where(PersonTag.person_id.in_(here), PersonTag.ended_at.is_(None))
        ):
            tags.setdefault(tag.person_id, []).append(tag)
        query = select(Person).where(
            Person.community_id == community.id, Person.state.in_([PersonState.ACTIVE, PersonState.REFUSES])
        )
        for p in db.session.scalars(query.order_by(Person.id).execution_options(yield_per=AT_ONCE)):
            yield _leaving(p, names, [one for one in tags.get(p.id, []) if one.basis], hidden=hidden)


def told_of(p: Person, *, hidden: bool) -> dict[str, Cell]:
    """Return the cells that tell who somebody is and where they live; hidden ones go as far as strangers see."""
    gender = {"M": "男", "F": "女"}.get(p.gender or "")
    if hidden:
        return {
            "name": ciphers.mask_name(p.name), "gender": gender, "birth": None, "phone": ciphers.mask_phone(p.phone),
            "building": p.building, "unit": None, "room": None,
        }  # fmt: skip
    return {
        "name": p.name, "gender": gender, "birth": p.birth_year, "phone": p.phone, "building": p.building,
        "unit": p.unit, "room": p.room,
    }  # fmt: skip


def _leaving(p: Person, names: dict[int, str], tags: list[PersonTag], *, hidden: bool) -> Sequence[Cell]:
    marks = "、".join(_TAG_WORDS.get(str(one.tag), str(one.tag)) for one in tags)
    first = tags[0] if tags else None
    cells: dict[str, Cell] = told_of(p, hidden=hidden) | {
        "courtyard": names.get(p.courtyard_id or 0), "tags": marks, "basis_on": first.basis_on if first else None,
        "basis": {"CONSENT": "本人同意", "STATUTORY_LIST": "法定名册"}.get(str(first.basis)) if first else None,
    }  # fmt: skip
    return [cells[name] for name in Residents.leaving]


# The words under which the same marks are read again.
_TAG_WORDS = {
    "LONELY_ELDER": "独居老人", "DISABLED": "残疾人", "HARDSHIP": "困难家庭", "ELDER": "老年人", "CHILD": "儿童",
    "MIGRANT": "流动人口",
}  # fmt: skip


class Entering:
    """The people of one list on their way into the register."""

    def __init__(self, one: PeopleImport) -> None:
        self.one = one
        self.ids: list[int] = []

    def add(self, new: Sequence[Newcomer]) -> Iterator[int]:
        """Enter people who are not seen yet; yield after at most 2,000 rows or about 1.5 s."""
        added, began = 0, time.monotonic()
        for start in range(0, len(new), AT_ONCE):
            some = new[start : start + AT_ONCE]
            self._enter(some)
            added += len(some)
            if added + AT_ONCE > MOST or time.monotonic() - began > SECONDS:
                yield added
                added, began = 0, time.monotonic()
        if added:
            yield added

    def _enter(self, people: Sequence[Newcomer]) -> list[int]:
        entered = enter(self.one.id, self.one.community_id, people, PersonState.COMING)
        self.ids += entered
        return entered

    def show(self, reading: Reading) -> Outcome:
        """Let everybody stand in the register at once."""
        db.session.execute(
            update(Person)
            .where(Person.import_id == self.one.id, Person.state == PersonState.COMING)
            .values(state=PersonState.ACTIVE)
            .execution_options(synchronize_session=False)
        )
        self.one.added, self.one.unchanged, self.one.finished_at = len(self.ids), reading.unchanged, now()
        filled = fill(reading.fillings)
        people = [*self.ids, *(number for number, *_ in filled)]
        return Outcome([("people", number) for number in people], {"filled": len(filled)}, filled)


def touched() -> ColumnElement[bool]:
    """Return the condition that somebody has done something with an entry, or something points to it."""
    deed = exists(
        select(Event.id)
        .join(EventSubject, EventSubject.event_id == Event.id)
        .where(
            EventSubject.kind == "people", EventSubject.subject_id == Person.id, Event.verb.not_like("ledger.%"),
            Event.actor != JOB.label,
        )
    )  # fmt: skip
    pointed = [
        exists(select(column).where(column == Person.id).correlate(Person))
        for table, column in pointing_at("people")
        if table.name not in WITH_IT
    ]
    kept = exists(
        select(revisions.Revision.id).where(
            revisions.Revision.kind == "people", revisions.Revision.subject_id == Person.id
        )
    )
    return or_(deed, kept, Person.household_id.is_not(None), *pointed)


def shown_filled(fillings: Sequence[Filling], courtyards: dict[int, str]) -> list[tuple[int, str, dict[str, str]]]:
    """Return what is filled as the preview shows it: the line, the name, and each cell that was empty."""
    shown = [(one, shown_line(one.person, courtyards)) for one in fillings]
    return [(one.line, one.person.name, {cell: cells[cell] for cell in one.cells}) for one, cells in shown]


def shown_line(one: Newcomer, courtyards: dict[int, str]) -> dict[str, str]:
    """Return a line as the preview shows it, the number masked."""
    door = {"building": one.building or "", "unit": one.unit or "", "room": one.room or ""}
    return {
        "name": one.name, "phone": ciphers.mask_phone(one.phone) if one.phone else "",
        "gender": {"M": "男", "F": "女"}.get(one.gender or "", ""), "birth": str(one.birth_year or ""),
        "courtyard": courtyards.get(one.courtyard_id or 0, ""), **door,
        "tags": "、".join(_TAG_WORDS[tag.value] for tag in one.tags),
    }  # fmt: skip
