"""The two ends of the thread in a browser, on both kinds of database: somebody tells, a clerk accepts, somebody rates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from models.needs import Need
from models.ratings import Rating
from models.states import NeedState, RatingState
from tests.browser.conftest import DESK, PHONE, Hall
from tests.browser.test_ratings import slip

TEXT = "我妈妈腿脚不好，想找人每周陪她去买一次菜"


@pytest.mark.both_databases
def test_a_need_is_told_accepted_and_a_service_rated(open_page: Callable[..., Page], hall: Hall, fits: Any) -> None:
    phone = open_page(f"/at/{hall.cast.courtyard.public_id}", size=PHONE)
    phone.get_by_label("老人照料").check()
    phone.get_by_role("button", name="下一步").click()
    phone.get_by_label("发生了什么").fill(TEXT)
    phone.get_by_role("button", name="下一步").click()
    phone.get_by_label("怎么称呼您").fill("刘女士")
    phone.get_by_label("手机号").fill("13800138000")
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("收到了，谢谢您。")

    desk = open_page("/desk", hall.cast.clerk, size=DESK)
    expect(desk.get_by_text(TEXT).first).to_be_visible()
    desk.locator("input[name=need]").check()
    desk.get_by_role("button", name="按建议受理勾选的").click()
    expect(desk.get_by_role("status").first).to_be_visible()
    with hall.books() as db:
        assert db.session.scalars(select(Need)).one().state == NeedState.ACCEPTED

    phone.goto(hall.url + slip(hall))
    phone.get_by_role("radio", name="非常满意", exact=True).check()
    phone.get_by_role("button", name="提交评价").click()
    expect(phone.get_by_text("谢谢您，评价收到了")).to_be_visible()
    fits(phone)
    with hall.books() as db:
        rating = db.session.scalars(select(Rating)).one()
        assert rating.level == 5 and rating.state == RatingState.VALID
