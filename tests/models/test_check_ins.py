"""The book at the door: codes that turn every half minute, and lines that are only added."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from models import check_ins, my_data
from models.accounts import actor_of
from models.activities import Activity
from models.attendance import Attendance, Part, may_say_own_place
from models.base import Refused, now, travel
from models.check_ins import STEP, CheckIn, CheckInPlace, Deed, Near, Proof, Way, stay
from models.people import PLACE_NOTICES, Consent
from models.volunteering import HourRecord
from tests import builders, serving
from tests.cast import Cast

HOUR = timedelta(hours=1)
MORNING = serving.MORNING


def day_of(public_id: str = "ACT0000001", code: str = "123456") -> Activity:
    """Return an activity that no database knows; the codes ask none."""
    return Activity(public_id=public_id, code=code, starts_at=MORNING, ends_at=MORNING + 2 * HOUR)


def test_every_second_of_the_half_minute_and_of_the_next_is_good_and_no_other(app: Any) -> None:
    day, other = day_of(), day_of("ACT0000002", "654321")
    step = check_ins.step_at(MORNING)
    for second in range(-31, 92):
        with travel(check_ins.begins(step) + timedelta(seconds=second)):
            for said in (check_ins.token(day, step), check_ins.digits(day, step)):
                with pytest.raises(Refused, match="code_wrong"):
                    check_ins.judged(other, said)
                if 0 <= second < 60:
                    assert check_ins.judged(day, said).at == now()
                else:
                    with pytest.raises(Refused, match=r"code_wrong|code_turned"):
                        check_ins.judged(day, said)
    last = check_ins.step_at(day.ends_at + 2 * HOUR)
    for second in range(31):
        with travel(check_ins.begins(last) + timedelta(seconds=second)):
            if second:
                with pytest.raises(Refused, match="code_not_open"):
                    check_ins.judged(day, check_ins.token(day, last))
            else:
                check_ins.judged(day, check_ins.token(day, last))


@given(st.integers(0, 6 * 120 - 2), st.integers(-40, 40), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_turning_code_is_good_in_its_half_minute_and_the_next(app: Any, at: int, late: int, typed: bool) -> None:
    day = day_of()
    step = check_ins.step_at(MORNING - 2 * HOUR) + at
    said = check_ins.digits(day, step) if typed else check_ins.token(day, step)
    with travel(check_ins.begins(step + late) + timedelta(seconds=7)):
        good = late in (0, 1) and check_ins.is_open(day, now())
        if good:
            assert check_ins.judged(day, said).way == (Way.DIGITS if typed else Way.SCAN)
        elif not typed or all(check_ins.digits(day, step + late - n) != said for n in (0, 1)):
            with pytest.raises(Refused, match=r"code_wrong|code_turned|code_not_open"):
                check_ins.judged(day, said)


@given(st.integers(0, 15 + 16), st.sampled_from("0123456789abcdefXYZ-é"))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_code_that_was_tampered_with_or_belongs_elsewhere_opens_nothing(app: Any, place: int, letter: str) -> None:
    day, other = day_of(), day_of("ACT0000002", "654321")
    with travel(MORNING):
        step = check_ins.step_at(now())
        for said in (check_ins.token(day, step), check_ins.door_token(day), check_ins.pass_for(day, step, 7)):
            check_ins.judged(day, said, account_id=7)
            spot = place % len(said)
            changed = said[:spot] + letter + said[spot + 1 :]
            if changed != said:
                with pytest.raises(Refused, match=r"code_wrong|code_turned|code_not_open"):
                    check_ins.judged(day, changed, account_id=7)
            with pytest.raises(Refused, match="code_wrong"):
                check_ins.judged(other, said, account_id=7)
        with pytest.raises(Refused, match="code_wrong"):
            check_ins.judged(day, check_ins.pass_for(day, step, 7), account_id=8)
        with pytest.raises(Refused, match="code_wrong"):
            check_ins.judged(other, check_ins.digits(day, step))


def test_what_hangs_at_the_door_proves_less_and_a_pass_grows_old(app: Any) -> None:
    day = day_of()
    with travel(MORNING):
        step = check_ins.step_at(now())
        held = check_ins.pass_for(day, step, 7)
        assert check_ins.judged(day, day.code).way == Way.CODE
        assert check_ins.judged(day, check_ins.door_token(day)).way == Way.DOOR
        assert {Way.CODE, Way.DOOR, Way.TAP} == check_ins.WEAKER
        for odd in ("", " ", "-", "fff-", "-fff", "\ud800", "9" * 400, "pass-", "door-", "zz-aa", "pass-1-\x00"):
            with pytest.raises(Refused, match="code_wrong"):
                check_ins.judged(day, odd)
    with travel(MORNING + timedelta(minutes=9)):
        assert check_ins.judged(day, held, account_id=7).way == Way.SCAN
    with travel(MORNING + timedelta(minutes=12)), pytest.raises(Refused, match="code_turned"):
        check_ins.judged(day, held, account_id=7)
    with travel(day.ends_at + 3 * HOUR), pytest.raises(Refused, match="code_not_open"):
        check_ins.judged(day, day.code)


def test_what_a_browser_got_before_its_owner_signed_in_is_the_owners_and_grows_no_younger(app: Any) -> None:
    day = day_of()
    with travel(MORNING):
        got = check_ins.pass_for(day, check_ins.step_at(now()), "b0b")
        (own, why) = check_ins.held(day, got, 7, "b0b")
        assert why is None and own != got
        assert [check_ins.held(day, got, 7, other)[0] for other in ("", "eve")] == ["", ""]
        assert check_ins.held(day, own, 8, "b0b")[0] == ""
    with travel(MORNING + timedelta(minutes=9)):
        assert check_ins.held(day, own, 7, "b0b") == (own, None)
        assert check_ins.held(day, got, 7, "b0b") == (own, None)
    with travel(MORNING + timedelta(minutes=12)):
        assert [check_ins.held(day, one, 7, "b0b")[0] for one in (own, got)] == ["", ""]


def test_a_phone_without_a_network_is_judged_by_when_it_read_the_code(app: Any) -> None:
    day = day_of()
    step = check_ins.step_at(MORNING)
    square, six = check_ins.token(day, step), check_ins.digits(day, step)
    with travel(MORNING + 5 * HOUR):
        assert check_ins.judged(day, square, at=MORNING) == Proof(Way.SCAN, MORNING)
        assert check_ins.judged(day, six, at=MORNING + STEP, clock_off=True) == Proof(Way.DIGITS, MORNING + STEP, True)
        # The square was signed for its half minute: a clock that says another is not believed, and the line says so.
        wrong = check_ins.judged(day, square, at=MORNING + 2 * HOUR)
        assert wrong == Proof(Way.SCAN, check_ins.begins(step), True)
        with pytest.raises(Refused, match="code_wrong"):
            check_ins.judged(day, six, at=MORNING + 2 * HOUR)
    early = check_ins.token(day, check_ins.step_at(MORNING + HOUR))
    with travel(MORNING), pytest.raises(Refused, match="code_turned"):
        check_ins.judged(day, early, at=MORNING)


def line(number: int, deed: Deed, minutes: int, corrects: int | None = None, struck: bool = False) -> CheckIn:
    at = MORNING + timedelta(minutes=minutes)
    return CheckIn(id=number, deed=deed, way=Way.SCAN, at=at, corrects_id=corrects, struck=struck)


@given(st.lists(st.tuples(st.sampled_from(Deed), st.integers(0, 600)), max_size=8))
def test_a_stay_begins_with_the_first_coming_and_never_ends_before_it(book: list[tuple[Deed, int]]) -> None:
    lines = [line(n, deed, at) for n, (deed, at) in enumerate(book, 1)]
    told = stay(lines)
    comings = [one.at for one in lines if one.deed == Deed.IN]
    assert told.came_at == (min(comings) if comings else None)
    if told.came_at is not None:
        assert told.seen_at is not None and told.seen_at >= told.came_at
        assert told.left_at is None or told.left_at >= told.came_at
    # A line that puts another right takes its place; one that strikes it leaves nothing.
    for n, one in enumerate(lines, 1):
        righted = [*lines, line(99, Deed(one.deed), 30, corrects=n)]
        assert [two.id for two in check_ins.standing(righted)] == [two.id for two in lines if two.id != n] + [99]


def came(cast: Cast, **more: Any) -> tuple[Activity, Attendance]:
    """Return an activity of the committee and a volunteer who came to it, scanned."""
    day = serving.activity(cast, starts_at=now() + timedelta(minutes=10))
    person = builders.person(cast.community, **more)
    clerk = actor_of(cast.clerk)
    Attendance.sign_up(day, person, by=clerk, part=Part.VOLUNTEER)
    said = check_ins.token(day, check_ins.step_at(now()))
    return day, Attendance.check_in_by_code(day, said, person, by=clerk)


@pytest.mark.parametrize("deed", ["UPDATE check_ins SET way = 'SCAN'", "DELETE FROM check_ins"])
def test_the_database_lets_no_line_be_changed_or_removed(db: Any, cast: Cast, deed: str) -> None:
    came(cast)
    with pytest.raises(DatabaseError, match="append-only"), db.session.begin_nested():
        db.session.execute(text(deed))


def test_a_wrong_line_is_put_right_by_a_further_one(db: Any, cast: Cast) -> None:
    began: datetime = now()
    _, row = came(cast)
    clerk = actor_of(cast.clerk)
    with travel(began + HOUR):
        row.check_out(by=clerk)
        (first, left) = check_ins.lines_of(row.id)
        with pytest.raises(Refused, match="coming_is_not_struck"):
            row.correct(first, "看错名字了", by=clerk)
        with pytest.raises(Refused, match="reason_needed"):
            row.correct(left, "错", by=clerk)
        with pytest.raises(Refused, match="not_on_that_day"):
            row.correct(left, "看错时间了", at=began + 3 * HOUR, by=clerk)
        with pytest.raises(Refused, match="own_time"):
            row.correct(left, "看错时间了", at=began, by=actor_of(cast.clerk, person_ids=[row.person_id or 0]))
        right = row.correct(left, "是中途出去接电话", by=clerk, at=began + HOUR / 2)
        assert (row.left_at, right.corrects_id, right.way) == (began + HOUR / 2, left.id, Way.MANUAL)
        with pytest.raises(Refused, match="line_is_corrected"):
            row.correct(left, "再改一次", by=clerk)
        row.correct(right, "其实没有离开", by=clerk)
    assert row.left_at is None
    book = check_ins.book_of(row.id)
    assert [(one.struck, one.corrected, one.reason) for one in book] == [
        (False, False, None), (False, True, None), (False, True, "是中途出去接电话"), (True, False, "其实没有离开"),
    ]  # fmt: skip


def test_hours_come_from_the_book_and_a_tap_alone_counts_to_half_an_hour_past_the_end(db: Any, cast: Cast) -> None:
    day, row = came(cast)
    clerk = actor_of(cast.clerk)
    with travel(day.ends_at + HOUR):
        row.check_out(by=actor_of(cast.clerk, person_ids=[row.person_id or 0]))
        assert check_ins.lines_of(row.id)[-1].way == Way.TAP
        # What a list shows decides nothing: the hours are read from the lines.
        row.left_at = None
        one = HourRecord.propose(row, by=clerk)
    assert (one.rule, one.rule_version, one.ended_at) == ("TAPPED_OUT", 2, day.ends_at + HOUR / 2)
    assert one.minutes in (159, 160)


def told_near(cast: Cast, *, person: Any = None, at: datetime | None = None) -> tuple[Attendance, list[Any]]:
    """Return a row whose person checked in and said roughly where, and what the book shows of that."""
    day = serving.activity(cast, starts_at=now() + timedelta(minutes=10))
    row = Attendance.check_in_by_code(
        day, day.code, person or cast.neighbor, at=at, near=Near(3992, 11645), by=actor_of(cast.resident)
    )
    return row, [line.near for line in check_ins.book_of(row.id)]


def test_a_rough_place_is_kept_with_consent_and_goes_with_it(db: Any, cast: Cast) -> None:
    me = actor_of(cast.resident)
    row, shown = told_near(cast)
    assert shown == [Near(3992, 11645)] and shown[0].longitude == "116.45"
    assert check_ins.own_places(row.activity_id or 0, cast.neighbor.id)[0][1].latitude == "39.92"
    (given,) = db.session.scalars(select(Consent).where(Consent.notice == PLACE_NOTICES[0]))
    assert given.withdrawn_at is None
    assert my_data.copy_of(me).document["check_in_places"][0]["east"] == 11645
    with travel(now() + timedelta(seconds=1)):
        my_data.withdraw_places(by=me)
        assert db.session.scalars(select(CheckInPlace)).all() == [] and given.withdrawn_at is not None
        assert [line.near for line in check_ins.book_of(row.id)] == [None]
        with pytest.raises(Refused, match="nothing_to_withdraw"):
            my_data.withdraw_places(by=me)


@pytest.mark.parametrize("taken", ["withdraw_consents", "erase_own"])
def test_all_that_takes_data_back_takes_the_rough_place_along(db: Any, cast: Cast, taken: str) -> None:
    told_near(cast)
    getattr(my_data, taken)(by=actor_of(cast.resident))
    assert db.session.scalars(select(CheckInPlace)).all() == []


def test_a_rough_place_is_nobody_elses_and_no_childs_and_grows_old(db: Any, cast: Cast) -> None:
    assert told_near(cast, person=builders.person(cast.community, "别家的人"))[1] == [None]
    row, _ = told_near(cast)
    with travel(now() + timedelta(days=179)):
        assert check_ins.sweep_places() == 0
    with travel(now() + timedelta(days=181)):
        assert check_ins.sweep_places() == 1
    assert len(check_ins.lines_of(row.id)) == 1
    cast.neighbor.birth_year = now().year - 17
    day = serving.activity(cast, starts_at=now() + timedelta(minutes=10))
    assert not may_say_own_place(day, by=actor_of(cast.resident))


def test_what_waited_on_a_phone_while_the_consent_was_taken_back_is_not_kept(db: Any, cast: Cast) -> None:
    told_near(cast)
    with travel(now() + timedelta(minutes=9)):
        my_data.withdraw_places(by=actor_of(cast.resident))
    with travel(now() + timedelta(minutes=20)):
        assert told_near(cast, at=now() - timedelta(minutes=15))[1] == [None]
        assert told_near(cast, at=now() - timedelta(minutes=1))[1] == [Near(3992, 11645)]
