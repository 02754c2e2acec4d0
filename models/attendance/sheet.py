"""The list of those who came, taken in one go: ticked, pasted or uploaded; what is not certain waits in 待核对."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models import attachments
from models.activities import Activity
from models.attachments import Attachment
from models.attendance.guardians import without_consent
from models.attendance.matching import NameLine, Register
from models.attendance.row import THERE, Attendance, Part, Presence
from models.base import Refused, db
from models.check_ins import Way
from models.events import record
from models.people import Person
from models.states import AttendanceState

if TYPE_CHECKING:
    from models.accounts import Actor


@dataclass(frozen=True)
class Taken:
    """What became of a list: how many were noted, were there already, wait to be matched, or for a guardian's word."""

    noted: int
    already: int
    to_match: int
    to_agree: int


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
    counts = {"noted": 0, "already": 0, "to_match": 0, "to_agree": 0}
    minors = without_consent(host, [one.id for one in people]) if isinstance(host, Activity) else set()
    for person in people:
        counts[
            _expect(host, rows, person, part) if person.id in minors else _note(host, rows, person, part, Way.MANUAL)
        ] += 1
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
    if row.absence == "NO_SHOW":
        row._step("come_after_all")
        row.way, row.absence = way, None
        return "noted"
    return "already"


def _expect(host: Any, rows: dict[Any, Attendance], person: Any, part: Part) -> str:
    """Put a minor on the list for whom no guardian has agreed: expected, and noted as there when somebody has."""
    row = rows.get(person.id)
    if row is not None and row.state in THERE:
        return "already"
    if row is None:
        rows[person.id] = Attendance(
            activity_id=host.id, community_id=host.community_id, project_id=host.project_id,
            organization_id=host.organization_id, person_id=person.id, part=part, way=Way.MANUAL,
            state=AttendanceState.EXPECTED,
        ).save()  # fmt: skip
    return "to_agree"


def _note_name(
    host: Any, rows: dict[Any, Attendance], register: Register, line: NameLine, part: Part, minors: set[int]
) -> str:
    only = register.only(line)
    if only is not None and only.id in minors:
        return _expect(host, rows, only, part)
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
    named = {one.id for line in lines if (one := register.only(line)) is not None}
    minors = without_consent(host, named) if isinstance(host, Activity) else set()
    for line in lines:
        counts[_note_name(host, rows, register, line, part, minors)] += 1


def seat_names(host: Any, lines: Sequence[NameLine], part: Part) -> None:
    """Add names to the list of a host; a part of the verb that writes the log."""
    if lines:
        _note_names(host, _rows_of(host), lines, part, {"noted": 0, "already": 0, "to_match": 0})
