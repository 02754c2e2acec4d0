"""The other ledgers of a first day, by the clock: untidy sheets come in, are taken along, and are taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from models import sheets
from models.ledgers import Ledger, LedgerKind, LedgerState
from tests import serving, untidy
from tests.browser.conftest import DESK, Hall
from tests.browser.stopwatch import Stopwatch, button
from tests.browser.test_ledgers import work

# What each untidy sheet brings in, how many of its lines stay outside, one fault that is said, and who leaves masked.
SHEETS = {
    LedgerKind.SERVED: (4, 1, "同一个人在前面的行里已经有了", "孙**"),
    LedgerKind.VOLUNTEERS: (4, 1, "这不是电话号码", "钱**"),
    LedgerKind.PROJECTS: (2, 1, "没有这家机构", "独居老人陪伴"),
    LedgerKind.WORK_ORDERS: (3, 2, "这一格是空的", "刘**"),
}


def press(hand: Stopwatch, page: Page, what: Locator) -> None:
    """Press a button that leads to a page, and wait for it: the job works on what was sent."""
    with page.expect_navigation():
        hand.tap(what)


@pytest.mark.parametrize("kind", SHEETS)
def test_an_untidy_sheet_comes_in_leaves_again_and_is_taken_back(
    hall: Hall, open_page: Callable[..., Page], fits: Any, tmp_path: Path, kind: LedgerKind
) -> None:
    added, outside, fault, leaves = SHEETS[kind]
    with hall.books():
        project = serving.project(hall.cast, title="夕阳守护").title if kind == LedgerKind.SERVED else ""
    file = tmp_path / "台账.xlsx"
    file.write_bytes(untidy.of(kind, hall.cast.courtyard.name, project, hall.cast.organization.name))
    hand, page = Stopwatch(), open_page("/ledgers", hall.cast.clerk, size=DESK)
    page.locator("input[type=file]").set_input_files(file)
    press(hand, page, button(page, "先看一遍"))
    address = page.url
    work(hall)
    page.reload()
    # What it lists and what its columns mean is found; every line that stays outside says why.
    expect(page.get_by_text(fault).first).to_be_visible()
    fits(page)
    press(hand, page, page.get_by_role("button", name="放进来").first)
    work(hall)
    page.reload()
    expect(page.get_by_role("link", name="看看放进来的")).to_be_visible()
    page.goto(f"{hall.url}/ledgers")
    page.locator("#copy-kind").select_option(kind.value)
    with page.expect_download() as download:
        hand.tap(button(page, "带走"))
    taken = sheets.read("a.xlsx", download.value.path().read_bytes())
    assert leaves in str([row.cells for row in taken.rows])
    page.goto(address)
    hand.tap(button(page, "撤回这份台账"))
    expect(page.get_by_text("已经撤回").first).to_be_visible()
    hand.stop(f"ledger {kind}", 40, inputs=4)
    with hall.books() as database:
        one = database.session.query(Ledger).one()
        assert (one.kind, one.state, one.added, one.outside, one.done) == (kind, LedgerState.UNDONE, added, outside, 0)


def test_what_a_column_means_is_said_once_and_remembered(
    hall: Hall, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    hand, page = Stopwatch(), open_page("/ledgers", hall.cast.clerk, size=DESK)
    for month in ("十月", "十一月"):
        file = tmp_path / f"{month}.xlsx"
        file.write_bytes(
            untidy.workbook([[f"晋阳社区志愿者{month}"], ["姓名", "拿手的", "手机"], [f"{month}强", "理发", None]])
        )
        page.goto(f"{hall.url}/ledgers")
        page.locator("input[type=file]").set_input_files(file)
        press(hand, page, button(page, "先看一遍"))
        work(hall)
        page.reload()
        skills = page.get_by_label("拿手的")
        if month == "十月":
            page.locator("#columns > summary").click()
            assert skills.input_value() == ""
            skills.select_option(label="特长")
            press(hand, page, button(page, "就按这样读"))
            work(hall)
            page.reload()
        assert skills.input_value() == "skills"
        press(hand, page, page.get_by_role("button", name="放进来").first)
        work(hall)
    hand.stop("columns", 30, inputs=5)
