"""The log itself: its table, its reach, and the steps it takes along the closed table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Text,
    UniqueConstraint,
    false,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import states
from models.base import PublicRow, Row, Utc, now
from models.service_log.calling import Calling, CallOutcome
from models.service_log.covering import Covering
from models.service_log.judging import Judging
from models.service_log.kinds import CaseStage, ServiceMethod
from models.service_log.preparing import Preparing
from models.service_log.undoing import Undoing
from models.service_log.writing import Writing
from models.states import ServiceLogState

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.permissions import Permission


# A list has one record, unless that was voided.
_RECORDED_ONCE = "list_id IS NOT NULL AND state <> 'VOIDED'"


class ServiceLog(Preparing, Writing, Judging, Calling, Undoing, Covering, PublicRow):
    """One service. Only an approved one counts; numbers are derived from attendance, never typed."""

    __tablename__ = "service_logs"
    __table_args__ = (
        Index("ix_service_logs_project_id_state", "project_id", "state", "id"),
        Index("ix_service_logs_project_id_state_started_at", "project_id", "state", "started_at"),
        Index("ix_service_logs_author_id_id", "author_id", "id"),
        # The dashboard counts from this and the like of hours without opening a row.
        Index("ix_service_logs_community", "community_id", "state", "started_at", "method"),
        Index("ix_service_logs_author_id_started_at", "author_id", "started_at"),
        Index("ix_service_logs_state_id", "state", "id"),
        Index("ix_service_logs_community_id_state_started_at", "community_id", "state", "started_at"),
        Index(
            "uq_service_logs_list_id",
            "list_id",
            unique=True,
            sqlite_where=text(_RECORDED_ONCE),
            postgresql_where=text(_RECORDED_ONCE),
        ),
        CheckConstraint("ended_at > started_at", name="ends_after_it_starts"),
        CheckConstraint("minutes > 0 AND minutes <= 1440", name="minutes_within_a_day"),
        CheckConstraint("walk_ins >= 0", name="walk_ins_not_negative"),
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> author_id", name="approved_by_another"),
        CheckConstraint("(method = 'LIST') = (list_id IS NOT NULL)", name="a_list_names_its_list"),
        CheckConstraint("method <> 'CASE' OR (internal IS NULL AND public_summary = '')", name="a_case_tells_no_more"),
    )
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("projects.id"))
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("organizations.id"), index=True)
    activity_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("activities.id"), index=True)
    list_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("service_lists.id"))
    author_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    begun_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))  # before it was handed over
    method: Mapped[ServiceMethod] = mapped_column(String(6))
    state: Mapped[ServiceLogState] = mapped_column(String(20), default=ServiceLogState.DRAFT)
    state_at: Mapped[Utc] = mapped_column(default=now)
    title: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(120))
    started_at: Mapped[Utc]
    ended_at: Mapped[Utc]
    minutes: Mapped[int] = mapped_column(Integer)
    session_no: Mapped[int | None] = mapped_column(Integer)
    public_summary: Mapped[str] = mapped_column(Text)
    internal: Mapped[str | None] = mapped_column(Text)
    goal_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("goals.id"), index=True)
    scale_before: Mapped[int | None] = mapped_column(Integer)
    scale_after: Mapped[int | None] = mapped_column(Integer)
    case_no: Mapped[str | None] = mapped_column(String(40))
    case_stage: Mapped[CaseStage | None] = mapped_column(String(16))
    walk_ins: Mapped[int] = mapped_column(Integer, default=0)
    late: Mapped[bool] = mapped_column(default=False)
    late_reason: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[Utc | None]  # when the phone says that this was written; shown, never counted with
    received_at: Mapped[Utc | None]  # when it came to us, by our own clock
    clock_off: Mapped[bool] = mapped_column(default=False, server_default=false())
    submitted_at: Mapped[Utc | None]
    approved_at: Mapped[Utc | None]
    approved_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    first_approved_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    call_outcome: Mapped[CallOutcome | None] = mapped_column(String(12))
    called_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    called_at: Mapped[Utc | None]
    return_reason: Mapped[str | None] = mapped_column(Text)
    undo_reason: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the logs of the communities and organizations in reach."""
        reach = actor.reach(permission)
        return select(cls).where(or_(reach.communities(cls.community_id), reach.organizations(cls.organization_id)))

    def _step(self, verb: str, to: ServiceLogState | None = None) -> None:
        self.state = states.step(states.Kind.SERVICE_LOG, ServiceLogState(self.state), verb, to)
        self.state_at = now()


class LogNeed(Row):
    """That a log serves a need."""

    __tablename__ = "log_needs"
    __table_args__ = (UniqueConstraint("log_id", "need_id"),)
    log_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("service_logs.id"))
    need_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("needs.id"), index=True)
