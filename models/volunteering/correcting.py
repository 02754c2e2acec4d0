"""A volunteer says that a record is wrong; whoever may approve it answers (order 67 art. 13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ForeignKey, Index, Select, String, Text, and_, func, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column

from models import hours, revisions
from models.attendance import Attendance
from models.base import PublicRow, Refused, Utc, db, now
from models.events import record
from models.people import Person
from models.states import HourRecordState
from models.tellings import tell
from models.volunteering.proposing import host_of, planned_end
from models.volunteering.row import HourRecord

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.permissions import Permission


class CorrectionState(StrEnum):
    """Whether a request was answered, and how."""

    ASKED = "ASKED"
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"


class HourCorrection(PublicRow):
    """A request to correct one record; at most one of a record is open."""

    __tablename__ = "hour_corrections"
    __table_args__ = (
        Index("ix_hour_corrections_record_id", "record_id"),
        Index("uq_hour_corrections_open_record", "record_id", unique=True,
              sqlite_where=text("state = 'ASKED'"), postgresql_where=text("state = 'ASKED'")),
    )  # fmt: skip
    record_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("hour_records.id"))
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("organizations.id"))
    asked_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    text: Mapped[str] = mapped_column(Text)
    wanted_end: Mapped[Utc | None]
    state: Mapped[CorrectionState] = mapped_column(String(8), default=CorrectionState.ASKED)
    answer_text: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[Utc | None]
    answered_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))

    @classmethod
    def ask(cls, one: HourRecord, text: str, *, by: Actor, wanted_end: datetime | None = None) -> HourCorrection:
        """Ask for a correction of one's own record.

        Errors: Refused("not_your_hours", "text_needed", "correction_open", "not_from_here").
        """
        if one.person_id not in by.person_ids:
            raise Refused("not_your_hours")
        if len(text.strip()) < 2:
            raise Refused("text_needed")
        if one.state not in (HourRecordState.COUNTED, HourRecordState.REJECTED):
            raise Refused("not_from_here", state=HourRecordState(one.state), verb="ask")
        open_one = select(cls.id).where(cls.record_id == one.id, cls.state == CorrectionState.ASKED)
        if db.session.scalar(open_one) is not None:
            raise Refused("correction_open")
        asked = cls(
            record_id=one.id, community_id=one.community_id, organization_id=one.organization_id,
            asked_by_id=by.account_id, text=text.strip(), wanted_end=wanted_end,
        ).save()  # fmt: skip
        kept = revisions.keep(asked, "text", asked.text, by=by)
        record("hour_correction.ask", by=by, about=[asked, one], community_id=one.community_id, details={"text": kept})
        return asked

    def grant(self, text: str, *, by: Actor, ended_at: datetime | None = None) -> HourRecord:
        """Agree: the old record is voided, and one with the right end takes its place and counts.

        The end is the stated one, else the one that was asked for; it reaches at most 30 minutes past the planned one.
        Errors: Refused("already_answered", "end_needed", "own_hours", "not_yours_to_approve", "hours_overlap",
        "stated_time_past_ceiling", "long_day_needs_reason").
        """
        old = self._open_record(text, by)
        end = ended_at or self.wanted_end
        if end is None:
            raise Refused("end_needed")
        _check_end(old, end)
        if old.state == HourRecordState.COUNTED:
            old._step("void")
            db.session.flush()
        fresh = _again(old, self.asked_by_id, text)
        fresh._measure(old.started_at, end, old.break_minutes, by)
        fresh.save()._approve(by, text)
        kept = self._answer(CorrectionState.GRANTED, text, by)
        tell(fresh, "correction_granted", people={fresh.person_id}, community_id=fresh.community_id)
        record(
            "hour_correction.grant", by=by, about=[self, old, fresh], community_id=self.community_id,
            details={"answer": kept, "minutes": fresh.minutes, "before": old.minutes},
        )  # fmt: skip
        return fresh

    def refuse(self, text: str, *, by: Actor) -> None:
        """Leave the record as it is, and say why.

        Errors: Refused("reason_needed", "already_answered", "own_hours", "not_yours_to_approve").
        """
        one = self._open_record(text, by)
        kept = self._answer(CorrectionState.REFUSED, text, by)
        tell(one, "correction_refused", people={one.person_id}, community_id=one.community_id)
        record(
            "hour_correction.refuse", by=by, about=[self, one], community_id=self.community_id,
            details={"answer": kept},
        )  # fmt: skip

    def _open_record(self, text: str, by: Actor) -> HourRecord:
        if self.state != CorrectionState.ASKED:
            raise Refused("already_answered")
        if len(text.strip()) < 2:
            raise Refused("reason_needed")
        one = HourRecord.get(self.record_id)
        one._check_judge(by)
        return one

    def _answer(self, state: CorrectionState, text: str, by: Actor) -> str:
        self.state, self.answer_text = state, text.strip()
        self.answered_at, self.answered_by_id = now(), by.account_id
        return revisions.keep(self, "answer", self.answer_text, by=by)

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the requests within reach."""
        reach = actor.reach(permission)
        return select(cls).where(or_(reach.communities(cls.community_id), reach.organizations(cls.organization_id)))


def _check_end(old: HourRecord, end: datetime) -> None:
    attendance = db.session.get(Attendance, old.attendance_id) if old.attendance_id else None
    planned = planned_end(host_of(attendance)) if attendance is not None else old.ended_at
    hours.check_stated_out(old.started_at, end, max(planned, old.ended_at))


def _again(old: HourRecord, asked_by_id: int | None, text: str) -> HourRecord:
    """Return a record with the facts of the old one, not yet measured."""
    same = (
        "person_id", "log_id", "attendance_id", "project_id", "community_id", "organization_id", "activity_name",
        "place", "content", "organizer", "in_charge",
    )  # fmt: skip
    return HourRecord(
        **{name: getattr(old, name) for name in same}, rule="STATED", proposed_by_id=asked_by_id, replaces_id=old.id,
        late_reason=text.strip(),
    )  # fmt: skip


@dataclass(frozen=True)
class CorrectionLine:
    """A request as the one who answers reads it."""

    public_id: str
    name: str
    activity: str
    started_at: datetime
    ended_at: datetime
    minutes: int
    text: str
    wanted_end: datetime | None


def _open_within(actor: Actor, permission: Permission) -> Any:
    reach = actor.reach(permission)
    reached = or_(reach.communities(HourCorrection.community_id), reach.organizations(HourCorrection.organization_id))
    return and_(HourCorrection.state == CorrectionState.ASKED, reached)


def count_corrections(actor: Actor, permission: Permission) -> int:
    """Return how many requests within reach nobody has answered."""
    query = select(func.count()).select_from(HourCorrection).where(_open_within(actor, permission))
    return db.session.scalar(query) or 0


def corrections_for(actor: Actor, permission: Permission, limit: int = 50) -> list[CorrectionLine]:
    """Return the open requests within reach, oldest first."""
    query = (
        select(HourCorrection, HourRecord, Person.name)
        .join(HourRecord, HourRecord.id == HourCorrection.record_id)
        .join(Person, Person.id == HourRecord.person_id)
        .where(_open_within(actor, permission))
        .order_by(HourCorrection.id)
        .limit(limit)
    )
    return [
        CorrectionLine(c.public_id, name, r.activity_name, r.started_at, r.ended_at, r.minutes, c.text, c.wanted_end)
        for c, r, name in db.session.execute(query)
    ]
