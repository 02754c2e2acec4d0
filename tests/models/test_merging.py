"""A planned need that is handled with another leaves what carried it, and comes back to the desk like any other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models.accounts import actor_of
from models.base import Refused, now
from models.base import db as database
from models.events import timeline
from models.need_groups import NeedGroup, NeedGroupMember
from models.needs import AnswerKind, Need
from models.packages import Package, PackageNeed, carried
from models.permissions import Permission
from models.projects import Project
from models.service_log.entering import needs_of
from models.states import NeedState
from models.thread import thread_of_need, thread_of_project
from tests import builders
from tests.cast import Cast
from tests.models.test_packages import told
from tests.models.test_thread import shape


def held(need: Need) -> list[PackageNeed]:
    """Return the memberships of a need that are active."""
    database.session.flush()
    query = select(PackageNeed).where(PackageNeed.need_id == need.id, PackageNeed.left_at.is_(None))
    return list(database.session.scalars(query))


def offered(cast: Cast) -> set[str]:
    """Return the needs that a clerk may gather."""
    reach = Need.visible_to(actor_of(cast.clerk), Permission.DRAFT_PACKAGE)
    return {line.public_id for line in carried.candidates(reach)}


def two(cast: Cast) -> tuple[Need, Need]:
    """Return two accepted needs."""
    clerk = actor_of(cast.clerk)
    return builders.accepted(cast.community, clerk), builders.accepted(cast.community, clerk)


def gathered(cast: Cast, *needs: Need) -> Package:
    """Return a draft of these needs."""
    return builders.package(cast.community, actor_of(cast.clerk), needs=list(needs))


def running(cast: Cast) -> Project:
    """Return a project that runs already."""
    return builders.running(cast.community, cast.organization, actor_of(cast.clerk))


def test_a_need_of_a_draft_leaves_it_with_the_merging_and_the_package_shows_why(cast: Cast) -> None:
    clerk, (one, other) = actor_of(cast.clerk), two(cast)
    draft = gathered(cast, one)
    one.merge(other, by=clerk)
    assert not held(one) and one.state == NeedState.MERGED
    assert [line.verb for line in timeline([draft])] == ["package.gather", "need.merge"]
    with pytest.raises(Refused, match="needs_needed"):
        draft.submit(by=clerk)
    draft.add(other, by=clerk, next_step="街道审定", next_step_at=now() + timedelta(days=5))
    assert told(one)[-1] == "need_packaged" and held(other)


def test_what_is_taken_out_again_is_gathered_like_any_accepted_need(cast: Cast) -> None:
    clerk, (one, other) = actor_of(cast.clerk), two(cast)
    draft = gathered(cast, one, other)
    one.merge(other, by=clerk)
    assert one.public_id not in offered(cast) and [line.public_id for line in _lines(draft, cast)] == [other.public_id]
    one.split_out(by=clerk)
    assert (one.state, one.next_step_at, held(one)) == (NeedState.ACCEPTED, None, [])
    assert one.public_id in offered(cast)
    second = gathered(cast, one)
    assert one.state == NeedState.PLANNED and [row.package_id for row in held(one)] == [second.id]


def _lines(package: Package, cast: Cast) -> list[Any]:
    return carried.needs_in(actor_of(cast.clerk), PackageNeed.package_id == package.id)


def test_what_becomes_of_the_package_is_told_to_those_that_are_in_it(cast: Cast) -> None:
    clerk, (one, other) = actor_of(cast.clerk), two(cast)
    stays = builders.accepted(cast.community, clerk)
    draft = gathered(cast, one, stays)
    one.merge(other, by=clerk)
    draft.submit(by=clerk)
    project = Project.found(draft, by=actor_of(cast.street_officer))
    assert told(stays)[-1] == "need_project_founded" and told(one)[-1] == "need_merged"
    assert [row.need_id for row in project.memberships()] == [stays.id]
    assert [knot.values.get("n") for knot in thread_of_project(project)][:1] == [1]


def test_a_need_of_a_running_project_leaves_it_and_the_other_may_join_instead(cast: Cast) -> None:
    clerk, (one, other) = actor_of(cast.clerk), two(cast)
    project = running(cast)
    project.link(one, "上门看看", now() + timedelta(days=5), by=clerk)
    one.merge(other, by=clerk)
    assert needs_of(project) == [] == project.waiting_needs()
    assert timeline([project])[-1].verb == "need.merge"
    project.link(other, "上门看看", now() + timedelta(days=5), by=clerk)
    one.split_out(by=clerk)
    assert shape(thread_of_need(one)) == [
        ("RAISED", "done"), ("ACCEPTED", "done"), ("ANSWER", "now"), ("CONFIRMED", "next"),
    ]  # fmt: skip
    assert [knot.values.get("n") for knot in thread_of_project(project)][:1] == [1]
    project.link(one, "上门看看", now() + timedelta(days=5), by=clerk)
    assert set(needs_of(project)) == {one.id, other.id}


def test_an_author_who_opens_a_merged_need_again_waits_at_the_desk_without_a_package(cast: Cast) -> None:
    clerk, (one, other) = actor_of(cast.clerk), two(cast)
    gathered(cast, one)
    one.merge(other, by=clerk)
    other.answer("修好了。", AnswerKind.DONE, by=clerk)
    one.reopen("我们这边没有修。", by=clerk)
    assert one.state == NeedState.REOPENED and not held(one) and one.public_id in offered(cast)


def test_a_reopened_need_that_its_project_still_holds_leaves_it_too(cast: Cast) -> None:
    clerk, (one, other) = actor_of(cast.clerk), two(cast)
    project = running(cast)
    project.link(one, "上门看看", now() + timedelta(days=5), by=clerk)
    one._enter_service(now())
    one.resolve(by=clerk)
    one.reopen("又坏了。", by=clerk)
    assert held(one)
    one.merge(other, by=clerk)
    assert not held(one)


def test_needs_of_a_suggestion_leave_their_packages_as_well(cast: Cast) -> None:
    clerk, (one, other) = actor_of(cast.clerk), two(cast)
    draft = gathered(cast, one)
    group = NeedGroup(community_id=cast.community.id, label="扶手").save()
    for need in (one, other):
        NeedGroupMember(group_id=group.id, need_id=need.id, joined_at=now()).save()
    group.merge(other, [one, other], by=clerk)
    assert not held(one) and [line.verb for line in timeline([draft])][-1] == "need_group.merge"


def test_what_is_in_service_joins_nothing_but_others_may_join_it(cast: Cast) -> None:
    clerk, (one, other) = actor_of(cast.clerk), two(cast)
    project = running(cast)
    for need in (one, other):
        project.link(need, "上门看看", now() + timedelta(days=5), by=clerk)
    one._enter_service(now())
    with pytest.raises(Refused, match="not_from_here"):
        one.merge(other, by=clerk)
    assert held(one)
    other.merge(one, by=clerk)
    assert held(one) and not held(other)
    one.resolve(by=clerk)
    other.split_out(by=clerk)
    assert (one.state, other.state, held(other)) == (NeedState.RESOLVED, NeedState.ACCEPTED, [])
    project.close("十月完成，全部办结。", by=actor_of(cast.street_officer))


def test_a_merging_that_is_refused_leaves_the_package_as_it_is(cast: Cast) -> None:
    clerk, (one, closed) = actor_of(cast.clerk), two(cast)
    closed.answer("修好了。", AnswerKind.DONE, by=clerk)
    gathered(cast, one)
    with pytest.raises(Refused, match="merge_target_closed"):
        one.merge(closed, by=clerk)
    assert held(one) and one.state == NeedState.PLANNED
