"""What a month told of dates that were missed stays as it was, whatever happens to its needs later."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models import need_counts, reports
from models.accounts import actor_of
from models.base import Refused, now, travel
from models.base import db as database
from models.deadlines import ClockKind
from models.events import JOB
from models.need_counts import Count
from models.needs import AnswerKind, Field, Need, RejectReason, Urgency
from models.needs.missed import MissedDate
from models.reports import Period
from models.working_time import start_of
from tests import builders, serving
from tests.cast import Cast
from tests.models.test_need_counts import VERBS

MONTHS = ("2026-09", "2026-10", "2026-11", "2026-12")


def at(month: int, day: int, hour: int = 10) -> Any:
    """Return a travel to an hour in Shanghai."""
    return travel(datetime(2026, month, day, hour - 8, tzinfo=UTC))


def job(month: int, day: int) -> None:
    """Let the job read the clocks on a morning."""
    with at(month, day):
        Need.escalate_all(by=JOB)


def late(cast: Cast, code: str) -> int:
    """Return the figure of a period, after the list and the daily counts of a month have said the same."""
    database.session.flush()
    here, cell = reports.scope(cast.community, Period.of(code)), reports.cell("need.overdue")
    page = reports.page(here, cell)
    assert page.figure == len(page.lines) == len({one.public_id for one in page.lines})
    if here.period.months == 1:
        found = need_counts.totals([cast.community.id], here.period.first, here.period.until, counts=[Count.LATE])
        assert found.get((), 0) == page.figure
    assert need_counts.kept() == need_counts.counted()
    return page.figure


def figures(cast: Cast) -> list[int]:
    """Return the figures of September to December."""
    return [late(cast, code) for code in MONTHS]


def planned(cast: Cast, until: date, project: Any = None) -> Need:
    """Return a need of October that is served by a day."""
    with at(10, 8):
        need = builders.accepted(cast.community, actor_of(cast.clerk))
        (project or serving.project(cast)).link(need, "上门看看", start_of(until), by=actor_of(cast.clerk))
    return need


def missed(need: Need) -> list[tuple[str, date]]:
    """Return the dates of a need that passed."""
    database.session.flush()
    query = select(MissedDate.clock, MissedDate.day).where(MissedDate.need_id == need.id).order_by(MissedDate.day)
    return [(row[0], row[1]) for row in database.session.execute(query)]


def test_a_date_that_is_told_anew_takes_nothing_from_the_month_that_missed_it(cast: Cast) -> None:
    need = planned(cast, date(2026, 10, 31))
    with at(10, 31, 23):
        Need.escalate_all(by=JOB)
        assert figures(cast) == [0, 0, 0, 0]
    with at(11, 3):
        need.promise("改天上门", date(2026, 11, 10), by=actor_of(cast.head))
    assert figures(cast) == [0, 1, 0, 0]
    job(11, 12)
    assert figures(cast) == [0, 1, 1, 0] and late(cast, "2026-Q4") == 1
    with at(12, 2):
        need.resolve("扶手装好了。", by=actor_of(cast.clerk))
        Need.escalate_all(by=JOB)
    assert figures(cast) == [0, 1, 1, 0] and late(cast, "2026") == 1
    assert missed(need) == [(ClockKind.PROMISE, date(2026, 10, 31)), (ClockKind.PROMISE, date(2026, 11, 10))]


def test_a_date_of_the_project_that_is_told_anew_takes_nothing_either(cast: Cast) -> None:
    project = serving.project(cast)
    need = planned(cast, date(2026, 10, 20), project)
    with at(11, 3):
        project.tell_date("下周上门", datetime(2026, 11, 9, 2, tzinfo=UTC), by=actor_of(cast.supervisor))
    assert need.next_step_at == datetime(2026, 11, 9, 2, tzinfo=UTC) and figures(cast) == [0, 1, 0, 0]


def test_a_service_that_comes_late_takes_nothing_back(cast: Cast) -> None:
    need = planned(cast, date(2026, 10, 20))
    with at(11, 3):
        need._enter_service(now())
        need.resolve(by=actor_of(cast.clerk))
        Need.escalate_all(by=JOB)
    assert figures(cast) == [0, 1, 0, 0]


def test_a_service_in_time_whose_record_is_read_later_was_not_late(cast: Cast) -> None:
    need = planned(cast, date(2026, 10, 20))
    job(10, 22)
    assert figures(cast) == [0, 1, 0, 0]
    with at(11, 3):
        need._enter_service(datetime(2026, 10, 20, 7, tzinfo=UTC))
        assert figures(cast) == [0, 0, 0, 0] and need.dates_missed == 0 and not missed(need)
        need._leave_service()
        Need.escalate_all(by=JOB)
        assert figures(cast) == [0, 1, 0, 0]
        need._enter_service(datetime(2026, 10, 21, 7, tzinfo=UTC))
        assert figures(cast) == [0, 1, 0, 0]
        need._enter_service(datetime(2026, 10, 19, 7, tzinfo=UTC))
        need.resolve(by=actor_of(cast.clerk))
    assert figures(cast) == [0, 0, 0, 0] and need_counts.recount() == 0


def test_what_else_was_missed_stays_when_a_service_turns_out_to_have_come_in_time(cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    with at(10, 1):
        need = builders.accepted(cast.community, clerk, urgency=Urgency.GENERAL)
    with at(10, 19):
        serving.project(cast).link(need, "上门看看", start_of(date(2026, 10, 25)), by=clerk)
    job(10, 28)
    assert len(missed(need)) == 2
    with at(11, 3):
        need._enter_service(datetime(2026, 10, 24, 7, tzinfo=UTC))
    assert [clock for clock, _ in missed(need)] == [ClockKind.ANSWER] and figures(cast) == [0, 1, 0, 0]


def test_an_answer_that_came_late_stays_late_when_the_need_is_opened_again(cast: Cast) -> None:
    with at(10, 8):
        need = builders.accepted(cast.community, actor_of(cast.clerk), urgency=Urgency.GENERAL)
    with at(10, 28):
        need.answer("修好了。", AnswerKind.DONE, by=actor_of(cast.clerk))
    assert missed(need) == [(ClockKind.ANSWER, date(2026, 10, 15))]
    with at(11, 5):
        need.reopen("又坏了。", by=actor_of(cast.clerk))
    assert figures(cast) == [0, 1, 0, 0]


def test_what_waited_too_long_to_be_looked_at_stays_late_when_it_is_refused(cast: Cast) -> None:
    with at(10, 8):
        need = builders.need(cast.community)
    with at(11, 5):
        need.reject(RejectReason.OUT_OF_SCOPE, "不归社区管。", by=actor_of(cast.clerk))
        Need.escalate_all(by=JOB)
    assert figures(cast) == [0, 1, 0, 0]


def test_a_need_is_late_once_a_month_and_again_in_the_next(cast: Cast) -> None:
    with at(10, 8):
        need = builders.need(cast.community)
    with at(10, 20):
        need.accept(Field.HEALTH, Urgency.GENERAL, by=actor_of(cast.clerk))
    job(10, 29)
    assert [kind for kind, _ in missed(need)] == [ClockKind.ACCEPTANCE, ClockKind.ANSWER] and need.dates_missed == 2
    assert figures(cast) == [0, 1, 0, 0]
    with at(11, 2):
        serving.project(cast).link(need, "上门看看", start_of(date(2026, 11, 20)), by=actor_of(cast.clerk))
    job(12, 1)
    assert figures(cast) == [0, 1, 1, 0]


def test_what_lies_with_the_street_without_being_late_is_not_counted_before_its_date(cast: Cast) -> None:
    with at(10, 8):
        need = builders.accepted(cast.community, actor_of(cast.clerk), urgency=Urgency.GENERAL)
        need.answer("修好了。", AnswerKind.DONE, by=actor_of(cast.clerk))
        need.reopen("没有。", by=actor_of(cast.clerk))
        need.answer("修好了。", AnswerKind.DONE, by=actor_of(cast.clerk))
        need.reopen("还是没有。", by=actor_of(cast.clerk))
    job(10, 9)
    assert need.escalated == "STREET" and figures(cast) == [0, 0, 0, 0]
    job(10, 16)
    assert figures(cast) == [0, 1, 0, 0]


def test_a_pause_beyond_its_days_and_what_is_joined_with_another_is_late_too(cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    with at(10, 8):
        asked, joined = (builders.accepted(cast.community, clerk, urgency=Urgency.GENERAL) for _ in "12")
        asked.ask_info("哪一栋？", by=clerk)
    with at(10, 20):
        joined.merge(builders.need(cast.community), by=clerk)
        assert missed(joined) and not missed(asked)
    with at(11, 5):
        asked.inform("五栋。", by=clerk)
    assert [kind for kind, _ in missed(asked)] == [ClockKind.ANSWER]


def test_what_is_sorted_anew_moves_with_all_that_was_counted_of_it(cast: Cast) -> None:
    need = planned(cast, date(2026, 10, 20))
    job(10, 22)
    need.field = Field.RURAL
    database.session.flush()
    here = reports.scope(cast.community, Period.of("2026-10"))
    assert reports.figure(here, reports.cell("field.rural.overdue")) == 1 == late(cast, "2026-10")
    need.hidden = True
    assert figures(cast) == [0, 0, 0, 0]
    need.hidden = False
    assert figures(cast) == [0, 1, 0, 0]


def test_the_job_keeps_each_date_once_and_asks_little(cast: Cast, count_queries: Callable[[], Any]) -> None:
    with at(10, 8):
        for _ in range(5):
            builders.accepted(cast.community, actor_of(cast.clerk), urgency=Urgency.GENERAL)
    job(10, 20)
    database.session.flush()
    with at(10, 20), count_queries() as asked:
        assert Need.escalate_all(by=JOB) == 0
    assert len(asked) <= 6 and late(cast, "2026-10") == 5


@given(steps=st.lists(st.tuples(st.sampled_from(sorted(VERBS)), st.integers(0, 25)), max_size=20))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_month_that_is_over_tells_the_same_for_ever(db: Any, cast: Cast, steps: list[tuple[str, int]]) -> None:
    moment, head, told = datetime(2026, 9, 2, 2, tzinfo=UTC), actor_of(cast.head), dict[str, set[date]]()
    whole = database.session.begin_nested()
    with travel(moment):
        need = builders.need(cast.community)
    for verb, days in steps:
        moment += timedelta(days=days)
        with travel(moment):
            Need.escalate_all(by=JOB)
            for period in (Period.of(code) for code in MONTHS):
                found = {day for _, day in missed(need) if period.first <= day < period.until}
                if period.before <= moment:
                    assert told.setdefault(period.code, found) == found, (verb, period.code)
            with contextlib.suppress(Refused):
                VERBS[verb](need, head)
    figures(cast)
    whole.rollback()


@pytest.mark.parametrize("hour", [0, 9])
def test_a_date_is_missed_with_the_end_of_its_day(cast: Cast, hour: int) -> None:
    need = planned(cast, date(2026, 10, 20))
    with travel(start_of(date(2026, 10, 21)) + timedelta(hours=hour)):
        need._enter_service(now())
    assert missed(need) == [(ClockKind.PROMISE, date(2026, 10, 20))]
