"""Every state and every verb of the closed table, walked through the real verbs on the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from models import states
from models.accounts import Actor, actor_of
from models.base import Refused, now, today, travel
from models.events import ANONYMOUS, JOB
from models.needs import AnswerKind, Channel, Field, Need, RejectReason, Source, Urgency
from models.packages.members import take_in
from models.states import NeedState
from models.tellings import CallAttempt
from tests import builders
from tests.cast import Cast

TABLE = states.TABLES[states.Kind.NEED]
VERBS = sorted(states.VERBS[states.Kind.NEED])
SOON = timedelta(days=3)


class Walk:
    """A need of the community, the people who act on it, and a second need to merge it with."""

    def __init__(self, db: Any, cast: Cast) -> None:
        self.db, self.cast = db, cast
        self.clerk, self.head = actor_of(cast.clerk), actor_of(cast.head)
        self.author = actor_of(cast.resident)
        self.target = builders.accepted(cast.community, self.clerk)
        self.need = builders.need(
            cast.community, author=cast.neighbor, author_account_id=cast.resident.id, source=Source.SELF
        )
        self.unit = None

    def bring_to(self, state: NeedState) -> None:
        """Bring the need into a state by the shortest way of verbs."""
        way: dict[NeedState, list[str]] = {
            NeedState.SUBMITTED: [],
            NeedState.NEED_INFO: ["accept", "ask_info"],
            NeedState.ACCEPTED: ["accept"],
            NeedState.REJECTED: ["reject"],
            NeedState.REDIRECTED: ["redirect"],
            NeedState.PLANNED: ["accept", "_plan"],
            NeedState.IN_SERVICE: ["accept", "_plan", "_enter_service"],
            NeedState.MERGED: ["accept", "merge"],
            NeedState.RESOLVED: ["accept", "answer"],
            NeedState.CONFIRMED: ["accept", "answer", "confirm"],
            NeedState.AUTO_CLOSED: ["accept", "answer", "auto_close"],
            NeedState.REOPENED: ["accept", "answer", "reopen"],
            NeedState.WITHDRAWN: ["accept", "withdraw_on_request"],
        }
        for verb in way[state]:
            self.act(verb)
        self.db.session.flush()
        assert self.need.state == state

    def act(self, verb: str) -> None:
        """Do one verb as the one whose part it is."""
        need, clerk = self.need, self.clerk
        acts: dict[str, Callable[[], Any]] = {
            "ask_info": lambda: need.ask_info("是几号楼？", by=clerk),
            "inform": lambda: need.inform("5 号楼。", by=self.author),
            "accept": lambda: need.accept(Field.ELDERLY_DISABLED, Urgency.GENERAL, by=clerk),
            "reject": self._reject,
            "redirect": lambda: need.redirect(Channel.HOTLINE, "请拨打 12345。", by=clerk),
            "answer": lambda: need.answer("下周六恢复供餐。", AnswerKind.DONE, by=clerk),
            "_plan": lambda: need._plan(next_step="周五开会", next_step_at=now() + SOON),
            "_unplan": need._unplan,
            "_enter_service": lambda: need._enter_service(now()),
            "_leave_service": need._leave_service,
            "extend": lambda: need.extend(
                (need.answer_due_at or now()).date() + timedelta(days=1), "等配件到货。", by=clerk
            ),
            "edit": lambda: need.edit("补充：周日也没有。", by=self.author),
            "promise": lambda: need.promise("下周三开协调会", today() + SOON, by=clerk),
            "object": lambda: need.object("我不同意。", by=self.author),
            "withdraw": lambda: need.withdraw(by=self.author) if hasattr(need, "withdraw") else need._step("withdraw"),
            "withdraw_on_request": lambda: need.withdraw_on_request("11月22日来电请求撤回。", by=clerk),
            "_undo_import": lambda: need._step("_undo_import"),
            "resolve": lambda: need.resolve("已经修好。", by=clerk),
            "merge": lambda: need.merge(self.target, by=clerk),
            "split_out": lambda: need.split_out(by=clerk),
            "confirm": lambda: need.confirm(by=self.author),
            "auto_close": self._auto_close,
            "reopen": lambda: need.reopen("还是没有饭。", by=self.author),
        }
        acts[verb]()

    def _reject(self) -> None:
        tries = 3 if self.need.state == NeedState.NEED_INFO else 0
        for day in range(tries):
            with travel(timedelta(days=day)):
                self.need.note_call("NO_ANSWER", by=self.clerk)
        self.need.reject(RejectReason.OUT_OF_SCOPE, "不属于社区的职责。", by=self.clerk)

    def _auto_close(self) -> None:
        states_before = self.need.state
        with travel(timedelta(days=8)):
            closed = Need.auto_close_all(by=JOB)
        if self.need not in closed:
            raise Refused("not_from_here", state=states_before, verb="auto_close")


@pytest.fixture
def walk(db: Any, cast: Cast) -> Walk:
    return Walk(db, cast)


@pytest.mark.parametrize("state", list(NeedState))
def test_from_each_state_a_need_goes_where_the_table_says_and_nowhere_else(walk: Walk, state: NeedState) -> None:
    walk.bring_to(state)
    for verb in VERBS:
        allowed = TABLE.get((state, verb), frozenset())
        savepoint = walk.db.session.begin_nested()
        if allowed:
            walk.act(verb)
            walk.db.session.flush()
            assert walk.need.state in allowed, f"{verb} from {state} led to {walk.need.state}"
        else:
            with pytest.raises(Refused, match="not_from_here"):
                walk.act(verb)
            assert walk.need.state == state, f"the refused {verb} changed the state"
        savepoint.rollback()
        assert walk.need.state == state


def test_information_leads_back_to_the_state_before_the_question(walk: Walk) -> None:
    for state in (NeedState.SUBMITTED, NeedState.ACCEPTED, NeedState.REOPENED):
        savepoint = walk.db.session.begin_nested()
        walk.bring_to(state)
        walk.act("ask_info")
        walk.act("inform")
        assert walk.need.state == state and walk.need.question is None
        savepoint.rollback()


def test_a_need_without_an_answer_is_refused_only_after_tries_on_three_days(walk: Walk) -> None:
    need = walk.need
    walk.bring_to(NeedState.NEED_INFO)
    for _ in range(3):
        need.note_call("NO_ANSWER", by=walk.clerk)
    with pytest.raises(Refused, match="three_tries_first"):
        need.reject(RejectReason.NOT_REACHED, "三次联系不上。", by=walk.clerk)
    assert need.state == NeedState.NEED_INFO
    for day in (1, 2):
        with travel(timedelta(days=day)):
            need.note_call("NO_ANSWER", by=walk.clerk)
    with travel(timedelta(days=2)):
        need.reject(RejectReason.NOT_REACHED, "三次联系不上。", by=walk.clerk)
    assert need.state == NeedState.REJECTED and need.reason_code == "NOT_REACHED"


def test_a_petition_is_never_closed_but_handed_over_with_a_companion_and_a_receipt(walk: Walk) -> None:
    need, clerk = walk.need, walk.clerk
    with pytest.raises(Refused, match="companion_needed"):
        need.redirect(Channel.PETITION, "请到信访办。", by=clerk)
    need.redirect(Channel.PETITION, "请到信访办，我们陪您去。", by=clerk, companion_offered=True)
    assert need.state == NeedState.REDIRECTED and need.handover_no is None and need.kind == "PETITION"
    need.hand_over("信访〔2026〕17号", by=clerk)
    assert need.handover_no == "信访〔2026〕17号"
    other = builders.accepted(walk.cast.community, clerk)
    other.kind = need.kind
    with pytest.raises(Refused, match="petition_is_handed_over"):
        other.reject(RejectReason.OUT_OF_SCOPE, "不归我们管。", by=clerk)
    with pytest.raises(Refused, match="petition_is_handed_over"):
        other.answer("办好了。", AnswerKind.DONE, by=clerk)
    with pytest.raises(Refused, match="petition_is_handed_over"):
        other.merge(builders.accepted(walk.cast.community, clerk), by=clerk)
    with pytest.raises(Refused, match="not_with_the_petition_office"):
        other.hand_over("1号", by=clerk)
    need.object("信访办不收。", by=walk.author)
    with pytest.raises(Refused, match="petition_is_handed_over"):
        need.hear("就到这里。", upheld=False, by=walk.head)
    need.hear("我们再陪您去。", upheld=True, by=walk.head)
    need.redirect(Channel.PETITION, "再到信访办。", by=clerk, companion_offered=True)
    assert need.state == NeedState.REDIRECTED and need.handover_no is None


def test_an_objection_waits_for_the_head_and_a_second_refusal_reaches_the_street(walk: Walk) -> None:
    need = walk.need
    walk.bring_to(NeedState.REJECTED)
    need.object("这就是社区的事。", by=walk.author)
    assert need.field is not None and need.answer_due_at is not None
    with pytest.raises(Refused, match="objection_waits_for_head"):
        need.answer("不行。", AnswerKind.CANNOT, by=walk.clerk)
    with pytest.raises(Refused, match="head_hears_objections"):
        need.hear("不行。", upheld=False, by=walk.clerk)
    need.hear("再次核实，确实不属于社区职责。", upheld=False, by=walk.head)
    assert need.state == NeedState.RESOLVED and need.heard_at is not None
    assert "need_refused_again" in sentences_for(walk.db, walk.cast.street_officer.id)
    with pytest.raises(Refused, match="no_objection_waits"):
        need.hear("再听一次。", upheld=True, by=walk.head)


def test_what_the_head_decides_on_a_need_is_the_hearing_and_a_plan_waits_for_it(walk: Walk) -> None:
    need = walk.need
    walk.bring_to(NeedState.REJECTED)
    need.object("这就是社区的事。", by=walk.author)
    step = {"next_step": "周三上门", "next_step_at": now() + timedelta(days=3)}
    with pytest.raises(Refused, match="objection_waits_for_head"):
        take_in([need], by=walk.clerk, community_id=need.community_id, **step)
    need.answer("已经派人去办。", AnswerKind.DONE, by=walk.head)
    assert need.heard_at is not None
    with pytest.raises(Refused, match="no_objection_waits"):
        need.hear("再听一次。", upheld=True, by=walk.head)
    need.reopen("还没有好。", by=walk.author)
    need.answer("又去了一次，好了。", AnswerKind.DONE, by=walk.clerk)


def test_an_objection_that_was_taken_back_is_not_heard(walk: Walk) -> None:
    need = walk.need
    walk.bring_to(NeedState.REDIRECTED)
    need.object("转了也没人管。", by=walk.author)
    need.withdraw(by=walk.author)
    with pytest.raises(Refused, match="no_objection_waits"):
        need.hear("我们来办。", upheld=True, by=walk.head)


def test_an_objection_that_is_upheld_goes_back_to_the_clerk_and_is_possible_once(walk: Walk) -> None:
    need = walk.need
    walk.bring_to(NeedState.REDIRECTED)
    need.object("转了也没人管。", by=walk.author)
    need.hear("我们来办。", upheld=True, by=walk.head)
    assert need.state == NeedState.REOPENED
    need.redirect(Channel.HOTLINE, "还是请打 12345。", by=walk.clerk)
    assert "need_refused_again" in sentences_for(walk.db, walk.cast.street_officer.id)
    with pytest.raises(Refused, match="objection_once"):
        need.object("再说一次。", by=walk.author)


def test_an_objection_comes_within_thirty_days(walk: Walk) -> None:
    walk.bring_to(NeedState.REJECTED)
    with travel(timedelta(days=31)), pytest.raises(Refused, match="objection_too_late"):
        walk.act("object")


def test_merged_needs_follow_their_target_and_only_an_open_one_of_the_same_community_takes_them(walk: Walk) -> None:
    need, target, clerk = walk.need, walk.target, walk.clerk
    walk.bring_to(NeedState.ACCEPTED)
    elsewhere = builders.accepted(walk.cast.other_community, actor_of(walk.cast.other_clerk))
    with pytest.raises(Refused, match="merge_other_community"):
        need.merge(elsewhere, by=clerk)
    with pytest.raises(Refused, match="merge_same_need"):
        need.merge(need, by=clerk)
    closed = builders.accepted(walk.cast.community, clerk)
    closed.answer("办好了。", AnswerKind.DONE, by=clerk)
    with pytest.raises(Refused, match="merge_target_closed"):
        need.merge(closed, by=clerk)
    need.merge(target, by=clerk)
    third = builders.accepted(walk.cast.community, clerk)
    target.merge(third, by=clerk)
    assert need.merged_into_id == third.id


def test_the_author_of_a_merged_need_is_told_and_may_confirm_or_reopen(walk: Walk) -> None:
    need, target = walk.need, walk.target
    walk.bring_to(NeedState.MERGED)
    target.answer("食堂恢复了。", AnswerKind.DONE, by=walk.clerk)
    assert {"need_merged", "need_answered"} <= sentences_for(walk.db, walk.cast.resident.id)
    need.reopen("我们这栋还没有。", by=walk.author)
    assert need.state == NeedState.REOPENED and need.merged_into_id is None and target.state == NeedState.RESOLVED
    need.merge(builders.accepted(walk.cast.community, walk.clerk), by=walk.clerk)
    joined = Need.get(need.merged_into_id or 0)
    joined.answer("都恢复了。", AnswerKind.DONE, by=walk.clerk)
    need.confirm(by=walk.author)
    assert joined.state == NeedState.CONFIRMED and need.state == NeedState.MERGED


def test_an_author_splits_within_seven_days_and_a_clerk_at_any_time(walk: Walk) -> None:
    walk.bring_to(NeedState.MERGED)
    with travel(timedelta(days=8)):
        with pytest.raises(Refused, match="split_too_late"):
            walk.need.split_out(by=walk.author)
        walk.need.split_out(by=walk.clerk)
    assert walk.need.state == NeedState.ACCEPTED and walk.need.answered_at is None


def test_a_second_reopening_goes_to_the_street_and_thirty_days_are_the_limit(walk: Walk) -> None:
    need = walk.need
    walk.bring_to(NeedState.REOPENED)
    assert need.escalated is None and need.answer_text is None
    walk.act("answer")
    walk.act("reopen")
    assert need.escalated == "STREET" and "need_reopened_again" in sentences_for(walk.db, walk.cast.street_officer.id)
    walk.act("answer")
    with travel(timedelta(days=31)), pytest.raises(Refused, match="reopen_too_late"):
        walk.act("reopen")


def test_a_planned_need_is_resolved_only_when_a_service_or_an_answer_shows_it(walk: Walk) -> None:
    walk.bring_to(NeedState.PLANNED)
    with pytest.raises(Refused, match="nothing_shows_it_is_done"):
        walk.need.resolve(by=walk.clerk)
    walk.need._enter_service(now())
    walk.need.resolve(by=walk.clerk)
    assert walk.need.state == NeedState.RESOLVED


def test_silence_closes_what_was_raised_in_person_and_callers_only_after_three_tried_days(walk: Walk) -> None:
    walk.bring_to(NeedState.RESOLVED)
    caller = builders.need(walk.cast.community, source=Source.CALL)
    caller.accept(Field.OTHER, Urgency.GENERAL, by=walk.clerk)
    caller.answer("办好了。", AnswerKind.DONE, by=walk.clerk)
    with travel(timedelta(days=6)):
        assert Need.auto_close_all(by=JOB) == []
    with travel(timedelta(days=7)):
        assert Need.auto_close_all(by=JOB) == [walk.need]
        assert Need.auto_close_all(by=JOB) == []
    for day in (1, 2, 3):
        with travel(timedelta(days=day)):
            caller.note_call("NO_ANSWER", by=walk.clerk)
    with travel(timedelta(days=8)):
        assert Need.auto_close_all(by=JOB) == [caller]


def test_a_date_is_told_anew_twice_and_then_only_with_the_head(walk: Walk) -> None:
    need = walk.need
    walk.bring_to(NeedState.PLANNED)
    need.promise("周四开会", today() + timedelta(days=4), by=walk.clerk)
    need.promise("周五开会", today() + timedelta(days=5), by=walk.clerk)
    with pytest.raises(Refused, match="promise_changes_used"):
        need.promise("下周开会", today() + timedelta(days=8), by=walk.clerk)
    need.promise("下周开会", today() + timedelta(days=8), by=walk.head)
    with travel(timedelta(days=12)), pytest.raises(Refused, match="promise_lapsed"):
        need.promise("再下周", today() + timedelta(days=5), by=walk.clerk)


def test_needs_are_accepted_together_with_what_their_words_suggest(walk: Walk) -> None:
    second = builders.need(walk.cast.community, "楼道垃圾没人清，异味很重")
    Need.accept_all([walk.need, second], by=walk.clerk)
    assert [walk.need.state, second.state] == [NeedState.ACCEPTED] * 2
    assert second.field == Field.ENVIRONMENT and second.answer_due_at is not None
    elsewhere = builders.need(walk.cast.other_community)
    third = builders.need(walk.cast.community)
    for needs, key in (([], "nothing_chosen"), ([third, elsewhere], "one_community"), ([third] * 51, "too_many")):
        with pytest.raises(Refused, match=key):
            Need.accept_all(needs, by=walk.clerk)


def test_a_public_title_is_short_holds_no_number_and_private_matters_want_a_tick(walk: Walk) -> None:
    need, clerk = walk.need, walk.clerk
    for title, key in (("长" * 31, "title_too_long"), ("电话 138 0000 0001", "title_holds_a_number")):
        with pytest.raises(Refused, match=key):
            need.publish_title(title, by=clerk)
    need.publish_title("老年食堂  周末停餐", by=clerk)
    assert need.public_title == "老年食堂 周末停餐"
    ill = builders.need(walk.cast.community, "想有人上门量血压")
    with pytest.raises(Refused, match="private_needs_a_tick"):
        ill.publish_title("上门量血压", by=clerk)
    ill.publish_title("上门量血压", by=clerk, although_private=True)
    need.publish_title("", by=clerk)
    assert need.public_title is None and ill.public_title == "上门量血压"


def test_calls_that_tick_the_list_count_as_tries(walk: Walk) -> None:
    from models.tellings import Telling, tell

    person = builders.person(walk.cast.community)
    tell(walk.need, "need_resolved", people=[person.id], community_id=walk.cast.community.id, ticket="1")
    walk.db.session.flush()
    line = walk.db.session.query(Telling).filter_by(person_id=person.id).one()
    line.tick("NO_ANSWER", by=walk.clerk)
    assert walk.db.session.query(CallAttempt).filter_by(kind="needs", subject_id=walk.need.id).count() == 1


def sentences_for(db: Any, account_id: int) -> set[str]:
    """Return which news an account was told."""
    from models.tellings import news_for

    db.session.flush()
    return {news.sentence for news in news_for(account_id)}


def test_an_author_without_an_account_may_object_too(walk: Walk) -> None:
    walk.bring_to(NeedState.REJECTED)
    walk.need.object("我不同意。", by=ANONYMOUS)
    assert walk.need.state == NeedState.REOPENED and isinstance(walk.author, Actor)
