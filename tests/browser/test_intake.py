"""A resident tells the community something: three steps, a photo, a neighbor's similar matter, and nothing typed is lost."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from models.accounts import actor_of
from models.needs import Field, Need, Urgency
from tests import builders
from tests.browser.conftest import PHONE, Hall


def picture() -> dict[str, Any]:
    out = io.BytesIO()
    Image.new("RGB", (800, 600), "orange").save(out, "JPEG")
    return {"name": "灯.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def visible_inputs(page: Page) -> int:
    return page.locator("input:visible:not([type=radio]), textarea:visible, select:visible").count()


def test_three_steps_with_a_photo_make_a_need(
    open_page: Callable[..., Page], hall: Hall, accessible: Any, fits: Any
) -> None:
    page = open_page(f"/at/{hall.cast.courtyard.public_id}", size=PHONE)
    for hidden in ("发生了什么", "怎么称呼您"):
        expect(page.get_by_label(hidden)).to_be_hidden()
    accessible(page)
    fits(page)
    page.get_by_label("老人照料").check()
    page.get_by_role("button", name="下一步").click()
    assert visible_inputs(page) <= 7
    page.get_by_label("发生了什么").fill("我妈妈腿脚不好，想找人每周陪她去买一次菜。")
    page.set_input_files("input[type=file]", files=[picture()])
    expect(page.locator("input[name=photos]")).to_have_count(1)
    accessible(page)
    fits(page)
    page.get_by_role("button", name="下一步").click()
    assert visible_inputs(page) <= 7
    page.get_by_label("怎么称呼您").fill("刘女士")
    page.get_by_label("手机号").fill("13800138000")
    accessible(page)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("收到了，谢谢您。")
    assert re.search(r"-\d{6}-\d{4}", page.inner_text("main"))
    accessible(page)
    with hall.books() as db:
        need = db.session.scalars(select(Need)).one()
        assert need.tile == "ELDER_CARE"
        assert need.courtyard_id == hall.cast.courtyard.id or need.courtyard_id is None


def test_a_similar_matter_appears_while_writing(open_page: Callable[..., Page], hall: Hall, accessible: Any) -> None:
    with hall.books():
        known = builders.accepted(
            hall.cast.community, actor_of(hall.cast.clerk), Field.ELDERLY_DISABLED, Urgency.GENERAL
        )
        known.public_title = "老年食堂周末停餐"
    page = open_page(f"/needs/new?community={hall.cast.community.public_id}", hall.cast.resident)
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("发生了什么").press_sequentially("周末老年食堂停餐，没地方吃饭", delay=5)
    hint = page.get_by_role("link", name="我也需要")
    expect(hint).to_be_visible()
    accessible(page)
    hint.click()
    page.get_by_role("button", name="我也需要").click()
    expect(page.get_by_text("您家也需要")).to_be_visible()


def test_a_draft_survives_a_closed_tab(open_page: Callable[..., Page], hall: Hall) -> None:
    path = f"/needs/new?community={hall.cast.community.public_id}"
    page = open_page(path, hall.cast.resident)
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("发生了什么").fill("写到一半，门铃响了")
    page.wait_for_timeout(700)
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(hall.url + path)
    again.get_by_role("button", name="下一步").click()
    expect(again.get_by_label("发生了什么")).to_have_value("写到一半，门铃响了")


def test_without_script_it_is_one_long_page(open_page: Callable[..., Page], hall: Hall) -> None:
    page = open_page(f"/needs/new?community={hall.cast.community.public_id}", script=False)
    page.get_by_label("发生了什么").fill("没有脚本也能写，楼下的灯不亮了。")
    page.get_by_label("怎么称呼您").fill("老张")
    page.get_by_label("手机号").fill("13800138009")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("收到了，谢谢您。")
    with hall.books() as db:
        assert db.session.scalar(select(func.count()).select_from(Need)) == 1


def test_the_elder_version_has_two_large_buttons_and_no_small_words(
    open_page: Callable[..., Page], hall: Hall, accessible: Any, fits: Any
) -> None:
    page = open_page("/", hall.cast.resident)
    page.get_by_role("button", name="长辈版").click()
    expect(page.get_by_role("link", name="我有事找社区")).to_be_visible()
    expect(page.locator("a[href^='tel:']").first).to_be_visible()
    sizes = page.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => e.offsetParent && [...e.childNodes].some("
        "n => n.nodeType === 3 && n.textContent.trim())).map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 22
    for link in page.locator("main a.btn:visible").all():
        assert (link.bounding_box() or {"height": 0})["height"] >= 60
    accessible(page)
    fits(page)
    page.get_by_role("button", name="标准版").click()
    expect(page.get_by_role("navigation", name="去处").or_(page.locator("nav.tabs"))).to_be_visible()


def test_the_first_page_of_a_stranger_is_light(open_page: Callable[..., Page], hall: Hall) -> None:
    page = open_page("/healthz")
    sizes: list[tuple[str, int]] = []
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    kinds: dict[str, str] = {}
    client.on("Network.responseReceived", lambda e: kinds.__setitem__(e["requestId"], e["response"]["url"]))
    client.on(
        "Network.loadingFinished",
        lambda e: sizes.append((kinds.get(e["requestId"], ""), int(e["encodedDataLength"]))),
    )
    client.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(hall.url + "/", wait_until="networkidle")
    counted = [(url, size) for url, size in sizes if not re.search(r"icon|manifest|sw\.js|offline|favicon", url)]
    assert sum(size for _, size in counted) <= 60 * 1024
    assert len({url for url, _ in counted}) <= 6
