"""Volunteers' time: each record comes from attendance, follows a named rule, and is approved before it counts."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models import states
from models.base import PublicRow, Utc, now
from models.states import HourRecordState


class HourRecord(PublicRow):
    """One volunteer's time at one service, with the seven fields that order 67 asks for."""

    __tablename__ = "hour_records"
    __table_args__ = (
        Index("ix_hour_records_person_id_started_at", "person_id", "started_at"),
        Index("ix_hour_records_project_id_state", "project_id", "state"),
        CheckConstraint("minutes > 0 AND minutes <= 1440", name="minutes_within_a_day"),
        CheckConstraint("ended_at > started_at", name="ends_after_it_starts"),
    )
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id"))
    log_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("service_logs.id"), index=True)
    attendance_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("attendances.id"))
    project_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("projects.id"))
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("organizations.id"), index=True)
    activity_name: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(120))
    content: Mapped[str] = mapped_column(String(200))
    organizer: Mapped[str] = mapped_column(String(200))
    in_charge: Mapped[str] = mapped_column(String(60))
    started_at: Mapped[Utc]
    ended_at: Mapped[Utc]
    break_minutes: Mapped[int] = mapped_column(Integer, default=0)
    minutes: Mapped[int] = mapped_column(Integer)
    rule: Mapped[str] = mapped_column(String(40))
    state: Mapped[HourRecordState] = mapped_column(String(8), default=HourRecordState.PROPOSED)
    state_at: Mapped[Utc] = mapped_column(default=now)
    late: Mapped[bool] = mapped_column(default=False)
    needs_review: Mapped[bool] = mapped_column(default=False)
    proposed_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    approved_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    reason: Mapped[str | None] = mapped_column(Text)

    def _step(self, verb: str, to: HourRecordState | None = None) -> None:
        self.state = states.step(states.Kind.HOUR_RECORD, HourRecordState(self.state), verb, to)
        self.state_at = now()
