"""One volunteer's time at one service: the row with its seven fields, its reach and its steps."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, Select, String, Text, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import states
from models.base import PublicRow, Utc, now
from models.hours import RULE_VERSION
from models.permissions import Permission
from models.states import HourRecordState
from models.volunteering.judging import Judging
from models.volunteering.proposing import Proposing

if TYPE_CHECKING:
    from models.accounts import Actor

# A record that may still count takes its time; one that was rejected or voided gives it free.
HOLDS_TIME = (HourRecordState.PROPOSED, HourRecordState.COUNTED)


class HourRule(StrEnum):
    """How the end was found: 签到签退, 点了签退（未扫码）, 按记录起止, 补签退（负责人确认）, 负责人说明."""

    CHECKED_OUT = "CHECKED_OUT"
    TAPPED_OUT = "TAPPED_OUT"
    AS_LOGGED = "AS_LOGGED"
    PROPOSED_END = "PROPOSED_END"
    STATED = "STATED"


class HourRecord(Proposing, Judging, PublicRow):
    """One volunteer's time at one service, with the seven fields that order 67 asks for."""

    __tablename__ = "hour_records"
    __table_args__ = (
        Index("ix_hour_records_person_id_started_at", "person_id", "started_at"),
        Index("ix_hour_records_counted", "community_id", "state", "started_at", "minutes", "person_id"),
        Index("ix_hour_records_project_id_state", "project_id", "state"),
        Index("ix_hour_records_community_id_state", "community_id", "state", "id"),
        Index("ix_hour_records_community_id_state_started_at", "community_id", "state", "started_at"),
        CheckConstraint("minutes > 0 AND minutes <= 1440", name="minutes_within_a_day"),
        CheckConstraint("ended_at > started_at", name="ends_after_it_starts"),
        CheckConstraint("break_minutes >= 0", name="break_not_negative"),
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> proposed_by_id", name="approved_by_another"),
    )
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id"))
    log_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("service_logs.id"), index=True)
    attendance_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("attendances.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("projects.id"))
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
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
    rule: Mapped[HourRule] = mapped_column(String(40))
    rule_version: Mapped[int] = mapped_column(Integer, default=RULE_VERSION)
    state: Mapped[HourRecordState] = mapped_column(String(8), default=HourRecordState.PROPOSED)
    state_at: Mapped[Utc] = mapped_column(default=now)
    late: Mapped[bool] = mapped_column(default=False)
    needs_review: Mapped[bool] = mapped_column(default=False)
    proposed_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    approved_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    replaces_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("hour_records.id"), unique=True)
    late_reason: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the records of the communities and organizations in reach; for OWN one's own alone."""
        if permission == Permission.OWN:
            return select(cls).where(cls.person_id.in_(actor.person_ids))
        reach = actor.reach(permission)
        return select(cls).where(or_(reach.communities(cls.community_id), reach.organizations(cls.organization_id)))

    def _step(self, verb: str, to: HourRecordState | None = None) -> None:
        self.state = states.step(states.Kind.HOUR_RECORD, HourRecordState(self.state), verb, to)
        self.state_at = now()
