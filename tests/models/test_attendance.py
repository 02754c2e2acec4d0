"""Presence: signed up, come, matched, confirmed or disputed; and a list of sixty taken in one go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from models import sheets, states, volunteer_profiles
from models.accounts import Actor, actor_of
from models.activities import Activity, Wants
from models.attendance import (
    Agreed,
    Attendance,
    ConsentWay,
    Guardian,
    NameLine,
    Part,
    Relation,
    agreed,
    ask_who_left,
    count_to_match,
    mine,
    no_shows,
    note_absences,
    outs_lacking,
    read_names,
    take_list,
    to_match,
)
from models.attendance.matching import Register, read_sheet
from models.base import Refused, now, travel
from models.events import JOB, timeline
from models.people import Person
from models.permissions import Permission
from models.service_log import ServiceMethod, counts
from models.states import AttendanceState
from models.tellings import Telling
from models.volunteer_profiles import Skill
from models.working_time import local_day
from tests import builders, serving
from tests.cast import Cast

S = AttendanceState


def in_state(cast: Cast, state: AttendanceState) -> Attendance:
    """Return a row that came to a state by the verbs alone."""
    day = serving.activity(cast, capacity=1)
    worker = actor_of(cast.worker)
    if state == S.WAITLISTED:
        Attendance.sign_up(day, builders.person(cast.community), by=worker)
    if state == S.TO_MATCH:
        take_list(day, lines=[NameLine("查无此人")], by=worker)
        return next(iter(rows_of(day)))
    row = Attendance.sign_up(day, cast.neighbor, by=worker)
    owner = actor_of(cast.resident)
    if state == S.CANCELLED:
        row.cancel(by=owner)
    if state == S.ABSENT:
        row.mark_absent(by=worker)
    if state in (S.PRESENT, S.CONFIRMED, S.DISPUTED):
        row.check_in(by=worker)
    if state == S.CONFIRMED:
        row.confirm(by=owner)
    if state == S.DISPUTED:
        row.dispute("那天我不在", by=owner)
    return row


def rows_of(day: Activity) -> list[Attendance]:
    from models.base import db as database

    return list(database.session.query(Attendance).filter(Attendance.activity_id == day.id))


VERBS: dict[str, Callable[[Attendance, Cast, Actor], None]] = {
    "admit": lambda row, cast, owner: row.admit(by=actor_of(cast.clerk)),
    "cancel": lambda row, cast, owner: row.cancel(by=owner),
    "check_in": lambda row, cast, owner: row.check_in(by=actor_of(cast.worker)),
    "come_after_all": lambda row, cast, owner: row.come_after_all(by=actor_of(cast.worker)),
    "mark_absent": lambda row, cast, owner: row.mark_absent(by=actor_of(cast.worker)),
    "match": lambda row, cast, owner: row.match(builders.person(cast.community), by=actor_of(cast.clerk)),
    "confirm": lambda row, cast, owner: row.confirm(by=owner),
    "dispute": lambda row, cast, owner: row.dispute("那天我不在", by=owner),
    "uphold": lambda row, cast, owner: row.uphold("核实未到场", by=actor_of(cast.clerk)),
    "dismiss": lambda row, cast, owner: row.dismiss("签到表有本人签名", by=actor_of(cast.clerk)),
}
ALLOWED = {
    (S.WAITLISTED, "admit"): S.EXPECTED,
    (S.EXPECTED, "cancel"): S.CANCELLED,
    (S.WAITLISTED, "cancel"): S.CANCELLED,
    (S.EXPECTED, "check_in"): S.PRESENT,
    (S.EXPECTED, "mark_absent"): S.ABSENT,
    (S.ABSENT, "come_after_all"): S.PRESENT,
    (S.TO_MATCH, "match"): S.PRESENT,
    (S.PRESENT, "confirm"): S.CONFIRMED,
    (S.PRESENT, "dispute"): S.DISPUTED,
    (S.DISPUTED, "uphold"): S.ABSENT,
    (S.DISPUTED, "dismiss"): S.PRESENT,
}


def test_the_walk_knows_every_verb_of_presence() -> None:
    assert set(VERBS) == states.VERBS[states.Kind.ATTENDANCE]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", S)
def test_presence_moves_only_along_the_table(db: Any, cast: Cast, state: AttendanceState, verb: str) -> None:
    row = in_state(cast, state)
    assert row.state == state
    owner = actor_of(cast.resident, person_ids=[row.person_id] if row.person_id else [])
    if (state, verb) in ALLOWED:
        before = len(timeline([row]))
        VERBS[verb](row, cast, owner)
        assert row.state == ALLOWED[state, verb]
        assert len(timeline([row])) == before + 1
    else:
        with pytest.raises(Refused, match=r"not_from_here|not_your_attendance"):
            VERBS[verb](row, cast, owner)
        assert row.state == state


def test_only_the_person_confirms_or_disputes_and_only_the_committee_decides(db: Any, cast: Cast) -> None:
    row = in_state(cast, S.PRESENT)
    for stranger in (cast.other_resident, cast.worker, cast.clerk):
        with pytest.raises(Refused, match="not_your_attendance"):
            row.confirm(by=actor_of(stranger))
    row.dispute("那天我不在", by=actor_of(cast.resident))
    for stranger in (cast.worker, cast.supervisor, cast.other_clerk, cast.resident):
        with pytest.raises(Refused, match="committee_decides"):
            row.uphold("核实未到场", by=actor_of(stranger))
    with pytest.raises(Refused, match="reason_needed"):
        row.uphold(" ", by=actor_of(cast.head))
    row.uphold("核实未到场", by=actor_of(cast.head))
    assert row.state == S.ABSENT


def test_a_place_that_becomes_free_goes_to_whoever_waited_longest(db: Any, cast: Cast) -> None:
    day = serving.activity(cast, capacity=2)
    by = actor_of(cast.clerk)
    rows = [Attendance.sign_up(day, person, by=by) for person in serving.people(cast, 4)]
    assert [row.state for row in rows] == [S.EXPECTED, S.EXPECTED, S.WAITLISTED, S.WAITLISTED]
    rows[0].cancel(by=by)
    assert [row.state for row in rows] == [S.CANCELLED, S.EXPECTED, S.EXPECTED, S.WAITLISTED]
    with pytest.raises(Refused, match="already_signed_up"):
        Attendance.sign_up(day, Person.get(rows[1].person_id or 0), by=by)
    again = Attendance.sign_up(day, Person.get(rows[0].person_id or 0), by=by)
    assert again.state == S.WAITLISTED
    helper = Attendance.sign_up(day, builders.person(cast.community), by=by, part=Part.VOLUNTEER)
    assert helper.state == S.EXPECTED


def test_more_places_go_to_those_who_have_waited_longest_and_they_are_told(db: Any, cast: Cast) -> None:
    day, by = serving.activity(cast, capacity=1), actor_of(cast.clerk)
    rows = [Attendance.sign_up(day, person, by=by) for person in serving.people(cast, 5)]

    def given(capacity: int | None) -> list[S]:
        Attendance.change_activity(
            day, title=day.title, content=day.content, place=day.place, starts_at=day.starts_at, ends_at=day.ends_at,
            in_charge=day.in_charge, capacity=capacity, seen=day.version, by=by,
        )  # fmt: skip
        return [S(row.state) for row in rows]

    assert given(1) == [S.EXPECTED] + [S.WAITLISTED] * 4
    assert given(3) == [S.EXPECTED] * 3 + [S.WAITLISTED] * 2
    news = Telling.query.filter_by(sentence="place_became_free").order_by(Telling.id)
    assert [one.person_id for one in news] == [rows[1].person_id, rows[2].person_id]
    assert given(None) == [S.EXPECTED] * 5
    with pytest.raises(Refused, match="fewer_than_signed_up"):
        given(4)


def test_nobody_signs_up_for_what_is_over_or_called_off(db: Any, cast: Cast) -> None:
    day, off = serving.activity(cast), serving.activity(cast)
    Attendance.sign_up(off, cast.neighbor, by=actor_of(cast.resident))
    off.cancel("下雨改期", by=actor_of(cast.clerk))
    for one, key, later in ((off, "activity_cancelled", 0), (day, "activity_over", 5)):
        with travel(timedelta(hours=later)), pytest.raises(Refused, match=key):
            Attendance.sign_up(one, builders.person(cast.community), by=actor_of(cast.clerk))


def test_the_code_of_the_day_checks_in_and_out(db: Any, cast: Cast) -> None:
    day = serving.activity(cast, starts_at=now() + timedelta(hours=5))
    by = actor_of(cast.resident)
    with pytest.raises(Refused, match="code_not_open"):
        Attendance.check_in_by_code(day, day.code, cast.neighbor, by=by)
    with travel(timedelta(hours=5)):
        wrong = f"{(int(day.code) + 1) % 1_000_000:06d}"
        with pytest.raises(Refused, match="code_wrong"):
            Attendance.check_in_by_code(day, wrong, cast.neighbor, by=by)
        row = Attendance.check_in_by_code(day, day.code, cast.neighbor, by=by)
        assert row.state == S.PRESENT
        with travel(timedelta(minutes=30)):
            again = Attendance.check_in_by_code(day, day.code, cast.neighbor, by=by)
            assert again is row
            assert row.seen_at - row.came_at == timedelta(minutes=30)
        with travel(timedelta(minutes=50)):
            row.check_out(by=by, activity=day, code=day.code)
            with pytest.raises(Refused, match="already_left"):
                row.check_out(by=by)
    assert row.left_at - row.came_at == timedelta(minutes=50)


def test_pasted_names_are_read_as_people_write_them() -> None:
    text = "1. 王桂兰 5栋1单元\n2、李 强\t3-2-501\n赵敏，6号楼 13800138000\n\n陈静；周涛 2栋"
    assert read_names(text) == [
        NameLine("王桂兰", "5栋1单元"), NameLine("李强", "3-2-501"), NameLine("赵敏", "6号楼"),
        NameLine("陈静", ""), NameLine("周涛", "2栋"),
    ]  # fmt: skip
    with pytest.raises(Refused, match="names_needed"):
        read_names(" \n ")
    with pytest.raises(Refused, match="too_many_names"):
        read_names("\n".join(f"某{n}" for n in range(501)))


def test_a_name_is_matched_only_where_exactly_one_fits(db: Any, cast: Cast) -> None:
    for building, unit, room in (("5", "1", "301"), ("5", "2", "301"), ("6", None, None)):
        builders.person(cast.community, "王芳", building=building, unit=unit, room=room)
    builders.person(cast.other_community, "外人")
    register = Register(cast.community.id, ["王芳", "外人", "王桂兰"])

    def home(name: str, building: str = "") -> str | None:
        found = register.only(NameLine(name, building))
        return found.home if found else None

    assert home("王芳") is None
    assert home("王芳", "5栋") is None
    assert home("王芳", "5栋2单元301") == "5-2-301"
    assert home("王芳", "6号楼") == "6"
    assert home("王芳", "７栋") is None
    assert home("外人") is None
    assert home("王桂兰") == "5-1"


def test_sixty_who_came_are_noted_in_one_act_and_the_uncertain_wait(db: Any, cast: Cast, count_queries: Any) -> None:
    of = serving.project(cast)
    log = serving.log(of, cast.worker, method=ServiceMethod.EVENT, people=(), submit=False)
    known = serving.people(cast, 50)
    twins = [builders.person(cast.community, "张伟", building=building) for building in ("1", "2")]
    text = "\n".join(
        [f"{person.name} {person.building}栋" for person in known] + ["张伟"] + [f"生客{n}" for n in range(9)]
    )
    with count_queries() as queries:
        taken = take_list(log, lines=read_names(text), by=actor_of(cast.worker))
    assert (taken.noted, taken.already, taken.to_match) == (50, 0, 10)
    assert len(queries) <= 70
    again = take_list(log, lines=read_names(text), by=actor_of(cast.worker))
    assert (again.noted, again.already, again.to_match) == (0, 60, 0)
    assert count_to_match(actor_of(cast.clerk), Permission.MATCH_ATTENDANCE) == 10
    first = to_match(actor_of(cast.worker), Permission.MATCH_ATTENDANCE)[0]
    assert [one.id for one in first.candidates] == [twin.id for twin in twins]
    assert to_match(actor_of(cast.other_worker), Permission.MATCH_ATTENDANCE) == []
    log.submit(by=actor_of(cast.worker))
    log.approve(by=actor_of(cast.supervisor))
    assert counts(of).persons == 50
    row = Attendance.find(first.public_id, Attendance.visible_to(actor_of(cast.clerk), Permission.MATCH_ATTENDANCE))
    with pytest.raises(Refused, match="person_already_there"):
        row.match(known[0], by=actor_of(cast.clerk))
    with pytest.raises(Refused, match="person_of_another_community"):
        row.match(builders.person(cast.other_community), by=actor_of(cast.clerk))
    row.match(twins[1], by=actor_of(cast.clerk))
    assert counts(of).persons == 51


def test_a_list_in_a_workbook_is_read_by_its_columns() -> None:
    rows = [[1, "王桂兰", "5栋"], [2, "李 强", "3栋"], [3, "=cmd|calc", ""]]
    data = sheets.write_xlsx("签到", ["序号", "姓名", "住址"], rows)
    assert read_sheet("签到表.xlsx", data)[:2] == [NameLine("王桂兰", "5栋"), NameLine("李强", "3栋")]


def test_somebody_expected_who_stands_on_the_list_has_come(db: Any, cast: Cast) -> None:
    day = serving.activity(cast)
    row = Attendance.sign_up(day, cast.neighbor, by=actor_of(cast.resident))
    with travel(timedelta(hours=1)):
        taken = take_list(day, lines=[NameLine("王桂兰", "5栋")], by=actor_of(cast.clerk))
    assert (taken.noted, row.state) == (1, S.PRESENT)


def test_the_list_of_an_approved_log_is_closed(db: Any, cast: Cast) -> None:
    log = serving.approved(cast, serving.project(cast), cast.neighbor)
    with pytest.raises(Refused, match="list_is_closed"):
        take_list(log, lines=[NameLine("李强")], by=actor_of(cast.worker))
    early = serving.activity(cast, starts_at=now() + timedelta(days=2))
    with pytest.raises(Refused, match="list_is_closed"):
        take_list(early, lines=[NameLine("李强")], by=actor_of(cast.worker))


def test_one_reads_where_one_was_noted(db: Any, cast: Cast) -> None:
    serving.approved(cast, serving.project(cast), cast.neighbor)
    in_state(cast, S.PRESENT)
    assert [line.what for line in mine([cast.neighbor.id])] == ["健康操", "上门探访"]
    assert mine([builders.person(cast.community).id]) == []
    serving.approved(cast, serving.project(cast, title="送餐到家"), cast.neighbor, hours_ago=200, title="送餐")
    rows = mine([cast.neighbor.id], 2)
    assert [line.what for line in mine([cast.neighbor.id], 2, rows[-1].public_id)] == ["送餐"]
    # Nobody's page begins behind what is somebody else's.
    assert len(mine([cast.neighbor.id], before="0000000000")) == 3


def test_a_minor_has_a_place_only_with_the_word_of_a_guardian(db: Any, cast: Cast) -> None:
    day = serving.activity(cast, starts_at=now() + timedelta(minutes=30))
    year = local_day(day.starts_at).year
    child = builders.person(cast.community, "小明", birth_year=year - 12)
    grown = builders.person(cast.community, "大明", birth_year=year - 19)
    parent, clerk = actor_of(cast.resident, person_ids=[cast.neighbor.id, child.id]), actor_of(cast.clerk)
    Attendance.sign_up(day, grown, by=clerk)
    with pytest.raises(Refused, match="guardian_needed"):
        Attendance.sign_up(day, child, by=parent)
    own = Actor(account_id=cast.other_resident.id, name="小明", person_id=child.id, person_ids=frozenset([child.id]))
    with pytest.raises(Refused, match="minor_cannot_agree"):
        Attendance.sign_up(day, child, by=own, guardian=Guardian("王秀英"))
    with pytest.raises(Refused, match="guardian_needed"), db.session.begin_nested():
        Attendance.check_in_by_code(day, day.code, child, by=parent)
    row = Attendance.sign_up(day, child, by=parent, guardian=Guardian("王秀英"))
    assert agreed(day, child.id) == Agreed("王秀英", Relation.PARENT, ConsentWay.APP)
    row.cancel(by=parent)
    assert agreed(day, child.id) is None
    # A list that was ticked puts the child on it, and waits for the paper.
    taken = take_list(day, people=[child, grown], by=clerk)
    assert (taken.noted, taken.to_agree) == (1, 1)
    again = Attendance.of_person(day, child.id)
    assert again is not None and again.state == S.EXPECTED
    with pytest.raises(Refused, match="guardian_needed"), db.session.begin_nested():
        again.check_in(by=clerk)
    db.session.refresh(again)
    again.note_guardian(Guardian("王秀英", Relation.GRANDPARENT), by=clerk)
    again.check_in(by=clerk)
    assert agreed(day, child.id) == Agreed("王秀英", Relation.GRANDPARENT, ConsentWay.PAPER)


def test_helpers_can_do_what_is_needed_and_are_at_one_place_at_a_time(db: Any, cast: Cast) -> None:
    soon, clerk = now() + timedelta(minutes=30), actor_of(cast.clerk)
    day = serving.activity(cast, starts_at=soon, wants=Wants(Skill.HAIR))
    owner = actor_of(cast.resident)
    with pytest.raises(Refused, match="skill_missing"):
        Attendance.sign_up(day, cast.neighbor, part=Part.VOLUNTEER, by=owner)
    volunteer_profiles.offer(cast.neighbor, ["HAIR"], [], by=owner)
    row = Attendance.sign_up(day, cast.neighbor, part=Part.VOLUNTEER, by=owner)
    row.check_in(by=clerk)
    other = serving.activity(cast, serving.project(cast), starts_at=soon)
    there = Attendance.sign_up(other, cast.neighbor, part=Part.VOLUNTEER, by=owner)
    for by, why in ((clerk, "still_elsewhere"), (actor_of(cast.worker), "still_elsewhere_unnamed")):
        with pytest.raises(Refused) as no, db.session.begin_nested():
            there.check_in(by=by)
        assert no.value.key == why
        db.session.refresh(there)
    row.check_out(by=clerk)
    there.check_in(by=clerk)
    assert there.state == S.PRESENT


def test_the_evening_asks_who_did_not_check_out_and_the_next_day_notes_who_did_not_come(db: Any, cast: Cast) -> None:
    day = serving.activity(cast, starts_at=now() + timedelta(minutes=30))
    lonely = serving.activity(cast, starts_at=now() + timedelta(minutes=30))
    clerk, owner = actor_of(cast.clerk), actor_of(cast.resident)
    helper = Attendance.sign_up(day, cast.neighbor, part=Part.VOLUNTEER, by=owner)
    helper.check_in(by=clerk)
    away = Attendance.sign_up(day, builders.person(cast.community, "没来"), by=clerk)
    nobody_kept_the_list = Attendance.sign_up(lonely, builders.person(cast.community, "可能来了"), by=clerk)
    assert ask_who_left(by=JOB) == 0
    with travel(day.ends_at + timedelta(minutes=5)):
        assert (ask_who_left(by=JOB), ask_who_left(by=JOB), note_absences(by=JOB)) == (1, 0, 0)
        assert sorted(one.sentence for one in Telling.query) == ["check_outs_lack", "when_did_you_leave"]
        assert outs_lacking(clerk, 5) == [(day.public_id, day.title, 1)]
        assert outs_lacking(actor_of(cast.other_clerk), 5) == []
        with pytest.raises(Refused, match="stated_time_past_ceiling"):
            helper.tell_when_left(day.ends_at + timedelta(minutes=31), by=owner)
        helper.tell_when_left(day.ends_at, by=owner)
        assert outs_lacking(clerk, 5) == []
    with travel(day.ends_at + timedelta(hours=25)):
        assert (note_absences(by=JOB), note_absences(by=JOB)) == (1, 0)
        assert (away.state, nobody_kept_the_list.state) == (S.ABSENT, S.EXPECTED)
        assert no_shows([away.person_id or 0]) == {away.person_id: 1}
        away.come_after_all(by=clerk)
        assert (away.state, no_shows([away.person_id or 0])) == (S.PRESENT, {})
