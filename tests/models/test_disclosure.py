"""What the public reads: sums, reasons, promises and money; never a person, and nothing that points at one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models import disclosure
from models.accounts import actor_of
from models.base import NotFound, now, today, travel
from models.deadlines import Escalation
from models.events import JOB
from models.needs import Field, Kind, Tile, clocks
from models.ratings import RatingRelease
from models.service_log import ServiceMethod
from models.states import NeedState, ProjectState
from models.working_time import start_of
from tests import builders, serving, voices
from tests.cast import Cast


def late(cast: Cast, **facts: Any) -> Any:
    one = builders.accepted(cast.community, actor_of(cast.clerk))
    one.escalated = Escalation.PUBLIC
    for name, value in facts.items():
        setattr(one, name, value)
    return one


def test_only_approved_services_and_counted_hours_stand_on_the_wall(cast: Cast) -> None:
    project = serving.project(cast)
    serving.approved(cast, project, *serving.people(cast, 4))
    serving.log(project, cast.worker, *serving.people(cast, 2), hours_ago=8)
    wall = disclosure.wall(cast.community.public_id)
    assert (wall.running, wall.services, wall.name) == (1, 1, "晋阳社区")
    assert disclosure.wall(cast.other_community.public_id).services == 0


def test_ratings_stand_on_the_wall_only_after_monday_and_from_five_raters_on(cast: Cast) -> None:
    few, many = serving.project(cast, title="人少"), serving.project(cast, title="人多")
    voices.rated(cast, [5, 5, 5, 4], silent=4, of=few)
    voices.rated(cast, [5, 5, 5, 4, 3], silent=3, of=many)
    assert disclosure.wall(cast.community.public_id).satisfaction is None
    RatingRelease.release_all(by=JOB)
    wall = disclosure.wall(cast.community.public_id)
    lines = {one.title: one for one in wall.projects}
    assert lines["人少"].satisfaction is None and lines["人少"].n == 4
    assert lines["人多"].satisfaction is not None
    # The sum is over those alone that are shown, so that no difference tells the small one.
    assert (wall.n, wall.satisfaction) == (5, lines["人多"].satisfaction)


def test_late_matters_are_listed_by_published_title_else_by_number(cast: Cast) -> None:
    shown = late(cast, public_title="老年食堂周末停餐", delay_reason="等食堂找到人")
    numbered = late(cast)
    lines = {one.title: one for one in disclosure.wall(cast.community.public_id).promises.lines}
    assert lines["老年食堂周末停餐"].public_id == shown.public_id
    assert lines["老年食堂周末停餐"].reason == "等食堂找到人"
    assert lines[numbered.ticket_no].public_id is None


@pytest.mark.parametrize(
    "facts",
    [{"kind": Kind.COMPLAINT}, {"kind": Kind.REPORT}, {"kind": Kind.PETITION}, {"field": Field.HEALTH},
     {"field": Field.POVERTY_RELIEF}, {"field": Field.WOMEN_CHILDREN}],
)  # fmt: skip
def test_private_matters_are_counted_and_never_listed(cast: Cast, facts: dict[str, Any]) -> None:
    late(cast, public_title="一件事", **facts)
    promises = disclosure.wall(cast.community.public_id).promises
    assert (promises.late, promises.lines) == (1, ())


def test_a_tile_of_a_private_field_is_private_before_anybody_sorted_it(cast: Cast) -> None:
    one = builders.need(cast.community)
    one.tile, one.escalated = Tile.HEALTH, Escalation.PUBLIC
    assert disclosure.wall(cast.community.public_id).promises.lines == ()


def test_in_the_first_sixty_days_a_community_shows_counts_only(cast: Cast) -> None:
    late(cast, public_title="老年食堂周末停餐")
    cast.community.trial_until = now() + timedelta(days=30)
    wall = disclosure.wall(cast.community.public_id)
    assert wall.trial and wall.promises.late == 1 and wall.promises.lines == ()
    assert disclosure.wall(everywhere=True).promises.lines == ()


def test_promises_are_kept_or_missed_by_the_day_that_was_told(cast: Cast) -> None:
    project = serving.project(cast)
    need = serving.planned_need(cast, project)
    assert disclosure.wall(cast.community.public_id).promises.missed == 0
    with travel(timedelta(days=8)):
        assert disclosure.wall(cast.community.public_id).promises.missed == 1
    need.served_at = need.next_step_at - timedelta(hours=1)
    told = disclosure.wall(cast.community.public_id).promises
    assert (told.kept, told.missed) == (1, 0)


@pytest.mark.parametrize(("hour", "kept"), [(0, 1), (14, 1), (23, 1), (24, 0)])
def test_a_promised_day_is_kept_until_it_is_over(cast: Cast, client_for: Any, hour: int, kept: int) -> None:
    need, day = serving.planned_need(cast, serving.project(cast)), today() + timedelta(days=7)
    need.next_step_at, need.public_title = start_of(day), "楼道扶手松了"
    with travel(start_of(day) + timedelta(hours=14)):
        assert disclosure.wall(cast.community.public_id).promises.missed == 0
        assert "过了说好的日子" not in client_for(cast.resident).get(f"/board/needs/{need.public_id}").text
    need.served_at, need.state = start_of(day) + timedelta(hours=hour), NeedState.IN_SERVICE
    told = disclosure.wall(cast.community.public_id).promises
    assert (told.kept, told.missed) == (kept, 1 - kept)
    page = client_for(cast.resident).get("/board/needs?show=missed").text
    assert ("楼道扶手松了" in page) is not bool(kept)


def test_a_date_of_a_project_is_missed_with_the_end_of_its_day(cast: Cast) -> None:
    project, at = serving.project(cast), start_of(today() + timedelta(days=3)) + timedelta(hours=9)
    project.tell_date("周三上门", at, by=actor_of(cast.worker))
    with travel(at + timedelta(hours=10)):
        assert disclosure.wall(cast.community.public_id).promises.missed == 0
    with travel(at + timedelta(hours=15)):
        assert disclosure.wall(cast.community.public_id).promises.missed == 1


def test_a_promise_is_kept_by_the_day_of_the_service_however_late_its_record_is_approved(cast: Cast) -> None:
    project = serving.project(cast)
    need = serving.planned_need(cast, project)
    with travel(timedelta(days=7)):
        log = serving.log(project, cast.worker, *serving.people(cast, 1), needs=[need], hours_ago=2)
    with travel(timedelta(days=12)):
        log.approve(by=actor_of(cast.supervisor))
        assert need.state == NeedState.IN_SERVICE
        told = disclosure.wall(cast.community.public_id).promises
        assert (told.kept, told.missed) == (1, 0)
        clock = clocks.current(need)
        assert clock is not None and not clock.missed and not clock.running


def test_a_promise_that_was_broken_stays_so_when_the_service_comes_after_all(cast: Cast, client_for: Any) -> None:
    need = serving.planned_need(cast, serving.project(cast))
    need.public_title = "楼道扶手松了"
    need.served_at, need.state = need.next_step_at + timedelta(days=3), NeedState.IN_SERVICE
    told = disclosure.wall(cast.community.public_id).promises
    assert (told.kept, told.missed) == (0, 1)
    page = client_for(cast.resident).get("/board/needs?show=missed")
    assert "楼道扶手松了" in page.text and "过了说好的日子" in page.text


def test_a_project_page_holds_thread_goals_services_and_money(cast: Cast) -> None:
    clerk, officer = actor_of(cast.clerk), actor_of(cast.street_officer)
    project = builders.project(cast.community, clerk, officer)
    page = disclosure.public_project(project.public_id)
    assert page.budget == sum(line.fen for line in page.money) == 17240000
    assert [goal.target for goal in page.goals] == [5200]
    assert page.knots and page.phone == cast.community.phone
    assert page.evaluation.words == () and page.evaluation.explanation is None


def test_fewer_than_three_people_are_not_counted_out(cast: Cast) -> None:
    project = serving.project(cast)
    serving.approved(cast, project, *serving.people(cast, 2))
    assert disclosure.public_project(project.public_id).persons is None
    serving.approved(cast, project, *serving.people(cast, 2), hours_ago=30)
    assert disclosure.public_project(project.public_id).persons == 4


def test_running_and_finished_projects_are_told_apart_and_paged(cast: Cast) -> None:
    made = [serving.project(cast, title=f"项目{n}") for n in range(5)]
    made[0].state = ProjectState.CLOSED
    lines, older = disclosure.public_projects(cast.community.id, limit=2)
    assert [one.title for one in lines] == ["项目4", "项目3"]
    rest, end = disclosure.public_projects(cast.community.id, before=older, limit=2)
    assert ([one.title for one in rest], end) == (["项目2", "项目1"], None)
    assert [one.title for one in disclosure.public_projects(finished=True)[0]] == ["项目0"]


def test_what_is_not_there_is_not_found(cast: Cast) -> None:
    for read in (disclosure.public_project, disclosure.wall):
        with pytest.raises(NotFound):
            read("0000000000")
    with pytest.raises(NotFound):
        disclosure.wall(cast.grid.public_id)


def test_the_wall_costs_the_same_for_one_project_and_for_six(cast: Cast, count_queries: Any) -> None:
    serving.project(cast)
    with count_queries() as few:
        disclosure.wall(cast.community.public_id)
    for number in range(6):
        serving.approved(cast, serving.project(cast), *serving.people(cast, 1), hours_ago=3 + 2 * number)
    with count_queries() as many:
        disclosure.wall(cast.community.public_id)
    assert len(many) == len(few)


def test_each_project_of_the_board_tells_continuing_and_one_off_service_apart(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    serving.approved(cast, of, cast.neighbor)
    serving.approved(cast, of, cast.neighbor, method=ServiceMethod.EVENT, hours_ago=30)
    serving.approved(cast, of, cast.neighbor, method=ServiceMethod.GROUP, hours_ago=60)
    line = next(one for one in disclosure.public_projects(cast.community.id)[0] if one.public_id == of.public_id)
    assert (line.services, line.one_off) == (3, 1)
