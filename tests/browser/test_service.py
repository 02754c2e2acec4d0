"""A worker's round on the phone: a visit in a minute and four inputs, and an event of sixty in five minutes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from models.accounts import actor_of
from models.attendance import Attendance
from models.base import now, today
from models.people import Person
from models.projects import Project
from models.service_lists import ServiceList
from models.service_log import ServiceLog, ServiceMethod
from models.states import ServiceLogState
from tests import serving
from tests.browser.conftest import DESK, Hall
from web.forms.moments import local

MOST_SECONDS = 60
MOST_INPUTS = 4


def look(page: Page, name: str) -> None:
    """Keep a picture of the page where somebody wants to look at it."""
    if folder := os.environ.get("LINLI_LOOK"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def project_of(hall: Hall) -> str:
    """Return the project of a worker who was at the neighbor's three days ago."""
    with hall.books():
        of = serving.project(hall.cast)
        serving.goal(of)
        serving.log(of, hall.cast.worker, Person.get(hall.cast.neighbor.id), hours_ago=75, minutes=40)
        return of.public_id


class Hands:
    """Two thumbs that count what they fill in."""

    def __init__(self, page: Page) -> None:
        self.page, self.inputs, self.began = page, 0, time.monotonic()

    def fill(self, name: str, text: str) -> None:
        self.inputs += 1
        self.page.locator(f"[name='{name}']").fill(text)

    def tap(self, label: str) -> None:
        self.inputs += 1
        self.page.get_by_role("radio", name=label).first.check()

    def seconds(self) -> float:
        return time.monotonic() - self.began


def test_a_routine_visit_takes_a_minute_and_four_inputs(
    open_page: Callable[..., Page], hall: Hall, accessible: Any, fits: Any
) -> None:
    project_of(hall)
    person = hall.cast.neighbor.public_id
    page = open_page("/my-people", hall.cast.worker)
    look(page, "my-people")
    accessible(page)
    fits(page)
    hands = Hands(page)
    page.get_by_role("link", name="走访 王桂兰").click()
    hands.tap("见到了")
    hands.fill("summary", "陪老人聊天，提醒周三复诊。")
    hands.fill(f"next_{person}", (today() + timedelta(days=7)).isoformat())
    look(page, "visit")
    accessible(page)
    fits(page)
    visible = page.locator("main form.stack input:visible:not([type=hidden]), main form.stack textarea:visible")
    groups = {one.get_attribute("name") for one in visible.all()}
    assert len(groups) <= 7, groups
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已经提交")).to_be_visible()
    assert hands.inputs <= MOST_INPUTS
    assert hands.seconds() < MOST_SECONDS
    look(page, "log")
    accessible(page)
    fits(page)
    with hall.books():
        log = ServiceLog.query.order_by(ServiceLog.id.desc()).first()
        assert log.state == ServiceLogState.SUBMITTED
        assert Attendance.query.filter_by(log_id=log.id).one().next_at is not None


def test_a_visit_can_be_written_without_script(open_page: Callable[..., Page], hall: Hall) -> None:
    project = project_of(hall)
    page = open_page(f"/projects/{project}/logs/new/visit?again=1", hall.cast.worker, script=False)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已经提交")).to_be_visible()
    with hall.books():
        assert ServiceLog.query.count() == 2


def test_an_event_of_sixty_is_on_the_list_within_five_minutes(
    open_page: Callable[..., Page], hall: Hall, accessible: Any, fits: Any
) -> None:
    with hall.books():
        of = serving.project(hall.cast)
        known = [person.name for person in serving.people(hall.cast, 56)]
        project = of.public_id
    began = time.monotonic()
    page = open_page(f"/projects/{project}/logs/new/event", hall.cast.worker)
    look(page, "event")
    accessible(page)
    page.locator("[name=title]").fill("重阳敬老活动")
    page.locator("[name=summary]").fill("六十位老人一起包饺子、量血压、听健康讲座。")
    page.get_by_role("button", name="下一步").click()
    names = "\n".join([f"{n}. {name} 5栋" for n, name in enumerate(known, 1)] + ["张三丰", "李四", "赵五", "钱六"])
    page.locator("[name=names]").fill(names)
    page.get_by_role("button", name="加入名单").click()
    expect(page.get_by_text("新记 56 人")).to_be_visible()
    look(page, "list")
    accessible(page)
    fits(page)
    page.get_by_role("button", name="名单齐了").click()
    expect(page.get_by_text("已经提交")).to_be_visible()
    assert time.monotonic() - began < 300
    with hall.books():
        log = ServiceLog.query.one()
        assert (log.method, log.state) == (ServiceMethod.EVENT, ServiceLogState.SUBMITTED)
        assert Attendance.query.filter_by(log_id=log.id).count() == 60
        assert Project.query.one().public_id == project
    desk = open_page("/to-match", hall.cast.clerk, size=DESK)
    look(desk, "to-match")
    accessible(desk)
    fits(desk)
    approvals = open_page("/log-approvals", hall.cast.supervisor)
    look(approvals, "approvals")
    accessible(approvals)
    fits(approvals)


def test_hours_and_activities_fit_the_phone(
    open_page: Callable[..., Page], hall: Hall, accessible: Any, fits: Any
) -> None:
    with hall.books():
        of = serving.project(hall.cast)
        log = serving.log(of, hall.cast.worker, Person.get(hall.cast.neighbor.id))
        serving.helper(hall.cast, log)
        log.approve(by=serving.actor_of(hall.cast.supervisor))
        day = serving.activity(hall.cast, of, capacity=20).public_id
    places = (
        ("/hours", hall.cast.worker), ("/me/hours", hall.cast.resident), ("/activities", hall.cast.resident),
        (f"/activities/{day}", hall.cast.resident), (f"/activities/{day}/check-in", hall.cast.resident),
        (f"/activities/{day}/poster", hall.cast.worker), ("/activities/new", hall.cast.worker),
        ("/me/services", hall.cast.resident), ("/logs", hall.cast.worker), ("/logs/new", hall.cast.worker),
    )  # fmt: skip
    for address, reader in places:
        page = open_page(address, reader)
        look(page, address.strip("/").replace("/", "-").replace(day, "day") + f"-{reader.name}")
        accessible(page)
        fits(page)
        expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_list_is_one_tap_a_door_for_an_old_thumb_and_one_record_in_the_end(
    open_page: Callable[..., Page], hall: Hall, accessible: Any, fits: Any
) -> None:
    with hall.books():
        of = serving.project(hall.cast)
        people = [*serving.people(hall.cast, 6, building="2"), *serving.people(hall.cast, 6, building="10")]
        one = ServiceList.draw_up(of, people, "重阳慰问", by=actor_of(hall.cast.worker), goods="食用油 5 升",
                                  on_day=today())  # fmt: skip
        here = f"/service-lists/{one.public_id}"
    page = open_page(here, hall.cast.worker)
    page.evaluate("document.documentElement.setAttribute('data-elder', '')")
    fits(page)
    page.evaluate("document.documentElement.removeAttribute('data-elder')")
    accessible(page)
    hands = Hands(page)
    for building, answers in (("2 栋", ["送达"] * 5 + ["不在家"]), ("10 栋", ["送达"] * 6)):
        page.get_by_role("link", name=building).click()
        for number, answer in enumerate(answers):
            button = page.locator("li.door").nth(number).get_by_role("button", name=answer)
            assert (button.bounding_box() or {"height": 0})["height"] >= 56
            button.click()
            expect(page.locator("li.door").nth(number)).to_have_class("door done")
    page.goto(f"{hall.url}{here}")
    expect(page.get_by_role("link", name="全部 12/12")).to_be_visible()
    page.locator("[name=began]").fill(local(now() - timedelta(hours=2)))
    page.locator("[name=minutes]").fill("60")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url("**/logs/*")
    assert hands.seconds() < MOST_SECONDS
    with hall.books():
        log = ServiceLog.query.one()
        assert (log.method, log.state) == (ServiceMethod.LIST, ServiceLogState.SUBMITTED)
        assert Attendance.query.filter_by(log_id=log.id, state="PRESENT").count() == 11
