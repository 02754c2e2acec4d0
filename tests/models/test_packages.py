"""A package is gathered, written, handed in and decided; a need is carried by one package at a time."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from models import states
from models.accounts import actor_of
from models.attachments import Attachment
from models.base import Refused, now
from models.events import Event
from models.needs import Channel, Field, Kind, Need
from models.packages import SMALL_LIMIT, BudgetCategory, Hint, Line, Package, PackageNeed, Paper, Proposal, Track, vague
from models.packages.cautions import CautionKey, alike, cautions
from models.projects import Project
from models.states import NeedState, PackageState, ProjectState
from models.tellings import Telling
from tests import builders
from tests.cast import Cast
from tests.models.test_documents import pdf

REASON = "缺少食品经营许可，请先与食药所确认。"
ONE_FEN = Line(BudgetCategory.ACTIVITY, "材料", 1)


def told(need: Need) -> list[str]:
    """Return what was told about a need, oldest first."""
    from models.base import db

    query = select(Telling).where(Telling.kind == "needs", Telling.subject_id == need.id).order_by(Telling.id)
    return [one.sentence for one in db.session.scalars(query)]


def test_needs_are_gathered_and_each_author_hears_the_next_step(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    needs = [builders.accepted(cast.community, clerk) for _ in range(3)]
    package = builders.package(cast.community, clerk, needs=needs)
    assert package.state == PackageState.DRAFT
    assert package.total() == 17_240_000
    for need in needs:
        assert need.state == NeedState.PLANNED
        assert need.next_step == "街道审定"
        assert told(need)[-1] == "need_packaged"
    events = list(db.session.scalars(select(Event).where(Event.verb == "package.gather")))
    assert len(events) == 1
    assert "老年" not in events[0].body


@pytest.mark.parametrize("track", list(Track))
def test_a_petition_enters_no_package_and_no_project(db: Any, cast: Cast, track: Track) -> None:
    clerk = actor_of(cast.clerk)
    plain, petition = (builders.accepted(cast.community, clerk, kind=kind) for kind in (Kind.HELP, Kind.PETITION))
    lines = () if track == Track.SELF_RUN else (ONE_FEN,)
    proposal = builders.proposal(track=track, lines=lines)
    told_by: dict[str, Any] = {"next_step": "街道审定", "next_step_at": now() + timedelta(days=7)}
    with pytest.raises(Refused, match="petition_is_not_planned") as refused:
        Package.gather([plain, petition], proposal, by=clerk, **told_by)
    assert refused.value.values == {"ticket": petition.ticket_no}
    db.session.rollback()


def test_a_petition_joins_neither_a_draft_nor_what_runs_but_a_service_may_name_it(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    petition = builders.accepted(cast.community, clerk, kind=Kind.PETITION)
    draft = builders.package(cast.community, clerk)
    with pytest.raises(Refused, match="petition_is_not_planned"):
        draft.add(petition, by=clerk, next_step="街道审定", next_step_at=now() + timedelta(days=7))
    project = builders.running(cast.community, cast.organization, clerk)
    with pytest.raises(Refused, match="petition_is_not_planned"):
        project.link(petition, "上门", now() + timedelta(days=7), by=clerk)
    assert petition.state == NeedState.ACCEPTED and petition.next_step_at is None
    # Somebody goes along with the author: that is a service, and it leaves the way to the petition office open.
    petition._enter_service(now())
    petition.redirect(Channel.PETITION, "请到信访办，我们陪您去。", by=clerk, companion_offered=True)
    assert petition.state == NeedState.REDIRECTED and petition.served_at is not None


def test_authors_of_merged_needs_are_told_about_their_own_need(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    target, merged = builders.accepted(cast.community, clerk), builders.accepted(cast.community, clerk)
    merged._step("merge")
    merged.merged_into_id = target.id
    db.session.flush()
    package = builders.package(cast.community, clerk, needs=[target])
    package.submit(by=clerk)
    package.judge_unfeasible(REASON, by=actor_of(cast.street_officer))
    for need in (target, merged):
        assert told(need)[-2:] == ["need_packaged", "need_unfeasible"]
    assert target.state == NeedState.ACCEPTED
    assert merged.state == NeedState.MERGED


def test_only_accepted_needs_of_one_community_are_gathered(db: Any, cast: Cast) -> None:
    clerk, neighbor = actor_of(cast.clerk), actor_of(cast.other_clerk)
    fresh = builders.need(cast.community)
    elsewhere = builders.accepted(cast.other_community, neighbor)
    with pytest.raises(Refused, match="not_from_here"):
        builders.package(cast.community, clerk, needs=[fresh])
    with pytest.raises(Refused, match="need_of_another_community"):
        builders.package(cast.community, clerk, needs=[builders.accepted(cast.community, clerk), elsewhere])


def test_a_need_in_a_package_is_refused_with_the_package_and_who_put_it_there(db: Any, cast: Cast) -> None:
    first, second = actor_of(cast.clerk), actor_of(cast.two_hats)
    need = builders.accepted(cast.community, first)
    builders.package(cast.community, first, needs=[need], title="周末助餐")
    with pytest.raises(Refused, match="need_already_packaged") as no:
        builders.package(cast.community, second, needs=[need])
    assert no.value.values == {"package": "周末助餐", "who": "李晓梅"}


@pytest.mark.commits
def test_of_two_clerks_at_once_one_wins_and_the_other_reads_who(app: Any) -> None:
    from models.base import db
    from tests.cast import assemble

    with app.app_context():
        cast = assemble()
        numbers = [cast.clerk.id, cast.two_hats.id]
        need_id = builders.accepted(cast.community, actor_of(cast.clerk)).id
        db.session.commit()
    together, answers = threading.Barrier(2, timeout=20), []

    def work(account_id: int) -> None:
        from models.accounts import Account

        with app.app_context():
            clerk = actor_of(Account.get(account_id))
            db.session.rollback()
            together.wait()
            try:
                need = Need.get(need_id)
                builders.package(None, clerk, needs=[need], title=f"助餐{account_id}")  # type: ignore[arg-type]
                db.session.commit()
                answers.append("won")
            except Refused as no:
                db.session.rollback()
                answers.append(f"{no.key}:{no.values['package']}")

    threads = [threading.Thread(target=work, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with app.app_context():
        [package] = db.session.scalars(select(Package)).all()
        assert len(db.session.scalars(select(PackageNeed)).all()) == 1
        assert sorted(answers) == [f"need_already_packaged:{package.title}", "won"]


def test_a_need_is_added_and_taken_out_before_submission(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    package, need = builders.package(cast.community, clerk), builders.accepted(cast.community, clerk)
    package.add(need, by=clerk, next_step="街道审定", next_step_at=now() + timedelta(days=3))
    assert need.state == NeedState.PLANNED
    with pytest.raises(Refused, match="explanation_needed"):
        package.remove(need, " ", by=clerk)
    package.remove(need, "这件事由物业当天修好了。", by=clerk)
    assert need.state == NeedState.ACCEPTED
    assert told(need)[-1] == "need_left_package"
    with pytest.raises(Refused, match="need_not_in_package"):
        package.remove(need, "这件事由物业当天修好了。", by=clerk)
    package.submit(by=clerk)
    with pytest.raises(Refused, match="not_from_here"):
        package.add(need, by=clerk, next_step="街道审定", next_step_at=now() + timedelta(days=3))


@pytest.mark.parametrize(("step", "days", "key"), [("", 3, "next_step_needed"), ("审定", -1, "next_step_in_past")])
def test_a_next_step_has_words_and_lies_ahead(db: Any, cast: Cast, step: str, days: int, key: str) -> None:
    clerk = actor_of(cast.clerk)
    need = builders.accepted(cast.community, clerk)
    with pytest.raises(Refused, match=key):
        Package.gather([need], builders.proposal(), by=clerk, next_step=step, next_step_at=now() + timedelta(days=days))


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"title": " "}, "title_needed"),
        ({"problem": ""}, "problem_needed"),
        ({"track": Track.SELF_RUN}, "self_run_costs_nothing"),
        ({"track": Track.SMALL}, "small_is_too_large"),
        ({"lines": [Line(BudgetCategory.STAFF, "退款", -1)]}, "amount_refused"),
        ({"lines": [Line(BudgetCategory.STAFF, "一", 10**18)]}, "amount_refused"),
    ],
)
def test_a_draft_that_cannot_be_is_refused(db: Any, cast: Cast, changed: dict[str, Any], key: str) -> None:
    with pytest.raises(Refused, match=key):
        builders.package(cast.community, actor_of(cast.clerk), **changed)


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"output_target": None}, "output_needed"),
        ({"how_checked": " "}, "change_needed"),
        ({"change": ""}, "change_needed"),
        ({"ends_on": None}, "period_needed"),
        ({"lines": []}, "budget_needed"),
        ({"track": Track.SMALL, "lines": [ONE_FEN]}, "small_needs_papers"),
    ],
)
def test_an_unfinished_draft_is_not_handed_in(db: Any, cast: Cast, changed: dict[str, Any], key: str) -> None:
    clerk = actor_of(cast.clerk)
    package = builders.package(cast.community, clerk, **changed)
    with pytest.raises(Refused, match=key):
        package.submit(by=clerk)


def test_the_small_track_ends_at_ten_thousand_yuan(db: Any, cast: Cast) -> None:
    exactly = [Line(BudgetCategory.ACTIVITY, "材料", SMALL_LIMIT)]
    package = builders.package(cast.community, actor_of(cast.clerk), track=Track.SMALL, lines=exactly)
    assert package.total() == 1_000_000
    with pytest.raises(Refused, match="small_is_too_large"):
        package.revise(builders.proposal(track=Track.SMALL, lines=[*exactly, ONE_FEN]), by=actor_of(cast.clerk))


@given(st.lists(st.integers(0, 2_000_000), max_size=12))
def test_a_budget_is_the_sum_of_its_lines_whatever_their_order(amounts: list[int]) -> None:
    def total(order: list[int]) -> Proposal:
        lines = [Line(BudgetCategory.ACTIVITY, "项", fen) for fen in order]
        return Proposal("标题", Track.SMALL, Field.OTHER, "问题", lines=lines)

    assert total(amounts).total == total(sorted(amounts)).total == sum(amounts)
    if sum(amounts) > SMALL_LIMIT:
        with pytest.raises(Refused, match="small_is_too_large"):
            total(amounts).check()
    else:
        total(amounts).check()


def test_nobody_decides_on_what_they_drafted_or_handed_in(db: Any, cast: Cast) -> None:
    head, street = actor_of(cast.head), actor_of(cast.street_officer)
    own = builders.package(cast.community, head, track=Track.SELF_RUN, lines=[])
    own.submit(by=head)
    for act in (own.return_, own.judge_unfeasible):
        with pytest.raises(Refused, match="not_your_own_package"):
            act(REASON, by=head)
    with pytest.raises(Refused, match="not_your_own_package"):
        Project.found(own, by=head)
    with pytest.raises(Refused, match="not_yours_to_decide"):
        Project.found(own, by=street)
    assert own.state == PackageState.SUBMITTED


def test_the_head_signs_what_costs_nothing_and_the_street_the_rest(db: Any, cast: Cast) -> None:
    clerk, head, street = actor_of(cast.clerk), actor_of(cast.head), actor_of(cast.street_officer)
    free = builders.package(cast.community, clerk, track=Track.SELF_RUN, lines=[])
    paid = builders.package(cast.community, clerk)
    for one in (free, paid):
        one.submit(by=clerk)
    with pytest.raises(Refused, match="not_yours_to_decide"):
        Project.found(paid, by=head)
    with pytest.raises(Refused, match="not_yours_to_decide"):
        Project.found(free, by=actor_of(cast.other_head))
    assert Project.found(free, by=head).state == ProjectState.RUNNING
    assert Project.found(paid, by=street).state == ProjectState.APPROVED


def test_deciders_and_writers_are_told(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    package = builders.package(cast.community, clerk)
    package.submit(by=clerk)
    package.return_(REASON, by=actor_of(cast.street_officer))
    query = select(Telling.account_id, Telling.sentence).where(Telling.kind == "packages").order_by(Telling.id)
    found = {tuple(row) for row in db.session.execute(query)}
    assert found == {(cast.street_officer.id, "package_to_decide"), (cast.clerk.id, "package_returned")}


# Every state of a package with every verb, copied from the closed table.
ALLOWED = {
    PackageState.DRAFT: {"submit", "dissolve", "revise"},
    PackageState.RETURNED: {"submit", "dissolve", "revise"},
    PackageState.SUBMITTED: {"return", "judge_unfeasible", "approve"},
    PackageState.APPROVED: set(),
    PackageState.UNFEASIBLE: set(),
    PackageState.DISSOLVED: set(),
}
LEADS_TO = {
    "submit": PackageState.SUBMITTED,
    "dissolve": PackageState.DISSOLVED,
    "return": PackageState.RETURNED,
    "judge_unfeasible": PackageState.UNFEASIBLE,
    "approve": PackageState.APPROVED,
}


def brought_to(state: PackageState, cast: Cast) -> Package:
    """Return a package that came to a state by its verbs."""
    clerk, street = actor_of(cast.clerk), actor_of(cast.street_officer)
    package = builders.package(cast.community, clerk)
    if state == PackageState.DISSOLVED:
        package.dissolve(REASON, by=clerk)
    elif state != PackageState.DRAFT:
        package.submit(by=clerk)
    if state == PackageState.RETURNED:
        package.return_(REASON, by=street)
    elif state == PackageState.UNFEASIBLE:
        package.judge_unfeasible(REASON, by=street)
    elif state == PackageState.APPROVED:
        Project.found(package, by=street)
    return package


@pytest.mark.parametrize("state", list(PackageState))
def test_a_package_walks_only_the_closed_table(db: Any, cast: Cast, state: PackageState) -> None:
    clerk, street = actor_of(cast.clerk), actor_of(cast.street_officer)
    acts = {
        "submit": lambda one: one.submit(by=clerk),
        "dissolve": lambda one: one.dissolve(REASON, by=clerk),
        "revise": lambda one: one.revise(builders.proposal(), by=clerk),
        "return": lambda one: one.return_(REASON, by=street),
        "judge_unfeasible": lambda one: one.judge_unfeasible(REASON, by=street),
        "approve": lambda one: Project.found(one, by=street),
    }
    assert set(acts) >= states.VERBS[states.Kind.PACKAGE]
    for verb, act in acts.items():
        package = brought_to(state, cast)
        assert package.state == state
        if verb in ALLOWED[state]:
            act(package)
            assert package.state == LEADS_TO.get(verb, state)
        else:
            with pytest.raises(Refused, match="not_from_here"):
                act(package)


@pytest.mark.parametrize(
    ("text", "about", "hint"),
    [
        ("丰富老年人精神文化生活", "change", Hint.ONLY_DIRECTION),
        ("老人们都高高兴兴的", "change", Hint.NO_NUMBER),
        ("更好", "change", Hint.TOO_SHORT),
        ("周末能吃上两顿热饭的独居老人从十二户增加到七十户", "change", None),
        ("楼道摔倒从一年9起降到3起以内", "change", None),
        ("加强日常监督管理", "how_checked", Hint.NO_WAY_TO_LOOK),
        ("每月抽五户打电话问", "how_checked", None),
        ("一年送出5200份周末热餐", "output", None),
    ],
)
def test_vague_words_get_a_hint_and_clear_ones_none(text: str, about: str, hint: Hint | None) -> None:
    assert vague(text, about=about) == hint


def test_a_decider_is_shown_sums_that_hug_the_limit_and_work_cut_into_pieces(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    pieces = [
        builders.package(
            cast.community, clerk, title=title, track=Track.SMALL, lines=[Line(BudgetCategory.ACTIVITY, "餐", fen)]
        )
        for title, fen in (("老年食堂助餐一期", 999_000), ("老年食堂助餐二期", 400_000), ("楼道灯", 100_000))
    ]
    found = [{one.key for one in cautions(package)} for package in pieces]
    assert found[0] == {CautionKey.HUGS_LIMIT, CautionKey.LOOKS_SPLIT}
    assert found[1] == {CautionKey.LOOKS_SPLIT}
    other = builders.package(cast.other_community, actor_of(cast.other_clerk), title="老年食堂助餐一期")
    assert [one.key for one in cautions(other)] == [CautionKey.NO_SURVEY]
    survey = Attachment.receive_paper(pdf(), owner="account:1").public_id
    other.attach(Paper.SURVEY, [survey], owner="account:1", by=actor_of(cast.other_clerk))
    assert cautions(other) == ()
    again = builders.package(cast.community, clerk, title="老年食堂助餐一期工程")
    assert CautionKey.SAME_TITLE in {one.key for one in cautions(again)}


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_of_titles_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= alike(one, other) == alike(other, one) <= 1
    assert alike(one, one) == 1
