"""Words of two characters are found, signs are only signs, and what changed is never found by its old words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from models.accounts import actor_of
from models.base import db as database
from models.needs import Need, matching
from models.needs.search import rebuild, words_of
from tests import builders
from tests.cast import Cast

HOSTILE = (
    "'", '"', "''", '"路灯', "路灯' OR '1'='1", "') UNION SELECT id FROM accounts --", "路灯 NEAR 食堂", "words:路灯",
    "*", "路*", "^路灯", "-路灯", "路灯 AND NOT 食堂", "(", ")", "{", "\\", "%", "_", "!", "|", "&", "<->", ":*",
    "'路灯':*",
    "\x00", "\x00路灯", "路\u200b灯", "😀", "𠮷野家", "e\u0301", "\ud800", "1e5", "0x10", "a" * 300, "路灯 " * 300,
)  # fmt: skip


def found(query: str, **more: Any) -> set[int]:
    return set(database.session.scalars(select(Need.id).where(matching(query, **more))))


def test_words_of_two_characters_and_more_are_found(db: Any, cast: Cast) -> None:
    lamp = builders.need(cast.community, "三单元门口的路灯不亮已经一个星期了")
    canteen = builders.need(cast.community, "老年食堂周末停餐", title="食堂")
    assert found("路灯") == {lamp.id} and found("路灯不亮") == {lamp.id} and found("一个星期") == {lamp.id}
    assert found("食堂") == {canteen.id} and found("老年 停餐") == {canteen.id}
    assert found("灯路") == set() and found("路灯 食堂") == set() and found("门口不亮") == set()


def test_one_character_is_found_too(db: Any, cast: Cast) -> None:
    lamp = builders.need(cast.community, "路灯不亮")
    assert found("灯") == {lamp.id} and found("路灯 亮") == {lamp.id} and found("路灯 餐") == set()


def test_numbers_and_foreign_words_are_whole_and_width_does_not_matter(db: Any, cast: Cast) -> None:
    bus = builders.need(cast.community, "８０５路公交 WiFi坏了")
    assert found("805路") == {bus.id} and found("805") == {bus.id} and found("wifi") == {bus.id}
    assert found("ＷＩＦＩ坏") == {bus.id} and found("80") == set()
    assert found(bus.ticket_no) == {bus.id}


def test_signs_are_only_signs(db: Any, cast: Cast) -> None:
    plain, signs = builders.need(cast.community, "物业费涨价"), builders.need(cast.community, "涨了 50%，户号 a_b")
    assert found("%") == {signs.id} and found("_") == {signs.id} and found("%%") == set()
    assert found("") == set() and found("   ") == set() and plain.id not in found("%_%")


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_breaks_the_search_or_finds_everything(db: Any, cast: Cast, query: str) -> None:
    builders.need(cast.community, "老年食堂周末停餐")
    needs = database.session.scalars(select(Need.id).where(matching(query)))
    assert list(needs) == []


def test_the_public_searches_published_titles_only(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    need = builders.accepted(cast.community, clerk, text="张大爷家的路灯不亮，他有糖尿病")
    assert found("路灯", published=True) == set() and found("灯", published=True) == set()
    need.publish_title("门口的路灯", by=clerk, although_private=True)
    database.session.flush()
    assert found("路灯", published=True) == {need.id} and found("灯", published=True) == {need.id}
    assert found("糖尿", published=True) == set() and found("病", published=True) == set()
    need.publish_title("", by=clerk)
    database.session.flush()
    assert found("路灯", published=True) == set() and found("路灯") == {need.id}


def test_a_text_that_changed_is_not_found_by_its_old_words(db: Any, cast: Cast) -> None:
    need = builders.need(cast.community, "路灯不亮")
    need.edit("电梯停了", by=actor_of(cast.resident))
    database.session.flush()
    assert found("路灯") == set() and found("电梯") == {need.id}
    # A change behind the back of the verbs is forgotten at once, and found again after the next count.
    database.session.execute(update(Need).where(Need.id == need.id).values(text="已经清除"))
    assert found("电梯") == set()
    rebuild()
    assert found("清除") == {need.id}


def test_the_index_made_anew_says_the_same(db: Any, cast: Cast) -> None:
    for words in ("路灯不亮", "垃圾站异味，晚上更重", "WiFi 坏了 ８０５路", "一"):
        builders.need(cast.community, words)
    queries = ("路灯", "垃圾站异味", "晚上更重", "wifi", "805路", "一")
    before = [found(query) for query in queries]
    assert rebuild() == database.session.scalar(select(text("count(*)")).select_from(Need))
    assert [found(query) for query in queries] == before and all(before[:5])


@given(st.text(max_size=40), st.text(max_size=5))
@settings(max_examples=300)
def test_the_words_of_any_part_follow_each_other_in_the_whole(around: str, part: str) -> None:
    whole, wanted = words_of(around + " " + part + " "), words_of(part)
    assert not wanted or any(whole[at : at + len(wanted)] == wanted for at in range(len(whole)))
