"""The hall opens on a phone and at a desk: signed in or not, nothing is cut off and everybody can use it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Hall


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_stranger_reads_the_first_page(
    open_page: Callable[..., Page], accessible: Any, fits: Any, size: dict[str, int]
) -> None:
    page = open_page("/", size=size)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    accessible(page)
    fits(page)


def test_a_clerk_who_is_signed_in_is_greeted_by_name(open_page: Callable[..., Page], hall: Hall) -> None:
    page = open_page("/", hall.cast.clerk, size=DESK)
    expect(page.get_by_role("navigation").get_by_text("李晓梅")).to_be_visible()


def write_notice(page: Page, hall: Hall, title: str, text: str) -> None:
    page.goto(hall.url + "/notices/new")
    page.get_by_label("这是什么事").fill(title)
    page.get_by_label("要让大家知道什么").fill(text)
    page.wait_for_timeout(700)


def test_what_was_sent_is_no_draft_any_more_and_what_was_not_is(open_page: Callable[..., Page], hall: Hall) -> None:
    page = open_page("/notices/new", hall.cast.clerk, size=DESK)
    title, save = page.get_by_label("这是什么事"), page.get_by_role("button", name="存好，看看样子")
    write_notice(page, hall, "停水通知", "明天停水一天。")
    # Shown again with a fault: the draft stays, also where the page is left then.
    page.get_by_label("要让大家知道什么").fill("")
    save.click()
    expect(page.get_by_text("请写几句话。", exact=True)).to_be_visible()
    page.goto(hall.url + "/notices/new")
    expect(title).to_have_value("停水通知")
    # No network, then somebody signed out elsewhere: nothing has arrived.
    for hindrance in ("offline", "signed out"):
        write_notice(page, hall, "停水通知", "明天停水一天。")
        cookies = page.context.cookies()
        if hindrance == "offline":
            page.route("**/notices", lambda route: route.fulfill(status=503, content_type="text/html",
                                                                  body="<main data-not-sent>没有网络</main>"))  # fmt: skip
        else:
            page.context.clear_cookies()
        save.click()
        page.wait_for_load_state()
        page.unroute_all()
        page.context.add_cookies(cookies)
        page.goto(hall.url + "/notices/new")
        expect(title).to_have_value("停水通知")
    save.click()
    expect(page.get_by_role("link", name="改文字")).to_be_visible()
    page.goto(hall.url + "/notices/new")
    expect(title).to_have_value("")
