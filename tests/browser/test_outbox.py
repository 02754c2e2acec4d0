"""Written in a stairwell without a signal: it stays on the phone until the town hall's own receipt, and arrives once."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect
from sqlalchemy import delete

from models import attachments
from models.accounts import Account, actor_of
from models.attendance import Attendance
from models.base import now
from models.doorkeeping import Session
from models.needs import Need
from models.people import Person
from models.projects import Project
from models.ratings import Rating
from models.service_lists import ServiceListLine
from models.service_log import ServiceLog
from tests import serving
from tests.browser.conftest import Hall, session_of, until
from tests.browser.test_board import wait_for_worker
from tests.browser.test_ratings import slip
from tests.browser.test_service import look, project_of
from tests.builders import PASSWORD
from web import passwords

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


def test_every_window_of_a_phone_knows_how_many_wait(visit: Page, hall: Hall) -> None:
    other = visit.context.new_page()
    other.goto(visit.url)
    other.locator("form[data-outbox-ready]").wait_for()
    visit.context.set_offline(True)
    write(visit, "第一个窗口。")
    write(other, "第二个窗口。")
    for window in (visit, other):
        expect(window.get_by_role("link", name="2 条还没传上去")).to_be_visible()
    visit.context.set_offline(False)
    for window in (visit, other):
        expect(window.locator("#outbox-pill")).to_be_hidden()
    assert [logs(hall, words) for words in ("第一个窗口。", "第二个窗口。")] == [1, 1]


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
    # One stranger or another always stands between: a replay that is under way never slips through to the house.
    between = ["a page of a cafe"]

    def stranger(route: Route) -> None:
        STRANGERS[between[-1]](route)

    visit.route("**/logs/new/visit*", posts(stranger))
    for number, name in enumerate(STRANGERS):
        between.append(name)
        write(visit, f"第{number}次")
        expect(visit.get_by_text("已存在这部手机里")).to_be_visible()
        assert len(kept(visit)) == number + 1, name
        # Until all are sent by hand they rest; none goes behind the back of the next answer.
        visit.evaluate(REST)
        visit.get_by_role("button", name="接着写下一条").click()
    # The page of the shell takes letters and colors from the last page of the house.
    visit.evaluate("localStorage.setItem('linli:look', JSON.stringify({ elder: '', text: '1', theme: 'dark' }))")
    visit.goto(hall.url + "/outbox")
    expect(visit.locator("html[data-elder][data-text='1'][data-theme='dark']")).to_be_visible()
    expect(visit.locator("[data-rows] > section")).to_have_count(len(STRANGERS))
    expect(visit.locator("[data-slot=gist]").first).to_have_text("第0次")
    look(visit, "outbox")
    visit.unroute_all()
    visit.get_by_role("button", name="现在全部上传").click()
    expect(visit.get_by_text("没有要传的")).to_be_visible()
    assert [logs(hall, f"第{number}次") for number in range(len(STRANGERS))] == [1] * len(STRANGERS)


def test_a_photo_taken_without_a_network_follows_its_record(visit: Page, hall: Hall, accessible: Any) -> None:
    made, noted = io.BytesIO(), Image.Exif()
    noted.get_ifd(0x8769)[0x9003] = "2026:11:05 09:30:00"
    # So large that the phone makes it smaller, and with that takes the camera's note away.
    Image.effect_noise((1700, 1300), 120).convert("RGB").save(made, "JPEG", quality=97, exif=noted)
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
        (photo,) = attachments.of(("service_logs", number))
        assert photo.shot_at == datetime(2026, 11, 5, 1, 30, tzinfo=UTC)
        assert photo.received_bytes < len(made.getvalue())


def test_the_phone_reads_when_a_photo_was_taken_in_whatever_form_it_comes(visit: Page) -> None:
    pillow_heif.register_heif_opener()
    for kind in ("JPEG", "PNG", "WEBP", "HEIF"):
        for note in ({0x9003: "2026:11:05 09:30:00", 0x9011: "+09:00"}, {0x0132: "2026:11:05 09:30:00"}, {}):
            made, noted = io.BytesIO(), Image.Exif()
            noted[0x0110] = "a phone"
            (noted if 0x0132 in note else noted.get_ifd(0x8769)).update(note)
            Image.effect_noise((60, 40), 120).convert("RGB").save(made, kind, exif=noted)
            read = "(bytes) => linli.shotAt(new File([new Uint8Array(bytes)], 'a'))"
            zone = "+09:00" if 0x9011 in note else "+08:00"
            assert visit.evaluate(read, list(made.getvalue())) == (f"2026-11-05T09:30:00{zone}" if note else ""), kind
            assert visit.evaluate(read, list(made.getvalue()[:40])) == "", "a file that was cut"


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
    # Where the house would say no to the device, the phone does not say that it is kept.
    for staff in (hall.cast.worker, hall.cast.clerk):
        expect(open_page(address, staff).locator("form[data-outbox]")).to_have_count(0)
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
    page.get_by_text("要达到的目标").click()
    expect(page.get_by_text("孤独感下降 服务人数")).to_be_visible()
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


def test_what_was_carried_along_leaves_a_phone_whose_session_has_ended(
    open_page: Callable[..., Page], hall: Hall
) -> None:
    project_of(hall)
    page = open_page("/my-people", hall.cast.worker)
    page.get_by_role("button", name="带上 王桂兰").click()
    expect(page.get_by_role("button", name="已带上 王桂兰")).to_be_visible()
    with hall.books() as books:
        books.session.execute(delete(Session))
    page.goto(hall.url + "/")
    left = "linli.waiting.box().then((box) => box.base()).then(async (db) => await db.count('pages') + await db.count('keys'))"
    until(page, lambda: page.evaluate(left) == 0)


def test_todays_activity_and_a_list_of_doors_are_ticked_on_the_round_without_a_network(
    open_page: Callable[..., Page], hall: Hall, accessible: Any, fits: Any
) -> None:
    with hall.books():
        project = serving.project(hall.cast)
        serving.goal(project)
        day = serving.activity(hall.cast, project, starts_at=now() - timedelta(minutes=30))
        seat = Attendance.sign_up(day, Person.get(hall.cast.neighbor.id), by=actor_of(hall.cast.worker))
        doors, door = serving.service_list(hall.cast, project)
        here, seated, listed, first = day.public_id, seat.id, doors.public_id, door.id
    page = open_page(f"/service-lists/{listed}", hall.cast.worker)
    wait_for_worker(page)
    page.get_by_role("button", name="带上").click()
    expect(page.get_by_role("button", name="已带上")).to_be_visible()
    page.goto(hall.url + "/my-people")
    page.get_by_role("button", name="带上 健康操").click()
    expect(page.get_by_role("button", name="已带上 健康操")).to_be_visible()
    look(page, "today-carried")
    page.reload()
    page.context.set_offline(True)
    page.goto(f"{hall.url}/activities/{here}/attendance")
    expect(page.locator("input[type=file]")).to_have_count(0)
    page.get_by_role("button", name="到了").click()
    expect(page.get_by_text("到了 · 还没传上去")).to_be_visible()
    look(page, "today-offline")
    accessible(page)
    fits(page)
    page.goto(hall.url + "/")
    page.get_by_role("link", name="重阳慰问").click()
    page.get_by_role("button", name="送达").click()
    expect(page.get_by_text("已打勾，还没传上去")).to_be_visible()
    page.context.set_offline(False)
    page.goto(hall.url + "/my-people")
    expect(page.locator("#outbox-pill")).to_be_hidden()
    with hall.books():
        assert Attendance.get(seated).state == "PRESENT"
        assert ServiceListLine.get(first).outcome == "SEEN"


STORED = """linli.box.base().then((db) => db.getAll("pages")).then((rows) =>
  rows.map((one) => String.fromCharCode(...new Uint8Array(one.sealed.data)) + JSON.stringify(one.sealed)).join())"""


def test_a_form_that_is_not_taken_is_opened_again_and_mended_under_its_own_key(visit: Page, hall: Hall) -> None:
    visit.context.set_offline(True)
    visit.locator("[name=minutes]").fill("99999")
    write(visit, "时长写错了。")
    expect(visit.get_by_role("link", name=WAITING)).to_be_visible()
    (key,) = [one["key"] for one in kept(visit)]
    visit.context.set_offline(False)
    until(visit, lambda: kept(visit)[0]["state"] == "mend")
    visit.goto(hall.url + "/outbox")
    expect(visit.get_by_text("请再看一下")).to_be_visible()
    said = kept(visit)[0]["said"]
    expect(visit.get_by_text(said)).to_be_visible()
    assert "24 小时" in said
    look(visit, "to-mend")
    visit.get_by_role("link", name="打开修改").click()
    visit.locator("form[data-outbox-ready]").wait_for()
    expect(visit.locator("[name=summary]")).to_have_value("时长写错了。")
    expect(visit.get_by_text(said)).to_be_visible()
    assert visit.locator("form[data-outbox] [name=key]").first.input_value() == key
    visit.locator("[name=minutes]").fill("45")
    visit.get_by_role("button", name="提交").click()
    expect(visit.locator("#outbox-pill")).to_be_hidden()
    assert logs(hall, "时长写错了。") == 1 and kept(visit) == []


CHAINED = """async () => {
  const { box } = linli;
  const [one] = await (await box.base()).getAll("entries");
  const { fields } = await box.unsealText(one.owner, one.sealed);
  const copy = async (chain) => {
    const key = linli.newKey();
    const own = fields.map(([name, value]) => [name, name === "key" ? key : value]);
    await box.put({ ...one, key, chain, order: undefined, sealed: await box.sealText(one.owner, { fields: own, lines: [] }) });
    return key;
  };
  await box.put({ ...one, chain: "/one" });
  return [one.key, await copy("/one"), await copy("/other")];
}"""


def test_a_later_change_waits_for_the_one_before_it_and_nothing_else_does(visit: Page, hall: Hall) -> None:
    visit.context.set_offline(True)
    write(visit, "一件事的先后。")
    expect(visit.get_by_role("link", name=WAITING)).to_be_visible()
    first, second, other = visit.evaluate(CHAINED)
    sent: list[str] = []

    def answer(route: Route) -> None:
        (key,) = [key for key in (first, second, other) if key in (route.request.post_data or "")]
        sent.append(key)
        if key == first and sent.count(first) == 1:
            route.fulfill(status=500)
        else:
            route.continue_()

    visit.route("**/logs/new/visit*", posts(answer))
    visit.context.set_offline(False)
    # The house has it a moment before the phone has read the receipt.
    until(visit, lambda: {one["key"] for one in kept(visit)} == {first, second})
    assert second not in sent and logs(hall, "一件事的先后。") == 1
    until(visit, lambda: logs(hall, "一件事的先后。") == 3)
    assert sent.index(second) > sent.index(first, sent.index(first) + 1)
    assert [sent.count(key) for key in (first, second, other)] == [2, 1, 1]


def test_what_was_tried_too_often_is_saved_as_a_file_and_taken_in_at_the_office(
    visit: Page, open_page: Callable[..., Page], hall: Hall, tmp_path: Path, accessible: Any, fits: Any
) -> None:
    visit.route("**/logs/new/visit*", posts(lambda route: route.fulfill(status=500)))
    write(visit, "总是交不上去。")
    expect(visit.get_by_text("已存在这部手机里")).to_be_visible()
    visit.evaluate(REST.replace('"parked"', '"waiting", tries: 9, next: 0'))
    visit.goto(hall.url + "/outbox")
    expect(visit.get_by_text("试了多次，等您处理")).to_be_visible()
    look(visit, "parked")
    accessible(visit)
    fits(visit)
    file = tmp_path / "kept.json"
    with visit.expect_download() as saved:
        visit.get_by_role("button", name="存成文件").click()
    saved.value.save_as(file)
    assert "总是交不上去" not in file.read_text()
    for account, said in ((hall.cast.supervisor, "另一个账号"), (hall.cast.worker, "收进了 1 条")):
        office = open_page("/outbox", account)
        office.wait_for_load_state("networkidle")
        office.get_by_text("收进存好的文件").click()
        office.locator("[data-import]").set_input_files(file)
        expect(office.get_by_text(said)).to_be_visible()
    expect(office.get_by_text("没有要传的")).to_be_visible()
    assert logs(hall, "总是交不上去。") == 1
    visit.unroute_all()
    visit.get_by_role("button", name="现在全部上传").click()
    expect(visit.get_by_text("没有要传的")).to_be_visible()
    assert logs(hall, "总是交不上去。") == 1


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
    # An answer still under way would bring its own cookie and put it over the next one.
    visit.wait_for_load_state("networkidle")
    visit.unroute_all()
    visit.context.add_cookies([{**session_of(hall, hall.cast.supervisor), "url": hall.url}])
    visit.goto(hall.url + "/outbox")
    expect(visit.get_by_text("没有要传的")).to_be_visible()
    visit.wait_for_load_state("networkidle")
    assert "陈社工写的" not in visit.content()
    assert len(kept(visit)) == 1
    assert logs(hall, "陈社工写的，还没传。") == 0
    visit.context.add_cookies([{**session_of(hall, hall.cast.worker), "url": hall.url}])
    visit.goto(hall.url + "/outbox")
    expect(visit.locator("[data-rows] > section")).to_have_count(1)
    visit.get_by_role("button", name="现在全部上传").click()
    expect(visit.get_by_text("没有要传的")).to_be_visible()
    assert logs(hall, "陈社工写的，还没传。") == 1


def test_two_devices_that_change_one_record_merge_and_of_the_same_field_a_person_decides(
    open_page: Callable[..., Page], hall: Hall, accessible: Any, fits: Any
) -> None:
    with hall.books():
        of = Project.query.filter_by(public_id=project_of(hall)).one()
        draft = serving.log(of, hall.cast.worker, hall.cast.neighbor, submit=False, public_summary="两台设备").public_id
    phone = open_page(f"/logs/{draft}/edit", hall.cast.worker)
    phone.locator("form[data-outbox-ready]").wait_for()
    tablet = open_page(f"/logs/{draft}/edit", hall.cast.worker)
    tablet.locator("form[data-outbox-ready]").wait_for()

    def keep(page: Page, **fields: str) -> None:
        for name, text in fields.items():
            page.locator(f"[name={name}]").fill(text)
        page.get_by_role("button", name="存为草稿").click()

    phone.context.set_offline(True)
    keep(phone, minutes="75")
    expect(phone.get_by_role("link", name=WAITING)).to_be_visible()
    keep(tablet, summary="平板上写的")
    tablet.wait_for_url(f"{hall.url}/logs/{draft}")
    phone.context.set_offline(False)
    expect(phone.locator("#outbox-pill")).to_be_hidden()
    phone.goto(f"{hall.url}/logs/{draft}/edit")
    expect(phone.locator("[name=summary]")).to_have_value("平板上写的")
    expect(phone.locator("[name=minutes]")).to_have_value("75")
    phone.locator("form[data-outbox-ready]").wait_for()
    phone.context.set_offline(True)
    keep(phone, summary="手机上写的")
    expect(phone.get_by_role("link", name=WAITING)).to_be_visible()
    tablet.goto(f"{hall.url}/logs/{draft}/edit")
    tablet.locator("form[data-outbox-ready]").wait_for()
    keep(tablet, summary="平板又改了")
    tablet.wait_for_url(f"{hall.url}/logs/{draft}")
    phone.context.set_offline(False)
    phone.goto(hall.url + "/outbox")
    expect(phone.get_by_text("请再看一下")).to_be_visible()
    phone.get_by_role("link", name="打开修改").click()
    phone.locator("form[data-outbox-ready]").wait_for()
    phone.get_by_role("button", name="存为草稿").click()
    expect(phone.get_by_role("radio", name="手机上写的")).to_be_visible()
    look(phone, "two-devices")
    accessible(phone)
    fits(phone)
    phone.get_by_role("radio", name="手机上写的").check()
    phone.locator("form[data-outbox-ready]").wait_for()
    phone.get_by_role("button", name="存为草稿").click()
    expect(phone.locator("#outbox-pill")).to_be_hidden()
    assert logs(hall, "手机上写的") == 1


def test_what_was_written_without_an_account_waits_out_a_sign_in(open_page: Callable[..., Page], hall: Hall) -> None:
    page = open_page(f"/at/{hall.cast.courtyard.public_id}")
    page.locator("form[data-outbox-ready]").wait_for()
    page.context.set_offline(True)
    page.get_by_role("button", name="下一步").click()
    page.locator("[name=text]").fill("登录以前写的，井盖响。")
    page.get_by_role("button", name="下一步").click()
    page.locator("[name=name]").fill("赵大妈")
    page.locator("[name=phone]").fill("13800001234")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("link", name=WAITING)).to_be_visible()
    page.route("**/needs", posts(lambda route: route.abort()))
    page.context.set_offline(False)
    page.goto(hall.url + "/login")
    with hall.books() as books:
        worker = books.session.get_one(Account, hall.cast.worker.id)
        worker.password_hash, number = passwords.hashed(PASSWORD), worker.phone or ""
    page.locator("[name=phone]").fill(number)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(hall.url + "/")
    page.goto(hall.url + "/outbox")
    expect(page.get_by_text("还有 1 条是没登录时写的")).to_be_visible()
    page.goto(hall.url + "/me")
    page.unroute_all()
    page.locator("#side [data-sign-out] button").evaluate("(button) => button.click()")
    page.wait_for_url(hall.url + "/")
    page.goto(hall.url + "/outbox")
    expect(page.get_by_text("没有要传的")).to_be_visible()
    with hall.books():
        assert Need.query.filter(Need.text.contains("登录以前写的")).count() == 1
