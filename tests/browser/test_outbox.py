"""Written in a stairwell without a signal: it stays on the phone until the town hall's own receipt, and arrives once."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from models import attachments
from models.needs import Need
from models.ratings import Rating
from models.service_log import ServiceLog
from tests.browser.conftest import Hall, session_of
from tests.browser.test_board import wait_for_worker
from tests.browser.test_ratings import slip
from tests.browser.test_service import look, project_of

WAITING = "1 条还没传上去"


@pytest.fixture
def visit(open_page: Callable[..., Page], hall: Hall) -> Page:
    """Return the form of a visit, open in the worker's hand and ready to be sent."""
    page = open_page(f"/projects/{project_of(hall)}/logs/new/visit?again=1", hall.cast.worker)
    page.locator("form[data-outbox-ready]").wait_for()
    return page


def write(page: Page, words: str, button: str = "提交") -> None:
    page.locator("[name=summary]").fill(words)
    page.get_by_role("button", name=button).click()


def logs(hall: Hall, words: str) -> int:
    """Count the logs that arrived with these words."""
    with hall.books():
        return ServiceLog.query.filter_by(public_summary=words).count()


def kept(page: Page) -> list[dict[str, Any]]:
    """Return what the phone keeps, as it is stored."""
    return page.evaluate("linli.box.base().then((db) => db.getAll('entries'))")


def test_a_visit_written_without_a_network_arrives_once(visit: Page, hall: Hall, accessible: Any, fits: Any) -> None:
    visit.context.set_offline(True)
    write(visit, "楼道里没有信号。")
    expect(visit.get_by_text("已存在这部手机里")).to_be_visible()
    expect(visit.get_by_role("link", name=WAITING)).to_be_visible()
    look(visit, "kept")
    accessible(visit)
    fits(visit)
    (entry,) = kept(visit)
    assert entry["owner"] == hall.cast.worker.public_id
    assert "plain" not in entry["sealed"], "sealed for its account"
    assert logs(hall, "楼道里没有信号。") == 0
    visit.get_by_role("button", name="接着写下一条").click()
    write(visit, "第二户也没有信号。")
    expect(visit.get_by_role("link", name="2 条还没传上去")).to_be_visible()
    visit.context.set_offline(False)
    expect(visit.locator("#outbox-pill")).to_be_hidden()
    assert [logs(hall, words) for words in ("楼道里没有信号。", "第二户也没有信号。")] == [1, 1]
    assert kept(visit) == []


def page_of_a_cafe(route: Route) -> None:
    route.fulfill(body="<html><body>欢迎使用免费无线网络</body></html>", content_type="text/html")


STRANGERS: dict[str, Callable[[Route], None]] = {
    "a page of a cafe": page_of_a_cafe,
    "a redirect": lambda route: route.fulfill(status=302, headers={"Location": "/login"}),
    "401": lambda route: route.fulfill(status=401),
    "403": lambda route: route.fulfill(status=403),
    "413": lambda route: route.fulfill(status=413),
    "422 of somebody else": lambda route: route.fulfill(status=422, body="{}"),
    "500": lambda route: route.fulfill(status=500),
    "a receipt that was cut": lambda route: route.fulfill(body='{"receipt": "', content_type="application/json"),
    "a receipt for another key": lambda route: route.fulfill(
        json={"receipt": "00000000-0000", "location": "/"}, headers={"X-Linli-Receipt": "00000000-0000"}
    ),
    "a body without the header": lambda route: route.fulfill(
        json={"receipt": (route.request.post_data or "").partition('"key"')[2][4:40], "location": "/"}
    ),
    "no network": lambda route: route.abort("namenotresolved"),
}


REST = """linli.box.base().then(async (db) => {
  for (const one of await db.getAll("entries")) await db.put("entries", { ...one, state: "parked" });
})"""


def posts(answer: Callable[[Route], None]) -> Callable[[Route], None]:
    """Return what answers the posts to an address, while its pages are still the house's own."""
    return lambda route: route.fallback() if route.request.method == "GET" else answer(route)


def test_whatever_is_not_our_receipt_keeps_the_entry(visit: Page, hall: Hall) -> None:
    address = "**/logs/new/visit*"
    for number, (name, answer) in enumerate(STRANGERS.items()):
        visit.route(address, posts(answer))
        write(visit, f"第{number}次")
        expect(visit.get_by_text("已存在这部手机里")).to_be_visible()
        assert len(kept(visit)) == number + 1, name
        # Until all are sent by hand they rest; none goes behind the back of the next answer.
        visit.evaluate(REST)
        visit.unroute_all()
        visit.get_by_role("button", name="接着写下一条").click()
    # The page of the shell takes letters and colors from the last page of the house.
    visit.evaluate("localStorage.setItem('linli:look', JSON.stringify({ elder: '', text: '1', theme: 'dark' }))")
    visit.goto(hall.url + "/outbox")
    expect(visit.locator("html[data-elder][data-text='1'][data-theme='dark']")).to_be_visible()
    expect(visit.locator("[data-rows] > section")).to_have_count(len(STRANGERS))
    look(visit, "outbox")
    visit.get_by_role("button", name="现在全部上传").click()
    expect(visit.get_by_text("没有要传的")).to_be_visible()
    assert [logs(hall, f"第{number}次") for number in range(len(STRANGERS))] == [1] * len(STRANGERS)


def test_a_photo_taken_without_a_network_follows_its_record(visit: Page, hall: Hall, accessible: Any) -> None:
    made = io.BytesIO()
    Image.new("RGB", (900, 600), "green").save(made, "JPEG")
    visit.context.set_offline(True)
    visit.get_by_text("内部记录、照片和其他").click()
    visit.locator("[name=photos_files]").set_input_files(
        [{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}]
    )
    expect(visit.get_by_text("照片待传")).to_be_visible()
    look(visit, "photo")
    accessible(visit)
    write(visit, "拍了一张照片。")
    expect(visit.get_by_text("已存在这部手机里")).to_be_visible()
    visit.route("**/attachments", posts(lambda route: route.abort()))
    with visit.expect_event("requestfailed", lambda request: request.url.endswith("/attachments")):
        visit.context.set_offline(False)
    with hall.books():
        log = ServiceLog.query.filter_by(public_summary="拍了一张照片。").one()
        number, address = log.id, log.public_id
    visit.goto(f"{hall.url}/logs/{address}")
    expect(visit.get_by_text("1 张照片待传")).to_be_visible()
    look(visit, "log-waits-for-photo")
    visit.unroute_all()
    visit.reload()
    expect(visit.locator("#outbox-pill")).to_be_hidden()
    with hall.books():
        assert len(attachments.of(("service_logs", number))) == 1


def test_a_neighbor_without_an_account_tells_of_a_need_without_a_network(
    open_page: Callable[..., Page], hall: Hall
) -> None:
    page = open_page(f"/at/{hall.cast.courtyard.public_id}")
    page.locator("form[data-outbox-ready]").wait_for()
    page.context.set_offline(True)
    page.get_by_role("button", name="下一步").click()
    page.locator("[name=text]").fill("五栋的路灯不亮，没有信号也想说。")
    page.get_by_role("button", name="下一步").click()
    page.locator("[name=name]").fill("赵大妈")
    page.locator("[name=phone]").fill("13800001234")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("link", name=WAITING)).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("#outbox-pill")).to_be_hidden()
    with hall.books():
        assert Need.query.filter(Need.text.contains("没有信号也想说")).count() == 1


def test_a_waiting_rating_shows_its_time_only_and_no_provider_keeps_one(
    open_page: Callable[..., Page], hall: Hall
) -> None:
    address = slip(hall)
    provider = open_page(address, hall.cast.worker)
    expect(provider.locator("form[data-outbox]")).to_have_count(0)
    page = open_page(address)
    page.locator("form[data-outbox-ready]").wait_for()
    page.context.set_offline(True)
    page.get_by_role("radio", name="非常满意").check()
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_role("link", name=WAITING)).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("#outbox-pill")).to_be_hidden()
    with hall.books():
        assert Rating.query.count() == 1


def test_a_visit_that_was_carried_along_opens_without_a_network_and_leaves_with_its_worker(
    open_page: Callable[..., Page], hall: Hall, accessible: Any, fits: Any
) -> None:
    address = f"/projects/{project_of(hall)}/logs/new/visit?person={hall.cast.neighbor.public_id}"
    page = open_page("/my-people", hall.cast.worker)
    wait_for_worker(page)
    page.get_by_role("button", name="带上 王桂兰").click()
    expect(page.get_by_role("button", name="已带上 王桂兰")).to_be_visible()
    look(page, "my-people-carried")
    assert "王桂兰" not in page.evaluate(STORED), "sealed"
    page.reload()
    page.context.set_offline(True)
    page.goto(hall.url + "/")
    page.get_by_role("link", name="王桂兰").click()
    expect(page).to_have_url(hall.url + address)
    look(page, "carried")
    accessible(page)
    fits(page)
    page.get_by_role("radio", name="见到了").first.check()
    write(page, "带着表去的，没有信号。")
    expect(page.get_by_text("已存在这部手机里")).to_be_visible()
    page.context.set_offline(False)
    page.goto(hall.url + "/my-people")
    expect(page.locator("#outbox-pill")).to_be_hidden()
    assert logs(hall, "带着表去的，没有信号。") == 1
    page.locator("#side [data-sign-out] button").evaluate("(button) => button.click()")
    page.wait_for_url(hall.url + "/")
    assert page.evaluate("linli.waiting.box().then((box) => box.base()).then((db) => db.count('pages'))") == 0


STORED = """linli.box.base().then((db) => db.getAll("pages")).then((rows) =>
  rows.map((one) => String.fromCharCode(...new Uint8Array(one.sealed.data)) + JSON.stringify(one.sealed)).join())"""


def test_another_account_on_the_same_phone_neither_sees_nor_sends_what_waits(visit: Page, hall: Hall) -> None:
    visit.context.set_offline(True)
    write(visit, "陈社工写的，还没传。")
    expect(visit.get_by_role("link", name=WAITING)).to_be_visible()
    visit.route("**/logs/new/visit*", posts(lambda route: route.fulfill(status=500)))
    visit.context.set_offline(False)
    visit.goto(hall.url + "/me")
    leave = visit.locator("#side [data-sign-out] button")
    leave.evaluate("(button) => button.click()")
    expect(visit.locator("#side [data-sign-out-note]")).to_contain_text("还有 1 条没传上去")
    leave.evaluate("(button) => button.click()")
    visit.wait_for_url(hall.url + "/")
    visit.unroute_all()
    visit.context.add_cookies([{**session_of(hall, hall.cast.supervisor), "url": hall.url}])
    visit.goto(hall.url + "/outbox")
    expect(visit.get_by_text("没有要传的")).to_be_visible()
    assert "陈社工写的" not in visit.content()
    assert len(kept(visit)) == 1
    assert logs(hall, "陈社工写的，还没传。") == 0
    visit.context.add_cookies([{**session_of(hall, hall.cast.worker), "url": hall.url}])
    visit.goto(hall.url + "/outbox")
    expect(visit.locator("[data-rows] > section")).to_have_count(1)
    visit.get_by_role("button", name="现在全部上传").click()
    expect(visit.get_by_text("没有要传的")).to_be_visible()
    assert logs(hall, "陈社工写的，还没传。") == 1
