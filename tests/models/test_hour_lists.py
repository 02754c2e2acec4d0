"""Hours for the official system: told once, corrected in a row of its own, in the columns of the office."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from models import hour_lists
from models.accounts import actor_of
from models.base import Refused, Stale, today
from models.hour_lists import NEEDED, Column, HourReport, HourReportLine, Laid, LayoutOrigin, Told
from models.reports import Period
from models.volunteering import HourCorrection, HourRecord
from tests.cast import Cast
from tests.models.test_volunteering import S, in_state
from web.errors import CONSTRAINTS, constraint_of

pytestmark = pytest.mark.usefixtures("past_noon")


def year() -> Period:
    return Period.of(f"{today():%Y}")


def mark(cast: Cast, **more: Any) -> HourReport:
    """Mark the list of this year as somebody sees it now."""
    seal = hour_lists.list_of(cast.community, year()).seal
    return hour_lists.mark_reported(
        cast.community, year(), **{"seal": seal, "on": today(), "by": actor_of(cast.clerk), **more}
    )


def told(cast: Cast) -> list[tuple[int, Told, int | None]]:
    return [(one.record_id, one.told, one.before_minutes) for one in hour_lists.list_of(cast.community, year()).due]


def corrected(cast: Cast, one: HourRecord, minutes: int) -> HourRecord:
    """Let the volunteer ask and the supervisor grant that the service ended earlier."""
    asked = HourCorrection(
        record_id=one.id, community_id=one.community_id, organization_id=one.organization_id, text="早走了一会儿",
        wanted_end=one.ended_at - timedelta(minutes=minutes),
    ).save()  # fmt: skip
    return asked.grant("核对过了", by=actor_of(cast.supervisor))


@pytest.mark.usefixtures("standing_clock")
def test_what_counts_is_reported_once_and_a_list_that_changed_is_not_marked_unseen(db: Any, cast: Cast) -> None:
    one, seal = in_state(cast, S.COUNTED), hour_lists.list_of(cast.community, year()).seal
    in_state(cast, S.PROPOSED)
    assert told(cast) == [(one.id, Told.NEW, None)]
    two = in_state(cast, S.COUNTED)
    with pytest.raises(Stale, match="hour_list_moved"):
        mark(cast, seal=seal)
    with pytest.raises(Refused, match="hours_report_day"):
        mark(cast, on=today() + timedelta(days=1))
    first = mark(cast, only=[one.public_id])
    assert (first.rows, first.minutes) == (1, one.minutes)
    assert told(cast) == [(two.id, Told.NEW, None)]
    mark(cast)
    assert told(cast) == [] and hour_lists.months_open(cast.community) == []
    with pytest.raises(Refused, match="nothing_to_report"):
        mark(cast)
    assert hour_lists.reported_days([one.id, two.id]) == {one.id: today(), two.id: today()}
    assert [row.reported_on for row in hour_lists.list_of(cast.community, year()).rows] == [today(), today()]
    assert hour_lists.list_of(cast.other_community, year()).rows == ()


def test_what_was_reported_and_corrected_stands_on_the_next_list_as_a_correction(db: Any, cast: Cast) -> None:
    one, gone = in_state(cast, S.COUNTED), in_state(cast, S.COUNTED)
    untold = in_state(cast, S.COUNTED)
    mark(cast, only=[one.public_id, gone.public_id])
    new, plain = corrected(cast, one, 10), corrected(cast, untold, 10)
    newest = corrected(cast, new, 10)
    gone.void("登记错人", by=actor_of(cast.supervisor))
    assert sorted(told(cast)) == sorted([
        (newest.id, Told.CORRECTED, one.minutes), (gone.id, Told.TAKEN_BACK, gone.minutes), (plain.id, Told.NEW, None),
    ])  # fmt: skip
    again = mark(cast)
    assert again.minutes == newest.minutes + plain.minutes
    assert told(cast) == []
    _columns, rows = hour_lists.rows_of(again)
    assert {(row.told, row.minutes, row.before_minutes) for row in rows} == {
        (Told.CORRECTED, newest.minutes, one.minutes), (Told.TAKEN_BACK, 0, gone.minutes), (Told.NEW, plain.minutes, None),
    }  # fmt: skip
    last = corrected(cast, newest, 5)
    assert told(cast) == [(last.id, Told.CORRECTED, newest.minutes)]


def test_the_latest_mark_is_taken_back_with_a_reason_and_its_rows_are_due_again(db: Any, cast: Cast) -> None:
    one = in_state(cast, S.COUNTED)
    first = mark(cast)
    in_state(cast, S.COUNTED)
    second, clerk = mark(cast), actor_of(cast.clerk)
    with pytest.raises(Refused, match="hours_reported_since"):
        first.undo("点错了", by=clerk)
    with pytest.raises(Refused, match="reason_needed"):
        second.undo(" ", by=clerk)
    second.undo("点错了", by=clerk)
    first.undo("也点错了", by=clerk)
    assert (one.id, Told.NEW, None) in told(cast) and len(told(cast)) == 2
    assert hour_lists.lines_for(cast.community) == []


@pytest.mark.parametrize(("column", "taken_back"), [("record_id", False), ("corrects_id", True)])
def test_the_database_too_keeps_a_row_from_being_told_twice(db: Any, cast: Cast, column: str, taken_back: bool) -> None:
    one = in_state(cast, S.COUNTED)
    report = mark(cast)
    other = in_state(cast, S.COUNTED)
    corrects = {} if column == "record_id" else {"corrects_id": other.id}
    if corrects:
        db.session.add(HourReportLine(report_id=report.id, record_id=other.id, **corrects))
    db.session.add(HourReportLine(report_id=report.id, record_id=one.id, taken_back=taken_back, **corrects))
    with pytest.raises(IntegrityError) as caught:
        db.session.flush()
    assert CONSTRAINTS[constraint_of(caught.value)] == "hours_reported_already"


def test_an_office_lays_its_columns_and_a_community_follows_its_street_until_it_lays_its_own(
    db: Any, cast: Cast
) -> None:
    clerk, street = actor_of(cast.clerk), actor_of(cast.street_officer)
    assert hour_lists.layout_of(cast.community).origin == LayoutOrigin.USUAL
    columns = [Laid(Column.OWN_1, "服务类别", "社区服务"), *(Laid(one) for one in reversed(NEEDED))]
    hour_lists.set_layout(cast.street, columns, by=street)
    assert hour_lists.layout_of(cast.community) == hour_lists.Layout(tuple(columns), LayoutOrigin.STREET)
    own = hour_lists.set_layout(cast.community, columns[1:], by=clerk)
    assert hour_lists.layout_of(cast.community).origin == LayoutOrigin.OWN
    assert hour_lists.layout_of(cast.other_community).origin == LayoutOrigin.STREET
    for wrong, key in (
        (columns[2:], "seven_fields_needed"), ([*columns, columns[1]], "layout_column_twice"),
        ([*columns[1:], Laid(Column.OWN_2)], "heading_needed"),
        ([*columns, Laid(Column.RULE, "很长" * 20)], "heading_too_long"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=key):
            hour_lists.set_layout(cast.community, wrong, by=clerk)
    with pytest.raises(Stale):
        hour_lists.set_layout(cast.community, columns, by=clerk, seen_version=own.version + 7)
    with pytest.raises(Refused, match="place_needed"):
        hour_lists.set_layout(cast.district, columns, by=clerk)
    hour_lists.drop_layout(cast.community, by=clerk)
    assert hour_lists.layout_of(cast.community).origin == LayoutOrigin.STREET
    with pytest.raises(Refused, match="no_own_layout"):
        hour_lists.drop_layout(cast.community, by=clerk)
