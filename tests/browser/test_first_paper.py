"""The print kit by the clock: each sheet is a few presses from the kit, and leaves the printer as whole sheets of A4.

The limits are seconds of the machine with room for a slow one; the presses are counted: one where the thing is at hand,
three or four where it is chosen first.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from models.accounts import actor_of
from models.attendance import Attendance
from models.base import now, today
from models.projects import Project
from models.reports.periods import month_of
from models.service_lists import ServiceList
from models.working_time import local_day
from tests import serving
from tests.browser.conftest import DESK, Hall, Ids
from tests.browser.paper import printed
from tests.browser.stopwatch import Stopwatch, Thumb, button, named

FEAST, RICE = "百家宴", "春节送米面"
GUESTS, SEATS = 45, 40
Kit = tuple[Hall, Ids, list[str]]


@pytest.fixture(scope="module")
def kit(house: tuple[Hall, Ids]) -> Iterator[Kit]:
    """Let forty-five people sign up for a feast of forty, and stand on a list of rice and flour."""
    hall, ids = house
    with hall.books():
        project, worker = Project.find(ids["project"]), actor_of(hall.cast.worker)
        guests = serving.people(hall.cast, GUESTS)
        feast = serving.activity(hall.cast, project, starts_at=now() + timedelta(hours=20), capacity=SEATS)
        feast.title = FEAST
        for one in guests:
            Attendance.sign_up(feast, one, by=worker)
        ServiceList.draw_up(project, guests, RICE, by=worker, goods="大米 10 斤", on_day=today())
        yield hall, {**ids, "feast": feast.public_id}, [one.name for one in guests]


def sheets(hand: Stopwatch, page: Page, what: Locator, name: str) -> list[str]:
    """Press for a sheet, print it, and press for the kit again."""
    hand.tap(what)
    expect(page.locator(".sheet, .poster").first).to_be_visible()
    out = printed(page, name)
    hand.tap(page.get_by_role("link", name="返回"))
    return out


def line_of(page: Page, words: str) -> Locator:
    return page.locator("main li", has_text=words).first


def test_an_activity_is_on_paper_in_one_press_a_sheet(kit: Kit, look_in: Callable[..., Page]) -> None:
    """The sign-in sheet with names and blank lines, the poster and the entrance sheet: one press each, and one back to the kit."""
    hall, _ids, guests = kit
    hand, page = Stopwatch(), look_in("/print-kit", hall.cast.worker, size=DESK)
    feast = line_of(page, FEAST)
    names = sheets(hand, page, feast.get_by_role("link", name="签到表"), "sign-in")
    wall = sheets(hand, page, feast.get_by_role("link", name="活动海报"), "wall")
    door = sheets(hand, page, feast.get_by_role("link", name="门口签到海报"), "door")
    hand.stop("paper of an activity", 30, inputs=6)
    # Forty-five names and four lines for those who come unasked, the heading again on the second sheet.
    assert len(names) == 2 and all("姓名门牌签名" in sheet for sheet in names)
    assert all(name in "".join(names) for name in guests) and "".join(names).count("候补") == GUESTS - SEATS
    assert f"{GUESTS + 4}结束后" in names[1]
    assert len(wall) == len(door) == 1 and "028-85000000" in wall[0]
    assert not any(word in sheet for word in ("今天", "明天") for sheet in (*names, *wall, *door))


def test_an_activity_goes_into_the_group_chat_by_thumb(kit: Kit, look_in: Callable[..., Page]) -> None:
    """The picture and the words for the group: a tap each on the phone."""
    hall, ids, _guests = kit
    page = look_in("/print-kit", hall.cast.worker, has_touch=True, permissions=["clipboard-read", "clipboard-write"])
    hand, feast = Thumb(), line_of(page, FEAST)
    with page.expect_download() as download:
        hand.tap(feast.get_by_role("link", name="存成海报图片"))
    hand.tap(feast.get_by_role("button", name="复制到微信群"))
    expect(feast.get_by_role("button", name="已复制")).to_be_visible()
    hand.stop("group chat", 20, inputs=2)
    said = page.evaluate("navigator.clipboard.readText()")
    # It is read tomorrow, too.
    assert "今天" not in said and "明天" not in said
    assert FEAST in said and f"{hall.url}/activities/{ids['feast']}" in said
    with Image.open(io.BytesIO(download.value.path().read_bytes())) as poster:
        assert poster.format == "PNG" and poster.width >= 1000


def test_a_project_is_on_the_wall_and_its_lists_are_signed(kit: Kit, look_in: Callable[..., Page]) -> None:
    """The project's board, whom it serves, and the sheet on which forty-five people sign for rice: one press each."""
    hall, _ids, guests = kit
    hand, page = Stopwatch(), look_in("/print-kit", hall.cast.worker, size=DESK)
    board = sheets(hand, page, page.get_by_role("link", name="项目公示牌"), "board")
    served = sheets(hand, page, page.get_by_role("link", name="服务名单"), "served")
    signed = sheets(hand, page, line_of(page, RICE).get_by_role("link", name="慰问签收表"), "signed")
    hand.stop("paper of a project", 30, inputs=6)
    assert len(board) == 1 and "监督电话028-85000000" in board[0]
    assert "王桂兰" in "".join(served) and "按已审核的服务记录统计" in served[-1]
    assert len(signed) == 2 and "".join(signed).count("☐☐☐") == GUESTS and all(one in "".join(signed) for one in guests)


def test_a_matter_leaves_with_its_receipt(kit: Kit, look_in: Callable[..., Page]) -> None:
    """From the kit over the desk to the receipt (受理回执) in three presses, on one sheet with the number."""
    hall, ids, _guests = kit
    hand, page = Stopwatch(), look_in("/print-kit", hall.cast.clerk, size=DESK)
    hand.tap(page.get_by_role("link", name="选一件事"))
    hand.tap(page.locator(f"main a.open[href*='{ids['need']}']"))
    hand.tap(page.locator("#aside").get_by_role("link", name="回执", exact=True))
    expect(page.locator(".sheet")).to_be_visible()
    out = printed(page, "receipt")
    hand.stop("receipt", 20, inputs=3)
    assert len(out) == 1 and "老年食堂周末停餐" in out[0] and "028-85000000" in out[0]


def test_a_service_gets_twelve_strips_to_tear_off(kit: Kit, look_in: Callable[..., Page]) -> None:
    """From the kit to twelve strips (评价条): the service, the number, make; each code stands twice on the one sheet."""
    hall, ids, _guests = kit
    hand, page = Stopwatch(), look_in("/print-kit", hall.cast.clerk, size=DESK)
    hand.tap(page.get_by_role("link", name="选一次服务"))
    hand.tap(page.locator(f"main a.open[href*='{ids['log']}']"))
    hand.type(named(page, "number"), "12")
    hand.tap(button(page, "制作撕条"))
    expect(page.locator(".sheet")).to_be_visible()
    codes = page.locator(".strips tbody td.tear").all_inner_texts()
    out = printed(page, "strips")
    hand.stop("strips", 25, inputs=4)
    assert len(out) == 1 and len(set(codes)) == 12 and all(out[0].count(code) == 2 for code in codes)


def test_a_meeting_has_its_sheet_by_keyboard_alone(kit: Kit, look_in: Callable[..., Page]) -> None:
    """The sign-in of a meeting (会议签到): its name and Enter, and twenty lines stand on one sheet."""
    page = look_in("/print-kit", kit[0].cast.clerk, size=DESK)
    hand = Stopwatch()
    named(page, "what").focus()
    page.keyboard.type("居民议事会")
    page.keyboard.press("Enter")
    expect(page.locator("table.ruled")).to_be_visible()
    out = printed(page, "meeting")
    hand.stop("meeting", 15)
    assert len(out) == 1 and "居民议事会" in out[0] and "1920主持人" in out[0]


def test_a_month_of_volunteers_time_is_signed(kit: Kit, look_in: Callable[..., Page]) -> None:
    """The hours of the month (志愿者时长表) in one press, each volunteer with a sum."""
    hand, page = Stopwatch(), look_in("/print-kit", kit[0].cast.supervisor, size=DESK)
    hand.type(named(page, "month"), month_of(local_day(now() - timedelta(hours=60))))
    hand.tap(button(page, "查看"))
    expect(page.locator("table.ruled")).to_be_visible()
    out = printed(page, "hours")
    hand.stop("hours of a month", 15, inputs=2)
    assert re.search("王桂兰·?1.0小时", out[0]) and "制表人" in out[-1]
