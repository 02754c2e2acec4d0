"""The list of those who came, taken in one go: ticked, pasted or uploaded; what is not certain waits in 待核对."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models import attachments
from models.attachments import Attachment
from models.attendance.matching import NameLine, Register
from models.attendance.row import Attendance, Part, Presence, Way
from models.base import Refused, db
from models.events import record
from models.people import Person
from models.states import AttendanceState

if TYPE_CHECKING:
    from models.accounts import Actor


@dataclass(frozen=True)
class Taken:
    """What became of a list: how many were noted, were there already, and wait to be matched."""

    noted: int
    already: int
    to_match: int


def take_list(
    host: Any,
    *,
    by: Actor,
    people: Sequence[Person] = (),
    lines: Sequence[NameLine] = (),
    part: Part = Part.SERVED,
    sheet: bytes | None = None,
    owner: str = "",
) -> Taken:
    """Note who came to an activity or a log: people ticked, and names of a sheet matched by name and building.

    The photo of the paper sheet is kept as a sealed original alone (decision 25).
    Errors: Refused("names_needed", "person_of_another_community", "list_is_closed", "picture_…", "photos_quota").
    """
    host.check_list_open()
    if not people and not lines and not sheet:
        raise Refused("names_needed")
    if any(person.community_id != host.community_id for person in people):
        raise Refused("person_of_another_community")
    rows = _rows_of(host)
    counts = {"noted": 0, "already": 0, "to_match": 0}
    for person in people:
        counts[_note(host, rows, person, part, Way.MANUAL)] += 1
    _note_names(host, rows, lines, part, counts)
    if sheet:
        photo = Attachment.receive(sheet, owner=owner, sheet=True)
        attachments.claim(host, [photo.public_id], owner=owner)
    record("attendance.list", by=by, about=[host], community_id=host.community_id, details=counts)
    return Taken(**counts)


def _rows_of(host: Any) -> dict[Any, Attendance]:
    """Return the rows of a host by person, and by name and building where nobody was found yet."""
    column = Attendance.log_id if host.__tablename__ == "service_logs" else Attendance.activity_id
    query = select(Attendance).where(column == host.id, Attendance.state != AttendanceState.CANCELLED)
    return {row.person_id or (row.written_name, row.written_building or ""): row for row in db.session.scalars(query)}


def _note(host: Any, rows: dict[Any, Attendance], person: Any, part: Part, way: Way) -> str:
    """Note one person; somebody who was expected has come, somebody who is there stays there."""
    row = rows.get(person.id)
    if row is None:
        rows[person.id] = Attendance._seat(host, Presence(person, part=part), way=way)
        return "noted"
    if row.state == AttendanceState.WAITLISTED:
        row._step("admit")
    if row.state == AttendanceState.EXPECTED:
        row._step("check_in")
        row.way = way
        return "noted"
    return "already"


def _note_name(host: Any, rows: dict[Any, Attendance], register: Register, line: NameLine, part: Part) -> str:
    only = register.only(line)
    if only is not None:
        return _note(host, rows, only, part, Way.SHEET)
    if (line.name, line.building) in rows:
        return "already"
    rows[line.name, line.building] = Attendance._seat_name(host, line.name, line.building, part)
    return "to_match"


def _note_names(
    host: Any, rows: dict[Any, Attendance], lines: Sequence[NameLine], part: Part, counts: dict[str, int]
) -> None:
    register = Register(host.community_id, [line.name for line in lines])
    for line in lines:
        counts[_note_name(host, rows, register, line, part)] += 1


def seat_names(host: Any, lines: Sequence[NameLine], part: Part) -> None:
    """Add names to the list of a host; a part of the verb that writes the log."""
    if lines:
        _note_names(host, _rows_of(host), lines, part, {"noted": 0, "already": 0, "to_match": 0})
