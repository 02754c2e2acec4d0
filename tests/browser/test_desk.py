"""The desk by keyboard and the front desk by thumb: what a clerk does in half a minute."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from models.accounts import actor_of
from models.directory import ResponsibleUnit
from models.needs import Need, Tile
from models.people import Person, PersonTag, Tag, TagBasis
from models.places import Place
from models.states import NeedState
from tests import builders
from tests.browser.conftest import DESK, PHONE, Hall

# From the first digit of the number to the receipt. Source: the front desk's promise of thirty seconds.
HALF_A_MINUTE = 30


@pytest.fixture
def busy(hall: Hall) -> Hall:
    """Return the hall with a morning's needs on the desk."""
    with hall.books():
        community, yard = Place.get(hall.cast.community.id), Place.get(hall.cast.courtyard.id)
        neighbor = Person.get(hall.cast.neighbor.id)
        PersonTag(person_id=neighbor.id, tag=Tag.LONELY_ELDER, basis=TagBasis.CONSENT).save()
        clerk = actor_of(hall.cast.clerk)
        builders.need(community, "老年食堂周末停餐，独居老人没处吃饭。我们楼里还有四五个这样的老人。",
                      author=neighbor, courtyard=yard, tile=Tile.ELDER_CARE)  # fmt: skip
        for words, tile in (
            ("二环边烧烤摊油烟直接进窗户", Tile.ENVIRONMENT),
            ("小区停车位被占，没法停车", Tile.PARKING),
        ):
            builders.need(community, words, courtyard=yard, tile=tile)
        builders.accepted(community, clerk, text="活动室晚上八点就关门")
        ResponsibleUnit.enter(
            community, "清河物业", duties="停车、电梯、楼道", tiles=[Tile.PARKING], phone="028-8500 1111", by=clerk
        )
    return hall


def number_of(hall: Hall) -> str:
    """Return the phone number of the neighbor, as she says it on the phone."""
    with hall.books():
        return Person.get(hall.cast.neighbor.id).phone or ""


def tabs_to(page: Page, number: str) -> None:
    """Walk to a field as a keyboard does, and no further than a form is long."""
    for _ in range(12):
        if page.evaluate("document.activeElement.id") == number:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by Tab to {number}")


def test_a_clerk_walks_the_heap_by_keyboard_and_accepts(open_page: Callable[..., Page], busy: Hall) -> None:
    page = open_page("/desk", busy.cast.clerk, size=DESK)
    page.keyboard.press("j")
    sheet = page.locator("#aside #_sheet")
    expect(sheet).to_be_visible()
    ticket = sheet.locator(".num").first.inner_text()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("a")
    expect(page.get_by_role("status").filter(has_text=ticket)).to_be_visible()
    with busy.books() as db:
        assert db.session.query(Need).filter_by(ticket_no=ticket).one().state == NeedState.ACCEPTED


def test_ticked_matters_are_accepted_together(open_page: Callable[..., Page], busy: Hall) -> None:
    page = open_page("/desk", busy.cast.clerk, size=DESK)
    for box in page.locator("input[name=need]").all():
        box.check()
    page.get_by_role("button", name="按建议受理勾选的").click()
    expect(page.get_by_role("status").filter(has_text="3")).to_be_visible()
    with busy.books() as db:
        assert db.session.query(Need).filter_by(state=NeedState.SUBMITTED).count() == 0


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_pages_of_the_desk_fit_and_can_be_used_by_everybody(
    open_page: Callable[..., Page], busy: Hall, accessible: Any, fits: Any, size: dict[str, int]
) -> None:
    page = open_page("/desk", busy.cast.clerk, size=size)
    for path in ("/desk", "/desk?tab=all", "/desk/calls", "/front-desk", "/directory", "/answer-templates"):
        page.goto(busy.url + path)
        accessible(page)
        fits(page)
        expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_on_a_phone_a_matter_opens_on_its_own_page_with_its_acts(
    open_page: Callable[..., Page], busy: Hall, accessible: Any, fits: Any
) -> None:
    page = open_page("/desk", busy.cast.clerk)
    page.get_by_role("link", name=re.compile("油烟")).click()
    expect(page).to_have_url(re.compile(r"/desk/needs/[0-9A-Z]{10}$"))
    accessible(page)
    fits(page)
    page.get_by_role("button", name="显示电话").click()
    expect(page.locator("#_contact a[href^='tel:']")).to_be_visible()
    page.get_by_role("link", name="请居民补充").click()
    page.get_by_label("想请居民补充什么？").fill("是哪个摊位？")
    page.get_by_role("button", name="发出问题").click()
    expect(page.get_by_text("是哪个摊位？").first).to_be_visible()


def test_a_call_is_written_down_by_keyboard_alone_in_half_a_minute(open_page: Callable[..., Page], busy: Hall) -> None:
    page = open_page("/front-desk", busy.cast.clerk, size=DESK)
    began = time.monotonic()
    page.keyboard.type(number_of(busy), delay=40)
    page.keyboard.press("Enter")
    expect(page.get_by_text("为名册里的 王桂兰 登记")).to_be_visible()
    page.keyboard.type("楼道的灯坏了三天，晚上看不见台阶。", delay=40)
    tabs_to(page, "consent")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="登记好了。")).to_be_visible()
    assert time.monotonic() - began < HALF_A_MINUTE
    with busy.books() as db:
        need = db.session.query(Need).filter(Need.text.startswith("楼道的灯")).one()
        neighbor = Person.get(busy.cast.neighbor.id)
        assert (need.author_person_id, need.courtyard_id) == (neighbor.id, neighbor.courtyard_id)
    page.keyboard.press("n")
    expect(page.locator("#q")).to_be_focused()


def test_without_script_the_front_desk_finds_and_writes_down(open_page: Callable[..., Page], busy: Hall) -> None:
    page = open_page("/front-desk", busy.cast.clerk, script=False)
    page.locator("#q").fill(number_of(busy))
    page.get_by_role("button", name="查找").click()
    page.locator("#_people a").click()
    page.get_by_label("什么事？按居民的原话写。").fill("水管漏水")
    page.get_by_label("本人同意我代为登记").check()
    page.locator("form.form button").last.click()
    expect(page.get_by_role("heading", level=1, name="登记好了。")).to_be_visible()


def test_a_ready_sentence_goes_into_the_field_without_losing_what_was_typed(
    open_page: Callable[..., Page], busy: Hall
) -> None:
    from models.answer_templates import AnswerTemplate, TemplateStep

    with busy.books() as db:
        community = Place.get(busy.cast.community.id)
        AnswerTemplate.write(
            community, TemplateStep.REJECT, "归城管", "这件事归城管，请打 12345。", by=actor_of(busy.cast.clerk)
        )
        public_id = db.session.query(Need).filter(Need.text.contains("油烟")).one().public_id
    page = open_page(f"/desk/needs/{public_id}/rejection", busy.cast.clerk, size=DESK)
    page.locator("#text").fill("您好。")
    page.get_by_role("button", name="插入").click()
    expect(page.locator("#text")).to_have_value("您好。\n这件事归城管，请打 12345。")
