"""Suggestions follow the needs, and leave alone what a clerk decided."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models import need_groups
from models.accounts import actor_of
from models.base import Refused, travel
from models.base import db as database
from models.events import JOB, Event
from models.need_groups import NeedGroup
from models.needs import Kind, Need
from models.states import NeedGroupState, NeedState
from tests import builders
from tests.cast import Cast

SMOKE = (
    "润芳园小区楼下烧烤店油烟太大，晚上开不了窗",
    "润芳园小区临街烧烤店的油烟每晚往上飘，开不了窗",
    "投诉润芳园小区楼下烧烤店，油烟熏人，窗户不能开",
)
OTHERS = ("东门公交站805路改道，老人坐车不便", "滨河路积水，下雨天过不去", "社区图书室周末能不能开门")


def smoke(cast: Cast) -> list[Need]:
    clerk = actor_of(cast.clerk)
    for words in OTHERS:
        builders.need(cast.community, words)
    return [builders.accepted(cast.community, clerk, text=words) for words in SMOKE]


def suggested(cast: Cast) -> list[need_groups.GroupLine]:
    need_groups.refresh_all(by=JOB)
    database.session.flush()
    return need_groups.lines(actor_of(cast.clerk))


def the_group() -> NeedGroup:
    return database.session.scalars(select(NeedGroup)).one()


def members(one: NeedGroup) -> set[int]:
    return {member.need_id for member in one.members() if member.left_at is None}


def test_needs_that_say_the_same_are_suggested_once(db: Any, cast: Cast) -> None:
    needs = smoke(cast)
    (line,) = suggested(cast)
    assert (line.needs, line.authors) == (3, 3) and members(the_group()) == {need.id for need in needs}
    assert suggested(cast) == [line] or suggested(cast)[0].public_id == line.public_id
    assert need_groups.lines(actor_of(cast.other_clerk)) == []
    events = database.session.scalars(select(Event).where(Event.verb == "need_group.suggest")).all()
    assert len(events) == 1


def test_one_person_who_repeats_is_one_author(db: Any, cast: Cast) -> None:
    person = builders.person(cast.community)
    for _ in range(5):
        builders.need(cast.community, SMOKE[0], author=person)
    builders.need(cast.community, SMOKE[1])
    (line,) = suggested(cast)
    assert (line.needs, line.authors) == (6, 2)


def test_a_new_need_joins_the_suggestion_and_a_closed_one_leaves_it(db: Any, cast: Cast) -> None:
    needs = smoke(cast)
    suggested(cast)
    newer = builders.need(cast.community, "润芳园小区楼下烧烤店油烟太大，家里全是味")
    needs[0].withdraw_on_request("居民来电撤回", by=actor_of(cast.clerk))
    (line,) = suggested(cast)
    assert members(the_group()) == {needs[1].id, needs[2].id, newer.id} and line.authors == 3


def test_what_was_dismissed_stays_dismissed_until_most_of_it_is_new(db: Any, cast: Cast) -> None:
    smoke(cast)
    suggested(cast)
    the_group().dismiss(by=actor_of(cast.clerk))
    assert suggested(cast) == []
    builders.need(cast.community, "润芳园小区楼下烧烤店油烟太大，睡不着")
    assert suggested(cast) == []
    for number in "一二三四":
        builders.need(cast.community, f"润芳园小区{number}单元楼下烧烤店油烟太大，开不了窗")
    (line,) = suggested(cast)
    assert line.needs >= 5


def test_what_a_hand_moved_stays_where_it_was_put(db: Any, cast: Cast) -> None:
    clerk, needs = actor_of(cast.clerk), smoke(cast)
    suggested(cast)
    one, far = the_group(), builders.need(cast.community, "我家窗户关不严，漏风")
    one.move_in(far, by=clerk)
    one.move_out(needs[2], by=clerk)
    database.session.flush()
    (line,) = suggested(cast)
    assert members(one) == {needs[0].id, needs[1].id, far.id} and line.authors == 3
    page = need_groups.page(one, "烧烤")
    assert [need.public_id for need in page.moved_out] == [needs[2].public_id]
    assert {need.public_id for need in page.offered} == {needs[2].public_id}
    one.move_in(needs[2], by=clerk)
    database.session.flush()
    assert len(members(one)) == 4


def test_a_need_of_elsewhere_or_at_rest_is_not_moved_in(db: Any, cast: Cast) -> None:
    clerk, needs = actor_of(cast.clerk), smoke(cast)
    suggested(cast)
    one = the_group()
    with pytest.raises(Refused, match="group_other_community"):
        one.move_in(builders.need(cast.other_community), by=clerk)
    needs[0].withdraw_on_request("居民来电撤回", by=clerk)
    with pytest.raises(Refused, match="group_need_is_closed"):
        one.move_in(needs[0], by=clerk)


def test_taking_on_is_noted_and_not_suggested_again_unless_the_draft_lapses(db: Any, cast: Cast) -> None:
    clerk, needs = actor_of(cast.clerk), smoke(cast)
    suggested(cast)
    one = the_group()
    with pytest.raises(Refused, match="group_not_a_member"):
        one.take([builders.need(cast.community)], by=clerk)
    one.take(needs[:2], by=clerk)
    assert one.state == NeedGroupState.TAKEN and suggested(cast) == []
    with pytest.raises(Refused, match="not_from_here"):
        one.dismiss(by=clerk)
    with pytest.raises(Refused, match="group_is_decided"):
        one.move_out(needs[0], by=clerk)
    with travel(timedelta(days=4)):
        assert len(suggested(cast)) == 1


def test_a_petition_is_not_taken_on_and_leaves_the_suggestion_as_it_was(db: Any, cast: Cast) -> None:
    clerk, needs = actor_of(cast.clerk), smoke(cast)
    suggested(cast)
    one, needs[0].kind = the_group(), Kind.PETITION
    with pytest.raises(Refused, match="petition_is_not_planned"):
        one.take(needs, by=clerk)
    assert one.state == NeedGroupState.SUGGESTED
    one.take(needs[1:], by=clerk)
    assert one.state == NeedGroupState.TAKEN


def test_handling_as_one_merges_all_others_in_one_event(db: Any, cast: Cast) -> None:
    clerk, needs = actor_of(cast.clerk), smoke(cast)
    suggested(cast)
    one = the_group()
    with pytest.raises(Refused, match="group_choose_more"):
        one.merge(needs[0], needs[:1], by=clerk)
    one.merge(needs[0], needs, by=clerk)
    assert [need.state for need in needs] == [NeedState.ACCEPTED, NeedState.MERGED, NeedState.MERGED]
    assert needs[1].merged_into_id == needs[2].merged_into_id == needs[0].id
    assert (
        len(database.session.scalars(select(Event).where(Event.verb.in_(["need_group.merge", "need.merge"]))).all())
        == 1
    )
    assert suggested(cast) == []


def test_the_command_prints_a_line_for_each_need_that_others_agree_with(app: Any, db: Any, cast: Cast) -> None:
    needs = smoke(cast)
    database.session.commit()
    answer = app.test_cli_runner().invoke(args=["group-needs", "--community", cast.community.code, "--format", "jsonl"])
    lines = [json.loads(line) for line in answer.output.splitlines()]
    assert answer.exit_code == 0 and {line["id"] for line in lines} == {need.ticket_no for need in needs}
    assert len({line["group"] for line in lines}) == 1
    assert app.test_cli_runner().invoke(args=["group-needs", "--community", "nowhere"]).exit_code == 1
