"""The first day, by the clock: what makes an office leave its sheets and groups, each on its main path and timed.

One furnished town hall serves all of them, so that the whole file costs little more than one test. A limit is the time of
the machine with some room; what people type and tap is counted where it says how much work a path is.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from models import set_up
from models.accounts import Role, actor_of
from models.activities import Activity
from models.base import now, today
from models.hour_lists import HourReport
from models.places import UNNAMED, Place
from models.reports.periods import month_of
from models.tellings import tell
from models.working_time import local_day
from tests import builders
from tests.browser.conftest import DESK, Hall, Ids
from tests.browser.stopwatch import Keys, Stopwatch, button, named, send
from tests.browser.test_ledgers import list_of
from tests.models.test_past_volunteering import SHEET
from tests.models.test_volunteering import S, in_state
from tests.untidy import workbook
from web import jobs
from web.forms.moments import local

# What the secretary of an empty community has, in seconds.
QUARTER = 15 * 60
YARDS = "一网格\t银杏苑一期\t420户\t物业小区\n一网格\t银杏苑二期\t386户\t物业小区\n二网格\t粮站宿舍\t64户\t单位"


def test_the_report_of_a_month_is_opened_and_handed_in(house: tuple[Hall, Ids], look_in: Callable[..., Page]) -> None:
    hand, page = Stopwatch(), look_in("/reports", house[0].cast.clerk, size=DESK)
    named(page, "period").select_option(month_of(today().replace(day=1) - timedelta(days=1)))
    hand.tap(button(page, "看数据"))
    hand.tap(button(page, "开始填报"))
    hand.tap(button(page, "提交给负责人"))
    expect(page.get_by_text("等负责人签字。", exact=True)).to_be_visible()
    hand.stop("report", 25, inputs=3)


def test_the_offices_own_form_is_brought_once_and_filled_in_one_press(
    house: tuple[Hall, Ids], look_in: Callable[..., Page], tmp_path: Path
) -> None:
    file = tmp_path / "街道报表.xlsx"
    file.write_bytes(
        workbook([["  社区月报表"], ["收到诉求", "{{need.received}}"], [None, "共 {{ need.received }} 件"]], "A1:B1")
    )
    hand, page = Stopwatch(), look_in("/report-templates", house[0].cast.clerk, size=DESK)
    hand.type(named(page, "name"), "街道报表")
    named(page, "file").set_input_files(file)
    hand.tap(send(page))
    with page.expect_download() as download:
        hand.tap(page.locator("li", has_text="街道报表").get_by_role("link", name="填好").first)
    rows = list(
        openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).active.iter_rows(values_only=True)
    )
    assert isinstance(rows[1][1], int) and rows[2][1] == f"共 {rows[1][1]} 件"
    hand.stop("template", 30, inputs=3)


def test_what_is_to_be_done_today_is_on_one_sheet_and_calls_are_ticked(
    house: tuple[Hall, Ids], look_in: Callable[..., Page]
) -> None:
    hall, _ids = house
    with hall.books():
        alone = builders.person(hall.cast.community, "孙婆婆")
        tell(
            builders.need(hall.cast.community),
            "need_resolved",
            people=[alone.id],
            community_id=hall.cast.community.id,
            ticket="1",
        )
    hand, page = Stopwatch(), look_in("/today", hall.cast.clerk, size=DESK)
    expect(page.get_by_role("heading", name="要打的电话")).to_be_visible()
    page.get_by_role("link", name="到电话名单上打勾").click()
    before = page.locator("[data-row]").count()
    hand.tap(button(page, "已告知"))
    expect(page.locator("[data-row]")).to_have_count(before - 1)
    hand.stop("today", 20, inputs=1)


def test_a_sheet_of_the_kit_is_two_taps_away(house: tuple[Hall, Ids], look_in: Callable[..., Page]) -> None:
    hand, page = Stopwatch(), look_in("/print-kit", house[0].cast.worker, size=DESK)
    hand.tap(page.get_by_role("link", name="签到表").first)
    expect(page.locator("table.ruled")).to_be_visible()
    hand.stop("kit", 15, inputs=1)


def test_people_are_chosen_ticked_at_the_door_and_one_record_comes_out(
    house: tuple[Hall, Ids], look_in: Callable[..., Page]
) -> None:
    hall, ids = house
    hand, page = Stopwatch(), look_in("/service-lists/new", hall.cast.worker)
    named(page, "project").select_option(ids["project"])
    hand.tap(button(page, "找出来"))
    hand.type(named(page, "title"), "冬至送汤圆")
    hand.type(named(page, "goods"), "汤圆一袋")
    hand.type(named(page, "day"), today().isoformat())
    hand.tap(button(page, "生成名单"))
    hand.tap(button(page, "送达"))
    expect(page.locator("li.door.done")).to_have_count(1)
    page.reload()
    hand.type(named(page, "began"), local(now() - timedelta(hours=2)))
    hand.type(named(page, "minutes"), "60")
    hand.tap(button(page, "提交"))
    page.wait_for_url("**/logs/*")
    hand.stop("list", 40, inputs=9)


def test_a_tick_at_a_door_waits_on_the_phone_without_a_network(
    house: tuple[Hall, Ids], look_in: Callable[..., Page]
) -> None:
    page = look_in(f"/service-lists/{house[1]['service_list']}", house[0].cast.worker)
    page.locator("form[data-outbox-ready]").first.wait_for()
    page.context.set_offline(True)
    button(page, "送达").click()
    expect(page.get_by_text("已打勾，还没传上去")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("[data-outbox-pill]:visible")).to_have_count(0)
    page.reload()
    expect(page.locator("li.door.done")).to_have_count(1)


def test_what_is_found_at_a_door_is_a_need_in_one_tap(house: tuple[Hall, Ids], look_in: Callable[..., Page]) -> None:
    hand, page = Stopwatch(), look_in(f"/served/{house[1]['person']}", house[0].cast.worker)
    hand.type(named(page, "text"), "楼道三楼的灯坏了，老人晚上不敢下楼。")
    hand.tap(button(page, "一键转为需求"))
    expect(page.get_by_text("社区会来受理")).to_be_visible()
    hand.stop("finding", 20, inputs=2)


def test_a_neighbor_signs_up_from_the_calendar(house: tuple[Hall, Ids], look_in: Callable[..., Page]) -> None:
    hall, ids = house
    with hall.books():
        # On the last evening of a month it takes place in the next one.
        on = local_day(Activity.find(ids["activity"]).starts_at)
    hand, page = Stopwatch(), look_in(f"/activities/calendar?on={on}", hall.cast.resident)
    hand.tap(page.get_by_role("link", name="健康操").last)
    hand.tap(button(page, "报名"))
    expect(page.get_by_text("王桂兰 · 已报名")).to_be_visible()
    hand.stop("calendar", 20, inputs=2)


def test_a_notice_is_written_published_and_marked_as_read(
    house: tuple[Hall, Ids], look_in: Callable[..., Page]
) -> None:
    cast = house[0].cast
    hand, page = Stopwatch(), look_in("/notices/new", cast.head, size=DESK)
    hand.type(named(page, "title"), "周日停电")
    hand.type(named(page, "text"), "周日上午九点到十一点检修停电，电梯停用。")
    hand.tap(button(page, "存好，看看样子"))
    hand.tap(button(page, "贴出来"))
    read = look_in("/notices", cast.worker)
    hand.tap(read.get_by_role("link", name="周日停电"))
    hand.tap(button(read, "我已阅知"))
    expect(button(read, "我已阅知")).to_have_count(0)
    hand.stop("notice", 40, inputs=6)


def test_a_question_from_the_directory_is_answered_and_kept_for_the_next(
    house: tuple[Hall, Ids], look_in: Callable[..., Page]
) -> None:
    cast = house[0].cast
    hand, page = Stopwatch(), look_in("/directory", cast.resident)
    hand.tap(page.get_by_role("link", name="问一问").first)
    hand.tap(button(page, "下一步"))
    hand.type(named(page, "text"), "装修的垃圾找谁收？")
    hand.tap(page.locator("fieldset:visible").get_by_role("button", name="下一步"))
    hand.tap(button(page, "提交"))
    page.wait_for_url("**/needs/*/receipt")
    asked = page.url.split("/")[-2]
    desk = look_in(f"/desk/needs/{asked}/acceptance", cast.clerk, size=DESK)
    hand.tap(send(desk))
    hand.tap(desk.get_by_role("link", name="答复", exact=True).first)
    hand.type(named(desk, "text"), "请打物业电话，周六上午统一清运，袋装放在东门。")
    hand.tap(send(desk))
    hand.tap(desk.get_by_role("link", name=re.compile("记入“找谁办”")))
    hand.type(named(desk, "question"), "装修垃圾找谁收")
    hand.tap(send(desk))
    expect(desk.locator("#answers")).to_contain_text("装修垃圾找谁收")
    page.goto(f"{house[0].url}/directory?q=装修垃圾")
    expect(page.locator("#answers")).to_contain_text("东门")
    page.goto(f"{house[0].url}/directory")
    mine = page.locator("#mine li", has_text="装修的垃圾找谁收")
    expect(mine).to_contain_text("请打物业电话")
    hand.stop("directory", 60, inputs=12)


def test_hours_are_marked_as_reported_in_one_press(house: tuple[Hall, Ids], look_in: Callable[..., Page]) -> None:
    hall, _ids = house
    with hall.books():
        month = month_of(local_day(in_state(hall.cast, S.COUNTED).started_at))
    hand, page = Stopwatch(), look_in(f"/hour-lists?period={month}", hall.cast.clerk, size=DESK)
    hand.tap(button(page, "整份标为已上报"))
    expect(page.get_by_text("已上报").first).to_be_visible()
    hand.stop("hours", 20, inputs=1)
    with hall.books():
        assert HourReport.query.count() == 1


@pytest.mark.skipif(not SHEET.exists(), reason=f"{SHEET.name} is not here")
def test_past_activities_come_in_as_they_were_kept(house: tuple[Hall, Ids], look_in: Callable[..., Page]) -> None:
    hall, _ids = house
    hand, page = Stopwatch(), look_in("/ledgers", hall.cast.clerk, size=DESK)
    bring_in(hall, page, SHEET)
    expect(page.get_by_text("撤回这份台账")).to_be_visible()
    hand.stop("past volunteering", 40)


def bring_in(hall: Hall, page: Page, file: Path) -> None:
    """Drop a file in, look at it, say yes; the job of the house works in between."""
    page.locator("input[type=file]").set_input_files(file)
    button(page, "先看一遍").click()
    for press in ("放进来", None):
        page.wait_for_url("**/ledgers/*")
        with hall.books():
            jobs.bring_ledgers_in()
        page.reload()
        if press:
            page.get_by_role("button", name=press).first.click()
    expect(page.get_by_role("link", name="看看放进来的")).to_be_visible()


def test_a_dossier_is_produced_with_one_press(house: tuple[Hall, Ids], look_in: Callable[..., Page]) -> None:
    hand, page = Stopwatch(), look_in(f"/projects/{house[1]['project']}/dossier", house[0].cast.evaluator, size=DESK)
    with page.expect_download() as download:
        hand.tap(page.get_by_role("link", name="下载 PDF 档案"))
    assert download.value.path().read_bytes()[:4] == b"%PDF"
    hand.stop("dossier", 25, inputs=1)


def test_an_evaluator_draws_a_sample_that_anybody_can_draw_again(
    house: tuple[Hall, Ids], look_in: Callable[..., Page]
) -> None:
    hand, page = Stopwatch(), look_in(f"/projects/{house[1]['project']}/dossier", house[0].cast.evaluator, size=DESK)
    for name, text in (("size", "1"), ("reason", "第一次的记录已经核对完，再抽一次")):
        if page.locator(f"main [name='{name}']:visible").count():
            hand.type(named(page, name), text)
    hand.tap(send(page))
    expect(page.get_by_role("heading", name="怎样重算这次抽样")).to_be_visible()
    hand.stop("sample", 25, inputs=3)


def test_colleagues_talk_about_a_need_and_whoever_is_called_finds_it_on_the_first_page(
    house: tuple[Hall, Ids], look_in: Callable[..., Page]
) -> None:
    cast = house[0].cast
    hand, page = Keys(), look_in(f"/desk/needs/{house[1]['need']}", cast.head, size=DESK)
    talk = page.locator("#_comments")
    hand.type(talk.locator("textarea"), f"@{cast.clerk.name} 先给老人家里打个电话。")
    hand.tap(talk.get_by_role("button", name="发出"))
    expect(page.get_by_text("先给老人家里打个电话").first).to_be_visible()
    called = look_in("/", cast.clerk)
    hand.tap(called.locator("li", has_text="先给老人家里打个电话").get_by_role("link").first)
    expect(called.get_by_text("先给老人家里打个电话").first).to_be_visible()
    hand.stop("talk", 25, inputs=3)


def test_a_volunteer_says_what_they_can_do_and_when(house: tuple[Hall, Ids], look_in: Callable[..., Page]) -> None:
    hand, page = Stopwatch(), look_in("/me/volunteering", house[0].cast.resident)
    if not page.locator("input[name='skills']:visible").count():
        page.locator("details summary").first.click()
    hand.tap(page.locator("label", has_text="送餐做饭").first)
    hand.tap(button(page, "保存"))
    page.wait_for_load_state()
    finds = look_in("/volunteers", house[0].cast.clerk, size=DESK)
    expect(finds.locator("main article", has_text="王桂兰").filter(has_text="送餐做饭").first).to_be_visible()
    hand.stop("volunteer", 25, inputs=2)


def test_two_people_let_an_unmasked_list_leave(house: tuple[Hall, Ids], look_in: Callable[..., Page]) -> None:
    cast = house[0].cast
    hand, page = Keys(), look_in("/unmasked-files/new?list=RESIDENTS", cast.clerk, size=DESK)
    hand.type(named(page, "reason"), "区里周五核对高龄补贴，用后删除")
    hand.tap(send(page))
    page.wait_for_url(re.compile("/unmasked-files/[0-9A-Z]{10}$"))
    other = look_in(page.url.removeprefix(house[0].url), cast.head)
    hand.tap(button(other, "同意"))
    expect(other.get_by_text("可下载到")).to_be_visible()
    page.reload()
    with page.expect_download() as download:
        hand.tap(button(page, "下载未遮盖名单"))
    assert "王桂兰" in str(
        list(openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).active.iter_rows(values_only=True))
    )
    hand.stop("unmasked", 30, inputs=4)


def test_a_colleagues_open_work_is_handed_over_in_one_step(
    house: tuple[Hall, Ids], look_in: Callable[..., Page]
) -> None:
    hall, _ids = house
    with hall.books():
        one = builders.accepted(hall.cast.community, actor_of(hall.cast.clerk))
        one.first_handler_id = hall.cast.clerk.id
        builders.account("范志强", role=Role.CLERK, place=hall.cast.community)
    hand, page = Keys(), look_in(f"/hand-overs/new?from={hall.cast.clerk.public_id}", hall.cast.head, size=DESK)
    named(page, "taker").select_option(label="范志强")
    hand.type(named(page, "reason"), "下周休假")
    hand.tap(button(page, "全部交接"))
    expect(page.get_by_text("范志强").first).to_be_visible()
    hand.stop("hand over", 20, inputs=3)


def test_an_empty_community_is_set_up_by_its_secretary_within_the_quarter_of_an_hour(
    house: tuple[Hall, Ids], look_in: Callable[..., Page], tmp_path: Path
) -> None:
    hall, _ids = house
    with hall.books():
        here = builders.community(hall.cast.street, UNNAMED, phone=None)
        chief = builders.account("新书记", role=Role.HEAD, place=here)
        at, number = f"/set-up/{here.public_id}", here.id
    # By keyboard alone: the whole morning of a secretary who has no mouse.
    hand, page = Keys(), look_in("/", chief, size=DESK)
    hand.tap(page.get_by_role("link", name="继续").first)
    hand.tap(page.get_by_role("link", name="去填写"))
    for name, text in (
        ("name", "银杏苑社区"),
        ("phone", "028-8500 0900"),
        ("duty_phone", "028-8500 0901"),
        ("week", "09:00-12:00 13:30-17:30"),
    ):
        hand.type(named(page, name), text)
    hand.tap(button(page, "保存"))
    hand.tap(page.get_by_role("link", name="粘贴名单"))
    hand.type(named(page, "text"), YARDS)
    hand.tap(button(page, "录入名单"))
    for at_, (name, role, seat) in enumerate(
        (("李经办", "社区经办", "银杏苑社区"), ("张网格", "网格员", "一网格"), ("赵网格", "网格员", "二网格"))
    ):
        page.goto(hall.url + at)
        hand.tap(page.get_by_role("link", name="开一张单子"))
        hand.type(named(page, "name"), name)
        hand.type(named(page, "phone"), f"1390000777{at_}")
        named(page, "role").select_option(label=role)
        named(page, "seat").select_option(label=seat)
        hand.tap(send(page))
    page.goto(hall.url + at)
    hand.tap(button(page, "打印全部海报"))
    expect(page.locator(".poster")).to_have_count(3)
    file = tmp_path / "居民台账.xlsx"
    file.write_bytes(list_of(300, "银杏苑一期"))
    page.goto(f"{hall.url}/ledgers")
    bring_in(hall, page, file)
    page.goto(hall.url + at)
    hand.tap(button(page, "今天开始"))
    expect(page.get_by_text("全部就绪")).to_be_visible()
    hand.stop("set-up", 120, inputs=24)
    # Whoever needs twenty seconds for each field and tap is done in time, too.
    assert time.monotonic() - hand.began + 20 * hand.inputs < QUARTER
    with hall.books():
        assert set_up.checklist(Place.get(number)).over
