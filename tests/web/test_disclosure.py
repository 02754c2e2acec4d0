"""The public board in the hall: open to everybody, complete, printable, and silent about persons."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from models.accounts import actor_of
from models.base import now
from models.events import JOB
from models.needs import Field, Urgency
from models.notices import Notice
from models.ratings import RatingRelease
from tests import builders, serving, voices
from tests.cast import Cast
from tests.visiting import Visitor

CANARY = ("欧阳金丝雀", "13912345678", "金丝雀院99栋8单元707", "只有金丝雀知道的话", "金丝雀的内部记录")


@pytest.fixture
def told(cast: Cast) -> dict[str, str]:
    """Arrange a project, a need, a rating and an activity around one person whose every word is unmistakable."""
    name, phone, address, words, internal = CANARY
    clerk = actor_of(cast.clerk)
    person = builders.person(cast.community, name, phone=phone, building=address)
    need = builders.need(cast.community, words, author=person, place_detail=address)
    need.accept(Field.ELDERLY_DISABLED, Urgency.GENERAL, by=clerk)
    need.public_title = "老年食堂周末停餐"
    project = serving.project(cast, problem="周末没饭吃", change="周末吃上热饭", how_checked="每月抽五户打电话问")
    people = [person, *serving.people(cast, 6)]
    log = serving.approved(cast, project, *people, internal=internal, place=address)
    for one in people:
        voices.rate(log, one, 5, comment=words)
    RatingRelease.release_all(by=JOB)
    project.tell_date(f"{name}家回访", now() + timedelta(days=3), by=actor_of(cast.manager))
    notice = Notice.write(cast.community, "周三停水", "周三上午停水。", by=clerk)
    notice.publish(by=actor_of(cast.head))
    activity = serving.activity(cast, project)
    return {"project": project.public_id, "need": need.public_id, "notice": notice.public_id,
           "activity": activity.public_id, "community": cast.community.public_id}  # fmt: skip


def pages(told: dict[str, str]) -> list[str]:
    project, notice = told["project"], told["notice"]
    return [
        "/board", f"/board?community={told['community']}", "/board?community=all", "/board/projects",
        "/board/projects?show=finished", f"/board/projects/{project}", f"/board/projects/{project}/sheet",
        "/board/needs", f"/board/needs/{told['need']}", "/notices", f"/notices/{notice}", f"/notices/{notice}/sheet",
        "/activities", f"/activities/{told['activity']}", "/help", "/",
    ]  # fmt: skip


def test_no_public_page_says_anything_of_a_person(
    cast: Cast, told: dict[str, str], client_for: Callable[..., Visitor]
) -> None:
    for who in (client_for(), client_for(cast.other_resident)):
        for path in pages(told):
            answer = who.get(path)
            assert answer.status_code == 200, path
            assert not [word for word in CANARY if word in answer.text], path


def test_the_canary_would_be_heard(cast: Cast, told: dict[str, str], client_for: Callable[..., Visitor]) -> None:
    assert CANARY[3] in client_for(cast.clerk).get(f"/desk/needs/{told['need']}").text


def test_a_project_is_read_whole_by_everybody(told: dict[str, str], client: Visitor) -> None:
    page = client.get(f"/board/projects/{told['project']}").text
    for words in ("夕阳守护", "周末吃上热饭", "陪老人聊天", "100.0", "一步一步看", "028-8500 0000"):
        assert words in page, words


def test_a_wall_is_chosen_by_its_community_and_a_wrong_one_is_not_found(told: dict[str, str], client: Visitor) -> None:
    assert "夕阳守护" in client.get(f"/board?community={told['community']}").text
    assert client.get("/board?community=0000000000").status_code == 404
    assert client.get("/board/projects/0000000000").status_code == 404
    for odd in ("/board?community=%00%ff' OR 1=1--", "/board/projects/%00", "/notices/a%00b", "/activities/%00"):
        assert client.get(odd).status_code == 404


@pytest.mark.parametrize("before", ["-1", "x", "9" * 30, "٣", "1e9"])
def test_a_strange_place_in_a_list_is_no_trouble(told: dict[str, str], client: Visitor, before: str) -> None:
    assert client.get("/board/projects", query_string={"before": before}).status_code == 200
    assert client.get(f"/board/projects/{told['project']}", query_string={"before": before}).status_code == 200


def test_posters_are_pictures(told: dict[str, str], client: Visitor) -> None:
    for path in (f"/board/projects/{told['project']}/poster.png", f"/board/activities/{told['activity']}/poster.png"):
        answer = client.get(path)
        assert answer.status_code == 200 and Image.open(io.BytesIO(answer.data)).format == "PNG"


def test_help_names_the_law_and_the_way_to_the_privacy_notice(client: Visitor) -> None:
    page = client.get("/help").text
    assert "第四十五条" in page and 'href="/privacy"' in page and "110" in page


def test_the_foot_shows_the_numbers_of_the_record(client: Visitor, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "beian.miit.gov.cn" not in client.get("/help").text
    monkeypatch.setitem(app.config, "ICP_NUMBER", "蜀ICP备2026000001号")
    assert "蜀ICP备2026000001号" in client.get("/help").text
