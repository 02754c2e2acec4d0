"""Coming and leaving on the phone: the square on the worker's screen, one tap, and roughly where, for whoever wants that said."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import segno
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from models import check_ins
from models.accounts import Account
from models.activities import Activity
from models.base import now
from models.check_ins import CheckIn, CheckInPlace
from tests import serving
from tests.browser.conftest import ARGUMENTS, Hall, windows
from tests.browser.test_service import look
from tests.builders import PASSWORD
from tests.conftest import CHROMIUM
from web import passwords

HERE = re.compile(r"\d\d:\d\d 签到")


@pytest.fixture
def day(hall: Hall) -> str:
    """Return an activity that begins in a few minutes."""
    with hall.books():
        return serving.activity(hall.cast, starts_at=now() + timedelta(minutes=5)).public_id


def square(hall: Hall, day: str) -> str:
    """Return the address that the square on the screen says in this half minute."""
    with hall.books():
        shown = check_ins.token(Activity.find(day), check_ins.step_at(now()))
    return f"/activities/{day}/check-in?seen={shown}"


def test_one_tap_after_the_square_and_a_rough_place_for_whoever_ticks_it(
    open_page: Callable[..., Page], hall: Hall, day: str, accessible: Any, fits: Any
) -> None:
    screen = open_page(f"/activities/{day}/turning-code", hall.cast.clerk)
    expect(screen.locator("#turning img")).to_be_visible()
    expect(screen.locator("#turning .digits")).to_have_text(re.compile(r"^\d{3} \d{3}$"))
    accessible(screen)
    fits(screen)
    beijing = {"latitude": 39.916527, "longitude": 116.390931}
    phone = open_page(square(hall, day), hall.cast.resident, geolocation=beijing, permissions=["geolocation"])
    expect(phone.get_by_text("码已扫到")).to_be_visible()
    box = phone.get_by_label("同时记下我大概在哪里")
    expect(box).not_to_be_checked()
    box.check()
    expect(phone.get_by_text("纬度 39.92，经度 116.39")).to_be_visible()
    assert phone.locator("[name=near]").input_value() == "39.92,116.39"
    look(phone, "check-in")
    accessible(phone)
    fits(phone)
    phone.get_by_role("button", name="我到了").click()
    expect(phone.get_by_text(HERE)).to_be_visible()
    expect(phone.get_by_text("记下的大概位置：纬度 39.92")).to_be_visible()
    phone.get_by_role("button", name="签退").click()
    expect(phone.get_by_text(re.compile(r"\d\d:\d\d 签退"))).to_be_visible()
    look(phone, "checked-out")
    with hall.books():
        assert [(one.deed, one.way) for one in CheckIn.query.order_by(CheckIn.id)] == [("IN", "SCAN"), ("OUT", "TAP")]
        (where,) = CheckInPlace.query.all()
        assert (where.north, where.east) == (3992, 11639)


def film(code: str) -> bytes:
    """Return what the camera of a browser sees (YUV4MPEG2, gray, one picture that comes again): a code on paper."""
    paper, drawn = Image.new("L", (640, 480), 200), io.BytesIO()
    segno.make(code, error="m").save(drawn, kind="png", scale=8, border=4)
    drawn.seek(0)
    with Image.open(drawn) as square:
        paper.paste(square.convert("L").resize((400, 400)), (120, 40))
    head = b"YUV4MPEG2 W640 H480 F5:1 Ip A1:1 C420jpeg\nFRAME\n"
    return head + paper.tobytes() + b"\x80" * (640 * 480 // 2)


@pytest.fixture
def camera(hall: Hall, browser: Browser, tmp_path: Path) -> Iterator[tuple[Callable[..., Page], Path]]:
    """Return how a page is opened on a phone with a camera, and the film that it sees: read when the camera is opened."""
    seen = tmp_path / "seen.y4m"
    eyes = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={seen}",
    ]
    phone = browser.browser_type.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *eyes])
    with windows(hall, phone) as begin:
        yield begin, seen
    phone.close()


def test_the_page_reads_the_turning_square_through_the_camera(
    camera: tuple[Callable[..., Page], Path], hall: Hall, day: str, accessible: Any, fits: Any
) -> None:
    open_phone, seen = camera
    phone = open_phone(f"/activities/{day}/check-in", hall.cast.resident)
    scan = phone.locator("[data-scan]")
    expect(scan).to_be_visible()
    seen.write_bytes(film("https://example.com/menu"))
    scan.click()
    expect(phone.get_by_text(scan.get_attribute("data-other") or "")).to_be_visible()
    look(phone, "scanning")
    accessible(phone)
    fits(phone)
    scan.click()
    expect(phone.locator("video")).to_have_count(0)
    seen.write_bytes(film(hall.url + square(hall, day)))
    scan.click()
    expect(phone.get_by_text("码已扫到")).to_be_visible()
    phone.get_by_role("button", name="我到了").click()
    expect(phone.get_by_text(HERE)).to_be_visible()
    with hall.books():
        assert [one.way for one in CheckIn.query] == ["SCAN"]


def test_a_square_that_is_read_without_a_network_waits_on_the_phone_with_the_time(
    camera: tuple[Callable[..., Page], Path], hall: Hall, day: str, accessible: Any, fits: Any
) -> None:
    open_phone, seen = camera
    phone = open_phone(f"/activities/{day}/check-in", hall.cast.resident)
    phone.locator("form[data-outbox-ready]").wait_for()
    phone.wait_for_load_state("networkidle")
    phone.context.set_offline(True)
    seen.write_bytes(film(hall.url + square(hall, day)))
    phone.locator("[data-scan]").click()
    expect(phone.get_by_text("码已扫到")).to_be_visible()
    expect(phone.locator("[name=code]")).to_be_hidden()
    look(phone, "scanned-offline")
    accessible(phone)
    fits(phone)
    phone.get_by_role("button", name="我到了").click()
    expect(phone.get_by_text("已存在这部手机里")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.locator("#outbox-pill")).to_be_hidden()
    with hall.books():
        (line,) = CheckIn.query.all()
        assert (line.way, line.offline, line.clock_off) == ("SCAN", True, False)


def test_who_says_no_to_the_phone_and_who_scans_signed_out_come_in_all_the_same(
    open_page: Callable[..., Page], hall: Hall, day: str
) -> None:
    address = square(hall, day)
    phone = open_page(address)
    expect(phone).to_have_url(re.compile("/login"))
    with hall.books():
        resident = Account.get(hall.cast.resident.id)
        resident.password_hash, number = passwords.hashed(PASSWORD), resident.phone
    phone.locator("[name=phone]").fill(number)
    phone.locator("[name=password]").fill(PASSWORD)
    phone.get_by_role("button", name="登录", exact=True).click()
    expect(phone.get_by_text("码已扫到")).to_be_visible()
    phone.get_by_label("同时记下我大概在哪里").click()
    expect(phone.get_by_text("手机没有给出位置")).to_be_visible()
    phone.get_by_role("button", name="我到了").click()
    expect(phone.get_by_text(HERE)).to_be_visible()
    with hall.books():
        assert CheckInPlace.query.count() == 0
        assert [one.way for one in CheckIn.query] == ["SCAN"]
