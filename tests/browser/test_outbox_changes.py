"""What changes while an entry waits on a phone: its clock, and the version of Linli that it keeps."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from models.accounts import actor_of
from models.base import now
from models.needs import RejectReason
from models.service_log import ServiceLog
from models.tellings import Telling, TellingState
from tests import builders
from tests.browser.conftest import Hall, session_of, until
from tests.browser.test_board import wait_for_worker
from tests.browser.test_outbox import WAITING, kept, logs, posts, write
from tests.browser.test_service import project_of


@pytest.mark.parametrize(
    "wrong", [timedelta(days=1), -timedelta(days=6 * 365)], ids=["a day ahead", "six years behind"]
)
def test_a_wrong_clock_loses_nothing_and_is_flagged(
    open_page: Callable[..., Page], hall: Hall, wrong: timedelta
) -> None:
    page = open_page(f"/projects/{project_of(hall)}/logs/new/visit?again=1", hall.cast.worker)
    page.locator("form[data-outbox-ready]").wait_for()
    page.clock.set_system_time(now() + wrong)
    page.context.set_offline(True)
    write(page, "钟不准的手机")
    expect(page.get_by_role("link", name=WAITING)).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("#outbox-pill")).to_be_hidden()
    with hall.books():
        log = ServiceLog.query.filter_by(public_summary="钟不准的手机").one()
        # The claim is kept beside our own time and flagged; ours alone judges.
        assert log.clock_off and not log.late
        assert abs(log.done_at - wrong - now()) < timedelta(minutes=5) > abs(log.created_at - now())


def test_an_entry_outlives_a_new_version_of_linli(open_page: Callable[..., Page], hall: Hall) -> None:
    assets = hall.app.extensions["assets"]
    before = assets.built
    page = open_page(f"/projects/{project_of(hall)}/logs/new/visit?again=1", hall.cast.worker)
    page.locator("form[data-outbox-ready]").wait_for()
    wait_for_worker(page)
    page.reload()
    page.locator("form[data-outbox-ready]").wait_for()
    page.context.set_offline(True)
    write(page, "新版本来以前写的")
    expect(page.get_by_role("link", name=WAITING)).to_be_visible()
    page.route("**/logs/new/visit*", posts(lambda route: route.fulfill(status=500)))
    try:
        # What a new version changes for a phone: the names of the files that its service worker keeps.
        assets.built = dataclasses.replace(before, names={**before.names, "new.css": before.names["app.css"]})
        page.context.set_offline(False)
        page.goto(hall.url + "/me")
        page.get_by_role("button", name="马上更新").click()
        page.wait_for_function(
            "navigator.serviceWorker.getRegistration().then((one) => !one.waiting && !one.installing)"
        )
        expect(page.get_by_role("link", name=WAITING)).to_be_visible()
        page.unroute_all()
        page.goto(hall.url + "/outbox")
        page.get_by_role("button", name="现在全部上传").click()
        expect(page.get_by_text("没有要传的")).to_be_visible()
    finally:
        assets.built = before
    assert logs(hall, "新版本来以前写的") == 1


def test_what_is_being_typed_survives_the_page_that_says_there_is_no_network(
    open_page: Callable[..., Page], hall: Hall
) -> None:
    page = open_page(f"/at/{hall.cast.courtyard.public_id}", hall.cast.resident)
    wait_for_worker(page)
    page.get_by_role("button", name="下一步").click()
    page.locator("[name=text]").fill("三单元门口的灯，写到一半没信号了。")
    expect(page.locator("[data-draft-note]")).to_be_visible()
    page.context.set_offline(True)
    page.goto(hall.url + "/activities")
    expect(page.get_by_text("您写的都还在这部手机里")).to_be_visible()
    page.goto(hall.url + "/outbox")
    page.context.set_offline(False)
    page.goto(f"{hall.url}/at/{hall.cast.courtyard.public_id}")
    expect(page.locator("[name=text]")).to_have_value("三单元门口的灯，写到一半没信号了。")


COUNT = "linli.waiting.box().then((box) => box.base()).then((db) => db.count('entries'))"


def test_whoever_erases_their_data_takes_nothing_of_others_along(open_page: Callable[..., Page], hall: Hall) -> None:
    page = open_page(f"/projects/{project_of(hall)}/logs/new/visit?again=1", hall.cast.worker)
    page.locator("form[data-outbox-ready]").wait_for()
    page.context.set_offline(True)
    write(page, "同事的，还没传。")
    expect(page.get_by_role("link", name=WAITING)).to_be_visible()
    page.route("**/*", posts(lambda route: route.abort()))
    page.context.set_offline(False)
    page.context.add_cookies([{**session_of(hall, hall.cast.resident), "url": hall.url}])
    page.goto(f"{hall.url}/at/{hall.cast.courtyard.public_id}")
    page.locator("form[data-outbox-ready]").wait_for()
    page.context.set_offline(True)
    page.get_by_role("button", name="下一步").click()
    page.locator("[name=text]").fill("我自己的，还没传。")
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("link", name=WAITING)).to_be_visible()
    assert len(kept(page)) == 2
    page.context.set_offline(False)
    page.goto(hall.url + "/my-data")
    page.unroute_all()
    page.locator("details:has([name=sure]) > summary").click()
    page.locator("[name=sure]").check()
    page.locator("form[action='/my-data/erasure'] button").click()
    page.wait_for_url(hall.url + "/my-data/erased")
    until(page, lambda: page.evaluate(COUNT) == 1)
    page.context.add_cookies([{**session_of(hall, hall.cast.worker), "url": hall.url}])
    page.goto(hall.url + "/my-people")
    until(page, lambda: page.evaluate(COUNT) == 0)
    assert logs(hall, "同事的，还没传。") == 1


def test_a_call_ticked_without_a_network_arrives_once(open_page: Callable[..., Page], hall: Hall) -> None:
    with hall.books():
        need = builders.need(hall.cast.community, author=builders.person(hall.cast.community, "冯德海"))
        need.reject(RejectReason.OUT_OF_SCOPE, "这件事归城管。", by=actor_of(hall.cast.clerk))
    page = open_page("/desk/calls", hall.cast.clerk)
    page.locator("form[data-outbox-ready]").first.wait_for()
    page.context.set_offline(True)
    page.get_by_role("button", name="已告知").click()
    expect(page.get_by_text("已告知 · 还没传上去")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("#outbox-pill")).to_be_hidden()
    with hall.books():
        line = Telling.query.filter_by(state=TellingState.TOLD).one()
        assert line.attempts == 1
