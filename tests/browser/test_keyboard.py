"""Without a mouse: what matters is done by Tab, Space and Enter, and it is always seen where one is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import select

from models.needs import Need
from models.places import Place
from models.states import NeedState
from tests import builders
from tests.browser.conftest import DESK, PHONE, Hall
from tests.browser.stopwatch import FOCUSED
from tests.browser.test_ratings import slip

FARTHEST = 60


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what is called so has the focus; every stop on the way must be seen."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        assert at["ringed"], f"nobody sees that {at['name']!r} has the focus"
        assert not at["hidden"], f"{at['name']!r} has the focus under a bar"
        if name in at["name"].split():
            return
    raise AssertionError(f"no way by Tab to {name}")


def test_a_need_is_told_by_keyboard_alone(open_page: Callable[..., Page], hall: Hall) -> None:
    page = open_page(f"/at/{hall.cast.courtyard.public_id}", size=PHONE, reduced_motion="reduce")
    tab_to(page, "老人照料")
    page.keyboard.press("Space")
    tab_to(page, "下一步")
    page.keyboard.press("Enter")
    tab_to(page, "发生了什么")
    page.keyboard.type("我妈妈腿脚不好，想找人每周陪她去买一次菜。")
    tab_to(page, "下一步")
    page.keyboard.press("Enter")
    tab_to(page, "怎么称呼您")
    page.keyboard.type("刘女士")
    tab_to(page, "手机号")
    page.keyboard.type("13800138000")
    tab_to(page, "提交")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("收到了，谢谢您。")


def test_a_matter_of_the_desk_is_accepted_by_keyboard_alone(open_page: Callable[..., Page], hall: Hall) -> None:
    with hall.books():
        builders.need(Place.get(hall.cast.community.id), "二环边烧烤摊油烟直接进窗户")
    page = open_page("/desk", hall.cast.clerk, size=DESK, reduced_motion="reduce")
    tab_to(page, "二环边烧烤摊油烟直接进窗户")
    page.keyboard.press("Enter")
    expect(page.locator("#aside #_sheet")).to_be_visible()
    tab_to(page, "受理")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_be_visible()
    with hall.books() as db:
        assert db.session.scalars(select(Need)).one().state == NeedState.ACCEPTED


def test_a_service_is_rated_by_keyboard_alone(open_page: Callable[..., Page], hall: Hall, fits: Any) -> None:
    page = open_page(slip(hall), size=PHONE, reduced_motion="reduce")
    tab_to(page, "非常满意")
    page.keyboard.press("Space")
    tab_to(page, "提交评价")
    page.keyboard.press("Enter")
    expect(page.get_by_text("谢谢您，评价收到了")).to_be_visible()
    fits(page)
