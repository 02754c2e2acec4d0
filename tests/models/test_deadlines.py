"""The three clocks: when they end, when they stand still, and whom they tell."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import SHANGHAI, Refused
from models.deadlines import (
    Clock,
    Color,
    Desk,
    Escalation,
    Extension,
    Pause,
    Urgency,
    acceptance_clock,
    acceptance_due,
    acceptance_start,
    answer_clock,
    answer_due,
    check_extension,
    check_promise,
    counted_pauses,
    latest_extension,
    promise_clock,
    promise_due,
    trial_until,
)
from models.working_time import Calendar, is_open

# Seven open hours a day, Monday to Friday.
OFFICE = Calendar.of({str(day): [["09:00", "12:00"], ["13:30", "17:30"]] for day in range(5)})
MINUTE = timedelta(minutes=1)


def at(text: str) -> datetime:
    """Return the UTC instant of a Shanghai date and time."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def desk(now: str, trial: str | None = None) -> Desk:
    """Return a desk at which a clock is read at that Shanghai time."""
    return Desk(OFFICE, at(now), at(trial) if trial else None)


def accepted(urgency: Urgency, now: str, **more: object) -> Clock:
    """Read the answer clock of a need accepted on Monday 2 March 2026 at ten."""
    return answer_clock(at("2026-03-02 10:00"), urgency, desk(now), **more)  # type: ignore[arg-type]


def test_acceptance_is_due_within_24_working_hours() -> None:
    assert acceptance_due(at("2026-03-02 09:00"), Urgency.GENERAL, OFFICE) == at("2026-03-05 12:00")
    assert acceptance_due(at("2026-03-06 20:00"), Urgency.COMPLEX, OFFICE) == at("2026-03-12 12:00")
    assert acceptance_due(at("2026-02-14 17:00"), Urgency.BASIC_LIFE, OFFICE) == at("2026-02-27 11:30")


@pytest.mark.parametrize(
    ("raised", "seen", "due"),
    [
        ("2026-03-02 10:00", None, "2026-03-02 11:00"),  # the office is open
        ("2026-03-02 11:30", None, "2026-03-02 12:30"),  # an hour on the clock, not of opening
        ("2026-03-01 03:00", None, "2026-03-02 10:00"),  # from the opening
        ("2026-03-01 03:00", "2026-03-01 03:20", "2026-03-01 04:20"),  # from the duty person's seeing it
        ("2026-03-01 03:00", "2026-03-02 11:00", "2026-03-02 10:00"),  # seen late: the opening came first
        ("2026-03-01 03:00", "2026-03-01 02:00", "2026-03-01 04:00"),  # a wrong clock never starts before the need
    ],
)
def test_an_emergency_is_accepted_within_an_hour_of_being_seen_or_of_opening(
    raised: str, seen: str | None, due: str
) -> None:
    seen_at = at(seen) if seen else None
    assert acceptance_due(at(raised), Urgency.EMERGENCY, OFFICE, seen_at) == at(due)
    assert acceptance_start(at(raised), Urgency.EMERGENCY, OFFICE, seen_at) == at(due) - timedelta(hours=1)


@pytest.mark.parametrize(
    ("urgency", "accepted_at", "due"),
    [
        (Urgency.EMERGENCY, "2026-03-02 17:00", "2026-03-02 19:00"),
        (Urgency.BASIC_LIFE, "2026-03-02 10:00", "2026-03-05 14:30"),
        (Urgency.GENERAL, "2026-03-02 10:00", "2026-03-09 10:00"),
        (Urgency.GENERAL, "2026-03-07 10:00", "2026-03-16 09:00"),  # ends on a Saturday
        (Urgency.GENERAL, "2026-02-10 10:00", "2026-02-24 09:00"),  # ends in the Spring Festival
        (Urgency.COMPLEX, "2026-03-02 10:00", "2026-03-17 10:00"),
        (Urgency.COMPLEX, "2026-03-02 19:00", "2026-03-18 09:00"),  # closed at that hour
    ],
)
def test_an_answer_is_due_by_urgency(urgency: Urgency, accepted_at: str, due: str) -> None:
    assert answer_due(at(accepted_at), urgency, OFFICE) == at(due)
    assert answer_clock(at(accepted_at), urgency, desk(accepted_at)).due == at(due)


@pytest.mark.parametrize(
    ("now", "color", "told"),
    [
        ("2026-03-02 10:00", Color.GREEN, Escalation.NONE),
        ("2026-03-08 00:23", Color.GREEN, Escalation.NONE),
        ("2026-03-08 00:24", Color.YELLOW, Escalation.CLERK),  # 80 % of seven days
        ("2026-03-09 09:59", Color.YELLOW, Escalation.CLERK),
        ("2026-03-09 10:00", Color.RED, Escalation.HEAD),
        ("2026-03-11 23:59", Color.RED, Escalation.HEAD),
        ("2026-03-12 00:00", Color.RED, Escalation.STREET),  # two working days, Tuesday and Wednesday, are over
        ("2026-03-16 23:59", Color.RED, Escalation.STREET),
        ("2026-03-17 00:00", Color.RED, Escalation.PUBLIC),  # five working days are over
    ],
)
def test_a_clock_turns_yellow_then_red_then_tells_street_and_public(now: str, color: Color, told: Escalation) -> None:
    clock = accepted(Urgency.GENERAL, now)
    assert (clock.color, clock.escalation) == (color, told)
    assert clock.missed is (color is Color.RED)
    assert clock.running
    assert clock.counted_publicly is (told is Escalation.PUBLIC)


def test_during_the_trial_single_items_stay_off_the_wall_but_the_street_is_told_and_the_count_is_public() -> None:
    clock = answer_clock(at("2026-03-02 10:00"), Urgency.GENERAL, desk("2026-03-20 10:00", trial="2026-03-31 00:00"))
    assert clock.escalation is Escalation.STREET
    assert clock.counted_publicly
    after = answer_clock(at("2026-03-02 10:00"), Urgency.GENERAL, desk("2026-03-31 00:00", trial="2026-03-31 00:00"))
    assert after.escalation is Escalation.PUBLIC


def test_the_trial_lasts_sixty_days() -> None:
    assert trial_until(date(2026, 3, 1)) == at("2026-04-30 00:00")


def test_share_used_of_working_hours_stands_still_while_the_place_is_closed() -> None:
    evening = accepted(Urgency.BASIC_LIFE, "2026-03-02 17:30")
    morning = accepted(Urgency.BASIC_LIFE, "2026-03-03 09:00")
    assert evening.share_used == morning.share_used == 6 / 24
    assert accepted(Urgency.BASIC_LIFE, "2026-03-05 14:30").share_used == 1


def test_an_answer_in_time_stops_the_clock_green_and_a_late_one_stays_missed() -> None:
    in_time = accepted(Urgency.GENERAL, "2026-04-30 10:00", answered_at=at("2026-03-09 09:59"))
    late = accepted(Urgency.GENERAL, "2026-04-30 10:00", answered_at=at("2026-03-09 10:00"))
    assert (in_time.color, in_time.escalation, in_time.missed, in_time.running) == (
        Color.GREEN,
        Escalation.NONE,
        False,
        False,
    )
    assert (late.color, late.escalation, late.missed, late.counted_publicly) == (
        Color.RED,
        Escalation.NONE,
        True,
        False,
    )


def test_an_emergency_nobody_has_seen_yet_has_used_none_of_its_hour() -> None:
    clock = acceptance_clock(at("2026-03-01 03:00"), Urgency.EMERGENCY, desk("2026-03-01 20:00"))
    assert (clock.share_used, clock.color, clock.due) == (0, Color.GREEN, at("2026-03-02 10:00"))


def test_an_acceptance_stops_its_clock() -> None:
    clock = acceptance_clock(
        at("2026-03-02 09:00"), Urgency.GENERAL, desk("2026-03-20 09:00"), accepted_at=at("2026-03-03 09:00")
    )
    assert not clock.missed
    assert not clock.running


def test_a_pause_moves_a_deadline_by_its_own_length() -> None:
    pause = Pause(at("2026-03-03 10:00"), at("2026-03-04 11:00"))
    assert accepted(Urgency.GENERAL, "2026-03-05 10:00", pauses=[pause]).due == at("2026-03-10 11:00")
    assert accepted(Urgency.BASIC_LIFE, "2026-03-05 10:00", pauses=[pause]).due == at("2026-03-06 15:30")
    clock = acceptance_clock(at("2026-03-02 09:00"), Urgency.GENERAL, desk("2026-03-05 09:00"), pauses=[pause])
    assert clock.due == at("2026-03-06 14:30")


def test_while_the_place_waits_for_the_resident_the_clock_stands_still() -> None:
    pauses = [Pause(at("2026-03-03 10:00"))]
    early = accepted(Urgency.GENERAL, "2026-03-04 10:00", pauses=pauses)
    later = accepted(Urgency.GENERAL, "2026-03-12 16:00", pauses=pauses)
    assert early.paused
    assert later.paused
    assert early.color is later.color is Color.GREEN
    assert early.due < later.due
    assert later.share_used <= 1 / 7


def test_a_clock_that_goes_on_is_not_paused() -> None:
    pause = Pause(at("2026-03-03 10:00"), at("2026-03-04 11:00"))
    assert not accepted(Urgency.GENERAL, "2026-03-05 10:00", pauses=[pause]).paused


def test_all_pauses_of_a_need_share_ten_working_days() -> None:
    pauses = [Pause(at("2026-03-02 10:00"), at("2026-03-11 10:00")), Pause(at("2026-03-12 10:00"))]
    spans, left = counted_pauses(pauses, at("2026-04-30 10:00"), OFFICE)
    assert spans == (
        (at("2026-03-02 10:00"), at("2026-03-11 10:00")),  # seven working days
        (at("2026-03-12 10:00"), at("2026-03-18 00:00")),  # three more: Friday, Monday, Tuesday
    )
    assert left == 0


def test_a_pause_beyond_the_ten_days_stops_nothing() -> None:
    pauses = [Pause(at("2026-03-02 10:00"), at("2026-03-17 00:00")), Pause(at("2026-03-18 10:00"))]
    spans, left = counted_pauses(pauses, at("2026-03-30 10:00"), OFFICE)
    assert spans == ((at("2026-03-02 10:00"), at("2026-03-17 00:00")),)
    assert left == 0


def test_a_resident_who_never_answers_does_not_hold_a_need_for_ever() -> None:
    clock = accepted(Urgency.GENERAL, "2026-04-30 10:00", pauses=[Pause(at("2026-03-03 10:00"))])
    # The clock stood still until the tenth working day, the 17th, was over; six days were left: midnight, so opening.
    assert clock.due == at("2026-03-24 09:00")
    assert clock.missed
    assert not clock.paused


def test_a_question_asked_when_it_is_too_late_rescues_nothing() -> None:
    clock = accepted(Urgency.GENERAL, "2026-03-11 10:00", pauses=[Pause(at("2026-03-09 11:00"))])
    assert clock.due == at("2026-03-09 10:00")
    assert clock.missed


def test_an_extension_is_the_date_that_was_told() -> None:
    told = Extension(until=at("2026-03-13 10:00"), granted_at=at("2026-03-06 10:00"))
    assert accepted(Urgency.GENERAL, "2026-03-10 10:00", extension=told).due == at("2026-03-13 10:00")
    before = Pause(at("2026-03-03 10:00"), at("2026-03-04 10:00"))
    after = Pause(at("2026-03-09 10:00"), at("2026-03-10 10:00"))
    clock = accepted(Urgency.GENERAL, "2026-03-12 10:00", extension=told, pauses=[before, after])
    assert clock.due == at("2026-03-16 09:00")  # only the later day moves it, to a Saturday, so to Monday's opening


@pytest.mark.parametrize(
    ("urgency", "due", "latest"),
    [
        (Urgency.EMERGENCY, "2026-03-02 12:00", "2026-03-02 14:00"),
        (Urgency.BASIC_LIFE, "2026-03-05 14:30", "2026-03-10 17:30"),
        (Urgency.GENERAL, "2026-03-09 10:00", "2026-03-16 10:00"),
        (Urgency.COMPLEX, "2026-03-17 10:00", "2026-04-01 10:00"),
    ],
)
def test_an_extension_is_at_most_the_same_length(urgency: Urgency, due: str, latest: str) -> None:
    now = at("2026-03-02 11:00")
    assert latest_extension(at(due), urgency, OFFICE) == at(latest)
    check_extension(at(due), at(latest), urgency, OFFICE, now, already=False)
    with pytest.raises(Refused) as no:
        check_extension(at(due), at(latest) + MINUTE, urgency, OFFICE, now, already=False)
    assert no.value.key == "extension_too_long"
    assert no.value.values == {"latest": at(latest)}


@pytest.mark.parametrize(
    ("until", "now", "already", "key"),
    [
        ("2026-03-10 10:00", "2026-03-06 10:00", True, "extension_once"),
        ("2026-03-10 10:00", "2026-03-09 10:00", False, "extension_too_late"),
        ("2026-03-09 10:00", "2026-03-06 10:00", False, "extension_not_later"),
    ],
)
def test_an_extension_is_told_once_in_time_and_for_a_later_date(until: str, now: str, already: bool, key: str) -> None:
    with pytest.raises(Refused) as no:
        check_extension(at("2026-03-09 10:00"), at(until), Urgency.GENERAL, OFFICE, at(now), already=already)
    assert no.value.key == key


def test_a_promise_lapses_with_the_day_that_was_told() -> None:
    assert promise_due(date(2026, 3, 20)) == at("2026-03-21 00:00")
    told = at("2026-03-10 00:00")
    kept = promise_clock(told, date(2026, 3, 20), desk("2026-04-01 10:00"), kept_at=at("2026-03-20 23:59"))
    missed = promise_clock(told, date(2026, 3, 20), desk("2026-03-21 00:00"))
    assert not kept.missed
    assert missed.missed
    assert missed.escalation is Escalation.HEAD


def test_a_promise_missed_on_friday_reaches_the_street_after_monday_and_tuesday() -> None:
    told = at("2026-03-10 00:00")
    assert promise_clock(told, date(2026, 3, 20), desk("2026-03-24 23:59")).escalation is Escalation.HEAD
    assert promise_clock(told, date(2026, 3, 20), desk("2026-03-25 00:00")).escalation is Escalation.STREET


def test_the_day_after_a_lapsed_promise_is_the_first_working_day_of_the_escalation() -> None:
    told = at("2026-03-10 00:00")
    assert promise_clock(told, date(2026, 3, 19), desk("2026-03-23 23:59")).escalation is Escalation.HEAD
    assert promise_clock(told, date(2026, 3, 19), desk("2026-03-24 00:00")).escalation is Escalation.STREET
    assert promise_clock(told, date(2026, 3, 19), desk("2026-03-26 23:59")).escalation is Escalation.STREET
    assert promise_clock(told, date(2026, 3, 19), desk("2026-03-27 00:00")).escalation is Escalation.PUBLIC


def test_a_promise_turns_yellow_at_four_fifths() -> None:
    told = at("2026-03-11 00:00")
    assert promise_clock(told, date(2026, 3, 20), desk("2026-03-18 23:59")).color is Color.GREEN
    assert promise_clock(told, date(2026, 3, 20), desk("2026-03-19 00:00")).color is Color.YELLOW


def test_a_new_date_may_be_told_twice_without_the_head() -> None:
    now, first, later = at("2026-03-10 10:00"), date(2026, 3, 20), date(2026, 3, 27)
    check_promise(first, now)
    check_promise(later, now, current=first, changes=1)
    with pytest.raises(Refused) as no:
        check_promise(later, now, current=first, changes=2)
    assert no.value.key == "promise_changes_used"
    check_promise(later, now, current=first, changes=2, head_agrees=True)


def test_a_lapsed_promise_is_renewed_only_with_the_head() -> None:
    lapsed, now = date(2026, 3, 20), at("2026-03-21 00:00")
    with pytest.raises(Refused) as no:
        check_promise(date(2026, 3, 27), now, current=lapsed)
    assert no.value.key == "promise_lapsed"
    check_promise(date(2026, 3, 27), now, current=lapsed, head_agrees=True)


def test_nobody_promises_yesterday() -> None:
    check_promise(date(2026, 3, 10), at("2026-03-10 23:59"))
    with pytest.raises(Refused) as no:
        check_promise(date(2026, 3, 9), at("2026-03-10 00:00"), head_agrees=True)
    assert no.value.key == "promise_in_the_past"


def test_a_clock_warns_of_years_without_a_holidays_table() -> None:
    assert accepted(Urgency.GENERAL, "2026-03-02 10:00").unlisted_years == ()
    assert answer_clock(at("2026-12-28 10:00"), Urgency.GENERAL, desk("2026-12-28 10:00")).unlisted_years == (2027,)


instants = st.integers(0, 500 * 1440).map(lambda count: at("2025-03-01 00:00") + count * MINUTE)
urgencies = st.sampled_from(Urgency)


@given(instants, urgencies, st.integers(0, 40 * 1440), st.integers(1, 10 * 1440))
def test_time_never_turns_a_clock_back(start: datetime, urgency: Urgency, elapsed: int, more: int) -> None:
    colors, told = list(Color), list(Escalation)
    now = start + elapsed * MINUTE
    early = answer_clock(start, urgency, Desk(OFFICE, now))
    late = answer_clock(start, urgency, Desk(OFFICE, now + more * MINUTE))
    assert early.due == late.due
    assert early.share_used <= late.share_used
    assert colors.index(early.color) <= colors.index(late.color)
    assert told.index(early.escalation) <= told.index(late.escalation)
    assert early.missed is (now >= early.due)
    assert (early.share_used >= 1) is early.missed


@given(instants, urgencies, st.integers(0, 3 * 1440), st.integers(0, 3 * 1440))
def test_a_pause_never_shortens_a_deadline(start: datetime, urgency: Urgency, begins: int, lasts: int) -> None:
    pause = Pause(start + begins * MINUTE, start + (begins + lasts) * MINUTE)
    reading = Desk(OFFICE, start + timedelta(days=60))
    plain = answer_clock(start, urgency, reading)
    paused = answer_clock(start, urgency, reading, pauses=[pause])
    assert plain.due <= paused.due
    if urgency in (Urgency.GENERAL, Urgency.COMPLEX):
        assert is_open(paused.due, OFFICE)


@given(instants, st.lists(st.tuples(st.integers(0, 20 * 1440), st.integers(0, 20 * 1440)), max_size=5))
def test_the_counted_pauses_never_overlap_nor_use_more_than_ten_working_days(
    start: datetime, times: list[tuple[int, int]]
) -> None:
    pauses = [Pause(start + begins * MINUTE, start + (begins + lasts) * MINUTE) for begins, lasts in times]
    spans, left = counted_pauses(pauses, start + timedelta(days=90), OFFICE)
    assert 0 <= left <= 10
    assert all(begin < end for begin, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
