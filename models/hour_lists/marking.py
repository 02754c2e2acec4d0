"""Marking a list as reported (已上报) in one press, and the lists that were marked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import aliased

from models.accounts import Account
from models.base import Refused, Stale, db, today
from models.events import record
from models.hour_lists.layout import Laid, layout_of, read, written
from models.hour_lists.listing import ListRow, Told, facts, list_of, row_of
from models.hour_lists.row import HourReport, HourReportLine
from models.places import Place, PlaceKind
from models.reports import Period
from models.volunteering import HourRecord

if TYPE_CHECKING:
    from models.accounts import Actor


def mark_reported(
    community: Place, period: Period, *, seal: str, on: date, by: Actor, only: Collection[str] | None = None
) -> HourReport:
    """Mark what the list of a period holds as reported on a day; with `only`, the rows of these records alone.

    `seal` is that of the list that somebody looked at: what came since then is not marked unseen. A row is reported
    once; a correction or a taking back is told once more, in a row of its own.
    Errors: Refused("place_needed", "hours_report_day", "nothing_to_report"); Stale("hour_list_moved").
    """
    if community.kind != PlaceKind.COMMUNITY:
        raise Refused("place_needed")
    if not period.first <= on <= today():
        raise Refused("hours_report_day")
    found = list_of(community, period)
    if found.seal != seal:
        raise Stale("hour_list_moved")
    rows = [one for one in found.due if only is None or one.public_id in only]
    if not rows:
        raise Refused("nothing_to_report")
    report = HourReport(
        community_id=community.id, period=period.code, reported_on=on, rows=len(rows),
        minutes=sum(one.minutes for one in rows), columns=written(layout_of(community).columns),
        marked_by_id=by.account_id,
    ).save()  # fmt: skip
    db.session.add_all(_line(report, one) for one in rows)
    db.session.flush()
    details = {"period": period.code, "on": on.isoformat(), "rows": report.rows, "minutes": report.minutes}
    record("hour_report.mark", by=by, about=[report], community_id=community.id, details=details)
    return report


def _line(report: HourReport, one: ListRow) -> HourReportLine:
    return HourReportLine(
        report_id=report.id, record_id=one.record_id, taken_back=one.told == Told.TAKEN_BACK,
        corrects_id=one.corrects_id,
    )  # fmt: skip


def rows_of(report: HourReport) -> tuple[tuple[Laid, ...], list[ListRow]]:
    """Return a list as it was carried over: its columns and its rows."""
    before = aliased(HourRecord)
    query = (
        facts()
        .add_columns(HourReportLine.taken_back, before.id, before.minutes)
        .join(HourReportLine, HourReportLine.record_id == HourRecord.id)
        .outerjoin(before, before.id == HourReportLine.corrects_id)
        .where(HourReportLine.report_id == report.id)
    )
    rows = []
    for r, person, number, taken_back, corrects_id, minutes in db.session.execute(query):
        told = Told.TAKEN_BACK if taken_back else Told.CORRECTED if corrects_id else Told.NEW
        rows.append(
            row_of(r, person, number, told=told, before_minutes=r.minutes if taken_back else minutes,
                   corrects_id=corrects_id, reported_on=report.reported_on)
        )  # fmt: skip
    return read(report.columns), rows


@dataclass(frozen=True)
class ReportLine:
    """A list that was marked, as the page shows it; the latest one may be undone."""

    public_id: str
    period: str
    reported_on: date
    rows: int
    minutes: int
    by: str | None
    latest: bool = False


def lines_for(community: Place, limit: int = 24) -> list[ReportLine]:
    """Return the lists of a community that were marked, the latest first."""
    query = (
        select(HourReport, Account.name)
        .outerjoin(Account, Account.id == HourReport.marked_by_id)
        .where(HourReport.community_id == community.id, HourReport.undone_at.is_(None))
        .order_by(HourReport.id.desc())
        .limit(limit)
    )
    found = [
        ReportLine(one.public_id, one.period, one.reported_on, one.rows, one.minutes, name)
        for one, name in db.session.execute(query)
    ]
    return [replace(found[0], latest=True), *found[1:]] if found else []
