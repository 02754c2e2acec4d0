"""An office drops its list of two thousand residents in at a desk: from opening the page to a full register, timed."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from models.people import Person, PersonState
from tests.browser.conftest import DESK, PHONE, Hall
from web import jobs

SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", "桂兰建国秀英志强丽华小明玉梅海燕文博"
LIMIT = 600


def list_of(rows: int, courtyard: str) -> bytes:
    """Return a list as an office keeps it: titles above, merged cells, full-width digits, missing numbers, a few faults."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["晋阳社区居民台账"])
    sheet.append(["填表单位：晋阳社区居委会", None, None, "2026年11月"])
    sheet.append(["序号", "姓 名", "性别", "出生年月", "联系电话（必填）", "小区", "楼栋号", "单元", "房号", "备注"])
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    for n in range(rows):
        name = f"{SURNAMES[n % 20]}　{GIVEN[n * 7 % 18]}{GIVEN[n * 11 % 18]}"
        phone: str | None = f"139{n:08d}"
        phone = None if n % 5 == 0 else phone.translate(wide) if n % 3 == 0 and phone else phone
        sheet.append(
            [n + 1, None if n % 400 == 399 else name, "女" if n % 2 else "男", f"19{30 + n % 60}年{n % 12 + 1}月", phone,
             courtyard, f"{n // 50 + 1}栋" if n % 2 == 0 else None, "1", f"{n % 50 + 101}", None]
        )  # fmt: skip
    sheet.append(["合计", rows])
    sheet.merge_cells("A1:J1")
    for n in range(0, rows - 1, 2):
        sheet.merge_cells(f"G{n + 4}:G{n + 5}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def work(hall: Hall) -> None:
    """Do what the consumer of jobs does."""
    with hall.books():
        jobs.bring_ledgers_in()


def test_two_thousand_residents_are_in_within_minutes_by_keyboard(
    hall: Hall, open_page: Callable[..., Page], accessible: Callable[[Page], None], fits: Any, tmp_path: Path
) -> None:
    file = tmp_path / "晋阳社区居民台账.xlsx"
    file.write_bytes(list_of(2000, hall.cast.courtyard.name))
    began = time.monotonic()
    page = open_page("/ledgers", hall.cast.clerk, size=DESK)
    accessible(page)
    page.get_by_label("把文件拖到这里").set_input_files(file)
    # Once a file is chosen, the button has the focus.
    page.keyboard.press("Enter")
    expect(page.get_by_text("正在看", exact=True)).to_be_visible()
    work(hall)
    expect(page.get_by_role("heading", name="前几行会这样放进来")).to_be_visible()
    accessible(page)
    expect(page.get_by_text("这一格是空的。").first).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator("#progress[hx-get]")).to_be_visible()
    work(hall)
    expect(page.get_by_role("link", name="看看放进来的")).to_be_visible()
    assert time.monotonic() - began < LIMIT
    with hall.books() as database:
        here = select(func.count(Person.id)).where(Person.state == PersonState.ACTIVE, Person.import_id.is_not(None))
        assert database.session.scalar(here) == 1995
    page.set_viewport_size(PHONE)
    fits(page)


def test_a_ledger_is_dropped_in_without_script(hall: Hall, open_page: Callable[..., Page], tmp_path: Path) -> None:
    file = tmp_path / "台账.xlsx"
    file.write_bytes(list_of(3, hall.cast.courtyard.name))
    page = open_page("/ledgers", hall.cast.clerk, size=PHONE, script=False)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="先看一遍").click()
    work(hall)
    page.get_by_role("link", name="再看一下").click()
    page.get_by_role("button", name="把这 3 行放进来").click()
    work(hall)
    page.get_by_role("link", name="再看一下").click()
    expect(page.get_by_text("撤回这份台账")).to_be_visible()
