"""Opening hours, holidays, and deadlines counted in working hours and working days."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import SHANGHAI
from models.working_time import (
    SHIPPED,
    SHIPPED_YEARS,
    Calendar,
    add_working_days,
    add_working_hours,
    add_working_time,
    end_on_opening,
    is_open,
    local_day,
    working_days_between,
    working_time_between,
)

USUAL = {str(day): [["09:00", "12:00"], ["13:30", "17:30"]] for day in range(5)}
OFFICE = Calendar.of(USUAL)
ROUND_THE_CLOCK = Calendar.of({str(day): [["00:00", "00:00"]] for day in range(7)}, holidays=())


def at(text: str) -> datetime:
    """Return the UTC instant of a Shanghai date and time."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


instants = st.integers(0, 790 * 86400).map(lambda count: at("2024-12-01 00:00") + timedelta(seconds=count))


def test_the_shipped_holidays_are_those_the_state_council_announced() -> None:
    closed = {row.day for row in SHIPPED if not row.is_open}
    worked = {row.day for row in SHIPPED if row.is_open}
    assert sorted(SHIPPED_YEARS) == [2025, 2026]
    assert len(closed) == (1 + 8 + 3 + 5 + 3 + 8) + (3 + 9 + 3 + 5 + 3 + 3 + 7)
    assert sorted(worked) == [
        date(2025, 1, 26),
        date(2025, 2, 8),
        date(2025, 4, 27),
        date(2025, 9, 28),
        date(2025, 10, 11),
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    ]
    assert not closed & worked
    assert len(SHIPPED) == len({row.day for row in SHIPPED})


def test_every_day_worked_in_exchange_falls_on_a_weekend() -> None:
    assert all(row.day.weekday() >= 5 for row in SHIPPED if row.is_open)


@pytest.mark.parametrize(("year", "working_days"), [(2025, 248), (2026, 248)])
def test_a_year_has_the_working_days_of_the_official_calendar(year: int, working_days: int) -> None:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    assert sum(OFFICE.is_working_day(day) for day in days) == working_days


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-03-02 09:00", 3, "2026-03-02 12:00"),  # used up at closing time: due then, not after lunch
        ("2026-03-02 09:00", 4, "2026-03-02 14:30"),
        ("2026-03-02 12:10", 1, "2026-03-02 14:30"),  # the lunch break does not count
        ("2026-03-02 08:00", 7, "2026-03-02 17:30"),
        ("2026-03-06 16:30", 2, "2026-03-09 10:00"),  # Friday to Monday
        ("2026-03-07 10:00", 1, "2026-03-09 10:00"),  # raised on a Saturday
        ("2026-03-02 09:00", 24, "2026-03-05 12:00"),  # three days of seven hours and three hours more
        ("2026-02-13 16:30", 2, "2026-02-14 10:00"),  # the Saturday worked for the Spring Festival
        ("2026-02-14 17:00", 1, "2026-02-24 09:30"),  # nine days off
        ("2025-09-30 17:00", 1, "2025-10-09 09:30"),
    ],
)
def test_working_hours_run_only_while_the_place_is_open(start: str, hours: int, due: str) -> None:
    assert add_working_hours(at(start), hours, OFFICE) == at(due)


def test_no_hours_at_all_end_at_once_or_at_the_next_opening() -> None:
    assert add_working_hours(at("2026-03-02 10:00"), 0, OFFICE) == at("2026-03-02 10:00")
    assert add_working_hours(at("2026-03-02 12:30"), 0, OFFICE) == at("2026-03-02 13:30")


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-03-02 00:00", 1, "2026-03-04 00:00"),
        ("2026-03-02 23:59", 1, "2026-03-04 00:00"),
        ("2026-03-06 10:00", 1, "2026-03-10 00:00"),
        ("2026-02-12 10:00", 3, "2026-02-25 00:00"),  # 13th, the worked Saturday 14th, 24th
        ("2026-03-02 10:00", 10, "2026-03-17 00:00"),
    ],
)
def test_working_days_skip_the_day_of_start_and_end_at_midnight(start: str, days: int, end: str) -> None:
    assert add_working_days(at(start), days, OFFICE) == at(end)


def test_the_day_is_cut_in_shanghai() -> None:
    late = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)
    assert local_day(late) == date(2026, 4, 1)
    assert add_working_days(late, 1, OFFICE) == at("2026-04-03 00:00")


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-03-02 09:00", "2026-03-02 17:00", 0),
        ("2026-03-02 09:00", "2026-03-03 00:00", 1),
        ("2026-03-06 09:00", "2026-03-09 09:00", 1),
        ("2026-02-13 09:00", "2026-02-24 09:00", 2),
        ("2026-03-09 09:00", "2026-03-06 09:00", 0),
    ],
)
def test_working_days_between_count_up_to_and_with_the_last_day(start: str, end: str, days: int) -> None:
    assert working_days_between(at(start), at(end), OFFICE) == days


@pytest.mark.parametrize(
    ("instant", "opening"),
    [
        ("2026-03-03 14:00", "2026-03-03 14:00"),
        ("2026-03-03 20:00", "2026-03-04 09:00"),
        ("2026-03-03 12:00", "2026-03-03 13:30"),  # closed at the minute of closing
        ("2026-03-03 09:00", "2026-03-03 09:00"),  # open at the minute of opening
        ("2026-02-20 10:00", "2026-02-24 09:00"),
    ],
)
def test_a_deadline_that_falls_on_closed_doors_ends_on_the_next_opening(instant: str, opening: str) -> None:
    assert end_on_opening(at(instant), OFFICE) == at(opening)


def test_a_place_with_saturday_hours_keeps_weekday_hours_on_a_saturday_worked_in_exchange() -> None:
    calendar = Calendar.of({**USUAL, "5": [["10:00", "11:00"]]})
    assert calendar.spans_on(date(2026, 3, 7)) == ((time(10), time(11)),)
    assert calendar.spans_on(date(2026, 2, 14)) == ((time(9), time(12)), (time(13, 30), time(17, 30)))
    assert calendar.spans_on(date(2026, 6, 20)) == ()


def test_saturday_hours_do_not_make_saturday_a_working_day() -> None:
    calendar = Calendar.of({**USUAL, "5": [["10:00", "11:00"]]})
    assert is_open(at("2026-03-07 10:30"), calendar)
    assert not calendar.is_working_day(date(2026, 3, 7))


def test_years_without_a_table_fall_back_to_monday_to_friday_and_are_named() -> None:
    assert OFFICE.is_working_day(date(2027, 10, 1))
    assert not OFFICE.is_working_day(date(2027, 10, 2))
    assert OFFICE.unlisted_years(at("2026-12-20 09:00"), at("2027-01-05 09:00")) == (2027,)
    assert OFFICE.unlisted_years(at("2025-12-20 09:00"), at("2026-01-05 09:00")) == ()
    assert OFFICE.unlisted_years(at("2024-12-31 09:00"), at("2024-12-31 10:00")) == (2024,)


def test_a_community_may_hand_in_holidays_of_its_own() -> None:
    calendar = Calendar(OFFICE.weekly, {date(2026, 3, 3): False}, frozenset({2026}))
    assert add_working_hours(at("2026-03-02 17:00"), 1, calendar) == at("2026-03-04 09:30")


def test_a_place_that_never_closes_counts_every_hour() -> None:
    assert add_working_hours(at("2026-03-07 22:00"), 24, ROUND_THE_CLOCK) == at("2026-03-08 22:00")


@pytest.mark.parametrize(
    "hours",
    [
        {},
        {"0": []},
        {"0": [["9:00", "12:00"]]},
        {"0": [["09:00", "25:00"]]},
        {"0": [["12:00", "09:00"]]},
        {"0": [["09:00", "09:00"]]},
        {"0": [["09:00", "12:00"], ["11:00", "13:00"]]},
        {"0": [["00:00", "00:00"], ["09:00", "10:00"]]},
        {"7": [["09:00", "12:00"]]},
    ],
)
def test_hours_that_make_no_sense_are_refused(hours: dict[str, list[list[str]]]) -> None:
    with pytest.raises(ValueError):
        Calendar.of(hours)


def test_a_place_whose_every_day_is_a_holiday_is_reported_instead_of_walked_for_ever() -> None:
    shut = Calendar(OFFICE.weekly, {date(2026, 1, 1) + timedelta(days=n): False for n in range(4000)}, frozenset())
    with pytest.raises(ValueError):
        end_on_opening(at("2026-01-02 10:00"), shut)


def test_naive_times_negative_spans_and_empty_deadlines_are_refused() -> None:
    with pytest.raises(ValueError):
        add_working_hours(datetime.fromisoformat("2026-03-02 09:00"), 1, OFFICE)
    with pytest.raises(ValueError):
        add_working_hours(at("2026-03-02 09:00"), -1, OFFICE)
    with pytest.raises(ValueError):
        add_working_days(at("2026-03-02 09:00"), 0, OFFICE)


@given(instants, st.integers(0, 6000))
def test_adding_working_time_and_measuring_it_agree(start: datetime, minutes: int) -> None:
    span = timedelta(minutes=minutes)
    due = add_working_time(start, span, OFFICE)
    assert due.tzinfo is UTC
    assert due >= start
    assert working_time_between(start, due, OFFICE) == span


@given(instants, st.integers(0, 3000), st.integers(0, 3000))
def test_working_time_adds_up_piece_by_piece(start: datetime, first: int, second: int) -> None:
    halfway = add_working_time(start, timedelta(minutes=first), OFFICE)
    whole = add_working_time(start, timedelta(minutes=first + second), OFFICE)
    if second:
        assert add_working_time(halfway, timedelta(minutes=second), OFFICE) == whole


@given(instants)
def test_the_next_opening_is_open_and_never_earlier(instant: datetime) -> None:
    opening = end_on_opening(instant, OFFICE)
    assert opening >= instant
    assert is_open(opening, OFFICE)
    assert end_on_opening(opening, OFFICE) == opening
    assert working_time_between(instant, opening, OFFICE) == timedelta(0)


@given(instants, st.integers(1, 30))
def test_a_deadline_in_working_days_ends_with_a_working_day(start: datetime, days: int) -> None:
    end = add_working_days(start, days, OFFICE)
    last_moment = end - timedelta(microseconds=1)
    assert OFFICE.is_working_day(local_day(last_moment))
    assert working_days_between(start, last_moment, OFFICE) == days
