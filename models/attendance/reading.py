"""Lists of those who were there, complete as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select, union_all

from models.attendance.matching import Candidate, NameLine, Register
from models.attendance.row import THERE, Attendance, Outcome, Part
from models.base import db
from models.check_ins import WEAKER, Way
from models.people import Person, PersonState, home_of
from models.permissions import Permission
from models.places import Place
from models.states import AttendanceState

if TYPE_CHECKING:
    from models.accounts import Actor


@dataclass(frozen=True)
class Seat:
    """One line of a list: who, in which part, in which state."""

    public_id: str
    person_id: int | None
    person_public_id: str | None
    name: str
    home: str
    part: Part
    state: AttendanceState
    way: Way
    came_at: datetime | None
    left_at: datetime | None
    next_at: datetime | None
    absence: Outcome | None

    @property
    def there(self) -> bool:
        """Tell whether this line counts."""
        return self.state in THERE

    @property
    def struck(self) -> bool:
        """Tell whether the committee found that the person was not there; whoever stayed away bears an absence."""
        return self.state == AttendanceState.ABSENT and self.absence is None

    @property
    def weaker(self) -> bool:
        """Tell whether the way in which presence was noted proves little."""
        return self.way in WEAKER

    @property
    def plain(self) -> bool:
        """Tell whether nothing more is to be said of this line than the name."""
        return self.state == AttendanceState.PRESENT and self.next_at is None


def _seats(column: Any, ids: Iterable[int], *, but: Iterable[AttendanceState] = ()) -> dict[int, list[Seat]]:
    query = (
        select(Attendance, Person, Place.name)
        .outerjoin(Person, Person.id == Attendance.person_id)
        .outerjoin(Place, Place.id == Person.courtyard_id)
        .where(
            column.in_(list(ids)),
            Attendance.state.not_in(list(but)),
            or_(Attendance.absence.is_(None), Attendance.absence != Outcome.TAKEN_BACK),
        )
        .order_by(Attendance.id)
    )
    found: dict[int, list[Seat]] = {}
    for row, person, yard in db.session.execute(query):
        found.setdefault(getattr(row, column.key), []).append(_seat(row, person, yard))
    return found


def _seat(row: Attendance, person: Person | None, yard: str | None = None) -> Seat:
    home = home_of(person, yard) if person else row.written_building
    return Seat(
        row.public_id, row.person_id, person.public_id if person else None,
        person.name if person else row.written_name or "", home or "", Part(row.part), AttendanceState(row.state),
        Way(row.way), row.came_at, row.left_at, row.next_at, Outcome(row.absence) if row.absence else None,
    )  # fmt: skip


def seat_of(row: Attendance) -> Seat:
    """Return one line of a list."""
    return _seat(row, db.session.get(Person, row.person_id) if row.person_id else None)


def seats_of_logs(log_ids: Iterable[int]) -> dict[int, list[Seat]]:
    """Return the lines of each log, in the order in which they were written."""
    return _seats(Attendance.log_id, log_ids)


def seats_of_activities(activity_ids: Iterable[int]) -> dict[int, list[Seat]]:
    """Return the lines of each activity, without those who gave their place back."""
    return _seats(Attendance.activity_id, activity_ids, but=[AttendanceState.CANCELLED])


def people_of(log_id: int, part: Part = Part.SERVED) -> list[int]:
    """Return the persons of a part who were at a log; whoever may rate is among the SERVED."""
    query = select(Attendance.person_id).where(
        Attendance.log_id == log_id, Attendance.part == part, Attendance.state.in_(THERE)
    )
    return [person_id for person_id in db.session.scalars(query) if person_id is not None]


@dataclass(frozen=True)
class ToMatch:
    """A name that waits, where it was written, and who may be meant."""

    public_id: str
    name: str
    building: str
    where: str
    at: datetime
    candidates: tuple[Candidate, ...]


def _waiting(actor: Actor, permission: Any) -> Any:
    reach = actor.reach(permission)
    reached = or_(reach.communities(Attendance.community_id), reach.organizations(Attendance.organization_id))
    return (Attendance.state == AttendanceState.TO_MATCH) & reached


def to_match(actor: Actor, permission: Any, *, after: int = 0, limit: int = 30) -> list[ToMatch]:
    """Return the names that wait within reach, oldest first, with everybody of that name in the community."""
    tables = db.metadata.tables
    logs, activities = tables["service_logs"], tables["activities"]
    query = (
        select(Attendance, func.coalesce(logs.c.title, activities.c.title))
        .outerjoin(logs, logs.c.id == Attendance.log_id)
        .outerjoin(activities, activities.c.id == Attendance.activity_id)
        .where(_waiting(actor, permission), Attendance.id > after)
        .order_by(Attendance.id)
        .limit(limit)
    )
    rows = db.session.execute(query).all()
    by_community: dict[int, list[str]] = {}
    for row, _ in rows:
        by_community.setdefault(row.community_id, []).append(row.written_name or "")
    registers = {one: Register(one, names) for one, names in by_community.items()}
    return [_to_match(row, where, registers[row.community_id]) for row, where in rows]


def _to_match(row: Attendance, where: str, register: Register) -> ToMatch:
    line = NameLine(row.written_name or "", row.written_building or "")
    found = register.candidates(line) or register.candidates(NameLine(line.name))
    return ToMatch(row.public_id, line.name, line.building, where, row.created_at, tuple(found))


def count_to_match(actor: Actor, permission: Any) -> int:
    """Return how many names wait within reach."""
    return db.session.scalar(select(func.count()).select_from(Attendance).where(_waiting(actor, permission))) or 0


@dataclass(frozen=True)
class Mine:
    """A service at which the reader stands in the list."""

    public_id: str
    what: str
    at: datetime
    state: AttendanceState
    part: Part


def mine(person_ids: Iterable[int], limit: int = 30, before: str | None = None) -> list[Mine]:
    """Return where one's household was noted as present, newest first or before one of them; for confirming or disputing it."""
    tables = db.metadata.tables
    logs, activities = tables["service_logs"], tables["activities"]
    columns = (Attendance.public_id, Attendance.state, Attendance.part, Attendance.id)
    served = (
        select(*columns, logs.c.title.label("what"), logs.c.started_at.label("at"))
        .join(logs, logs.c.id == Attendance.log_id)
        .where(Attendance.person_id.in_(list(person_ids)), logs.c.state == "APPROVED")
    )
    came = (
        select(*columns, activities.c.title.label("what"), activities.c.starts_at.label("at"))
        .join(activities, activities.c.id == Attendance.activity_id)
        .where(Attendance.person_id.in_(list(person_ids)), Attendance.log_id.is_(None))
    )
    rows = union_all(served, came).subquery()
    query = select(rows).order_by(rows.c.at.desc(), rows.c.id.desc()).limit(limit)
    if before is not None:
        last = db.session.execute(select(rows.c.at, rows.c.id).where(rows.c.public_id == before)).first()
        query = (
            query.where(or_(rows.c.at < last.at, and_(rows.c.at == last.at, rows.c.id < last.id))) if last else query
        )
    return [
        Mine(row.public_id, row.what, row.at, AttendanceState(row.state), Part(row.part))
        for row in db.session.execute(query)
    ]


@dataclass(frozen=True)
class Dispute:
    """Somebody who says: I was not there."""

    public_id: str
    name: str
    where: str
    at: datetime
    reason: str


def disputes(actor: Actor, limit: int = 30) -> list[Dispute]:
    """Return what the committee has to decide, oldest first."""
    tables = db.metadata.tables
    logs, activities = tables["service_logs"], tables["activities"]
    query = (
        select(Attendance, Person.name, func.coalesce(logs.c.title, activities.c.title))
        .join(Person, Person.id == Attendance.person_id)
        .outerjoin(logs, logs.c.id == Attendance.log_id)
        .outerjoin(activities, activities.c.id == Attendance.activity_id)
        .where(
            Attendance.state == AttendanceState.DISPUTED,
            actor.reach(Permission.APPROVE_LATE_LOG).communities(Attendance.community_id),
        )
        .order_by(Attendance.id)
        .limit(limit)
    )
    return [
        Dispute(row.public_id, name, where, row.state_at, row.reason or "")
        for row, name, where in db.session.execute(query)
    ]


def search_people(community_id: int, text: str, limit: int = 20) -> list[Candidate]:
    """Return the people of a community whose name begins with, or holds, what was typed."""
    words = text.strip().replace("\\", "").replace("%", "").replace("_", "")
    if not words:
        return []
    query = (
        select(Person)
        .where(Person.community_id == community_id, Person.name.contains(words), Person.state == PersonState.ACTIVE)
        .order_by(Person.name, Person.building, Person.id)
        .limit(limit)
    )
    return [
        Candidate(p.id, p.public_id, p.name, p.building or "", p.unit or "", p.room or "")
        for p in db.session.scalars(query)
    ]
