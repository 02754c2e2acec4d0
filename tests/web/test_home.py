"""The first page of each role: it opens for everybody who works here and leads to the one thing to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from markupsafe import escape

from models import reports
from models.accounts import actor_of
from models.base import now, today, travel
from models.events import JOB
from models.homes import Task
from models.notices import Notice
from models.permissions import STAFF
from models.ratings import RatingRelease
from tests import builders, serving, voices
from tests.cast import Cast
from tests.visiting import Visitor
from web import respond
from web.blueprints.home import PLACES
from web.filters import hours
from web.sentences import homes as words

PARTS = [
    "clerk", "head", "grid_worker", "street_officer", "finance", "district_officer", "manager", "worker", "supervisor",
    "supporter", "evaluator", "expert", "auditor", "administrator", "two_hats",
]  # fmt: skip
MOST_OF_A_STRANGER = 9


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
        thing = "needs/0000000000" if task == Task.MENTION else "0000000000"
        assert house.match(place.format(thing, "0000000000").partition("?")[0], method="GET"), task


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


def test_somebody_unknown_sees_the_board_at_a_glance(
    cast: Cast, client_for: Callable[..., Visitor], count_queries: Any
) -> None:
    bare = client_for().get("/").text
    assert "我有事找社区" in bare and "公示墙" not in re.sub(r"(?s)<nav.*?</nav>", "", bare)
    of = voices.rated(cast, [5, 5, 4, 4, 2])
    RatingRelease.release_all(by=JOB)
    serving.activity(cast, of)
    Notice.write(cast.community, "周三停水", "周三停水。", by=actor_of(cast.clerk)).publish(by=actor_of(cast.head))
    with count_queries() as few:
        page = client_for().get("/")
    assert all(words in page.text for words in ("5 人评价", "按时兑现的承诺", "周三停水", "健康操", 'href="/board"'))
    assert len(page.data) < 60_000
    voices.rated(cast, [5, 5, 4, 4, 2])
    for _ in range(5):
        serving.activity(cast, of)
    with count_queries() as many:
        assert client_for().get("/").status_code == 200
    assert len(many) == len(few) <= MOST_OF_A_STRANGER
    elder = client_for()
    elder.post("/settings/elder", data={"next": "/"})
    assert "按时兑现的承诺" not in elder.get("/").text


def test_the_glance_rests_for_some_minutes(
    app: Flask, cast: Cast, client: Visitor, count_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "GLANCE_MINUTES", 5)
    monkeypatch.setitem(app.extensions, "glances", {})
    client.get("/")
    with count_queries() as queries:
        assert client.get("/").status_code == 200
    assert len(queries) == 0


def test_large_figures_have_their_thousands_set_apart() -> None:
    assert hours(289_658) == "4,827.6" and hours(59) == "0.9"


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


def test_a_project_whose_term_is_over_leads_the_street_to_its_closure(
    cast: Cast, client_for: Callable[..., Visitor]
) -> None:
    project = serving.project(cast, ends_on=today() - timedelta(days=1))
    street = client_for(cast.street_officer)
    page = street.get("/").text
    assert (
        f'href="/projects/{project.public_id}">看看，去结项' in page and "项目已到期" in page and "已超期：昨天" in page
    )
    assert f'action="/projects/{project.public_id}/closure"' in street.get(f"/projects/{project.public_id}").text


def test_a_report_to_write_leads_the_clerk_to_its_figures(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    month = reports.last_month()
    with travel(month.since + timedelta(days=3) - now()):
        builders.need(cast.community)
    clerk = client_for(cast.clerk)
    address = f"/reports/figures?place={cast.community.public_id}&period={month.code}"
    page = clerk.get("/").text
    assert f'href="{escape(address)}">看看数字，开始写' in page and "月报待写" in page
    figures = clerk.get(address)
    assert figures.status_code == 200 and 'action="/reports"' in figures.text


def test_a_draft_leads_the_head_to_the_notice(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    one = Notice.write(cast.community, "停水", "周三停水。", by=actor_of(cast.clerk))
    assert f'href="/notice-desk/{one.public_id}"' in client_for(cast.head).get("/").text


def test_a_resident_keeps_the_residents_home(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    assert "今天要办" not in client_for(cast.resident).get("/").text


def test_an_address_that_only_takes_forms_says_where_its_page_is(client: Any, app: Flask) -> None:
    """Whoever loads it again from the address bar stands one press before the form, or before what it is a part of."""
    answer = client.get("/needs")
    assert answer.status_code == 405 and 'href="/needs/new"' in answer.text
    with app.test_request_context():
        assert respond.page_above("/needs/ABC/reopening") == "/needs/ABC"
        assert respond.page_above("/directory/units") == "/directory/units/new"
        # What is no page's part leads to the first one.
        assert {respond.page_above(path) for path in ("/attachments", "/logout", "/attendances/ABC/leaving")} == {"/"}
