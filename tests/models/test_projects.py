"""A project is founded or entered, assigned, steered, linked to needs and kept to its dates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from models import projects, states
from models.accounts import actor_of
from models.base import Refused, now, today, travel
from models.events import Event
from models.needs import AnswerKind, Field, Need
from models.packages import Measure, PackageNeed
from models.projects import Goal, Method, Project, TeamPart
from models.projects.linking import score, telling
from models.states import NeedState, ProjectState
from tests import builders
from tests.cast import Cast
from tests.models.test_packages import told

WHY = "合作条件变化，双方书面同意。"


def founded(cast: Cast, **more: Any) -> Project:
    """Return a project of ours, APPROVED."""
    return builders.project(cast.community, actor_of(cast.clerk), actor_of(cast.street_officer), **more)


def assigned(cast: Cast, **more: Any) -> Project:
    """Return a project of ours, RUNNING with our organization."""
    project = founded(cast, **more)
    project.assign(cast.organization, "本社区唯一有助老资质的机构", by=actor_of(cast.street_officer))
    return project


def needs_of(project: Project) -> list[Need]:
    """Return all needs that a project ever carried."""
    from models.base import db

    query = select(Need).join(PackageNeed, PackageNeed.need_id == Need.id).where(PackageNeed.project_id == project.id)
    return list(db.session.scalars(query))


def test_approval_founds_a_project_with_needs_budget_and_a_goal_in_one_event(db: Any, cast: Cast) -> None:
    project = founded(cast)
    assert project.budget == 17_240_000
    assert project.state == ProjectState.APPROVED
    assert project.project_no == f"{cast.community.code}-P{today().year}-001"
    [goal] = db.session.scalars(select(Goal).where(Goal.project_id == project.id))
    assert (goal.measure, goal.target, goal.unit) == (Measure.TURNS, 5200, "份")
    [need] = needs_of(project)
    assert need.state == NeedState.PLANNED
    assert told(need)[-1] == "need_project_founded"
    assert len(list(db.session.scalars(select(Event).where(Event.verb == "project.found")))) == 1
    assert founded(cast).project_no.endswith("-002")


def test_assigning_needs_a_reason_and_tells_the_authors_and_the_organization(db: Any, cast: Cast) -> None:
    project, street = founded(cast), actor_of(cast.street_officer)
    with pytest.raises(Refused, match="explanation_needed"):
        project.assign(cast.organization, "", by=street)
    with pytest.raises(Refused, match="support_cannot_serve"):
        project.assign(builders.organization("支持中心", is_support=True), "没有别人了吗", by=street)
    project.assign(cast.organization, "本社区唯一有助老资质的机构", by=street)
    assert (project.state, project.method) == (ProjectState.RUNNING, Method.ASSIGNED)
    assert told(needs_of(project)[0])[-1] == "need_project_assigned"


def test_what_the_committee_does_itself_begins_at_once(db: Any, cast: Cast) -> None:
    from models.packages import Track

    package = builders.package(cast.community, actor_of(cast.clerk), track=Track.SELF_RUN, lines=[])
    package.submit(by=actor_of(cast.clerk))
    project = Project.found(package, by=actor_of(cast.head))
    assert (project.state, project.method, project.organization_id) == (ProjectState.RUNNING, Method.SELF, None)


def test_a_running_project_is_entered_once_per_contract(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    project = builders.running(cast.community, cast.organization, clerk, contract_no="清购〔2026〕011号")
    assert (project.state, project.method) == (ProjectState.RUNNING, Method.EXISTING)
    with pytest.raises(Refused, match="contract_entered"):
        builders.running(cast.community, cast.organization, clerk, contract_no=" 清购〔2026〕011号 ")
    other = builders.running(cast.community, cast.other_organization, clerk, contract_no="清购〔2026〕011号")
    assert other.project_no != project.project_no


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"title": ""}, "title_needed"),
        ({"contract_no": " "}, "contract_no_needed"),
        ({"budget": -1}, "amount_refused"),
        ({"ends_on": today() - timedelta(days=200)}, "period_backwards"),
    ],
)
def test_a_running_project_that_cannot_be_is_refused(db: Any, cast: Cast, changed: dict[str, Any], key: str) -> None:
    with pytest.raises(Refused, match=key):
        builders.running(cast.community, cast.organization, actor_of(cast.clerk), **changed)


def test_linking_plans_the_need_and_tells_its_author_the_next_date(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    project = builders.running(cast.community, cast.organization, clerk)
    need = builders.accepted(cast.community, clerk)
    project.link(need, "社工上门看看", now() + timedelta(days=2), by=clerk)
    assert need.state == NeedState.PLANNED
    assert told(need)[-1] == "need_linked"
    [row] = project.memberships()
    assert row.linked_later
    assert row.package_id is None
    with pytest.raises(Refused, match="need_already_packaged"):
        builders.package(cast.community, clerk, needs=[need])


def test_a_reopened_need_is_planned_again_by_its_own_project(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    project = builders.running(cast.community, cast.organization, clerk)
    other = builders.running(cast.community, cast.organization, clerk, title="另一个项目")
    need = builders.accepted(cast.community, clerk)
    project.link(need, "社工上门看看", now() + timedelta(days=2), by=clerk)
    need.state = NeedState.REOPENED
    db.session.flush()
    with pytest.raises(Refused, match="need_already_packaged"):
        other.link(need, "再看看", now() + timedelta(days=2), by=clerk)
    project.link(need, "再上门一次", now() + timedelta(days=2), by=clerk)
    assert need.state == NeedState.PLANNED
    assert len(project.memberships()) == 1


def test_a_need_of_another_community_or_a_resting_project_is_refused(db: Any, cast: Cast) -> None:
    clerk, street = actor_of(cast.clerk), actor_of(cast.street_officer)
    project = builders.running(cast.community, cast.organization, clerk)
    elsewhere = builders.accepted(cast.other_community, actor_of(cast.other_clerk))
    with pytest.raises(Refused, match="need_of_another_community"):
        project.link(elsewhere, "上门", now() + timedelta(days=2), by=clerk)
    project.suspend(WHY, by=street)
    with pytest.raises(Refused, match="project_not_running"):
        project.link(builders.accepted(cast.community, clerk), "上门", now() + timedelta(days=2), by=clerk)


def test_a_project_closes_only_when_nobody_waits(db: Any, cast: Cast) -> None:
    project, street = assigned(cast), actor_of(cast.street_officer)
    with pytest.raises(Refused, match="needs_still_wait") as no:
        project.close(WHY, by=street)
    assert no.value.values == {"n": 1}
    [need] = needs_of(project)
    need._step("resolve")
    need.resolved_at = now()
    project.close(WHY, by=street)
    assert project.state == ProjectState.CLOSED
    assert project.memberships() == []
    assert need.state == NeedState.RESOLVED


def test_a_broken_off_project_gives_its_needs_back_with_the_reason(db: Any, cast: Cast) -> None:
    project = assigned(cast)
    [need] = needs_of(project)
    need._enter_service(now())
    project.terminate(WHY, by=actor_of(cast.street_officer))
    assert need.state == NeedState.ACCEPTED
    assert told(need)[-1] == "need_project_terminated"
    clerk = actor_of(cast.clerk)
    assert builders.package(cast.community, clerk, needs=[need]).id


# Every state of a project with every verb, copied from the closed table.
ALLOWED = {
    ProjectState.APPROVED: {"assign": ProjectState.RUNNING},
    ProjectState.RUNNING: {
        "suspend": ProjectState.SUSPENDED,
        "close": ProjectState.CLOSED,
        "terminate": ProjectState.TERMINATED,
        "_undo_import": ProjectState.TAKEN_BACK,
    },
    ProjectState.SUSPENDED: {"resume": ProjectState.RUNNING, "terminate": ProjectState.TERMINATED},
    ProjectState.CLOSED: {},
    ProjectState.TERMINATED: {},
    ProjectState.TAKEN_BACK: {},
}


def brought_to(state: ProjectState, cast: Cast) -> Project:
    """Return a project that came to a state by its verbs."""
    street = actor_of(cast.street_officer)
    if state == ProjectState.APPROVED:
        return founded(cast)
    project = builders.running(cast.community, cast.organization, actor_of(cast.clerk))
    if state == ProjectState.SUSPENDED:
        project.suspend(WHY, by=street)
    elif state == ProjectState.CLOSED:
        project.close(WHY, by=street)
    elif state == ProjectState.TERMINATED:
        project.terminate(WHY, by=street)
    elif state == ProjectState.TAKEN_BACK:
        project._step("_undo_import")
    return project


@pytest.mark.parametrize("state", list(ProjectState))
def test_a_project_walks_only_the_closed_table(db: Any, cast: Cast, state: ProjectState) -> None:
    street = actor_of(cast.street_officer)
    acts = {
        "assign": lambda one: one.assign(cast.organization, WHY, by=street),
        "suspend": lambda one: one.suspend(WHY, by=street),
        "resume": lambda one: one.resume(WHY, by=street),
        "close": lambda one: one.close(WHY, by=street),
        "terminate": lambda one: one.terminate(WHY, by=street),
        "_undo_import": lambda one: one._step("_undo_import"),
    }
    assert set(acts) == states.VERBS[states.Kind.PROJECT]
    for verb, act in acts.items():
        project = brought_to(state, cast)
        assert project.state == state
        if verb in ALLOWED[state]:
            act(project)
            assert project.state == ALLOWED[state][verb]
        else:
            with pytest.raises(Refused, match="not_from_here"):
                act(project)


def test_the_team_is_made_of_people_of_the_organization(db: Any, cast: Cast) -> None:
    project, manager = assigned(cast), actor_of(cast.manager)
    project.add_member(cast.worker, TeamPart.WORKER, by=manager)
    project.add_member(cast.supervisor, TeamPart.SUPERVISOR, by=manager)
    with pytest.raises(Refused, match="already_in_team"):
        project.add_member(cast.worker, TeamPart.WORKER, by=manager)
    for stranger, part in (
        (cast.other_worker, TeamPart.WORKER),
        (cast.worker, TeamPart.SUPERVISOR),
        (cast.clerk, TeamPart.WORKER),
    ):
        with pytest.raises(Refused, match="not_of_the_organization"):
            project.add_member(stranger, part, by=manager)
    project.remove_member(cast.worker, TeamPart.WORKER, by=manager)
    with pytest.raises(Refused, match="not_in_team"):
        project.remove_member(cast.worker, TeamPart.WORKER, by=manager)
    project.add_member(cast.worker, TeamPart.WORKER, by=manager)


def test_a_date_is_told_moved_twice_and_kept(db: Any, cast: Cast) -> None:
    project, supervisor, head = assigned(cast), actor_of(cast.supervisor), actor_of(cast.head)
    [need] = needs_of(project)
    need.next_step_at = now() - timedelta(days=1)
    date = project.tell_date("第一次送餐", now() + timedelta(days=3), by=supervisor)
    assert need.next_step == "第一次送餐"
    assert need.next_step_at == date.at
    for days in (4, 5):
        date.postpone(now() + timedelta(days=days), by=supervisor)
    with pytest.raises(Refused, match="date_changed_twice"):
        date.postpone(now() + timedelta(days=6), by=supervisor)
    date.postpone(now() + timedelta(days=6), by=head)
    assert need.next_step_at == date.at
    assert need.promise_changes == 3
    with pytest.raises(Refused, match="date_not_come"):
        date.note_kept(by=supervisor)
    with travel(timedelta(days=7)):
        with pytest.raises(Refused, match="date_lapsed"):
            date.postpone(now() + timedelta(days=9), by=head)
        date.note_kept(by=supervisor)
        with pytest.raises(Refused, match="date_already_kept"):
            date.note_kept(by=supervisor)


def test_a_new_date_leaves_promises_that_have_not_come(db: Any, cast: Cast) -> None:
    project = assigned(cast)
    [need] = needs_of(project)
    promised = need.next_step_at
    project.tell_date("第一次送餐", now() + timedelta(days=3), by=actor_of(cast.supervisor))
    assert need.next_step_at == promised


@pytest.mark.parametrize(
    ("target", "scale", "key"), [(0, None, "target_needed"), (5, (3, 3, "孤独"), "scale_backwards")]
)
def test_a_goal_that_cannot_be_reached_is_refused(db: Any, cast: Cast, target: int, scale: Any, key: str) -> None:
    with pytest.raises(Refused, match=key):
        assigned(cast).add_goal("探访", Measure.TURNS, "人次", target, by=actor_of(cast.supervisor), scale=scale)


def test_running_projects_are_suggested_by_field_and_words(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    fits = builders.running(cast.community, cast.organization, clerk)
    builders.running(cast.community, cast.organization, clerk, title="青少年篮球", field=Field.CULTURE_SPORT_SCIENCE,
                     problem="操场没有篮板", change="两块篮板")  # fmt: skip
    builders.running(cast.other_community, cast.organization, clerk)
    resting = builders.running(cast.community, cast.organization, clerk)
    resting.suspend(WHY, by=actor_of(cast.street_officer))
    need = builders.accepted(cast.community, clerk, text="我妈一个人住，周末吃饭难")
    [found] = projects.row.suggestions(need)
    assert found.public_id == fits.public_id
    assert found.same_field
    assert "周末" in found.shared


def test_filler_words_suggest_no_project(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    builders.running(cast.community, cast.organization, clerk, title="长辈手机课堂", field=Field.EDUCATION,
                     problem="学过的记不住，希望有人一对一再讲", change="没有人被骗过的一年")  # fmt: skip
    lamp = builders.accepted(cast.community, clerk, text="巷口坏过的路灯又不亮，希望有人修")
    assert projects.row.suggestions(lamp) == []


def test_one_word_alone_suggests_no_project_of_another_field() -> None:
    assert score("学手机", None, "长辈手机课堂，学手机挂号", "EDUCATION") == (60, ("学手", "手机"))
    assert score("路灯坏过的", None, "学过的东西", "EDUCATION") == (0, ())


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(list(Field)))
def test_a_score_stays_between_nothing_and_a_hundred(need: str, project: str, field: Field) -> None:
    points, shared = score(need, field, project, field)
    assert 40 <= points <= 100
    assert set(shared) == telling(need) & telling(project)
    assert score(need, None, "", field) == (0, ())


def test_a_need_answered_meanwhile_is_not_linked(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    need = builders.accepted(cast.community, clerk)
    need.answer("当天修好了。", AnswerKind.DONE, by=clerk)
    with pytest.raises(Refused, match="not_from_here"):
        builders.running(cast.community, cast.organization, clerk).link(
            need, "上门", now() + timedelta(days=2), by=clerk
        )
