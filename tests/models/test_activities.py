"""Activities: announced, read by everybody, called off with word to those who signed up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from models import activities
from models.accounts import actor_of
from models.attendance import Attendance
from models.base import NotFound, Refused, now, travel
from models.events import JOB
from models.permissions import Permission
from models.tellings import Telling
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
