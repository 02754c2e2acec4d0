"""A package is written at a desk and on a phone, handed in, decided, and becomes a project that tells its dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from models.accounts import actor_of
from models.base import SHANGHAI, now, today
from models.needs import Need
from models.packages import Package
from models.projects import Project
from models.states import NeedState, ProjectState
from tests import builders
from tests.browser.conftest import DESK, PHONE, Hall


def prepare(hall: Hall, needs: int = 3) -> list[str]:
    """Return the titles of accepted needs that wait for a package."""
    titles = [
        "老年食堂周末停餐，独居老人没处吃饭",
        "我妈一个人住，周末吃饭难",
        "周末送餐能不能送到五楼",
        "想要一个助餐点",
    ]
    with hall.books():
        clerk = actor_of(hall.cast.clerk)
        for title in titles[:needs]:
            builders.accepted(hall.cast.community, clerk, text=title)
    return titles[:needs]


def turn(page: Page) -> None:
    """Go on to the next step where the form has steps: on a phone with script."""
    on = page.get_by_role("button", name="下一步", exact=True)
    if on.is_visible():
        fields = page.locator("main :is(input:not([type=checkbox], [type=radio]), select, textarea):visible")
        assert fields.count() <= 7
        on.click()


def write(page: Page, *, vague: bool = False) -> None:
    """Fill in a whole proposal as a clerk does; a vague aim is written first where the hint is to be seen."""
    turn(page)
    page.get_by_label("名称", exact=True).fill("独居老人周末助餐")
    page.get_by_label("项目（街道审定）").check()
    page.get_by_label("服务领域").select_option("ELDERLY_DISABLED")
    page.get_by_label("要解决什么问题").fill("老年食堂周末停餐，四十一户独居老人周末只吃一顿像样的饭。")
    turn(page)
    if vague:
        page.get_by_label("一个看得见的变化").fill("丰富老年人精神文化生活")
        page.get_by_label("别人怎么检验").focus()
        expect(page.get_by_text("只是方向，到什么程度？")).to_be_visible()
    page.get_by_label("一项数得出来的产出").fill("一年送出5200份周末热餐")
    page.get_by_label("数量").fill("5200")
    page.get_by_label("怎么数").select_option("TURNS")
    page.get_by_label("一个看得见的变化").fill("周末能吃上两顿热饭的独居老人从12户增加到70户")
    page.get_by_label("别人怎么检验").fill("社区每月抽五户打电话问")
    turn(page)
    page.get_by_label("从", exact=True).fill((today() + timedelta(days=10)).isoformat())
    page.get_by_label("到", exact=True).fill((today() + timedelta(days=375)).isoformat())
    turn(page)
    page.get_by_label("具体说明").first.fill("社工两名")
    page.get_by_label("金额（元）").first.fill("86400.50")
    turn(page)
    page.get_by_label("下一步做什么").fill("街道审定")
    page.get_by_label("什么时候之前").fill((today() + timedelta(days=14)).isoformat())


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_clerk_gathers_needs_and_hands_the_package_in(
    open_page: Callable[..., Page], hall: Hall, accessible: Any, fits: Any, size: dict[str, int]
) -> None:
    titles = prepare(hall)
    page = open_page("/packages/new", hall.cast.clerk, size=size)
    accessible(page)
    fits(page)
    for title in titles[:2]:
        page.get_by_role("checkbox", name=title).check()
    expect(page.get_by_text("2 件需求，2 户")).to_be_visible()
    write(page, vague=True)
    page.get_by_role("button", name="存为草稿").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("独居老人周末助餐")
    accessible(page)
    fits(page)
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_text("待审定").first).to_be_visible()
    with hall.books() as db:
        [package] = db.session.scalars(select(Package)).all()
        assert package.total() == 8_640_050
        states = sorted(need.state for need in db.session.scalars(select(Need)))
        assert states == [NeedState.ACCEPTED, NeedState.PLANNED, NeedState.PLANNED]


def test_a_form_that_was_not_whole_keeps_everything_typed(
    open_page: Callable[..., Page], hall: Hall, accessible: Any
) -> None:
    [title] = prepare(hall, 1)
    page = open_page("/packages/new", hall.cast.clerk, size=DESK, script=False)
    page.get_by_role("checkbox", name=title).check()
    write(page)
    page.get_by_label("金额（元）").first.fill("一万")
    page.get_by_role("button", name="存为草稿").click()
    expect(page.get_by_text("请写金额，比如 1200 或 1200.50。").first).to_be_visible()
    expect(page.get_by_label("名称", exact=True)).to_have_value("独居老人周末助餐")
    expect(page.get_by_role("checkbox", name=title)).to_be_checked()


def test_the_street_approves_and_assigns_and_the_supervisor_tells_a_date(
    open_page: Callable[..., Page], hall: Hall, accessible: Any, fits: Any
) -> None:
    with hall.books():
        package = builders.package(hall.cast.community, actor_of(hall.cast.clerk))
        package.submit(by=actor_of(hall.cast.clerk))
        here = f"/packages/{package.public_id}"
    page = open_page(here, hall.cast.street_officer, size=DESK)
    accessible(page)
    page.get_by_role("button", name="通过，立项").click()
    page.get_by_label("为什么选这家机构").fill("本社区唯一有助老资质的机构")
    page.get_by_label("机构", exact=True).select_option(label=hall.cast.organization.name)
    page.get_by_role("button", name="交给这家机构").click()
    expect(page.get_by_text("执行中").or_(page.get_by_text("进行中")).first).to_be_visible()
    accessible(page)
    fits(page)
    phone = open_page(page.url.removeprefix(hall.url), hall.cast.supervisor, size=PHONE)
    accessible(phone)
    fits(phone)
    phone.get_by_label("做什么").fill("第一次送餐")
    phone.get_by_label("什么时候", exact=True).fill(
        (now() + timedelta(days=3)).astimezone(SHANGHAI).strftime("%Y-%m-%dT10:00")
    )
    phone.get_by_role("button", name="告知", exact=True).click()
    expect(phone.get_by_text("第一次送餐").first).to_be_visible()
    with hall.books() as db:
        [project] = db.session.scalars(select(Project)).all()
        assert project.state == ProjectState.RUNNING
