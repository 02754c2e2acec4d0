"""The first page of each role: it opens for everybody who works here and leads to the one thing to do."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from models.accounts import actor_of
from models.homes import Task
from models.notices import Notice
from models.permissions import STAFF
from tests import builders, serving
from tests.cast import Cast
from tests.visiting import Visitor
from web.blueprints.home import PLACES
from web.sentences import homes as words

PARTS = [
    "clerk", "head", "grid_worker", "street_officer", "finance", "district_officer", "manager", "worker", "supervisor",
    "supporter", "evaluator", "expert", "auditor", "administrator", "two_hats",
]  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_everybody_who_works_here_is_greeted_with_their_work(
    cast: Cast, client_for: Callable[..., Visitor], part: str
) -> None:
    page = client_for(getattr(cast, part)).get("/")
    assert page.status_code == 200 and "今天要办" in page.text
    assert not re.search(r"[A-Z]{3,}_[A-Z]+", re.sub(r"<[^>]*>", "", page.text))


def test_every_task_has_a_place_an_action_and_every_role_a_kind_word() -> None:
    assert set(PLACES) == set(Task)
    assert set(words.ACTIONS) == set(words.LABELS["Task"]) == {one.value for one in Task}
    assert set(words.EMPTY) == {role.value for role in STAFF}


def test_every_place_of_a_task_is_an_address_of_the_house(app: Flask) -> None:
    house = app.url_map.bind("linli.test")
    for task, place in PLACES.items():
        assert house.match(place.format("0000000000").partition("?")[0], method="GET"), task


def test_a_resident_finds_what_waits_for_a_word_and_what_is_on_nearby(
    cast: Cast, client_for: Callable[..., Visitor]
) -> None:
    serving.approved(cast, serving.project(cast), cast.neighbor)
    serving.activity(cast)
    page = client_for(cast.resident).get("/").text
    assert "等我评价" in page and "去评价" in page and "健康操" in page
    elder = client_for(cast.resident)
    elder.post("/settings/elder", data={"next": "/"})
    assert "去评价" in elder.get("/").text and "健康操" not in elder.get("/").text


def test_a_grid_worker_is_led_to_the_people_whom_nobody_has_met(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    builders.person(cast.community, "没见过", grid_id=cast.grid.id, confirmed=False)
    page = client_for(cast.grid_worker).get("/").text
    assert "/people?unconfirmed=1" in page and "帮人登记" in page


def test_the_first_line_leads_to_the_need_that_waits(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    need = builders.need(cast.community, "活动室晚上八点就关门")
    clerk = client_for(cast.clerk)
    page = clerk.get("/").text
    assert f'href="/desk/needs/{need.public_id}"' in page
    assert clerk.get(f"/desk/needs/{need.public_id}").status_code == 200


def test_a_draft_leads_the_head_to_the_notice(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    one = Notice.write(cast.community, "停水", "周三停水。", by=actor_of(cast.clerk))
    assert f'href="/notice-desk/{one.public_id}"' in client_for(cast.head).get("/").text


def test_a_resident_keeps_the_residents_home(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    assert "今天要办" not in client_for(cast.resident).get("/").text
