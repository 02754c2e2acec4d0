"""A list of people as an office wrote it: which columns, which lines, and who of it is known already."""

from __future__ import annotations

from dataclasses import dataclass

from models import sheets
from models.base import Refused
from models.people.lines import WANTED, Newcomer, courtyards_of, read_line, register_keys
from models.places import Place

MOST_ROWS = 20_000


@dataclass(frozen=True)
class Found:
    """What is in a file: who is new, how many are known, what is wrong in which line, which columns nobody reads."""

    new: tuple[Newcomer, ...]
    known: int
    errors: tuple[sheets.RowError, ...]
    unread: tuple[str, ...]


def read(community: Place, file_name: str, data: bytes) -> Found:
    """Read a file and compare it with the register: same name and door, or same name and number, is the same person.

    As in a ledger, a line comes in without the cell that cannot be read; only a line without a name is nobody.

    Errors: those of sheets.read(), Refused("names_missing", "no_lines", "too_many_people").
    """
    sheet = sheets.read(file_name, data)
    header = sheets.find_header(sheet.lines, WANTED)
    if "name" not in header.columns:
        raise Refused("names_missing")
    rows = sheet.under(header)
    if not rows and not sheet.errors:
        raise Refused("no_lines")
    if len(rows) > MOST_ROWS:
        raise Refused("too_many_people", most=MOST_ROWS)
    courtyards = courtyards_of(community.id)
    errors, new, known = list(sheet.errors), [], 0
    seen = set(register_keys(community.id))
    for row in rows:
        if not any(row.cells.values()):
            continue
        faults, person = read_line(row, courtyards)
        keys = person.keys if person is not None else set()
        if person is not None and keys & seen:
            # What is wrong with a line that changes nothing needs nobody's eyes.
            known += 1
            continue
        errors += faults
        if person is not None:
            new.append(person)
            seen |= keys
    return Found(tuple(new), known, tuple(sorted(errors, key=lambda e: e.line)), tuple(header.leftover))
