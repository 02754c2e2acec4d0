"""The clocks of a need on the database: they stop, stand still, begin anew, and tell whoever must know."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from models import events
from models.accounts import actor_of
from models.base import Refused, now, travel
from models.calendar import calendar_with
from models.deadlines import Color, Escalation
from models.events import JOB, Event
from models.needs import AnswerKind, Channel, Field, Kind, Need, Urgency, clocks, overdue
from models.states import NeedState
from models.tellings import news_for
from models.working_time import add_working_days
from tests import builders
from tests.cast import Cast

# A Monday morning at nine in Shanghai, in a week without holidays.
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def monday(db: Any, cast: Cast) -> Any:
    """Begin on a Monday at nine."""
    with travel(MONDAY):
        yield MONDAY


def general(cast: Cast, **more: Any) -> Need:
    """Return an accepted general need of our community."""
    return builders.accepted(cast.community, actor_of(cast.clerk), urgency=Urgency.GENERAL, **more)


def test_a_general_need_is_answered_within_seven_days(monday: datetime, cast: Cast) -> None:
    need = general(cast)
    clock = clocks.answer_clock(need)
    assert clock.due == need.answer_due_at == monday + timedelta(days=7)
    assert clock.running and clock.color == Color.GREEN
    with travel(timedelta(days=6)):
        assert clocks.answer_clock(need).color == Color.YELLOW
    with travel(timedelta(days=7)):
        assert clocks.answer_clock(need).missed


@pytest.mark.usefixtures("ticking_clock")
def test_lists_are_sorted_by_the_time_that_the_page_of_a_need_tells(db: Any, cast: Cast) -> None:
    fresh, taken = builders.need(cast.community), general(cast)
    looked_at, answered = clocks.current(fresh), clocks.current(taken)
    assert looked_at is not None and looked_at.due == fresh.acceptance_due_at
    assert answered is not None and answered.due == taken.answer_due_at


def test_the_clock_stands_still_while_the_resident_is_asked(monday: datetime, cast: Cast) -> None:
    need, clerk = general(cast), actor_of(cast.clerk)
    with travel(timedelta(days=1)):
        need.ask_info("是几号楼？", by=clerk)
    with travel(timedelta(days=2)):
        assert clocks.answer_clock(need).paused
    with travel(timedelta(days=3)):
        need.inform("5 号楼。", by=clerk, on_the_phone=True)
        assert need.answer_due_at == monday + timedelta(days=9)
    with travel(timedelta(days=3, hours=1)):
        assert not clocks.answer_clock(need).paused


def test_waiting_stops_the_clock_for_ten_working_days_at_most(monday: datetime, cast: Cast) -> None:
    need, clerk = general(cast), actor_of(cast.clerk)
    need.ask_info("是几号楼？", by=clerk)
    with travel(timedelta(days=40)):
        clock = clocks.current(need)
        assert clock is not None and clock.missed and not clock.paused
        need.inform("5 号楼。", by=clerk)
        assert need.answer_due_at is not None and need.answer_due_at < now()


def test_an_answer_stops_the_clock_and_a_reopening_begins_it_anew(monday: datetime, cast: Cast) -> None:
    need, clerk = general(cast), actor_of(cast.clerk)
    with travel(timedelta(days=2)):
        need.answer("办好了。", AnswerKind.DONE, by=clerk)
        assert not clocks.answer_clock(need).running
    with travel(timedelta(days=20)):
        assert not clocks.answer_clock(need).missed
        need.reopen("没有办好。", by=actor_of(cast.resident))
        clock = clocks.answer_clock(need)
        assert clock.running and clock.due == need.answer_due_at
        assert clock.due >= now() + timedelta(days=7)


def test_more_time_is_told_once_and_the_last_day_ends_with_the_time(monday: datetime, cast: Cast) -> None:
    need, clerk = general(cast), actor_of(cast.clerk)
    due = need.answer_due_at
    assert due is not None
    for on, key in ((due.date(), None), (due.date() + timedelta(days=30), "extension_too_long")):
        if key:
            with pytest.raises(Refused, match=key):
                need.extend(on, "等配件。", by=clerk)
    need.extend((due + timedelta(days=7)).date(), "等配件。", by=clerk)
    assert need.answer_due_at == due + timedelta(days=7)
    with pytest.raises(Refused, match="extension_once"):
        need.extend((due + timedelta(days=8)).date(), "还要等。", by=clerk)


def test_a_need_that_waits_for_information_before_acceptance_cannot_be_extended(monday: datetime, cast: Cast) -> None:
    need, clerk = builders.need(cast.community), actor_of(cast.clerk)
    need.ask_info("是几号楼？", by=clerk)
    with pytest.raises(Refused, match="not_accepted_yet"):
        need.extend(monday.date() + timedelta(days=9), "等配件。", by=clerk)


def test_a_promise_is_missed_with_the_end_of_its_day(monday: datetime, cast: Cast) -> None:
    need = general(cast)
    need._plan(next_step="周五开会", next_step_at=monday + timedelta(days=4))
    with travel(timedelta(days=4, hours=14)):
        clock = clocks.current(need)
        assert clock is not None and not clock.missed and clock.color == Color.YELLOW
    with travel(timedelta(days=4, hours=15, minutes=1)):
        clock = clocks.current(need)
        assert clock is not None and clock.missed


def test_many_clocks_are_read_with_few_questions(monday: datetime, cast: Cast, db: Any, count_queries: Any) -> None:
    needs = [general(cast) for _ in range(5)] + [builders.need(cast.other_community)]
    db.session.flush()
    with count_queries() as queries:
        read = clocks.read(needs)
    assert len(read) == 6 and len(queries) <= 4
    assert clocks.read([]) == {}


def told(db: Any, account: Any) -> list[str]:
    """Return what an account was told."""
    db.session.flush()
    return [news.sentence for news in news_for(account.id)]


def escalations(db: Any) -> int:
    """Return how many events the runs wrote."""
    count: int = db.session.query(Event).filter_by(verb="need.escalate").count()
    return count


def test_clerk_head_street_and_everybody_learn_of_a_late_need_one_after_the_other(
    monday: datetime, cast: Cast, db: Any
) -> None:
    need = general(cast)
    for days, level in ((0, None), (6, "CLERK"), (7.1, "HEAD"), (10.5, "STREET"), (16, "PUBLIC")):
        with travel(timedelta(days=days)):
            before = escalations(db)
            changed = Need.escalate_all(by=JOB)
            assert need.escalated == level and changed == (level is not None)
            assert Need.escalate_all(by=JOB) == 0
            assert escalations(db) == before + (level is not None)
    assert told(db, cast.clerk) == ["need_due_soon"]
    assert told(db, cast.head) == ["need_overdue"]
    assert told(db, cast.street_officer) == ["need_overdue_publicly", "need_overdue"]
    assert told(db, cast.other_clerk) == []
    with travel(timedelta(days=17)):
        need.answer("办好了。", AnswerKind.DONE, by=actor_of(cast.clerk))
        assert Need.escalate_all(by=JOB) == 1
        assert need.escalated is None


def test_in_the_trial_the_street_knows_but_the_public_reads_counts_only(monday: datetime, cast: Cast, db: Any) -> None:
    need = general(cast)
    cast.community.trial_until = monday + timedelta(days=60)
    with travel(timedelta(days=15)):
        Need.escalate_all(by=JOB)
        assert need.escalated == Escalation.STREET
        board = overdue.board([cast.community.id])
        assert (board[0].count, board[0].lines, board[0].on_trial) == (1, (), True)


def test_the_public_list_shows_titles_tiles_and_days_and_private_matters_as_a_count(
    monday: datetime, cast: Cast, db: Any
) -> None:
    titled, bare = general(cast), general(cast, field=Field.ENVIRONMENT)
    private = general(cast)
    private.kind = Kind.COMPLAINT
    titled.publish_title("食堂周末停餐", by=actor_of(cast.clerk))
    with travel(timedelta(days=15)):
        Need.escalate_all(by=JOB)
        titled.explain_delay("食堂换承包方，月底恢复。", by=actor_of(cast.head))
        db.session.flush()
        board = overdue.board([cast.community.id, cast.other_community.id])
        assert len(board) == 1
        ours = board[0]
        assert (ours.count, ours.private) == (3, 1)
        assert [line.title for line in ours.lines] == ["食堂周末停餐", bare.ticket_no]
        assert ours.lines[0].reason == "食堂换承包方，月底恢复。" and ours.lines[0].days >= 7
        assert private.ticket_no not in str(ours)


def test_a_run_over_many_needs_writes_one_event_that_names_them_all(monday: datetime, cast: Cast, db: Any) -> None:
    needs = [general(cast) for _ in range(3)]
    with travel(timedelta(days=8)):
        assert Need.escalate_all(by=JOB) == 3
    lines = events.timeline(needs, verbs=["need.escalate"])
    assert len(lines) == 1 and set(lines[0].details["levels"].values()) == {"HEAD"}


def test_what_is_turned_away_stops_every_clock(monday: datetime, cast: Cast) -> None:
    need = builders.need(cast.community)
    need.redirect(Channel.HOTLINE, "请打 12345。", by=actor_of(cast.clerk))
    with travel(timedelta(days=90)):
        assert not clocks.acceptance_clock(need).running and clocks.current(need) is None
        assert Need.escalate_all(by=JOB) == 0 and need.state == NeedState.REDIRECTED


def test_a_place_has_one_calendar_until_its_hours_or_the_holidays_change() -> None:
    days, hours = {date(2026, 10, 1): False}, {"0": [["09:00", "12:00"]]}
    calendar = calendar_with(hours, days)
    assert calendar_with(dict(hours), dict(days)) is calendar
    assert calendar_with({"0": [["09:00", "13:00"]]}, days) is not calendar
    worked = calendar_with(hours, {date(2026, 10, 1): True})
    thursday = datetime(2026, 9, 30, 4, tzinfo=UTC)
    assert add_working_days(thursday, 1, worked) < add_working_days(thursday, 1, calendar)
