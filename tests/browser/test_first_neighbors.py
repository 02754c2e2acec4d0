"""What neighbors meet on the first days, by the clock: a notice that comes and goes, a full activity, hours put right.

Neighbors tap on a phone, those who work do it by keyboard alone, some of both in English. The limits are seconds of the
machine with room for a slow one; taps and fields are counted.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from fpdf import FPDF
from playwright.sync_api import Page, expect

from models.accounts import Account, actor_of
from models.attendance import Attendance
from models.base import SHANGHAI, now, today, travel
from models.hour_lists import list_of
from models.notices import Notice, NoticeKind
from models.people import Person
from models.places import Place
from models.reports import Period
from models.reports.periods import month_of
from models.states import AttendanceState, HourRecordState
from models.volunteering import HourRecord
from models.working_time import local_day
from tests import builders, serving
from tests.browser.conftest import DESK, Hall, Ids
from tests.browser.paper import printed
from tests.browser.stopwatch import Keys, Thumb, button, named, send
from tests.models.test_volunteering import proposed

House = tuple[Hall, Ids]


def neighbor(hall: Hall, name: str, locale: str = "zh_Hans") -> Account:
    """Return somebody who lives here and has an account."""
    person = builders.person(Place.get(hall.cast.community.id), name)
    one = builders.account(name, person=person)
    one.locale = locale
    return one


def a_paper() -> bytes:
    paper = FPDF()
    paper.add_page()
    return bytes(paper.output())


def test_a_notice_reaches_those_who_asked_and_comes_down_by_itself(
    house: House, look_in: Callable[..., Page], tmp_path: Path
) -> None:
    """A neighbor asks to be told, the head writes by keyboard with a paper and a last day, colleagues mark it as read."""
    hall, _ids = house
    cast = hall.cast
    with hall.books():
        asks = neighbor(hall, "沈阿姨")
    phone, finger = look_in("/notices", asks, has_touch=True), Thumb()
    finger.tap(button(phone, "有新的就告诉我"))
    expect(button(phone, "不用再告诉我")).to_be_visible()
    file = tmp_path / "停水区域.pdf"
    file.write_bytes(a_paper())
    page, hand = look_in("/notices/new", cast.head, size=DESK), Keys()
    hand.type(named(page, "title"), "周末管道冲洗")
    hand.type(named(page, "text"), "周六上午八点到十二点冲洗管道，请提前接水。停水区域见附件。")
    hand.type(named(page, "expires_on"), f"{today() + timedelta(days=1):%Y-%m-%d}")
    page.locator("#papers_files").set_input_files(file)
    hand.tap(send(page))
    hand.tap(button(page, "贴出来"))
    expect(page.get_by_text("工作人员已阅 0")).to_be_visible()
    hand.stop("notice by keyboard", 30, inputs=5)
    phone.goto(f"{hall.url}/")
    finger.tap(phone.locator("li", has_text="周末管道冲洗").get_by_role("link").first)
    with phone.expect_download() as download:
        finger.tap(phone.get_by_role("link", name="附件 1"))
    assert download.value.path().read_bytes() == file.read_bytes()
    finger.stop("notice on the phone", 30, inputs=3)
    read = look_in("/notices", cast.worker)
    expect(read.locator("li", has_text="周末管道冲洗")).to_contain_text("还没读")
    read.get_by_role("link", name="周末管道冲洗").click()
    button(read, "我已阅知").click()
    page.reload()
    expect(page.get_by_text("已阅：陈社工")).to_be_visible()
    here = phone.url
    with travel(timedelta(days=2)):
        assert phone.goto(here).status == 404  # type: ignore[union-attr]
        phone.goto(f"{hall.url}/notices")
        expect(phone.get_by_text("周末管道冲洗")).to_have_count(0)
        later = look_in("/notice-desk", cast.head)
        expect(later.locator("li", has_text="周末管道冲洗")).to_contain_text("到期")
    with hall.books():
        assert Notice.find(here.rpartition("/")[2]).expires_on == today() + timedelta(days=1)


def test_a_policy_of_the_street_is_found_by_its_words_and_hung_on_the_wall(
    house: House, look_in: Callable[..., Page]
) -> None:
    """The street writes by keyboard; a neighbor asks for its policies about lifts and prints what is found, in English."""
    hall, _ids = house
    with hall.books():
        asks, head = neighbor(hall, "卫姐", "en"), actor_of(hall.cast.head)
        for kind in NoticeKind:
            here = Place.get(hall.cast.community.id)
            own = Notice.write(here, f"本社区加梯{kind.value}", "三栋先做。", by=head, kind=kind)
            own.publish(by=head)
    page, hand = look_in("/notices/new", hall.cast.street_officer, size=DESK), Keys()
    # Among radio buttons one goes by arrows.
    hand.tap(page.locator("[name=kind][value=NOTICE]"))
    page.keyboard.press("ArrowRight")
    hand.type(named(page, "title"), "老楼加梯补贴办法")
    hand.type(named(page, "text"), "三分之二以上业主同意，街道每部补贴五万元。")
    hand.tap(send(page))
    hand.tap(button(page, "贴出来"))
    hand.stop("policy by keyboard", 30, inputs=5)
    phone, finger = look_in("/notices", asks, has_touch=True), Thumb()
    finger.type(named(phone, "q"), "加梯")
    named(phone, "kind").select_option("POLICY")
    named(phone, "level").select_option("STREET")
    finger.tap(button(phone, "Search"))
    expect(phone.locator("main .list li")).to_have_count(1)
    finger.tap(phone.get_by_role("link", name="老楼加梯补贴办法"))
    finger.tap(phone.locator("main a[href$='/sheet']"))
    expect(phone.locator(".sheet")).to_be_visible()
    wall = printed(phone, "policy")
    finger.stop("policy found and printed", 20, inputs=4)
    assert len(wall) == 1 and "街道每部补贴五万元" in wall[0] and "清河街道" in wall[0] and "Hangsuntil" in wall[0]


def test_a_place_that_comes_free_goes_to_whoever_waits(house: House, look_in: Callable[..., Page]) -> None:
    """Sign up, wait, give back: one or two taps each; whoever moves up reads it, and the phone's calendar has the day."""
    hall, _ids = house
    with hall.books():
        first, second = neighbor(hall, "韩先到"), neighbor(hall, "杨后来", "en")
        day = serving.activity(hall.cast, capacity=1)
        day.title = "插花课"
        here, number, waits = f"/activities/{day.public_id}", day.id, second.person_id
        month = f"/activities/calendar?on={local_day(day.starts_at)}"
    one, two, hand = (
        look_in(here, first, has_touch=True),
        look_in(month, second, has_touch=True),
        Thumb(),
    )
    hand.tap(button(one, "报名"))
    expect(one.get_by_text("韩先到 · 已报名")).to_be_visible()
    hand.tap(two.get_by_role("link", name="插花课").last)
    hand.tap(button(two, "Onto the waiting list"))
    expect(two.get_by_text("杨后来 · on the waiting list")).to_be_visible()
    hand.tap(button(one, "取消报名"))
    expect(button(one, "排候补")).to_be_visible()
    two.goto(f"{hall.url}/")
    hand.tap(two.locator("li", has_text="插花课").get_by_role("link").first)
    expect(two.get_by_text("杨后来 · signed up")).to_be_visible()
    hand.stop("waiting list", 40, inputs=5)
    with hall.books():
        assert Attendance.query.filter_by(activity_id=number, person_id=waits).one().state == AttendanceState.EXPECTED
    two.goto(f"{hall.url}{month}")
    feed = two.request.get(two.locator("#feed-address").inner_text()).text()
    assert "SUMMARY:插花课" in feed and feed.startswith("BEGIN:VCALENDAR")


@pytest.fixture
def carried(house: House, look_in: Callable[..., Page]) -> tuple[HourRecord, Account, str]:
    """Let an hour of a volunteer be counted, carried over and marked with a key press."""
    hall, _ids = house
    with hall.books():
        helps = neighbor(hall, "秦志愿", "en")
        began = now().replace(second=0, microsecond=0) - timedelta(hours=3)
        one = proposed(hall.cast, Person.get(helps.person_id), started_at=began)
        one.approve(by=actor_of(hall.cast.supervisor))
        return one, helps, month_of(local_day(one.started_at))


def test_a_volunteer_has_hours_put_right_that_were_reported_already(
    house: House, look_in: Callable[..., Page], carried: tuple[HourRecord, Account, str]
) -> None:
    """Marked (已上报) by keyboard, doubted by thumb in English, corrected by keyboard; the next list tells the correction."""
    hall, _ids = house
    one, helps, month = carried
    desk, hand = look_in(f"/hour-lists?period={month}", hall.cast.clerk, size=DESK), Keys()
    hand.tap(button(desk, "整份标为已上报"))
    expect(desk.get_by_role("row", name="秦志愿")).to_contain_text("已上报")
    phone, finger = look_in("/me/hours", helps, has_touch=True), Thumb()
    expect(phone.get_by_text("Reported to the official system on")).to_be_visible()
    finger.tap(phone.get_by_text("Something is wrong"))
    finger.type(named(phone, "text"), "I left fifteen minutes earlier.")
    right = one.ended_at.astimezone(SHANGHAI) - timedelta(minutes=15)
    finger.type(named(phone, "ended"), f"{right:%Y-%m-%dT%H:%M}")
    finger.tap(button(phone, "Ask for a correction"))
    finger.stop("correction asked for", 20, inputs=4)
    judge = look_in("/", hall.cast.supervisor, size=DESK)
    hand.tap(judge.locator("main a.btn[href='/hours']").first)
    asked = judge.locator("section.card", has_text="I left fifteen minutes earlier.")
    hand.type(asked.locator("[name=text]"), "已按您说的改了。")
    hand.tap(asked.get_by_role("button", name="更正"))
    expect(asked).to_have_count(0)
    hand.stop("hours put right", 60, inputs=4)
    phone.reload()
    expect(phone.locator("article", has_text="Voided")).to_be_visible()
    desk.reload()
    row = desk.get_by_role("row", name="秦志愿")
    expect(row.first).to_contain_text("更正")
    with desk.expect_download() as download:
        desk.get_by_role("link", name="导出待上报名单").first.click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert "更正" in str([row for row in book.active.iter_rows(values_only=True) if "秦志愿" in str(row)])
    with hall.books():
        due = [x for x in list_of(Place.get(hall.cast.community.id), Period.of(month)).due if x.name == "秦志愿"]
        assert [(x.minutes, x.before_minutes) for x in due] == [(one.minutes - 15, one.minutes)]
        assert HourRecord.get(one.id).state == HourRecordState.VOIDED
