"""One person, or one name not yet found, at one service: the row, its reach and its steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Select, String, Text, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column

from models import states
from models.activities import Activity
from models.attendance.arriving import Arriving
from models.attendance.coming import Coming
from models.attendance.deciding import Deciding
from models.base import PublicRow, Refused, Utc, db, now
from models.check_ins import Way
from models.people import Person
from models.permissions import Permission
from models.states import AttendanceState

if TYPE_CHECKING:
    from models.accounts import Actor

# The states that say: this person was there.
THERE = (AttendanceState.PRESENT, AttendanceState.CONFIRMED)


class AttendancePart(StrEnum):
    """Whether somebody was served or helped to serve; only those served count in 人数 and may rate."""

    SERVED = "SERVED"
    VOLUNTEER = "VOLUNTEER"


# Within this area and its neighbors the short name is clear; a project's team has a Part of its own.
Part = AttendancePart


class Outcome(StrEnum):
    """What a visit met behind the door: 见到了, 不在家, 不愿见; a line that its author struck was TAKEN_BACK.

    Who had a place at an activity and did not take it is a NO_SHOW.
    """

    SEEN = "SEEN"
    NOT_IN = "NOT_IN"
    REFUSED = "REFUSED"
    TAKEN_BACK = "TAKEN_BACK"
    NO_SHOW = "NO_SHOW"


@dataclass(frozen=True)
class Presence:
    """One line of a log: whom it concerns, how it went, when next."""

    person: Person
    outcome: Outcome = Outcome.SEEN
    part: Part = Part.SERVED
    next_at: datetime | None = None
    came_at: datetime | None = None
    left_at: datetime | None = None


_NAMED_ONCE = "person_id IS NOT NULL AND log_id IS NOT NULL"
_SIGNED_UP_ONCE = "person_id IS NOT NULL AND activity_id IS NOT NULL AND state <> 'CANCELLED'"


class Attendance(Coming, Arriving, Deciding, PublicRow):
    """One person (or one name not yet found) at one log or activity; counts come from these rows alone."""

    __tablename__ = "attendances"
    __table_args__ = (
        Index("ix_attendances_log_id_state", "log_id", "state"),
        # All that a report counts by, so that it need not open a row; two states are one look, for the person comes first.
        Index("ix_attendances_there", "log_id", "part", "person_id", "state"),
        Index("ix_attendances_person_id", "person_id"),
        Index("ix_attendances_community_id_state", "community_id", "state", "id"),
        Index("uq_attendances_log_person", "log_id", "person_id", unique=True,
              sqlite_where=text(_NAMED_ONCE), postgresql_where=text(_NAMED_ONCE)),
        Index("uq_attendances_activity_person", "activity_id", "person_id", unique=True,
              sqlite_where=text(_SIGNED_UP_ONCE), postgresql_where=text(_SIGNED_UP_ONCE)),
        CheckConstraint("(state = 'TO_MATCH') = (person_id IS NULL)", name="only_an_unmatched_name_has_no_person"),
        CheckConstraint("log_id IS NOT NULL OR activity_id IS NOT NULL", name="belongs_somewhere"),
        CheckConstraint("left_at IS NULL OR came_at IS NULL OR left_at >= came_at", name="leaves_after_coming"),
    )  # fmt: skip
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    project_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("projects.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("organizations.id"), index=True)
    log_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("service_logs.id"))
    activity_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("activities.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("people.id"))
    part: Mapped[Part] = mapped_column(String(10), default=Part.SERVED)
    written_name: Mapped[str | None] = mapped_column(String(60))
    written_building: Mapped[str | None] = mapped_column(String(60))
    state: Mapped[AttendanceState] = mapped_column(String(10), default=AttendanceState.PRESENT)
    state_at: Mapped[Utc] = mapped_column(default=now)
    way: Mapped[Way] = mapped_column(String(8), default=Way.MANUAL)
    # What the book at the door says (models/check_ins), kept here for lists; of a log, what its author wrote.
    came_at: Mapped[Utc | None]
    seen_at: Mapped[Utc | None]  # the last sign of presence between coming and leaving
    left_at: Mapped[Utc | None]
    asked_out_at: Mapped[Utc | None]  # when a volunteer was asked when they left
    next_at: Mapped[Utc | None]
    absence: Mapped[Outcome | None] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(Text)
    matched_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    matched_at: Mapped[Utc | None]

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the rows of the communities and organizations in reach; for OWN one's own alone."""
        if permission == Permission.OWN:
            return select(cls).where(cls.person_id.in_(actor.person_ids))
        reach = actor.reach(permission)
        return select(cls).where(or_(reach.communities(cls.community_id), reach.organizations(cls.organization_id)))

    @classmethod
    def _seat(cls, host: Any, presence: Presence, *, way: Way = Way.MANUAL) -> Attendance:
        """Write one line of a log or an activity; whoever was not met is expected first, then marked absent."""
        seen = presence.outcome == Outcome.SEEN
        one = cls(
            **_belongs(host),
            person_id=presence.person.id,
            part=presence.part,
            way=way,
            state=AttendanceState.PRESENT if seen else AttendanceState.EXPECTED,
            came_at=presence.came_at if seen else None,
            left_at=presence.left_at if seen else None,
            next_at=presence.next_at,
        )
        if not seen:
            one._step("mark_absent")
            one.absence = presence.outcome
        # The caller flushes once for the whole list: sixty lines are one statement, not sixty.
        db.session.add(one)
        return one

    @classmethod
    def _expect(cls, log: Any, person: Person) -> None:
        """Write the line of a door that is still to be called at."""
        db.session.add(cls(**_belongs(log), person_id=person.id, state=AttendanceState.EXPECTED))

    @classmethod
    def _seat_walk_in(cls, host: Any, person: Person) -> Attendance:
        """Give a walk-in who was found a line. Errors: Refused("person_already_there")."""
        query = select(cls.id).where(cls.log_id == host.id, cls.person_id == person.id)
        if db.session.scalar(query) is not None:
            raise Refused("person_already_there")
        return cls._seat(host, Presence(person)).save()

    @classmethod
    def _seat_name(cls, host: Any, name: str, building: str | None, part: Part) -> Attendance:
        """Write a name of a sheet for which nobody certain was found."""
        return cls(
            **_belongs(host),
            written_name=name[:60],
            written_building=(building or "")[:60] or None,
            part=part,
            way=Way.SHEET,
            state=AttendanceState.TO_MATCH,
        ).save()

    def activity_public_id(self) -> str:
        """Return the activity to whose list this row belongs, or raise NotFound."""
        return Activity.get(self.activity_id or 0).public_id

    def _say_again(self, presence: Presence) -> None:
        """Write a line anew while its log is not yet approved; what the person confirmed or disputed stays.

        Errors: Refused("person_confirmed_presence").
        """
        if self.state == AttendanceState.DISPUTED:
            return
        if presence.outcome != Outcome.SEEN:
            self._take_back()
            self.absence = presence.outcome
        elif self.state not in THERE:
            # The line is born again, as it would have been written at first.
            self.state, self.absence = AttendanceState.EXPECTED, None
            self._step("check_in")
        if presence.outcome == Outcome.SEEN:
            self.came_at, self.left_at = presence.came_at or self.came_at, presence.left_at or self.left_at
        self.part, self.next_at = presence.part, presence.next_at

    def _take_back(self) -> None:
        """Strike a line that its author takes out of a log that is not yet approved: it was never there.

        Errors: Refused("person_confirmed_presence").
        """
        if self.state == AttendanceState.CONFIRMED:
            raise Refused("person_confirmed_presence")
        if self.state == AttendanceState.PRESENT:
            self._step("dispute")
            self._step("uphold")
        elif self.state == AttendanceState.EXPECTED:
            self._step("mark_absent")
        else:
            return
        self.absence = Outcome.TAKEN_BACK
        self.came_at = self.left_at = self.next_at = None

    def _step(self, verb: str, to: AttendanceState | None = None) -> None:
        self.state = states.step(states.Kind.ATTENDANCE, AttendanceState(self.state), verb, to)
        self.state_at = now()


def _belongs(host: Any) -> dict[str, Any]:
    """Return the columns that tie a row to its log or activity, told apart by their tables."""
    own = "log_id" if host.__tablename__ == "service_logs" else "activity_id"
    return {
        own: host.id,
        "community_id": host.community_id,
        "project_id": host.project_id,
        "organization_id": host.organization_id,
    }
