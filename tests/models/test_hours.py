"""Volunteers' minutes, days, hours and stars."""

import contextlib
import itertools
import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import SHANGHAI, Refused
from models.hours import (
    TimeKind,
    check_countable,
    check_no_overlap,
    check_stated_out,
    hours_shown,
    is_late,
    latest_stated,
    minutes_by_day,
    needs_reviewer,
    next_star,
    overlap,
    propose_check_out,
    service_minutes,
    stars,
)
from models.working_time import Calendar, local_day, start_of

OFFICE = Calendar.of({str(day): [["09:00", "17:30"]] for day in range(5)})
DAY = date(2026, 3, 2)


def at(text: str) -> datetime:
    """Return the UTC instant of a Shanghai date and time."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def of(clock: str) -> datetime:
    """Return the instant of a clock time on the day of the tests."""
    return at(f"{DAY} {clock}")


def test_breaks_are_taken_off() -> None:
    breaks = [(of("12:00"), of("12:30")), (of("15:00"), of("15:10"))]
    assert service_minutes(of("09:00"), of("17:00"), breaks) == 8 * 60 - 40


def test_breaks_that_overlap_or_reach_outside_are_taken_off_once() -> None:
    told = [("11:00", "12:00"), ("11:30", "12:30"), ("16:30", "18:00"), ("08:00", "09:15")]
    breaks = [(of(start), of(end)) for start, end in told]
    assert service_minutes(of("09:00"), of("17:00"), breaks) == 105 + 240


def test_seconds_do_not_make_a_minute() -> None:
    assert service_minutes(of("09:00:30"), of("10:00:29")) == 59
    assert service_minutes(of("09:00"), of("09:00")) == 0


def test_a_check_out_before_the_check_in_is_refused() -> None:
    with pytest.raises(Refused) as no:
        service_minutes(of("10:00"), of("09:59"))
    assert no.value.key == "check_out_before_check_in"


def test_a_break_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refused) as no:
        service_minutes(of("09:00"), of("12:00"), [(of("11:00"), of("10:00"))])
    assert no.value.key == "break_ends_before_it_begins"


@pytest.mark.parametrize(
    ("last_presence", "proposed"),
    [("16:20", "16:20"), ("17:40", "17:00"), (None, "17:00"), ("17:00", "17:00")],
)
def test_a_missing_check_out_proposes_the_earlier_of_planned_end_and_last_sign(
    last_presence: str | None, proposed: str
) -> None:
    sign = of(last_presence) if last_presence else None
    assert propose_check_out(of("14:00"), of("17:00"), sign) == of(proposed)


def test_the_proposal_never_lies_before_the_check_in() -> None:
    assert propose_check_out(of("18:00"), of("17:00"), None) == of("18:00")


def test_a_stated_time_may_reach_thirty_minutes_past_the_planned_end() -> None:
    check_stated_out(of("14:00"), of("17:30"), of("17:00"))
    with pytest.raises(Refused) as no:
        check_stated_out(of("14:00"), of("17:31"), of("17:00"))
    assert no.value.key == "stated_time_past_ceiling"
    assert no.value.values == {"ceiling": of("17:30")}


def test_a_stated_time_before_the_check_in_is_refused() -> None:
    with pytest.raises(Refused) as no:
        check_stated_out(of("14:00"), of("13:59"), of("17:00"))
    assert no.value.key == "check_out_before_check_in"


def test_nobody_serves_at_two_places_at_once() -> None:
    morning = (of("09:00"), of("11:00"))
    check_no_overlap((of("11:00"), of("12:00")), [morning])
    with pytest.raises(Refused) as no:
        check_no_overlap((of("10:59"), of("12:00")), [(of("07:00"), of("08:00")), morning])
    assert no.value.key == "hours_overlap"
    assert no.value.values == {"start": of("09:00"), "end": of("11:00")}


def test_a_service_over_midnight_is_cut_at_shanghai_midnight() -> None:
    days = minutes_by_day(at("2026-03-31 22:30"), at("2026-04-01 02:00"))
    assert days == {date(2026, 3, 31): 90, date(2026, 4, 1): 120}


def test_the_days_of_a_service_with_a_break_over_midnight() -> None:
    pause = [(at("2026-03-31 23:30"), at("2026-04-01 00:30"))]
    days = minutes_by_day(at("2026-03-31 22:30"), at("2026-04-01 02:00"), pause)
    assert days == {date(2026, 3, 31): 60, date(2026, 4, 1): 90}


@pytest.mark.parametrize(
    ("new", "already", "reviewer"), [(720, 0, False), (721, 0, True), (1, 720, True), (1, 719, False)]
)
def test_more_than_twelve_hours_a_day_need_a_reviewer(new: int, already: int, reviewer: bool) -> None:
    assert needs_reviewer({DAY: new}, {DAY: already}) is reviewer


def test_more_than_twenty_four_hours_a_day_are_impossible() -> None:
    assert needs_reviewer({DAY: 1440}, {}) is True
    with pytest.raises(Refused) as no:
        needs_reviewer({DAY: 1}, {DAY: 1440})
    assert no.value.key == "day_over_24_hours"
    assert no.value.values == {"day": DAY}


def test_other_days_do_not_count_into_a_day() -> None:
    assert needs_reviewer({DAY: 60}, {DAY + timedelta(days=1): 1440}) is False


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [(0, "0.0"), (5, "0.0"), (6, "0.1"), (59, "0.9"), (60, "1.0"), (5999, "99.9"), (6000, "100.0")],
)
def test_hours_are_printed_rounded_down(minutes: int, shown: str) -> None:
    assert hours_shown(minutes) == Decimal(shown)
    assert str(hours_shown(minutes)) == shown


@pytest.mark.parametrize(
    ("minutes", "count"),
    [
        (0, 0),
        (5999, 0),
        (6000, 1),
        (17999, 1),
        (18000, 2),
        (35999, 2),
        (36000, 3),
        (59999, 3),
        (60000, 4),
        (89999, 4),
        (90000, 5),
        (900000, 5),
    ],
)
def test_stars_change_exactly_at_their_lines(minutes: int, count: int) -> None:
    assert stars(minutes) == count


def test_stars_are_applied_for_one_after_the_other() -> None:
    assert next_star(0, 5999) is None
    assert next_star(0, 90000) == 1
    assert next_star(1, 17999) is None
    assert next_star(4, 90000) == 5
    assert next_star(5, 900000) is None


def test_a_jurisdiction_may_draw_its_own_lines() -> None:
    assert stars(1800, lines=(1800, 3600)) == 1


@pytest.mark.parametrize(
    ("kind", "paid", "key"),
    [
        (TimeKind.SERVICE, True, "hours_paid_time"),
        (TimeKind.TRAINING, False, "hours_training"),
        (TimeKind.TRAVEL, False, "hours_travel"),
    ],
)
def test_paid_time_training_and_travel_are_no_volunteer_hours(kind: TimeKind, paid: bool, key: str) -> None:
    check_countable(TimeKind.SERVICE, paid_by_the_project=False)
    with pytest.raises(Refused) as no:
        check_countable(kind, paid_by_the_project=paid)
    assert no.value.key == key


def test_a_record_is_late_after_ten_working_days() -> None:
    ended = at("2026-03-02 11:00")
    assert not is_late(ended, at("2026-03-16 23:59:59"), OFFICE)
    assert is_late(ended, at("2026-03-17 00:00"), OFFICE)


def test_holidays_prolong_the_ten_working_days() -> None:
    ended = at("2026-02-13 11:00")  # then 14, 24 to 28 February and 2 to 5 March are worked
    assert not is_late(ended, at("2026-03-05 23:59"), OFFICE)
    assert is_late(ended, at("2026-03-06 00:00"), OFFICE)


instants = st.integers(0, 700 * 86400).map(lambda count: at("2025-01-01 00:00") + timedelta(seconds=count))
seconds = st.integers(0, 3 * 86400).map(lambda count: timedelta(seconds=count))


@given(instants, seconds, st.lists(st.tuples(seconds, seconds), max_size=4))
def test_the_days_of_a_service_add_up_to_its_minutes(
    start: datetime, length: timedelta, pauses: list[tuple[timedelta, timedelta]]
) -> None:
    breaks = [(start + begin, start + begin + span) for begin, span in pauses]
    days = minutes_by_day(start, start + length, breaks)
    total = service_minutes(start, start + length, breaks)
    assert sum(days.values()) == total
    assert 0 <= total <= length // timedelta(minutes=1)
    assert all(minutes <= 1440 for minutes in days.values())


@given(instants, seconds, instants, seconds)
def test_overlap_is_mutual(one: datetime, long: timedelta, other: datetime, short: timedelta) -> None:
    first, second = (one, one + long), (other, other + short)
    assert overlap(first, second) == overlap(second, first)


@given(st.integers(0, 200_000))
def test_the_printed_hours_never_exceed_the_minutes(minutes: int) -> None:
    assert 0 <= minutes - hours_shown(minutes) * 60 < 6


@contextlib.contextmanager
def server_in(zone: str) -> Iterator[None]:
    """Let this process stand in another time zone for a moment."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        time.tzset()


# The clocks of Shanghai were put forward and back from 1986 to 1991; those of other servers still are.
past = st.integers(0, 7 * 365 * 86400).map(lambda count: datetime(1985, 6, 1, tzinfo=UTC) + timedelta(seconds=count))


@given(
    st.one_of(instants, past), seconds, st.sampled_from(["America/New_York", "Europe/London", "Australia/Lord_Howe"])
)
def test_no_clock_that_is_put_forward_or_back_moves_a_minute(start: datetime, length: timedelta, zone: str) -> None:
    here = minutes_by_day(start, start + length)
    assert sum(here.values()) == service_minutes(start, start + length) == length // timedelta(minutes=1)
    for day, minutes in here.items():
        assert minutes <= (start_of(day + timedelta(days=1)) - start_of(day)) // timedelta(minutes=1)
    with server_in(zone):
        assert minutes_by_day(start, start + length) == here
        assert local_day(start) == start.astimezone(SHANGHAI).date()


@given(instants, st.integers(1, 3 * 1440), st.integers(1, 3 * 1440))
def test_a_midnight_within_a_service_moves_no_minute(start: datetime, first: int, second: int) -> None:
    middle, end = start + timedelta(minutes=first), start + timedelta(minutes=first + second)
    halves = [minutes_by_day(start, middle), minutes_by_day(middle, end)]
    for day, minutes in minutes_by_day(start, end).items():
        assert abs(minutes - sum(half.get(day, 0) for half in halves)) <= 1
    assert local_day(start) == min(minutes_by_day(start, end))


@given(st.dictionaries(st.dates(DAY, DAY + timedelta(days=2)), st.integers(0, 1600)), st.integers(0, 1600))
def test_over_twelve_hours_somebody_looks_and_over_a_day_nobody_may(days: dict[date, int], already: int) -> None:
    sums = {day: minutes + already for day, minutes in days.items()}
    if any(total > 1440 for total in sums.values()):
        with pytest.raises(Refused, match="day_over_24_hours"):
            needs_reviewer(days, dict.fromkeys(days, already))
    else:
        assert needs_reviewer(days, dict.fromkeys(days, already)) == any(total > 720 for total in sums.values())


@given(instants, seconds, st.none() | seconds, seconds)
def test_a_lacking_check_out_is_never_later_than_the_plan_nor_a_stated_one_than_half_an_hour_more(
    start: datetime, length: timedelta, seen: timedelta | None, stated: timedelta
) -> None:
    planned = start - timedelta(hours=12) + length
    proposed = propose_check_out(start, planned, None if seen is None else start + seen)
    assert start <= proposed <= max(start, planned)
    ceiling = latest_stated(start, planned)
    assert proposed <= ceiling == max(start, planned) + timedelta(minutes=30)
    if start + stated <= ceiling:
        check_stated_out(start, start + stated, planned)
    else:
        with pytest.raises(Refused, match="stated_time_past_ceiling"):
            check_stated_out(start, start + stated, planned)


@given(instants, st.lists(st.tuples(seconds, seconds), max_size=5))
def test_times_are_taken_only_while_no_two_share_a_second(
    start: datetime, told: list[tuple[timedelta, timedelta]]
) -> None:
    taken: list[tuple[datetime, datetime]] = []
    for begin, length in told:
        span = (start + begin, start + begin + length)
        with contextlib.suppress(Refused):
            check_no_overlap(span, taken)
            taken.append(span)
    filled = sorted(span for span in taken if span[0] < span[1])
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(filled))
