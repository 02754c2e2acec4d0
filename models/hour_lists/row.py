"""A list that was carried over into the official system: which rows, on which day, by whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Date, ForeignKey, Index, Integer, Select, String, Text, UniqueConstraint, select
from sqlalchemy import delete as delete_rows
from sqlalchemy.orm import Mapped, mapped_column

from models import revisions
from models.base import PublicRow, Refused, Row, Utc, db, now
from models.events import record

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.permissions import Permission


class HourReport(PublicRow):
    """One list of a community that somebody carried over, with the layout it had."""

    __tablename__ = "hour_reports"
    __table_args__ = (Index("ix_hour_reports_community_id_id", "community_id", "id"),)
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    period: Mapped[str] = mapped_column(String(7))
    reported_on: Mapped[date] = mapped_column(Date)
    rows: Mapped[int] = mapped_column(Integer)
    minutes: Mapped[int] = mapped_column(Integer)
    columns: Mapped[str] = mapped_column(Text)
    marked_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    undone_at: Mapped[Utc | None]
    undone_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    reason: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the lists of the communities in reach that stand."""
        return select(cls).where(actor.reach(permission).communities(cls.community_id), cls.undone_at.is_(None))

    def undo(self, reason: str, *, by: Actor) -> None:
        """Take the mark back where a list was marked by mistake: its rows are to be reported again.

        Only the latest list of a community: a later one may tell corrections of this one.
        Errors: Refused("reason_needed", "hours_reported_since").
        """
        if len(reason.strip()) < 2:
            raise Refused("reason_needed")
        cls = type(self)
        later = select(cls.id).where(
            cls.community_id == self.community_id, cls.id > self.id, cls.undone_at.is_(None)
        )  # fmt: skip
        if db.session.scalar(later.limit(1)) is not None:
            raise Refused("hours_reported_since")
        self.undone_at, self.undone_by_id, self.reason = now(), by.account_id, reason.strip()
        kept = revisions.keep(self, "reason", self.reason, by=by)
        db.session.execute(delete_rows(HourReportLine).where(HourReportLine.report_id == self.id))
        details = {"rows": self.rows, "reason": kept}
        record("hour_report.undo", by=by, about=[self], community_id=self.community_id, details=details)


class HourReportLine(Row):
    """One row of a list that was carried over: a record is told once, and taken back at most once."""

    __tablename__ = "hour_report_lines"
    __table_args__ = (UniqueConstraint("record_id", "taken_back"), UniqueConstraint("corrects_id"))
    report_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("hour_reports.id"), index=True)
    record_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("hour_records.id"))
    taken_back: Mapped[bool] = mapped_column(default=False)
    # The record that was reported earlier and that this row corrects.
    corrects_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("hour_records.id"))


def reported_days(record_ids: Iterable[int]) -> dict[int, date]:
    """Return on which day each of these records was carried over."""
    query = (
        select(HourReportLine.record_id, HourReport.reported_on)
        .join(HourReport, HourReport.id == HourReportLine.report_id)
        .where(HourReportLine.record_id.in_(list(record_ids)), HourReportLine.taken_back.is_(False))
    )
    return {one.record_id: one.reported_on for one in db.session.execute(query)}
