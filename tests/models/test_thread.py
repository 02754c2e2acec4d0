"""The thread of a need and of a project: each knot says how far it is, and which came first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from models.accounts import actor_of
from models.base import now, today
from models.needs import AnswerKind, Need
from models.projects import Project
from models.thread import Knot, KnotState, Step, thread_of_need, thread_of_project
from tests import builders
from tests.cast import Cast
from web.sentences.thread import DETAILS

WHY = "合作条件变化，双方书面同意。"


def shape(knots: list[Knot]) -> list[tuple[str, str]]:
    """Return the keys and marks, and check that every detail has its words."""
    for knot in knots:
        assert not knot.detail or str(DETAILS[knot.detail]) % knot.values
    return [(knot.key.value, knot.state.value) for knot in knots]


def test_a_new_need_waits_to_be_looked_at(db: Any, cast: Cast) -> None:
    need = builders.need(cast.community)
    assert shape(thread_of_need(need)) == [
        ("RAISED", "done"), ("ACCEPTED", "now"), ("ANSWER", "next"), ("CONFIRMED", "next"),
    ]  # fmt: skip


def test_an_answered_need_waits_for_its_author(db: Any, cast: Cast) -> None:
    need = builders.accepted(cast.community, actor_of(cast.clerk))
    need.answer("食堂下周六起恢复供餐。", AnswerKind.DONE, by=actor_of(cast.clerk))
    assert shape(thread_of_need(need)) == [
        ("RAISED", "done"), ("ACCEPTED", "done"), ("ANSWER", "done"), ("CONFIRMED", "now"),
    ]  # fmt: skip


def test_a_merged_need_goes_on_with_the_thread_of_the_other(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    need, target = builders.accepted(cast.community, clerk), builders.accepted(cast.community, clerk)
    need._step("merge")
    need.merged_into_id, need.merged_at = target.id, now()
    db.session.flush()
    package = builders.package(cast.community, clerk, needs=[target])
    knots = thread_of_need(need)
    assert shape(knots) == [
        ("RAISED", "done"), ("ACCEPTED", "done"), ("MERGED", "done"), ("PACKAGE", "now"), ("PROJECT", "next"),
        ("SERVICE", "next"), ("CONFIRMED", "next"),
    ]  # fmt: skip
    assert [knot.public_id for knot in knots if knot.key == Step.PACKAGE] == [package.public_id]


def test_a_package_that_cannot_be_done_stops_its_knot(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    need = builders.accepted(cast.community, clerk)
    package = builders.package(cast.community, clerk, needs=[need])
    package.submit(by=clerk)
    package.judge_unfeasible(WHY, by=actor_of(cast.street_officer))
    assert ("PACKAGE", "stopped") in shape(thread_of_need(need))


def test_a_project_that_was_there_before_the_need_says_so(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    project = builders.running(cast.community, cast.organization, clerk)
    need = builders.accepted(cast.community, clerk)
    project.link(need, "社工上门看看", now() + timedelta(days=2), by=clerk)
    of_need = {knot.key: knot for knot in thread_of_need(need)}
    assert of_need[Step.PROJECT].detail == "project_came_first"
    assert of_need[Step.SERVICE].values == {"step": "社工上门看看"}
    of_project = {knot.key: knot for knot in thread_of_project(project)}
    assert of_project[Step.PROJECT].detail == "project_came_first"
    assert of_project[Step.NEEDS].values == {"n": 1, "later": 1, "after": 1}


def test_a_project_of_a_package_shows_its_whole_way(db: Any, cast: Cast) -> None:
    street = actor_of(cast.street_officer)
    project = builders.project(cast.community, actor_of(cast.clerk), street)
    assert shape(thread_of_project(project)) == [
        ("NEEDS", "done"), ("PACKAGE", "done"), ("PROJECT", "done"), ("ASSIGNED", "now"), ("SERVICE", "next"),
        ("RATING", "next"), ("EVALUATION", "next"),
    ]  # fmt: skip
    project.assign(cast.organization, WHY, by=street)
    assert shape(thread_of_project(project))[3:5] == [("ASSIGNED", "done"), ("SERVICE", "now")]
    project.terminate(WHY, by=street)
    assert shape(thread_of_project(project))[2:5] == [
        ("PROJECT", "stopped"), ("ASSIGNED", "done"), ("SERVICE", "stopped"),
    ]  # fmt: skip


def test_a_project_of_a_package_never_came_before_the_needs_it_was_made_of(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    need, late = (builders.accepted(cast.community, clerk) for _ in range(2))
    # Its time runs from today, and today's midnight lies before what was told this morning.
    project = builders.project(cast.community, clerk, actor_of(cast.street_officer), needs=[need], starts_on=today())
    of_need = {knot.key: knot.detail for knot in thread_of_need(need)}
    assert of_need[Step.PROJECT] == "waits_for_organization"
    project.assign(cast.organization, WHY, by=actor_of(cast.street_officer))
    project.link(late, "社工上门看看", now() + timedelta(days=2), by=clerk)
    of_project = {knot.key: knot for knot in thread_of_project(project)}
    assert of_project[Step.PROJECT].detail == "number"
    assert of_project[Step.NEEDS].values["after"] == 0
    later = builders.accepted(cast.community, clerk)
    project.link(later, "社工上门看看", now() + timedelta(days=2), by=clerk)
    assert {knot.key: knot.detail for knot in thread_of_need(later)}[Step.PROJECT] == "project_came_first"


def test_no_knot_tells_figures_of_ratings(db: Any, cast: Cast) -> None:
    project = builders.running(cast.community, cast.organization, actor_of(cast.clerk))
    for knot in thread_of_project(project):
        assert knot.key not in (Step.RATING, Step.EVALUATION) or not knot.values


def test_a_thread_is_read_in_few_queries_however_many_needs_there_are(db: Any, cast: Cast, count_queries: Any) -> None:
    clerk = actor_of(cast.clerk)
    needs: list[Need] = [builders.accepted(cast.community, clerk) for _ in range(6)]
    project: Project = builders.project(cast.community, clerk, actor_of(cast.street_officer), needs=needs)
    db.session.commit()
    db.session.expire_all()
    with count_queries() as queries:
        thread_of_project(project)
    assert len(queries) <= 8
    with count_queries() as queries:
        assert thread_of_need(needs[0])[0].state == KnotState.DONE
    assert len(queries) <= 6
