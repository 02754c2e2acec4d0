"""A log is written by one, approved by another, and only then counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from models import states
from models.accounts import actor_of
from models.attachments import Attachment
from models.attendance import Attendance, NameLine, Outcome, Part, Presence
from models.base import Refused, now, travel
from models.events import JOB, timeline
from models.permissions import Role
from models.projects import NextDate
from models.ratings import Channel, RatingInvitation
from models.service_log import (
    CallOutcome,
    CaseStage,
    Flag,
    ServiceLog,
    ServiceMethod,
    calling,
    card_of,
    counts,
    counts_by_goal,
    flags_of,
    last_of,
    looked_after,
    people_of_worker,
    public_logs,
    waiting_for,
)
from models.states import AttendanceState, NeedState, ProjectState, ServiceLogState
from tests import builders, serving
from tests.cast import Cast

S = ServiceLogState


def in_state(cast: Cast, state: ServiceLogState) -> ServiceLog:
    """Return a log that came to a state by the verbs alone."""
    of = serving.project(cast)
    late = state == S.AWAITING_COMMITTEE
    more = {"started_at": now() - timedelta(days=40), "late_reason": "出差在外，回来补记"} if late else {}
    log = serving.log(of, cast.worker, cast.neighbor, submit=state != S.DRAFT, **more)
    supervisor = actor_of(cast.supervisor)
    if state == S.RETURNED:
        log.return_("请补上时间", by=supervisor)
    if state in (S.AWAITING_COMMITTEE, S.APPROVED, S.VOIDED):
        log.approve(by=supervisor)
    if state == S.VOIDED:
        log.void(serving.REASON, by=actor_of(cast.head))
    assert log.state == state
    return log


VERBS: dict[str, Callable[[ServiceLog, Cast], None]] = {
    "submit": lambda log, cast: log.submit(by=actor_of(cast.worker)),
    "approve": lambda log, cast: log.approve(by=judge_of(log, cast)),
    "return": lambda log, cast: log.return_("请补上时间", by=judge_of(log, cast)),
    "correct": lambda log, cast: log.correct(serving.REASON, by=actor_of(cast.head)),
    "void": lambda log, cast: log.void(serving.REASON, by=actor_of(cast.head)),
}
ALLOWED = {
    (S.DRAFT, "submit"): S.SUBMITTED,
    (S.RETURNED, "submit"): S.SUBMITTED,
    (S.SUBMITTED, "approve"): S.APPROVED,
    (S.AWAITING_COMMITTEE, "approve"): S.APPROVED,
    (S.SUBMITTED, "return"): S.RETURNED,
    (S.AWAITING_COMMITTEE, "return"): S.RETURNED,
    (S.APPROVED, "correct"): S.SUBMITTED,
    (S.APPROVED, "void"): S.VOIDED,
}


def judge_of(log: ServiceLog, cast: Cast) -> Any:
    return actor_of(cast.clerk if log.state == S.AWAITING_COMMITTEE else cast.supervisor)


def test_the_walk_knows_every_verb_of_the_table() -> None:
    assert set(VERBS) == states.VERBS[states.Kind.SERVICE_LOG]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", S)
def test_a_log_moves_only_along_the_table(db: Any, cast: Cast, state: ServiceLogState, verb: str) -> None:
    log = in_state(cast, state)
    before = len(timeline([log]))
    if (state, verb) in ALLOWED:
        VERBS[verb](log, cast)
        assert log.state == ALLOWED[state, verb]
        assert len(timeline([log])) == before + 1
    else:
        with pytest.raises(Refused, match="not_from_here"):
            VERBS[verb](log, cast)
        assert log.state == state
        assert len(timeline([log])) == before


def test_a_log_handed_in_on_time_is_approved_by_the_supervisor_and_counts(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    need = serving.planned_need(cast, of)
    log = serving.log(of, cast.worker, cast.neighbor, needs=(need,), walk_ins=0)
    assert counts(of).turns == 0
    assert need.state == NeedState.PLANNED
    log.approve(by=actor_of(cast.supervisor))
    assert (counts(of).persons, counts(of).turns, counts(of).sessions) == (1, 1, 1)
    assert need.state == NeedState.IN_SERVICE
    assert need.served_at is not None


def test_nobody_approves_their_own_log_and_no_stranger_does(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    log = serving.log(of, cast.worker, cast.neighbor)
    for somebody, key in ((cast.worker, "own_log"), (cast.other_worker, "not_yours_to_approve"),
                          (cast.clerk, "not_yours_to_approve"), (cast.resident, "not_yours_to_approve")):  # fmt: skip
        with pytest.raises(Refused, match=key):
            log.approve(by=actor_of(somebody))
    log.approve(by=actor_of(cast.supervisor))
    assert log.state == S.APPROVED


def test_a_supervisors_own_log_goes_to_the_manager(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    log = serving.log(of, cast.supervisor, cast.neighbor)
    second = builders.account(role=builders.Role.SUPERVISOR, organization=cast.organization)
    for somebody, key in ((cast.supervisor, "own_log"), (second, "manager_approves"), (cast.clerk, "manager_approves")):
        with pytest.raises(Refused, match=key):
            log.approve(by=actor_of(somebody))
    log.approve(by=actor_of(cast.manager))
    assert log.state == S.APPROVED


def test_where_no_manager_is_left_the_committee_approves_a_supervisors_log(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    log = serving.log(of, cast.manager, cast.neighbor)
    with pytest.raises(Refused, match="committee_approves"):
        log.approve(by=actor_of(cast.supervisor))
    log.approve(by=actor_of(cast.clerk))
    assert log.state == S.APPROVED


def test_a_late_log_needs_a_reason_then_the_supervisor_then_the_committee(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    began = now() - timedelta(days=30)
    with pytest.raises(Refused, match="late_reason_needed"):
        serving.log(of, cast.worker, cast.neighbor, started_at=began)
    log = serving.log(of, cast.worker, cast.neighbor, started_at=began, late_reason="当时没有网络")
    assert log.late
    log.approve(by=actor_of(cast.supervisor))
    assert log.state == S.AWAITING_COMMITTEE
    assert counts(of).turns == 0
    for somebody in (cast.supervisor, cast.other_clerk, cast.manager):
        with pytest.raises(Refused):
            log.approve(by=actor_of(somebody))
    log.approve(by=actor_of(cast.clerk))
    assert log.state == S.APPROVED
    assert counts(of).turns == 1


def test_what_the_committee_serves_itself_another_of_the_committee_approves(db: Any, cast: Cast) -> None:
    of = serving.project(cast, organization=None)
    with pytest.raises(Refused, match="not_your_project"):
        serving.log(of, cast.worker, cast.neighbor)
    log = serving.log(of, cast.clerk, cast.neighbor)
    with pytest.raises(Refused, match="own_log"):
        log.approve(by=actor_of(cast.clerk))
    log.approve(by=actor_of(cast.head))
    assert log.state == S.APPROVED


def test_persons_are_counted_once_turns_each_time_and_walk_ins_in_turns_alone(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    first, second, helper = serving.people(cast, 3)
    serving.approved(cast, of, first, second, walk_ins=3, hours_ago=30)
    serving.approved(cast, of, first, hours_ago=20, people=(Presence(first), Presence(helper, part=Part.VOLUNTEER)))
    serving.log(of, cast.worker, second, hours_ago=10)
    found = counts(of)
    assert (found.persons, found.turns, found.walk_ins, found.sessions, found.volunteers) == (2, 6, 3, 2, 1)
    assert found.walk_ins_over_cap


def test_who_was_not_in_or_refused_does_not_count(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    seen, out, no = serving.people(cast, 3)
    lines = (Presence(seen), Presence(out, Outcome.NOT_IN, next_at=now()), Presence(no, Outcome.REFUSED))
    log = serving.log(of, cast.worker, people=lines)
    log.approve(by=actor_of(cast.supervisor))
    assert counts(of).persons == 1
    card = card_of(log, internal=True)
    assert [seat.state for seat in card.seats] == ["PRESENT", "ABSENT", "ABSENT"]


def test_a_log_that_is_voided_lets_its_need_go_and_tells_the_author_of_a_reopened_one(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    need, other = serving.planned_need(cast, of), serving.planned_need(cast, of)
    first = serving.approved(cast, of, cast.neighbor, needs=(need, other), hours_ago=30)
    second = serving.approved(cast, of, cast.neighbor, needs=(other,), hours_ago=20)
    first.void(serving.REASON, by=actor_of(cast.head))
    assert need.state == NeedState.PLANNED
    assert other.state == NeedState.IN_SERVICE
    assert need.served_at is None
    assert counts(of).sessions == 1
    second.correct(serving.REASON, by=actor_of(cast.head))
    assert other.state == NeedState.PLANNED
    second.approve(by=actor_of(cast.supervisor))
    assert other.state == NeedState.IN_SERVICE


def test_the_author_never_voids_and_people_who_may_have_spoken_bring_the_committee_in(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    log = serving.approved(cast, of, cast.neighbor)
    with pytest.raises(Refused, match="own_log"):
        log.void(serving.REASON, by=actor_of(cast.worker))
    with pytest.raises(Refused, match="reason_too_short"):
        log.void("错了", by=actor_of(cast.supervisor))
    with pytest.raises(Refused, match="not_yours_to_undo"):
        log.void(serving.REASON, by=actor_of(cast.other_worker))

    def refused() -> list[str]:
        keys = []
        for verb, somebody in [(log.correct, cast.worker), (log.correct, cast.supervisor), (log.void, cast.supervisor),
                               (log.void, cast.manager)]:  # fmt: skip
            with pytest.raises(Refused) as caught:
                verb(serving.REASON, by=actor_of(somebody))
            keys.append(caught.value.key)
        return keys

    # Whether anybody opened a link or said a word must not show in what is refused.
    before = refused()
    RatingInvitation(project_id=of.id, log_id=log.id, person_id=cast.neighbor.id, channel=Channel.SELF).save()
    assert refused() == before == ["committee_undoes"] * 4
    # Nor does a second hat turn the provider into the committee.
    cast.supervisor.grant(Role.HEAD, by=JOB, place=cast.community)
    assert refused() == before
    strangers = serving.approved(cast, of, people=(), walk_ins=3, method=ServiceMethod.EVENT)
    strangers.correct(serving.REASON, by=actor_of(cast.worker))
    log.void(serving.REASON, by=actor_of(cast.head))
    assert log.state == S.VOIDED
    assert counts(of).persons == 0


def test_flags_name_what_to_look_at(db: Any, cast: Cast) -> None:
    with travel(serving.MORNING):
        of = serving.project(cast)
        clean = serving.log(of, cast.worker, cast.neighbor, hours_ago=2, minutes=30)
        empty = serving.log(of, cast.worker, hours_ago=50, method=ServiceMethod.GROUP)
        crowd = serving.log(of, cast.worker, cast.neighbor, hours_ago=60, walk_ins=2)
        long = serving.log(of, cast.worker, cast.neighbor, hours_ago=120, minutes=721)
        one = serving.log(of, cast.worker, cast.neighbor, hours_ago=100)
        two = serving.log(of, cast.worker, cast.neighbor, hours_ago=100, minutes=10)
        found = flags_of([clean, empty, crowd, long, one, two])
    assert found[clean.id] == ()
    assert found[empty.id] == (Flag.NO_ATTENDANCE,)
    assert found[crowd.id] == (Flag.WALK_INS,)
    assert found[long.id] == (Flag.LONG_DAY,)
    assert found[one.id] == found[two.id] == (Flag.OVERLAP,)


def test_clean_ones_are_approved_together_and_flagged_ones_are_not(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    clean = [serving.log(of, cast.worker, cast.neighbor, hours_ago=3 * n, minutes=30) for n in range(1, 4)]
    empty = serving.log(of, cast.worker, hours_ago=50, method=ServiceMethod.GROUP)
    supervisor = actor_of(cast.supervisor)
    waiting = waiting_for(supervisor)
    assert [card.id for card in waiting.clean] == [log.id for log in clean]
    assert [card.id for card in waiting.flagged] == [empty.id]
    with pytest.raises(Refused, match="flagged_one_by_one"):
        ServiceLog.approve_all([*clean, empty], by=supervisor)
    with pytest.raises(Refused, match="too_many_at_once"):
        ServiceLog.approve_all([], by=supervisor)
    before = len(timeline([clean[0]]))
    ServiceLog.approve_all(clean, by=supervisor)
    assert counts(of).sessions == 3
    assert len(timeline([clean[0]])) == before + 1


def test_only_what_one_may_decide_waits_for_one(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    serving.log(of, cast.worker, cast.neighbor)
    serving.log(of, cast.supervisor, cast.neighbor)

    def found(who: Any) -> int:
        waiting = waiting_for(actor_of(who))
        return len(waiting.clean) + len(waiting.flagged)

    assert (found(cast.supervisor), found(cast.manager), found(cast.clerk), found(cast.other_worker)) == (1, 2, 0, 0)


def test_waiting_logs_are_read_in_a_flat_number_of_queries(db: Any, cast: Cast, count_queries: Any) -> None:
    of = serving.project(cast)
    for n in range(1, 13):
        serving.log(of, cast.worker, cast.neighbor, hours_ago=2 * n, minutes=30)
    supervisor = actor_of(cast.supervisor)
    with count_queries() as queries:
        assert len(waiting_for(supervisor).clean) == 12
    assert len(queries) <= 10


def test_a_case_holds_its_number_and_stage_alone(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    case = {"method": ServiceMethod.CASE, "case_no": "GA-07", "case_stage": CaseStage.PLANNING}
    with pytest.raises(Refused, match="case_names_nobody"):
        serving.log(of, cast.worker, cast.neighbor, **case)
    with pytest.raises(Refused, match="case_number_and_stage_needed"):
        serving.log(of, cast.worker, people=(), **{**case, "case_no": " "})
    log = serving.log(of, cast.worker, people=(), internal="家里的事", **case)
    assert log.internal is None
    assert log.public_summary == ""
    assert log.case_stage == CaseStage.PLANNING
    assert flags_of([log])[log.id] == ()


def test_what_cannot_have_been_is_refused(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    elsewhere = builders.person(cast.other_community)
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("ends_before_it_starts", {"minutes": 0}),
        ("log_over_24_hours", {"minutes": 1441, "hours_ago": 30}),
        ("log_in_the_future", {"hours_ago": 0}),
        ("title_needed", {"title": "  "}),
        ("summary_needed", {"public_summary": " "}),
        ("person_of_another_community", {"people": (Presence(elsewhere),)}),
        ("person_already_there", {"people": (Presence(cast.neighbor), Presence(cast.neighbor))}),
        ("walk_ins_out_of_range", {"walk_ins": -1}),
        ("need_of_another_project", {"needs": (builders.need(cast.community),)}),
        ("goal_of_another_project", {"goal": serving.goal(serving.project(cast))}),
        ("goal_has_no_scale", {"scale_after": 3}),
        ("scale_out_of_range", {"goal": serving.goal(of), "scale_after": 11}),
    ]
    for key, more in wrong:
        with pytest.raises(Refused, match=key):
            serving.log(of, cast.worker, **more)
    with pytest.raises(Refused, match="not_your_project"):
        serving.log(of, cast.other_worker, cast.neighbor)
    with pytest.raises(Refused, match="project_not_running_then"):
        serving.log(serving.project(cast, state=ProjectState.APPROVED), cast.worker, cast.neighbor)


def test_a_round_of_visits_says_of_a_door_how_it_went_before_it_is_handed_in(db: Any, cast: Cast) -> None:
    of, worker = serving.project(cast), actor_of(cast.worker)
    (helper,) = serving.people(cast, 1)
    for nobody in ({"people": ()}, {"people": None}, {"people": (Presence(helper, part=Part.VOLUNTEER),)}):
        with pytest.raises(Refused, match="visit_without_a_door"), db.session.begin_nested():
            serving.log(of, cast.worker, **nobody)
    draft = serving.log(of, cast.worker, submit=False)
    with pytest.raises(Refused, match="visit_without_a_door"):
        draft.submit(by=worker)
    for said in (
        {"people": (Presence(cast.neighbor, Outcome.NOT_IN),)},
        {"people": (), "names": (NameLine("一位还没登记的老人", "5"),)},
        {"people": (), "walk_ins": 1},
    ):
        assert serving.log(of, cast.worker, **said).state == S.SUBMITTED
    # Whoever strikes the only door out of it again has said nothing either.
    draft.rewrite(serving.entry(cast.neighbor), by=worker)
    with pytest.raises(Refused, match="visit_without_a_door"):
        draft.rewrite(serving.entry(), by=worker, submit=True)


def test_a_suspended_project_still_takes_the_logs_of_before(db: Any, cast: Cast) -> None:
    of = serving.project(cast, state=ProjectState.SUSPENDED, state_at=now() - timedelta(hours=10))
    assert serving.log(of, cast.worker, cast.neighbor, hours_ago=20).state == S.SUBMITTED
    with pytest.raises(Refused, match="project_not_running_then"):
        serving.log(of, cast.worker, cast.neighbor, hours_ago=5)


def test_a_returned_log_is_mended_and_a_struck_line_counts_no_more(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    right, wrong, missed = serving.people(cast, 3)
    log = serving.log(of, cast.worker, people=(Presence(right), Presence(wrong), Presence(missed, Outcome.NOT_IN)))
    log.return_("名单不对", by=actor_of(cast.supervisor))
    with pytest.raises(Refused, match="not_your_log"):
        log.rewrite(serving.entry(right), by=actor_of(cast.supervisor))
    log.rewrite(serving.entry(right, missed), by=actor_of(cast.worker), submit=True)
    log.approve(by=actor_of(cast.supervisor))
    assert counts(of).persons == 2
    assert [seat.name for seat in card_of(log, internal=False).served] == [right.name, missed.name]


def test_a_walk_in_who_is_found_in_time_becomes_a_person(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    with travel(serving.MORNING):
        log = serving.approved(cast, of, cast.neighbor, walk_ins=2)
        found = serving.people(cast, 3)
        log.identify(found[0], by=actor_of(cast.worker))
        assert (log.walk_ins, counts(of).persons, counts(of).turns) == (1, 2, 3)
        with pytest.raises(Refused, match="person_already_there"):
            log.identify(found[0], by=actor_of(cast.worker))
        with travel(timedelta(days=17)), pytest.raises(Refused, match="identified_too_late"):
            log.identify(found[1], by=actor_of(cast.worker))
        log.identify(found[1], by=actor_of(cast.worker))
        with pytest.raises(Refused, match="no_walk_ins_left"):
            log.identify(found[2], by=actor_of(cast.worker))


def test_the_log_of_an_activity_takes_over_who_came(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    came, stayed_away = serving.people(cast, 2)
    day = serving.activity(cast, of)
    for person in (came, stayed_away):
        Attendance.sign_up(day, person, by=actor_of(cast.resident))
    with travel(timedelta(hours=4)):
        Attendance.of_person(day, came.id).check_in(by=actor_of(cast.worker))  # type: ignore[union-attr]
        event = {"method": ServiceMethod.EVENT, "activity": day, "people": None, "hours_ago": 3}
        log = serving.approved(cast, of, **event)
        assert counts(of).persons == 1
        assert Attendance.of_person(day, stayed_away.id).state == AttendanceState.ABSENT  # type: ignore[union-attr]
        with pytest.raises(Refused, match="activity_already_logged"):
            serving.log(of, cast.worker, **event)
    assert log.activity_id == day.id


def test_a_record_opened_before_its_activity_says_nothing_until_it_took_place(db: Any, cast: Cast) -> None:
    of, worker = serving.project(cast), actor_of(cast.worker)
    (came,) = serving.people(cast, 1)
    day = serving.activity(cast, of)
    Attendance.sign_up(day, came, by=actor_of(cast.resident))
    with pytest.raises(Refused, match="not_your_project"):
        ServiceLog.prepare(day, by=actor_of(cast.other_worker))
    with pytest.raises(Refused, match="activity_without_project"):
        ServiceLog.prepare(serving.activity(cast), by=worker)
    log = ServiceLog.prepare(day, by=worker)
    assert (log.state, log.started_at, log.public_summary) == (ServiceLogState.DRAFT, day.starts_at, "")
    with pytest.raises(Refused, match="activity_already_logged"):
        ServiceLog.prepare(day, by=worker)
    with pytest.raises(Refused, match="log_in_the_future"):
        log.submit(by=worker)
    assert Attendance.of_person(day, came.id).state == AttendanceState.EXPECTED  # type: ignore[union-attr]
    with travel(timedelta(hours=4)):
        with pytest.raises(Refused, match="activity_over"):
            ServiceLog.prepare(day, by=worker)
        with pytest.raises(Refused, match="summary_needed"):
            log.submit(by=worker)
        Attendance.of_person(day, came.id).check_in(by=worker)  # type: ignore[union-attr]
        log.rewrite(
            serving.entry(method=ServiceMethod.EVENT, activity=day, people=None, hours_ago=3), by=worker, submit=True
        )
        log.approve(by=actor_of(cast.supervisor))
        assert counts(of).persons == 1


def test_an_approved_log_keeps_the_date_that_was_told(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    told = NextDate(project_id=of.id, at=now() - timedelta(hours=3), what="下次探访").save()
    later = NextDate(project_id=of.id, at=now() + timedelta(days=9), what="下下次").save()
    log = serving.approved(cast, of, cast.neighbor)
    assert told.kept_at == log.ended_at
    assert later.kept_at is None
    log.void(serving.REASON, by=actor_of(cast.head))
    assert told.kept_at is None


def test_the_public_reads_no_title_no_place_and_nothing_internal(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    serving.log(of, cast.worker, cast.neighbor, title="王阿姨家", hours_ago=40)
    serving.approved(cast, of, cast.neighbor, title="王阿姨家", internal="血压偏高", hours_ago=20)
    lines = public_logs(of)
    assert [line.summary for line in lines] == ["陪老人聊天，提醒按时复诊。"]
    assert "王阿姨" not in repr(lines)
    assert "血压" not in repr(lines)
    assert lines[0].turns == 1


def test_the_last_log_of_a_person_is_brought_over(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    first, second = serving.people(cast, 2)
    serving.log(of, cast.worker, first, hours_ago=50, title="一号", minutes=45)
    serving.log(of, cast.worker, second, hours_ago=20, title="二号")
    last = last_of(cast.worker.id, of, ServiceMethod.VISIT, first)
    assert last is not None
    assert last.title == "一号"
    assert last.minutes == 45
    latest = last_of(cast.worker.id, of, ServiceMethod.VISIT)
    assert latest is not None
    assert latest.title == "二号"
    assert last_of(cast.supervisor.id, of, ServiceMethod.VISIT) is None


def test_those_unseen_for_longest_stand_first(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    long_ago, lately = serving.people(cast, 2)
    serving.log(of, cast.worker, lately, hours_ago=5)
    serving.log(of, cast.worker, long_ago, hours_ago=24 * 45, late_reason="补记去年的走访")
    mine = people_of_worker(cast.worker.id)
    assert [one.name for one in mine] == [long_ago.name, lately.name]
    assert [one.long_unseen for one in mine] == [True, False]
    serving.log(serving.project(cast, title="送餐到家"), cast.worker, long_ago, hours_ago=2)
    # Seen today for another project: each line of theirs stands behind whoever was seen before that.
    assert [one.name for one in people_of_worker(cast.worker.id)] == [lately.name, long_ago.name, long_ago.name]


def test_sessions_of_a_group_are_numbered_and_goals_counted(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    goal = serving.goal(of)
    members = serving.people(cast, 3)
    for n in (30, 20):
        log = serving.approved(cast, of, *members, method=ServiceMethod.GROUP, title="手工小组", goal=goal,
                               scale_before=7, scale_after=5, hours_ago=n)  # fmt: skip
    assert log.session_no == 2
    assert (counts_by_goal(of)[goal.id].persons, counts_by_goal(of)[goal.id].turns) == (3, 6)


def photo_of(log: ServiceLog, dhash: int, *, sha256: str = "", **more: Any) -> None:
    """Lay the row of a photo with a log; only its fingerprint and times matter here."""
    number = builders.number()
    Attachment(owner="account:1", kind="service_logs", subject_id=log.id, sha256=sha256 or f"{number:064d}",
               dhash=f"{dhash:016x}", width=1, height=1, received_bytes=1, **more).save()  # fmt: skip


def test_a_photo_of_another_record_and_of_another_day_is_looked_at_twice(
    db: Any, cast: Cast, count_queries: Any
) -> None:
    of, elsewhere = serving.project(cast), serving.project(cast, organization=cast.other_organization)
    logs = [serving.log(of, cast.worker, cast.neighbor, hours_ago=4 * n, minutes=30) for n in range(1, 6)]
    scene, other_scene, blank = 0x0F1E2D3C4B5A6978, 0x123456789ABCDEF0, 0x1
    photo_of(logs[0], scene)
    photo_of(logs[1], scene ^ 0x8000000100020041)  # five bits apart, none in the same byte
    photo_of(logs[2], other_scene, shot_at=logs[2].started_at - timedelta(days=3))
    photo_of(logs[3], blank)
    photo_of(logs[4], blank)
    stranger = builders.account("别家社工", role=Role.SOCIAL_WORKER, organization=cast.other_organization)
    photo_of(serving.log(elsewhere, stranger, cast.neighbor), other_scene)
    with count_queries() as counted:
        found = flags_of(logs)
    assert len(counted) <= 5
    twice, then = Flag.PHOTO_TWICE, Flag.PHOTO_ELSEWHEN
    assert [set(found[log.id]) & {twice, then} for log in logs] == [{twice}, {twice}, {then}, set(), set()]
    photo_of(logs[3], scene, sheet=True)
    assert twice not in flags_of([logs[3]])[logs[3].id], "sheets all look alike"
    photo_of(logs[3], 0, sheet=True, sha256="a" * 64)
    photo_of(logs[4], 0, sheet=True, sha256="a" * 64)
    assert twice in flags_of([logs[3]])[logs[3].id]


def test_a_tenth_is_drawn_and_called_about_before_it_is_approved(db: Any, cast: Cast) -> None:
    of, supervisor = serving.project(cast), actor_of(cast.supervisor)
    log = serving.log(of, cast.worker, *serving.people(cast, 3))
    log.public_id = next(one for n in range(99) if calling._lot(one := f"DRAWN{n:05d}") % calling.ONE_IN == 0)
    db.session.flush()
    callees = log.callees()
    assert log.drawn and len(callees) == 2 and callees == log.callees() and all(one.phone for one in callees)
    with pytest.raises(Refused, match="own_log"):
        log.note_call(CallOutcome.CONFIRMED, by=actor_of(cast.worker))
    assert [card.id for card in waiting_for(supervisor).to_call] == [log.id] and not waiting_for(supervisor).clean
    for approve in (lambda: log.approve(by=supervisor), lambda: ServiceLog.approve_all([log], by=supervisor)):
        with pytest.raises(Refused, match="call_first"):
            approve()
    log.note_call(CallOutcome.DENIED, by=supervisor)
    assert Flag.CALL_DENIED in flags_of([log])[log.id]
    with pytest.raises(Refused, match="flagged_one_by_one"):
        ServiceLog.approve_all([log], by=supervisor)
    log.note_call(CallOutcome.CONFIRMED, by=supervisor)
    ServiceLog.approve_all([log], by=supervisor)
    assert log.state == S.APPROVED
    alone = serving.log(of, cast.worker, builders.person(cast.community, "没有电话的人", phone=None))
    alone.public_id = next(one for n in range(99) if calling._lot(one := f"ALONE{n:05d}") % calling.ONE_IN == 0)
    alone.approve(by=supervisor)
    assert alone.state == S.APPROVED, "nobody to ring, so nothing to wait for"
    log.public_id = next(one for n in range(99) if calling._lot(one := f"NOTDR{n:05d}") % calling.ONE_IN)
    with pytest.raises(Refused, match="not_drawn"):
        log.note_call(CallOutcome.CONFIRMED, by=supervisor)


def test_whoever_two_projects_serve_is_one_person_with_a_line_for_each(db: Any, cast: Cast) -> None:
    one, other = serving.people(cast, 2)
    serving.log(serving.project(cast), cast.worker, one, hours_ago=24 * 45, late_reason="补记去年的走访")
    serving.log(serving.project(cast, title="送餐到家"), cast.worker, one, other, hours_ago=5)
    found = looked_after(people_of_worker(cast.worker.id))
    assert {each.person.name: len(each.lines) for each in found} == {one.name: 2, other.name: 1}
    assert [each.person.name for each in looked_after(people_of_worker(cast.worker.id), words=f" {one.name} ")] == [
        one.name
    ]
    assert looked_after(people_of_worker(cast.worker.id), long=True) == []
    assert looked_after([], words="谁") == []
