"""Volunteers' time: measured by named rules, never twice, never paid, and approved by a second person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from models import states
from models.accounts import actor_of
from models.attendance import Attendance, Part, Presence
from models.base import Refused, now, opaque, travel
from models.base import db as database
from models.events import timeline
from models.hours import TimeKind
from models.people import Person
from models.permissions import Permission, Role
from models.service_log import ServiceLog, ServiceMethod
from models.states import HourRecordState
from models.volunteering import (
    CorrectionState,
    HourCorrection,
    HourRecord,
    HourRule,
    export_rows,
    my_hours,
    proposable,
    waiting_for,
)
from tests import builders, serving
from tests.cast import Cast
from web.errors import constraint_of

S = HourRecordState


def served(cast: Cast, person: Person | None = None, **more: Any) -> tuple[ServiceLog, Attendance]:
    """Return an approved log and a volunteer's presence at it."""
    of = more.pop("of", None) or serving.project(cast)
    line = {key: more.pop(key) for key in ("came_at", "left_at") if key in more}
    who = person or builders.person(cast.community, f"志愿者{builders.number()}")
    helped = {"method": ServiceMethod.EVENT, "people": (Presence(who, part=Part.VOLUNTEER, **line),)}
    log = serving.log(of, cast.worker, **{**helped, **more})
    log.approve(by=actor_of(cast.supervisor))
    return log, next(row for row in seats(log) if row.part == Part.VOLUNTEER)


def seats(log: ServiceLog) -> list[Attendance]:
    return list(database.session.query(Attendance).filter(Attendance.log_id == log.id))


def proposed(cast: Cast, person: Person | None = None, **more: Any) -> HourRecord:
    """Return a proposal of the cast's worker."""
    log, row = served(cast, person, **more)
    reason = {"late_reason": "补记"} if log.late else {}
    return HourRecord.propose(row, by=actor_of(cast.worker), **reason)


def in_state(cast: Cast, state: HourRecordState) -> HourRecord:
    """Return a record that came to a state by the verbs alone."""
    one = proposed(cast)
    supervisor = actor_of(cast.supervisor)
    if state == S.REJECTED:
        one.reject("没有到场", by=supervisor)
    if state in (S.COUNTED, S.VOIDED):
        one.approve(by=supervisor)
    if state == S.VOIDED:
        one.void("登记错人", by=supervisor)
    return one


VERBS: dict[str, Callable[[HourRecord, Any], None]] = {
    "approve": lambda one, by: one.approve(by=by),
    "reject": lambda one, by: one.reject("没有到场", by=by),
    "void": lambda one, by: one.void("登记错人", by=by),
}
ALLOWED = {(S.PROPOSED, "approve"): S.COUNTED, (S.PROPOSED, "reject"): S.REJECTED, (S.COUNTED, "void"): S.VOIDED}


def test_the_walk_knows_every_verb_of_hours() -> None:
    assert set(VERBS) == states.VERBS[states.Kind.HOUR_RECORD]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", S)
def test_hours_move_only_along_the_table(db: Any, cast: Cast, state: HourRecordState, verb: str) -> None:
    one = in_state(cast, state)
    assert one.state == state
    before = len(timeline([one]))
    if (state, verb) in ALLOWED:
        VERBS[verb](one, actor_of(cast.supervisor))
        assert one.state == ALLOWED[state, verb]
        assert len(timeline([one])) == before + 1
    else:
        with pytest.raises(Refused, match="not_from_here"):
            VERBS[verb](one, actor_of(cast.supervisor))
        assert one.state == state


def test_a_record_holds_the_seven_fields_of_the_order(db: Any, cast: Cast) -> None:
    one = proposed(cast, minutes=95)
    assert one.activity_name == "上门探访"
    assert one.started_at < one.ended_at
    assert one.place == "5栋"
    assert one.content == "陪老人聊天，提醒按时复诊。"
    assert one.minutes == 95
    assert one.organizer == cast.organization.name
    assert one.in_charge == cast.worker.name


def test_nobody_approves_what_they_proposed_and_no_volunteer_their_own(db: Any, cast: Cast) -> None:
    who = builders.person(cast.community, "周帮忙")
    helper = builders.account("周帮忙", role=Role.HEAD, place=cast.community, person=who)
    one = proposed(cast, who)
    for somebody, key in ((cast.worker, "own_hours"), (helper, "own_hours"), (cast.other_head, "not_yours_to_approve"),
                          (cast.resident, "not_yours_to_approve"), (cast.clerk, "not_yours_to_approve")):  # fmt: skip
        with pytest.raises(Refused, match=key):
            one.approve(by=actor_of(somebody))
    one.approve(by=actor_of(cast.manager))
    assert my_hours(who.id).minutes == 60


def test_the_end_follows_a_named_rule(db: Any, cast: Cast) -> None:
    began = now() - timedelta(hours=5)
    by = actor_of(cast.worker)
    logged = served(cast, started_at=began, minutes=120)[1]
    out = served(cast, started_at=began, minutes=120, came_at=began, left_at=began + timedelta(minutes=75))[1]
    open_end = served(cast, started_at=began, minutes=120, came_at=began)[1]
    seen = served(cast, started_at=began, minutes=120, came_at=began)[1]
    seen.seen_at = began + timedelta(minutes=40)
    stated = served(cast, started_at=began, minutes=120, came_at=began)[1]
    found = [HourRecord.propose(row, by=by) for row in (logged, out, open_end, seen)]
    found.append(HourRecord.propose(stated, by=by, ended_at=began + timedelta(minutes=150)))
    assert [(one.rule, one.minutes) for one in found] == [
        (HourRule.AS_LOGGED, 120), (HourRule.CHECKED_OUT, 75), (HourRule.PROPOSED_END, 120),
        (HourRule.PROPOSED_END, 40), (HourRule.STATED, 150),
    ]  # fmt: skip
    again = served(cast, started_at=began, minutes=120, came_at=began)[1]
    with pytest.raises(Refused, match="stated_time_past_ceiling"):
        HourRecord.propose(again, by=by, ended_at=began + timedelta(minutes=151))


def test_breaks_are_taken_off(db: Any, cast: Cast) -> None:
    _, row = served(cast, minutes=120)
    by = actor_of(cast.worker)
    with pytest.raises(Refused, match="hours_nothing_left"):
        HourRecord.propose(row, by=by, break_minutes=120)
    assert HourRecord.propose(row, by=by, break_minutes=45).minutes == 75


def test_what_is_no_volunteer_time_is_refused(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    log, row = served(cast, of=of, people=(Presence(cast.neighbor),
                      Presence(builders.person(cast.community), part=Part.VOLUNTEER)))  # fmt: skip
    by = actor_of(cast.worker)
    with pytest.raises(Refused, match="hours_training"):
        HourRecord.propose(row, by=by, kind=TimeKind.TRAINING)
    with pytest.raises(Refused, match="hours_travel"):
        HourRecord.propose(row, by=by, kind=TimeKind.TRAVEL)
    with pytest.raises(Refused, match="not_a_volunteer_there"):
        HourRecord.propose(next(one for one in seats(log) if one.part == Part.SERVED), by=by)
    with pytest.raises(Refused, match="not_your_project"):
        HourRecord.propose(row, by=actor_of(cast.other_worker))
    HourRecord.propose(row, by=by)
    with pytest.raises(Refused, match="hours_already_proposed"):
        HourRecord.propose(row, by=by)


def test_people_paid_by_the_project_collect_no_hours_in_it(db: Any, cast: Cast) -> None:
    by_person = builders.person(cast.community, "陈同事")
    builders.account("陈同事", role=Role.SOCIAL_WORKER, organization=cast.organization, person=by_person)
    phone = builders.phone()
    by_phone = builders.person(cast.community, "刘同事", phone=phone)
    account = builders.Account.open("刘同事", phone, by=builders.JOB)
    account.grant(Role.SOCIAL_WORKER, by=builders.JOB, organization=cast.organization)
    for person in (by_person, by_phone):
        with pytest.raises(Refused, match="hours_paid_time"):
            proposed(cast, person)
    staff_elsewhere = builders.person(cast.community, "外单位")
    builders.account("外单位", role=Role.SOCIAL_WORKER, organization=cast.other_organization, person=staff_elsewhere)
    assert proposed(cast, staff_elsewhere).state == S.PROPOSED


def test_nobody_is_at_two_places_at_once(db: Any, cast: Cast) -> None:
    who = builders.person(cast.community)
    began = now() - timedelta(hours=9)
    proposed(cast, who, started_at=began, minutes=120)
    with pytest.raises(Refused, match="hours_overlap"):
        proposed(cast, who, started_at=began + timedelta(minutes=119), minutes=30)
    touching = proposed(cast, who, started_at=began + timedelta(minutes=120), minutes=30)
    touching.reject("没有到场", by=actor_of(cast.supervisor))
    assert proposed(cast, who, started_at=began + timedelta(minutes=121), minutes=30).state == S.PROPOSED
    assert proposed(cast, started_at=began, minutes=120).state == S.PROPOSED


@given(start=st.integers(0, 300), length=st.integers(1, 300), shift=st.integers(-320, 320), other=st.integers(1, 300))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_itself_refuses_two_times_that_share_a_minute(
    cast: Cast, start: int, length: int, shift: int, other: int
) -> None:
    minute = timedelta(minutes=1)
    first = (serving.MORNING + start * minute, serving.MORNING + (start + length) * minute)
    second = (serving.MORNING + (start + shift) * minute, serving.MORNING + (start + shift + other) * minute)
    shares = first[0] < second[1] and second[0] < first[1]
    rows = [dict(_bare(cast), started_at=a, ended_at=b) for a, b in (first, second)]
    database.session.execute(delete(HourRecord))
    database.session.execute(insert(HourRecord).values(**rows[0]))
    if shares:
        with pytest.raises(IntegrityError) as caught, database.session.begin_nested():
            database.session.execute(insert(HourRecord).values(**rows[1]))
        assert constraint_of(caught.value) == "hour_records_one_place_at_a_time"
    else:
        database.session.execute(insert(HourRecord).values(**rows[1]))
    database.session.execute(insert(HourRecord).values(**{**rows[1], "state": S.VOIDED, "public_id": opaque()}))


def _bare(cast: Cast) -> dict[str, Any]:
    """Return a row as it would come past all rules of the house."""
    return {
        "person_id": cast.neighbor.id, "community_id": cast.community.id, "activity_name": "a", "place": "b",
        "content": "c", "organizer": "d", "in_charge": "e", "minutes": 1, "rule": HourRule.STATED,
        "state": S.PROPOSED, "public_id": opaque(), "version": 1,
    }  # fmt: skip


def test_a_long_day_needs_a_reason_and_is_not_approved_in_a_crowd(db: Any, cast: Cast) -> None:
    with travel(serving.MORNING):
        who = builders.person(cast.community)
        began = serving.MORNING - timedelta(hours=25)
        proposed(cast, who, started_at=began, minutes=700)
        long = proposed(cast, who, started_at=began + timedelta(minutes=700), minutes=30)
        assert long.needs_review
        supervisor = actor_of(cast.supervisor)
        with pytest.raises(Refused, match="flagged_one_by_one"):
            HourRecord.approve_all([long], by=supervisor)
        with pytest.raises(Refused, match="long_day_needs_reason"):
            long.approve(by=supervisor)
        long.approve(by=supervisor, reason="防汛值守，社区当天确认")
    assert long.state == S.COUNTED


def test_time_over_midnight_counts_on_both_days(db: Any, cast: Cast) -> None:
    with travel(serving.MORNING):
        who = builders.person(cast.community)
        evening = serving.MORNING - timedelta(hours=14)  # eight in the evening in Shanghai
        night = proposed(cast, who, started_at=evening, minutes=600)
        assert not night.needs_review
        assert night.minutes == 600
        # Ten hours before it on the same day make 14 hours on the first day, though each record is short.
        day = proposed(cast, who, started_at=evening - timedelta(hours=11), minutes=600)
        assert day.needs_review


def test_hours_recorded_after_ten_working_days_are_late_and_say_why(db: Any, cast: Cast) -> None:
    with travel(serving.MORNING):
        _, row = served(cast)
    with travel(serving.MORNING + timedelta(days=21)):
        with pytest.raises(Refused, match="late_reason_needed"):
            HourRecord.propose(row, by=actor_of(cast.worker))
        one = HourRecord.propose(row, by=actor_of(cast.worker), late_reason="志愿者名单后补")
    assert one.late


def test_hours_wait_for_their_log_and_stop_counting_when_it_is_voided(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    who = builders.person(cast.community)
    log = serving.log(of, cast.worker, people=(Presence(who, part=Part.VOLUNTEER),), method=ServiceMethod.EVENT)
    one = HourRecord.propose(seats(log)[0], by=actor_of(cast.worker))
    with pytest.raises(Refused, match="log_not_approved"):
        one.approve(by=actor_of(cast.supervisor))
    log.approve(by=actor_of(cast.supervisor))
    one.approve(by=actor_of(cast.supervisor))
    assert my_hours(who.id).minutes == 60
    log.void(serving.REASON, by=actor_of(cast.supervisor))
    mine = my_hours(who.id)
    assert mine.minutes == 0
    assert not mine.records[0].counts


def test_my_hours_show_how_each_was_computed_and_the_next_star(db: Any, cast: Cast) -> None:
    who = builders.person(cast.community)
    one = proposed(cast, who, minutes=89)
    assert my_hours(who.id).waiting_minutes == 89
    one.approve(by=actor_of(cast.supervisor))
    mine = my_hours(who.id)
    assert (mine.minutes, mine.stars, mine.next_line) == (89, 0, 6_000)
    line = mine.records[0]
    assert (str(line.hours), line.rule, line.approved_by) == ("1.4", HourRule.AS_LOGGED, cast.supervisor.name)


def test_a_correction_is_asked_by_the_volunteer_and_granted_by_the_approver(db: Any, cast: Cast) -> None:
    who = builders.person(cast.community)
    account = builders.account("志愿者", person=who)
    one = proposed(cast, who)
    one.approve(by=actor_of(cast.supervisor))
    volunteer = actor_of(account)
    with pytest.raises(Refused, match="not_your_hours"):
        HourCorrection.ask(one, "少算了", by=actor_of(cast.resident))
    asked = HourCorrection.ask(one, "结束是四点，少算了", by=volunteer, wanted_end=one.ended_at + timedelta(minutes=20))
    with pytest.raises(Refused, match="correction_open"):
        HourCorrection.ask(one, "再问一次", by=volunteer)
    for somebody, key in ((cast.worker, "own_hours"), (account, "own_hours"), (cast.clerk, "not_yours_to_approve")):
        with pytest.raises(Refused, match=key):
            asked.grant("核对了签到表，属实", by=actor_of(somebody))
    fresh = asked.grant("核对了签到表，属实", by=actor_of(cast.supervisor))
    assert (one.state, fresh.state, fresh.minutes) == (S.VOIDED, S.COUNTED, 80)
    assert (fresh.replaces_id, asked.state) == (one.id, CorrectionState.GRANTED)
    assert my_hours(who.id).minutes == 80
    with pytest.raises(Refused, match="already_answered"):
        asked.refuse("已经答复", by=actor_of(cast.supervisor))


def test_a_correction_keeps_the_ceiling_and_may_be_refused_with_a_reason(db: Any, cast: Cast) -> None:
    who = builders.person(cast.community)
    volunteer = actor_of(builders.account("志愿者", person=who))
    one = proposed(cast, who)
    one.approve(by=actor_of(cast.supervisor))
    asked = HourCorrection.ask(one, "其实到晚上", by=volunteer, wanted_end=one.ended_at + timedelta(minutes=31))
    with pytest.raises(Refused, match="stated_time_past_ceiling"):
        asked.grant("按本人说法", by=actor_of(cast.supervisor))
    asked.refuse("活动四点已经结束", by=actor_of(cast.supervisor))
    assert (one.state, asked.state) == (S.COUNTED, CorrectionState.REFUSED)


def test_lists_of_hours_stay_within_reach_and_flat(db: Any, cast: Cast, count_queries: Any) -> None:
    of = serving.project(cast)
    for n in range(1, 9):
        proposed(cast, of=of, hours_ago=3 * n)
    _, open_row = served(cast, of=of)
    with count_queries() as queries:
        assert len(waiting_for(actor_of(cast.supervisor))) == 8
    assert len(queries) <= 3
    assert waiting_for(actor_of(cast.worker)) == []
    assert waiting_for(actor_of(cast.other_head)) == []
    assert len(waiting_for(actor_of(cast.head))) == 8
    assert [one.public_id for one in proposable(actor_of(cast.worker))] == [open_row.public_id]
    assert proposable(actor_of(cast.other_worker)) == []
    assert len(export_rows(actor_of(cast.supervisor), Permission.APPROVE_HOURS)) == 8
