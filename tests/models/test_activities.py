"""Activities: announced, read by everybody, called off with word to those who signed up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from models import activities
from models.accounts import actor_of
from models.activities import Activity, ActivitySeries, Wants
from models.attendance import Attendance, take_list
from models.base import SHANGHAI, NotFound, Refused, Stale, now, travel
from models.events import JOB
from models.permissions import Permission
from models.tellings import Telling
from models.working_time import local_day
from tests import builders, serving
from tests.cast import Cast


def test_everybody_reads_what_is_coming_with_the_places_left(db: Any, cast: Cast, count_queries: Any) -> None:
    first = serving.activity(cast, capacity=3)
    serving.activity(cast, starts_at=now() + timedelta(days=2))
    Attendance.sign_up(first, cast.neighbor, by=actor_of(cast.resident))
    with count_queries() as queries:
        coming = activities.coming(cast.community.id)
    assert len(queries) == 1
    assert [one.left for one in coming] == [2, None]
    assert activities.coming(cast.other_community.id) == []
    with travel(timedelta(days=3)):
        assert len(activities.past(cast.community.id)) == 2


def test_a_code_has_six_digits(db: Any, cast: Cast) -> None:
    code = serving.activity(cast).code
    assert len(code) == 6
    assert code.isdigit()


def test_what_cannot_take_place_is_not_announced(db: Any, cast: Cast) -> None:
    start = now() + timedelta(hours=1)
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("ends_before_it_starts", {"starts_at": start, "ends_at": start}),
        ("activity_too_long", {"starts_at": start, "ends_at": start + timedelta(hours=25)}),
        ("activity_in_the_past", {"starts_at": now() - timedelta(hours=5)}),
    ]
    for key, more in wrong:
        with pytest.raises(Refused, match=key):
            serving.activity(cast, **more)


def test_those_who_signed_up_are_told_that_it_is_called_off(db: Any, cast: Cast) -> None:
    day = serving.activity(cast)
    Attendance.sign_up(day, cast.neighbor, by=actor_of(cast.resident))
    day.cancel("下雨改期", by=actor_of(cast.clerk))
    told = db.session.query(Telling).filter(Telling.sentence == "activity_cancelled").all()
    assert len(told) == 1
    assert activities.coming(cast.community.id) == []


def test_a_calendar_shows_whole_weeks_with_what_was_called_off(db: Any, cast: Cast, count_queries: Any) -> None:
    with travel(datetime(2026, 11, 28, 2, tzinfo=UTC)):
        # 23:30 in Shanghai on the last day of the month is still November.
        late = serving.activity(cast, starts_at=datetime(2026, 11, 30, 15, 30, tzinfo=UTC))
        early = serving.activity(cast, starts_at=datetime(2026, 11, 30, 16, 0, tzinfo=UTC))
        late.cancel("下雨改期", by=actor_of(cast.clerk))
        with count_queries() as queries:
            month = activities.month_sheet(date(2026, 11, 28), cast.community.id)
        assert len(queries) == 1
        assert [len(week) for week in month.weeks] == [7] * 6
        assert [(day.on.day, [one.public_id for one in day.notices]) for day in month.busy] == [(30, [late.public_id])]
        assert month.busy[0].notices[0].cancelled
        week = activities.week_sheet(date(2026, 12, 6), cast.community.id)
        assert (week.first, week.last) == (date(2026, 11, 30), date(2026, 12, 6))
        assert [one.public_id for day in week.busy for one in day.notices] == [late.public_id, early.public_id]
        assert activities.month_sheet(month.after, cast.other_community.id).busy == ()


def test_those_who_signed_up_are_reminded_once_the_day_before(db: Any, cast: Cast) -> None:
    with travel(datetime(2026, 11, 28, 1, tzinfo=UTC)):
        by = actor_of(cast.clerk)
        day = serving.activity(cast, starts_at=now() + timedelta(days=1), capacity=1)
        serving.activity(cast, starts_at=now() + timedelta(days=2))
        Attendance.sign_up(day, cast.neighbor, by=by)
        Attendance.sign_up(day, builders.person(cast.community, "没有账号的人"), by=by, part="VOLUNTEER")
        Attendance.sign_up(day, builders.person(cast.community, "候补的人"), by=by)
        assert activities.Activity.remind_all(by=JOB) == 1
        assert activities.Activity.remind_all(by=JOB) == 0
        told = db.session.query(Telling).filter(Telling.sentence == "activity_tomorrow").all()
        assert len({one.account_id or one.person_id for one in told}) == len(told) == 2


def test_only_those_in_reach_find_an_activity_to_work_on(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    day = serving.activity(cast, of)
    for reader in (cast.worker, cast.clerk):
        assert activities.Activity.find(
            day.public_id, activities.Activity.visible_to(actor_of(reader), Permission.WRITE_LOG)
        )
    for stranger in (cast.other_worker, cast.other_clerk, cast.resident):
        with pytest.raises(NotFound):
            activities.Activity.find(
                day.public_id, activities.Activity.visible_to(actor_of(stranger), Permission.WRITE_LOG)
            )
    with pytest.raises(Refused, match="project_of_another_community"):
        serving.activity(cast, serving.project(cast, community_id=cast.other_community.id))
    assert builders.number()


def test_a_weekly_activity_is_many_and_its_rest_is_called_off_in_one_act(db: Any, cast: Cast) -> None:
    clerk, starts = actor_of(cast.clerk), now() + timedelta(days=1)
    told: dict[str, Any] = {
        "content": "做操", "place": "广场", "starts_at": starts, "ends_at": starts + timedelta(hours=1), "in_charge": "李晓梅",
    }  # fmt: skip
    first_day = local_day(starts)

    def weekly(until: date, *days: int) -> list[Activity]:
        return ActivitySeries.announce(cast.community, "晨练", weekdays=days, until=until, by=clerk, **told)

    for days, until, why in (
        ((), first_day, "weekday_needed"), ((1,), first_day - timedelta(days=9), "series_without_days"),
        (range(1, 8), first_day + timedelta(days=90), "too_many_times"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=why):
            weekly(until, *days)
    times = weekly(first_day + timedelta(days=20), first_day.isoweekday())
    assert [local_day(one.starts_at) for one in times] == [first_day + timedelta(days=7 * n) for n in range(3)]
    assert len({one.starts_at.astimezone(SHANGHAI).time() for one in times}) == 1
    moved, last = times[1], times[2]
    Attendance.sign_up(moved, cast.neighbor, by=clerk)
    changed = {**told, "starts_at": moved.starts_at, "ends_at": moved.ends_at, "place": "活动室", "capacity": 8}
    moved.change(title="晨练（室内）", seen=moved.version, by=clerk, **changed)
    with pytest.raises(Stale, match="stale_edit"):
        moved.change(title="晨练", seen=1, by=clerk, **changed)
    assert (moved.place, last.place) == ("活动室", "广场")
    times[0].cancel("下雨改期", by=clerk)
    assert last.cancelled_at is None
    series = ActivitySeries.get(last.series_id or 0)
    assert series.cancel_rest("场地维修", by=clerk) == 2
    with pytest.raises(Refused, match="nothing_left_of_the_series"):
        series.cancel_rest("场地维修", by=clerk)
    sentences = [one.sentence for one in Telling.query.order_by(Telling.id)]
    assert sentences == ["activity_moved", "activity_cancelled"]


def test_nobody_is_noted_at_a_risky_activity_before_its_insurance_is_entered(db: Any, cast: Cast) -> None:
    day = serving.activity(cast, starts_at=now() + timedelta(minutes=30), wants=Wants(risk="登高擦窗"))
    clerk, on = actor_of(cast.clerk), local_day(day.starts_at)
    row = Attendance.sign_up(day, cast.neighbor, by=clerk)
    for note in (
        lambda: row.check_in(by=clerk), lambda: take_list(day, people=[cast.neighbor], by=clerk),
        lambda: Attendance.check_in_by_code(day, day.code, cast.neighbor, by=clerk),
    ):  # fmt: skip
        with pytest.raises(Refused, match="insurance_needed"), db.session.begin_nested():
            note()
    for number, first, last, why in (
        ("X", on, on, "insurance_number_needed"), ("PICC-2026-1", on - timedelta(days=9), on - timedelta(days=1),
                                                  "insurance_not_that_day"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=why):
            day.insure(number, first, last, by=clerk)
    day.insure("PICC-2026-1", on, on + timedelta(days=1), by=clerk)
    db.session.refresh(row)
    row.check_in(by=clerk)
    with pytest.raises(Refused, match="not_risky"):
        serving.activity(cast).insure("PICC-2026-1", on, on, by=clerk)
