"""Who was there: every person served stands in a log by name, or waits in 待核对 until somebody is found."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models import states
from models.base import PublicRow, Utc, now
from models.states import AttendanceState


class Way(StrEnum):
    """How presence was noted."""

    CODE = "CODE"
    SCAN = "SCAN"
    MANUAL = "MANUAL"
    SHEET = "SHEET"
    SIGN_UP = "SIGN_UP"


class Attendance(PublicRow):
    """One person (or one name not yet found) at one log or activity; counts come from these rows alone."""

    __tablename__ = "attendances"
    __table_args__ = (
        Index("ix_attendances_log_id_state", "log_id", "state"),
        Index("ix_attendances_person_id", "person_id"),
        Index("uq_attendances_log_person", "log_id", "person_id", unique=True,
              sqlite_where=text("person_id IS NOT NULL AND log_id IS NOT NULL"),
              postgresql_where=text("person_id IS NOT NULL AND log_id IS NOT NULL")),
        CheckConstraint("(state = 'TO_MATCH') = (person_id IS NULL)", name="only_an_unmatched_name_has_no_person"),
        CheckConstraint("log_id IS NOT NULL OR activity_id IS NOT NULL", name="belongs_somewhere"),
    )  # fmt: skip
    log_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("service_logs.id"))
    activity_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("activities.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("people.id"))
    written_name: Mapped[str | None] = mapped_column(String(60))
    written_building: Mapped[str | None] = mapped_column(String(60))
    state: Mapped[AttendanceState] = mapped_column(String(10), default=AttendanceState.PRESENT)
    state_at: Mapped[Utc] = mapped_column(default=now)
    way: Mapped[Way] = mapped_column(String(8), default=Way.MANUAL)
    came_at: Mapped[Utc | None]
    left_at: Mapped[Utc | None]
    next_at: Mapped[Utc | None]
    absence: Mapped[str | None] = mapped_column(String(10))  # NOT_IN, REFUSED

    def _step(self, verb: str, to: AttendanceState | None = None) -> None:
        self.state = states.step(states.Kind.ATTENDANCE, AttendanceState(self.state), verb, to)
        self.state_at = now()
