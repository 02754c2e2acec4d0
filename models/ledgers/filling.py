"""What a ledger knows of people of the register beyond what stands there: empty cells are filled, full ones stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, func, select, update

from models import ciphers
from models.base import db
from models.people import Person, PersonState
from models.people.lines import Newcomer, keys_of
from models.sheets import RowError

AT_ONCE = 500
DOOR = ("building", "unit", "room")
# What is filled where it is empty, by the names of the columns of a ledger and of the register.
CELLS = {"phone": "phone_lookup", "gender": "gender", "birth": "birth_year", "courtyard": "courtyard_id",
         **{part: part for part in DOOR}}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """Somebody of the register, as far as a ledger may add to it."""

    id: int
    version: int
    here: bool
    grid_id: int | None
    phone_lookup: str | None
    gender: str | None
    birth_year: int | None
    courtyard_id: int | None
    building: str | None
    unit: str | None
    room: str | None


@dataclass(frozen=True)
class Filling:
    """One line that fills empty cells of an entry: which cells, by the names of a ledger's columns."""

    line: int
    entry: Entry
    person: Newcomer
    cells: tuple[str, ...]

    @property
    def values(self) -> dict[str, Any]:
        """Return what is written into the register."""
        found: dict[str, Any] = {CELLS[cell]: _told(self.person, cell) for cell in self.cells}
        if "phone" in self.cells:
            found["phone_cipher"] = ciphers.book().seal(self.person.phone or "")
        if "courtyard" in self.cells:
            found["grid_id"] = self.person.grid_id
        return found

    @property
    def before(self) -> dict[str, int | None]:
        """Return what stood there: nothing, but for the grid, which a courtyard decides."""
        return {name: self.entry.grid_id if name == "grid_id" else None for name in self.values}


class Register:
    """Everybody of a register while a ledger is compared with it."""

    def __init__(self, community_id: int) -> None:
        self.keys: dict[tuple[str, ...], int] = {}
        self.entries: dict[int, Entry] = {}
        self.names: set[str] = set()
        # Of two entries that were one person all along the one that stays is meant.
        stays = func.coalesce(Person.merged_into_id, Person.id)
        columns = (
            Person.id,
            Person.version,
            Person.state,
            Person.grid_id,
            *(getattr(Person, c) for c in CELLS.values()),
        )
        query = select(stays, Person.name, *columns).where(
            Person.community_id == community_id, Person.state.not_in([PersonState.COMING, PersonState.ERASED])
        )
        for number, name, own, version, state, grid, *cells in db.session.execute(query):
            here = state in (PersonState.ACTIVE, PersonState.REFUSES)
            entry = Entry(own, version, here, grid, *cells)
            for key in keys_of(name, (entry.building, entry.unit, entry.room), None, entry.phone_lookup):
                self.keys.setdefault(key, number)
            self.names.add(name)
            if own == number:
                self.entries[own] = entry

    def of(self, person: Newcomer) -> int | None:
        """Return the number of whoever a line is known to be."""
        return next((self.keys[key] for key in sorted(person.keys) if key in self.keys), None)

    def compare(self, person: Newcomer) -> tuple[Filling | None, list[RowError]]:
        """Return which empty cells a line fills, and in what it differs from what stands in the register.

        A door is filled as a whole or not at all: half of one and half of another are nobody's.
        """
        hits = {self.keys[key] for key in person.keys if key in self.keys}
        entry = self.entries.get(min(hits)) if hits else None
        if len(hits) > 1:
            return None, [RowError(person.line, "name", "fits_two_entries")]
        if entry is None or not entry.here:
            return None, []
        stands = {cell: getattr(entry, column) for cell, column in CELLS.items()}
        told = {cell: _told(person, cell) for cell in CELLS}
        differs = [cell for cell in CELLS if told[cell] and stands[cell] and told[cell] != stands[cell]]
        empty = [cell for cell in CELLS if told[cell] and not stands[cell]]
        if any(cell in DOOR for cell in differs):
            empty = [cell for cell in empty if cell not in DOOR]
        faults = [RowError(person.line, cell, "register_differs", _written(person, cell)) for cell in differs]
        if not empty:
            return None, faults
        found = Filling(person.line, entry, person, tuple(empty))
        # A later line of the same sheet meets the entry as it will be.
        self.entries[entry.id] = replace(entry, **{CELLS[cell]: told[cell] for cell in empty})
        return found, faults

    def alike(self, person: Newcomer) -> list[RowError]:
        """Return a note where somebody new has the name of somebody who stands in the register."""
        return [RowError(person.line, "name", "name_in_register", person.name)] if person.name in self.names else []


def _told(person: Newcomer, cell: str) -> Any:
    if cell == "phone":
        return ciphers.book().lookup(person.phone) if person.phone else None
    return getattr(person, CELLS[cell])


def _written(person: Newcomer, cell: str) -> str:
    written = {"phone": person.phone, "gender": {"M": "男", "F": "女"}.get(person.gender or "")}
    return "" if cell == "courtyard" else str(written.get(cell, getattr(person, CELLS[cell], "")) or "")


def fill(fillings: Sequence[Filling]) -> list[list[Any]]:
    """Fill the empty cells of entries that nobody has changed meanwhile; a part of the step that shows a ledger.

    Returns entry, version and what stood in its cells before, by which it can be taken back.
    """
    table: Any = Person.__table__
    versions: dict[int, int] = {}
    numbers = sorted({one.entry.id for one in fillings})
    for start in range(0, len(numbers), AT_ONCE):
        query = select(Person.id, Person.version).where(Person.id.in_(numbers[start : start + AT_ONCE]))
        versions |= dict(db.session.execute(query).all())
    done: list[list[Any]] = []
    heaps: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for one in fillings:
        if versions.get(one.entry.id) != one.entry.version:
            continue
        values, version = one.values, one.entry.version + 1
        heaps.setdefault(tuple(sorted(values)), []).append({"b_id": one.entry.id, "version": version, **values})
        done.append([one.entry.id, version, one.before])
        versions[one.entry.id] = version
    for names, rows in heaps.items():
        db.session.connection().execute(
            update(table).where(table.c.id == bindparam("b_id")).values({name: bindparam(name) for name in (*names, "version")}),
            rows,
        )  # fmt: skip
    db.session.expire_all()
    return done


def empty_again(filled: Iterable[Sequence[Any]]) -> tuple[list[int], int]:
    """Empty the cells that a ledger filled, where nobody has changed the entry since; return whose, and how many stay."""
    emptied, stay = [], 0
    for number, version, before in filled:
        values: Mapping[str, Any] = {**before, "version": version + 1}
        same = update(Person).where(Person.id == number, Person.version == version, Person.state != PersonState.ERASED)
        result: Any = db.session.execute(same.values(values).execution_options(synchronize_session=False))
        if result.rowcount:
            emptied.append(number)
        else:
            stay += 1
    db.session.expire_all()
    return emptied, stay
