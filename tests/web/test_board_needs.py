"""The public list of needs: published titles and nothing else, with promises kept and missed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.accounts import actor_of
from models.needs import AnswerKind
from tests import builders
from tests.cast import Cast


def test_the_list_shows_published_titles_of_ones_community(cast: Cast, client_for: Callable[..., Any]) -> None:
    for of, title in ((cast.community, "路灯不亮"), (cast.other_community, "别处的事")):
        builders.need(of).public_title = title
    builders.need(cast.community, "没有公布的事")
    page = client_for(cast.resident).get("/board/needs")
    assert "路灯不亮" in page.text
    assert "别处的事" not in page.text
    assert "没有公布的事" not in page.text
    everywhere = client_for().get("/board/needs")
    assert "别处的事" in everywhere.text


def test_a_settled_need_moves_to_the_settled_ones(cast: Cast, client_for: Callable[..., Any]) -> None:
    need = builders.accepted(cast.community, actor_of(cast.clerk))
    need.public_title = "健身器材松了"
    need.answer("换了新螺丝。", AnswerKind.DONE, by=actor_of(cast.clerk))
    visitor = client_for()
    assert "健身器材松了" not in visitor.get("/board/needs").text
    assert "健身器材松了" in visitor.get("/board/needs?show=settled").text
    assert "没有过期没办的" in visitor.get("/board/needs?show=missed").text
    assert visitor.get("/board/needs?show=nonsense&before=x&community=%00").status_code == 200


def test_the_list_asks_the_same_few_questions_for_many_needs(
    cast: Cast, client_for: Callable[..., Any], count_queries: Any
) -> None:
    for n in range(25):
        builders.need(cast.community, author=cast.neighbor).public_title = f"第{n}件"
    visitor = client_for()
    with count_queries() as queries:
        page = visitor.get("/board/needs")
    assert "第24件" in page.text
    assert "before=" in page.text
    assert len(queries) <= 8


def test_an_address_that_no_need_can_have_is_not_found(cast: Cast, client: Any) -> None:
    for odd in ("%00", "a%00b", "%E4%BD%A0", "x" * 300):
        assert client.get(f"/board/needs/{odd}").status_code == 404
