"""Somebody with a slip rates on a phone, in the usual look and in the elder version, with script and without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from models.accounts import actor_of
from models.evaluation import BaseScore
from models.ratings import contract_year
from tests import serving, voices
from tests.browser.conftest import DESK, PHONE, Hall
from tests.models.test_evaluation import EVIDENCE, TENTHS
from web.rating_links import seal


def slip(hall: Hall) -> str:
    """Return the address of a new slip, as the code on it carries it."""
    with hall.books() as db:
        for one in vars(hall.cast).values():
            db.session.add(one)
        log = serving.approved(hall.cast, serving.project(hall.cast), hall.cast.neighbor)
        return "/ratings/" + seal(voices.invitation(log, hall.cast.neighbor).public_id)


@pytest.mark.parametrize("elder", [False, True], ids=["usual", "elder"])
def test_a_neighbor_rates_with_one_thumb(
    open_page: Callable[..., Page], hall: Hall, accessible: Any, fits: Any, elder: bool
) -> None:
    page = open_page(slip(hall), size=PHONE)
    if elder:
        page.get_by_role("button", name="长辈版").click()
        expect(page.get_by_role("button", name="标准版")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("这次服务，您觉得怎么样？")
    assert page.locator("input[name=level]:checked").count() == 0
    accessible(page)
    fits(page)
    page.get_by_role("radio", name="满意", exact=True).check()
    page.get_by_role("radio", name="解决了", exact=True).check()
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_text("谢谢您，评价收到了")).to_be_visible()
    accessible(page)
    fits(page)


def test_without_script_the_slip_works_just_the_same(open_page: Callable[..., Page], hall: Hall) -> None:
    address = slip(hall)
    page = open_page(address, script=False)
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_text("请在五张脸里选一张").first).to_be_visible()
    page.get_by_role("radio", name="非常满意", exact=True).check()
    page.get_by_role("button", name="提交评价").click()
    expect(page).to_have_url(hall.url + "/ratings/thanks")
    page.goto(hall.url + address)
    expect(page.get_by_text("这次服务已经评价过了，谢谢您。")).to_be_visible()


@pytest.mark.parametrize("elder", [False, True], ids=["usual", "elder"])
def test_the_faces_are_all_seen_at_once_and_sending_is_a_tap_away(
    open_page: Callable[..., Page], hall: Hall, elder: bool
) -> None:
    page = open_page(slip(hall), size=PHONE)
    if elder:
        page.get_by_role("button", name="长辈版").click()
        expect(page.get_by_role("button", name="标准版")).to_be_visible()
        page.evaluate("scrollTo(0, 0)")
    for name in ("非常满意", "非常不满意"):
        expect(page.locator("label.face", has=page.get_by_role("radio", name=name, exact=True))).to_be_in_viewport(
            ratio=0.9
        )
    send = page.get_by_role("button", name="提交评价")
    expect(send).not_to_be_in_viewport()
    page.locator("label.face", has=page.get_by_role("radio", name="非常不满意", exact=True)).click()
    expect(send).to_be_in_viewport(ratio=1)
    page.mouse.click(*middle(send))
    expect(page.get_by_text("谢谢您，评价收到了")).to_be_in_viewport()


def middle(button: Any) -> tuple[float, float]:
    """Return where a thumb meets a button."""
    box = button.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_sixty_slips_are_entered_by_figures_and_enter_alone(open_page: Callable[..., Page], hall: Hall) -> None:
    with hall.books() as db:
        for one in vars(hall.cast).values():
            db.session.add(one)
        log = serving.approved(hall.cast, serving.project(hall.cast), *serving.people(hall.cast, 6))
        path = f"/ratings/services/{log.public_id}/paper"
    page = open_page(path, hall.cast.clerk, size=DESK)
    page.locator("[data-down-step]").first.focus()
    for figure in "54345":
        page.keyboard.type(figure)
        page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("1")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("2")
    assert page.locator("[data-down-step]").evaluate_all("(all) => all.map((one) => one.value)") == list("543412")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="提交，请同事核对")).to_be_focused()
    expect(page).to_have_url(hall.url + path)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_score_is_unfolded_on_a_phone_and_at_a_desk(
    open_page: Callable[..., Page], hall: Hall, accessible: Any, fits: Any, size: dict[str, int]
) -> None:
    with hall.books() as db:
        for one in vars(hall.cast).values():
            db.session.add(one)
        of = voices.rated(hall.cast, [5, 5, 4, 4, 2, 1], silent=20)
        BaseScore.give(of, contract_year(of)[0], TENTHS, EVIDENCE, by=actor_of(hall.cast.evaluator))
        path = f"/projects/{of.public_id}/evaluation"
    page = open_page(path, hall.cast.head, size=size)
    page.locator("summary", has_text="每一步的算式").click()
    expect(page.get_by_role("cell", name="w × S* + (1 − w) × base")).to_be_visible()
    accessible(page)
    fits(page)
