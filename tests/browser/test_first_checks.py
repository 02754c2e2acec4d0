"""What is looked into on the first days, by the clock: a dossier, a sample, a day, whom nobody saw, a trial run.

The limits are seconds of the machine with room for a slow one; presses and fields are counted.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta

import openpyxl
import pypdfium2
from playwright.sync_api import Page, expect

from models.accounts import actor_of
from models.activities import Activity
from models.base import SHANGHAI, now, today, travel
from models.events import JOB
from models.needs import Need
from models.people import Person, PersonTag, Tag, TagBasis
from models.places import Place
from models.service_log import ServiceLog
from models.states import ServiceLogState
from tests import builders, serving
from tests.browser.conftest import DESK, Hall, Ids
from tests.browser.paper import A4, printed
from tests.browser.stopwatch import Keys, Stopwatch, Thumb, button, named, send

House = tuple[Hall, Ids]


def test_a_dossier_is_taken_along_by_keyboard_with_all_that_proves_it(
    house: House, look_in: Callable[..., Page]
) -> None:
    """One press for the zip: the numbered PDF on A4, the list of proofs, and the gaps by the names that the page gives."""
    hall, ids = house
    page, hand = look_in(f"/projects/{ids['project']}/dossier", hall.cast.evaluator, size=DESK), Keys()
    with page.expect_download() as download:
        hand.tap(page.get_by_role("link", name="连同清单和照片（zip）"))
    hand.stop("dossier as a zip", 30, inputs=1)
    number = re.search(r"核验号[^0-9A-Z]*([0-9A-Z-]+)", page.locator("main").inner_text())
    missing = page.locator("main a[href^='#part-']").all_inner_texts()
    with zipfile.ZipFile(download.value.path()) as packed:
        paper = pypdfium2.PdfDocument(packed.read("评估档案.pdf"))
        rows = list(openpyxl.load_workbook(io.BytesIO(packed.read("index.xlsx"))).active.iter_rows(values_only=True))
    try:
        said = "".join("".join(one.get_textpage().get_text_range().split()) for one in paper)
        assert all(abs(is_ - should) < 2 for one in paper for is_, should in zip(one.get_size(), A4, strict=True))
    finally:
        paper.close()
    assert number is not None and number[1] in said and missing
    assert all("".join(one.split()).lstrip(".0123456789") in said for one in missing)
    proofs = page.locator("main details table tbody tr").count()
    assert len(rows) > proofs > 0 and "王**" in said and "王桂兰" not in said


def test_a_sample_is_drawn_again_with_a_pencil_and_ticked_on_paper(house: House, look_in: Callable[..., Page]) -> None:
    """Drawn in three fields and presses; seed and lots on the printed sheet give the same records to whoever computes."""
    hall, ids = house
    page, hand = look_in(f"/projects/{ids['project']}/dossier", hall.cast.evaluator, size=DESK), Stopwatch()
    tree = page.locator("main").text_content() or ""
    hand.type(named(page, "size"), "3")
    hand.type(named(page, "reason"), "再抽三份，换一位评估员核对")
    hand.tap(send(page))
    expect(page.get_by_role("heading", name="怎样重算这次抽样")).to_be_visible()
    hand.stop("sample on paper", 25, inputs=3)
    seed = page.locator(".break").inner_text()
    lots = [re.findall(r"[■□]|\w+", line) for line in page.locator(".lots li").all_inner_texts()]
    again = {code: hashlib.sha256(f"{seed}|{code}".encode()).hexdigest() for _mark, code, _lot in lots}
    assert all(again[code].startswith(lot) for _mark, code, lot in lots)
    assert {code for mark, code, _lot in lots if mark == "■"} == set(sorted(again, key=again.__getitem__)[:3])
    drawn = page.locator("table.ruled tbody tr td:first-child").all_inner_texts()
    out = printed(page, "sample")
    assert len(drawn) == 3 and all(one.split()[0] in tree for one in drawn)
    assert len(out) <= 2 and all(one.split()[1] in out[0] for one in drawn) and seed in "".join(out)


def test_the_head_sees_who_has_not_done_what_and_the_supervisor_signs_by_thumb(
    hall: Hall, open_page: Callable[..., Page]
) -> None:
    """At half past eight: the head's day on one sheet with the colleague who is late, the supervisor's in two taps."""
    with hall.books():
        cast = hall.cast
        with travel(-timedelta(days=40)):
            late = builders.accepted(Place.get(cast.community.id), actor_of(cast.clerk), text="路灯不亮，晚上看不见")
            late.first_handler_id = cast.clerk.id
        log = serving.log(serving.project(cast), cast.worker, Person.get(cast.neighbor.id)).public_id
    page, hand = open_page("/", hall.cast.head, size=DESK), Stopwatch()
    hand.tap(page.get_by_role("link", name="打印今天要办"))
    page.wait_for_url("**/today*")
    out = printed(page, "day")
    assert len(out) == 1 and "谁没办" in out[0]
    row = page.get_by_role("row", name="李晓梅")
    expect(row.get_by_role("cell").first).to_have_text("1")
    hand.tap(row.get_by_role("link", name="工作交接"))
    expect(page.locator("main option[selected]", has_text="李晓梅")).to_have_count(1)
    hand.stop("the head's day", 20, inputs=2)
    phone, finger = open_page("/", hall.cast.supervisor, has_touch=True), Thumb()
    finger.tap(phone.locator("main a.btn[href='/log-approvals']").first)
    finger.tap(button(phone, "通过勾选的"))
    expect(phone.get_by_text("都审完了")).to_be_visible()
    finger.stop("to sign", 20, inputs=2)
    with hall.books():
        assert ServiceLog.find(log).state == ServiceLogState.APPROVED


def test_whom_nobody_saw_for_long_is_visited_and_leaves_the_list(hall: Hall, open_page: Callable[..., Page]) -> None:
    """The clerk shortens the term by keyboard; the worker goes from the first page to the door and back by thumb."""
    with hall.books():
        with travel(-timedelta(days=12)):
            alone = builders.person(Place.get(hall.cast.community.id), "邓婆婆")
        PersonTag(person_id=alone.id, tag=Tag.LONELY_ELDER, basis=TagBasis.CONSENT).save()
        with travel(-timedelta(days=12)):
            serving.approved(hall.cast, serving.project(hall.cast), alone)
    page, hand = open_page("/long-unseen", hall.cast.clerk, size=DESK), Keys()
    expect(page.get_by_text("邓婆婆")).to_have_count(0)
    hand.tap(page.get_by_role("link", name="多少天要联系一次"))
    hand.type(named(page, "LONELY_ELDER"), "10")
    hand.tap(send(page))
    expect(page.get_by_role("link", name="邓婆婆")).to_be_visible()
    days = page.locator("[data-row] .num").first.inner_text().split()[0]
    hand.stop("term by mark", 20, inputs=3)
    phone, finger = open_page("/", hall.cast.worker, has_touch=True), Thumb()
    finger.tap(phone.locator("main a.btn[href='/my-people?long=1']"))
    finger.tap(phone.get_by_role("link", name="邓婆婆", exact=True))
    expect(phone.locator(".stat", has_text="没联系的天数")).to_contain_text(f"没联系的天数{days}")
    finger.tap(phone.get_by_role("link", name="走访").first)
    finger.tap(phone.locator("label", has_text="见到了").first)
    finger.type(named(phone, "summary"), "陪老人聊天，提醒按时吃药。")
    finger.tap(phone.locator("main form.stack").get_by_role("button", name="提交"))
    expect(phone.get_by_text("已经提交")).to_be_visible()
    finger.stop("from the list to the door", 40, inputs=6)
    phone.goto(f"{hall.url}/my-people?long=1")
    expect(phone.get_by_text("邓婆婆")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("link", name="邓婆婆")).to_have_count(0)


def test_an_activity_is_reported_noted_and_announced_by_phone(hall: Hall, open_page: Callable[..., Page]) -> None:
    """The organization says what it means to do, the head notes it, one press announces it on the public calendar."""
    with hall.books():
        title = serving.project(hall.cast, title="银龄课堂").title
    at = (now() + timedelta(days=8)).astimezone(SHANGHAI).replace(hour=9, minute=30)
    phone, finger = open_page("/pre-reports/new", hall.cast.manager, has_touch=True), Thumb()
    named(phone, "project").select_option(label=title)
    for name, text in (
        ("title", "手机课堂"),
        ("content", "教老人用手机挂号，请带上手机。"),
        ("place", "社区活动室"),
        ("starts", f"{at:%Y-%m-%dT%H:%M}"),
        ("ends", f"{at + timedelta(hours=2):%Y-%m-%dT%H:%M}"),
        ("safety", "两名社工看护，备有急救箱。"),
    ):
        finger.type(named(phone, name), text)
    finger.tap(phone.get_by_text("预计人数和负责人"))
    finger.type(named(phone, "expected"), "20")
    finger.tap(button(phone, "报给社区"))
    phone.wait_for_url(re.compile("/pre-reports/[0-9A-Z]{10}$"))
    finger.stop("activity reported", 30, inputs=9)
    head, hand = open_page("/", hall.cast.head, has_touch=True), Thumb()
    hand.tap(head.locator("main a.btn[href='/pre-reports']").first)
    hand.tap(head.get_by_role("link", name="手机课堂"))
    hand.tap(head.locator("label", has_text="已备案").first)
    hand.tap(button(head, "就这样答复"))
    expect(button(head, "就这样答复")).to_have_count(0)
    hand.stop("activity noted", 20, inputs=4)
    phone.reload()
    finger.tap(button(phone, "照所报发布"))
    everybody = open_page(f"/activities/calendar?on={at:%Y-%m-%d}")
    expect(everybody.get_by_role("link", name="手机课堂").last).to_be_visible()
    with hall.books():
        one = Activity.query.one()
        assert (one.title, one.capacity, one.starts_at.astimezone(SHANGHAI).hour) == ("手机课堂", 20, 9)


def test_a_trial_run_counts_what_is_late_for_sixty_days_and_lists_it_then(
    hall: Hall, open_page: Callable[..., Page]
) -> None:
    """Begun with a key in English; the public reads a number until day sixty, the street gives thirty days with a reason."""
    cast = hall.cast
    with hall.books():
        here = Place.get(cast.community.id)
        at, board = f"/set-up/{here.public_id}", f"/board?community={here.public_id}"
        builders.accepted(here, actor_of(cast.clerk), text="三单元的路灯坏了").publish_title(
            "三单元路灯不亮", by=actor_of(cast.clerk)
        )
    page, hand = open_page(at, cast.head, size=DESK), Keys()
    button(page, "English").click()
    hand.tap(button(page, "Begin today"))
    expect(page.get_by_text("Trial run until").first).to_be_visible()
    hand.stop("trial begun", 20, inputs=1)
    street, finger = open_page(at, cast.street_officer, has_touch=True), Thumb()
    finger.type(named(street, "reason"), "新的经办下月到岗")
    finger.tap(button(street, "延长三十天（只能一次）"))
    expect(street.get_by_text("新的经办下月到岗")).to_be_visible()
    finger.stop("trial extended", 20, inputs=2)
    with hall.books():
        ends = Place.get(cast.community.id).trial_until
        assert ends is not None and (ends - timedelta(seconds=1)).astimezone(SHANGHAI).date() == today() + timedelta(89)
    everybody = open_page(board)
    for days, listed in ((59, 0), (91, 1)):
        with travel(timedelta(days=days)):
            with hall.books():
                Need.escalate_all(by=JOB)
            everybody.goto(hall.url + board)
            expect(everybody.locator(".stat", has_text="超期5个工作日以上")).to_contain_text("1")
            expect(everybody.get_by_text("三单元路灯不亮")).to_have_count(listed)
            assert ("试运行" in everybody.locator("main").inner_text()) is not bool(listed)
