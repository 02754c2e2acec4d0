"""Mine: my matters and my news, and the way in for those without an account."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from models.accounts import actor_of
from models.needs import Field, Urgency
from models.tellings import follow
from tests import builders
from tests.cast import Cast


def test_without_an_account_the_page_leads_to_the_receipt(cast: Cast, client: Any) -> None:
    page = client.get("/me")
    assert "/receipts" in page.text
    assert client.post("/me/news/reading").status_code == 302


def test_news_is_told_and_marked_as_read(cast: Cast, client_for: Callable[..., Any]) -> None:
    need = builders.need(cast.community, author=cast.neighbor, author_account_id=cast.resident.id)
    need.accept(Field.ELDERLY_DISABLED, Urgency.GENERAL, by=actor_of(cast.clerk))
    visitor = client_for(cast.resident)
    assert "都看过了" in visitor.get("/me").text
    assert visitor.post("/me/news/reading").status_code == 303
    assert "都看过了" not in visitor.get("/me").text


def test_news_says_which_matter_it_is_and_leads_there(cast: Cast, client_for: Callable[..., Any]) -> None:
    need = builders.need(
        cast.community, author=cast.neighbor, author_account_id=cast.resident.id, text="楼道灯坏了。晚上看不见"
    )
    follow(need, by=actor_of(cast.other_clerk))
    need.accept(Field.ELDERLY_DISABLED, Urgency.GENERAL, by=actor_of(cast.clerk))
    for path in ("/", "/me"):
        page = client_for(cast.resident).get(path).text
        assert "“楼道灯坏了” 已受理" in page and f'class="btn" href="/needs/{need.public_id}"' in page
    stranger = client_for(cast.other_clerk).get("/me").text
    assert f"{need.ticket_no} 已受理" in stranger and "楼道灯" not in stranger
    need.publish_title("三单元楼道灯不亮", by=actor_of(cast.clerk))
    published = client_for(cast.other_clerk).get("/me").text
    assert "“三单元楼道灯不亮” 已受理" in published and f"/board/needs/{need.public_id}" in published


def test_news_comes_by_the_screenful_and_what_is_mine_stands_before_it(
    cast: Cast, client_for: Callable[..., Any]
) -> None:
    for number in range(23):
        need = builders.need(
            cast.community, author=cast.neighbor, author_account_id=cast.resident.id, text=f"第{number:02d}盏灯坏了"
        )
        need.accept(Field.ELDERLY_DISABLED, Urgency.GENERAL, by=actor_of(cast.clerk))
    resident, address, read = client_for(cast.resident), "/me", []
    while address:
        page = resident.get(address).text
        assert page.index('href="/settings"') < page.index('id="news"')
        read.append(re.findall(r"“第(\d\d)盏灯坏了” 已受理", page))
        older = re.search(r'href="(\?news=\d+)#news"', page)
        address = "/me" + older[1] if older else ""
    assert [len(words) for words in read] == [10, 10, 3]
    assert [word for words in read for word in words] == [f"{number:02d}" for number in reversed(range(23))]
