"""The board and the first pages in a real browser: they fit, everybody can use them, and nothing of a person is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from models.accounts import actor_of
from models.notices import Notice
from models.places import Place
from tests.browser.conftest import DESK, PHONE, Hall

SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
WECHAT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.50"


@SIZES
def test_a_stranger_reads_the_board(
    open_page: Callable[..., Page], hall: Hall, accessible: Any, fits: Any, size: dict[str, int]
) -> None:
    page = open_page("/board", size=size)
    for path in ("/board", "/board/projects", "/help", "/notices"):
        page.goto(hall.url + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        accessible(page)
        fits(page)


@SIZES
def test_the_head_finds_the_draft_on_the_first_page_and_the_figures_below(
    open_page: Callable[..., Page], hall: Hall, accessible: Any, fits: Any, size: dict[str, int]
) -> None:
    with hall.books() as db:
        place = db.session.get(Place, hall.cast.community.id)
        Notice.write(place, "周三停水通知", "周三上午停水。", by=actor_of(hall.cast.clerk))
    page = open_page("/", hall.cast.head, size=size)
    accessible(page)
    fits(page)
    page.get_by_role("link", name="看看，发布").click()
    page.get_by_role("button", name="贴出来").click()
    expect(page.get_by_role("heading", name="转给邻居")).to_be_visible()
    accessible(page)
    page.goto(hall.url + "/dashboard")
    accessible(page)
    fits(page)


def wait_for_worker(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.getRegistration().then(one => Boolean(one && one.active))")


def kept(page: Page) -> list[str]:
    """Return the addresses that the phone keeps."""
    return page.evaluate(
        "(async () => { const found = []; for (const name of await caches.keys())"
        " for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname);"
        " return found; })()"
    )


def test_without_a_network_the_offline_page_shows_and_no_page_of_a_person_was_kept(
    open_page: Callable[..., Page], hall: Hall
) -> None:
    page = open_page("/", hall.cast.clerk)
    wait_for_worker(page)
    page.reload()
    page.goto(hall.url + "/me")
    addresses = kept(page)
    assert "/offline" in addresses
    assert all(one in ("/offline", "/outbox") or one.startswith("/static/built/") for one in addresses), addresses
    page.context.set_offline(True)
    page.goto(hall.url + "/board")
    expect(page.get_by_role("heading", level=1)).to_have_text("现在没有网络")
    assert "李晓梅" not in page.content()
    page.context.set_offline(False)


def test_signing_out_forgets_what_was_typed_and_the_page_behind(open_page: Callable[..., Page], hall: Hall) -> None:
    page = open_page("/notices/new", hall.cast.clerk, size=DESK)
    page.get_by_label("要让大家知道什么").fill("还没写完的话")
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="退出").click()
    page.wait_for_load_state()
    assert "还没写完的话" not in page.evaluate("JSON.stringify({...localStorage})")
    page.goto(hall.url + "/notice-desk")
    expect(page).to_have_url(hall.url + "/login?next=/notice-desk")


def test_in_wechat_everything_works_without_a_service_worker(open_page: Callable[..., Page], hall: Hall) -> None:
    page = open_page("/board", user_agent=WECHAT, service_workers="block")
    page.get_by_role("link", name="怎么办事", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("怎么办事")
    page.wait_for_timeout(2500)
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    page.goto(hall.url + "/needs/new")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_manifest_and_its_icons_are_there(open_page: Callable[..., Page], hall: Hall) -> None:
    page = open_page("/")
    card = page.request.get(hall.url + "/manifest.webmanifest").json()
    assert (card["name"], card["display"], card["start_url"]) == ("邻里", "standalone", "/")
    for icon in card["icons"]:
        assert page.request.get(hall.url + icon["src"]).ok
    assert {"any", "maskable"} <= {icon["purpose"] for icon in card["icons"]}
