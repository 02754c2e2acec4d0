"""The report of a month by the clock: the office's own document filled, the way to the street, and what was corrected.

The limits are seconds of the machine with room for a slow one; presses and fields are counted where the path is short.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from playwright.sync_api import Page, expect

from models.accounts import Role
from models.base import SHANGHAI, today, travel
from models.places import Place
from models.reports import Report
from models.reports.periods import month_of
from models.states import ReportState
from tests import builders, serving
from tests.browser.conftest import DESK, Hall, Ids
from tests.browser.paper import printed
from tests.browser.stopwatch import Keys, Stopwatch, button, named, send
from tests.web.test_report_templates import stations
from web.filters import full_day
from web.sentences.reports import period_words

# The month before last: the last one is handed in by others in the same house.
THEN = (today().replace(day=1) - timedelta(days=1)).replace(day=1) - timedelta(days=15)
MONTH = month_of(THEN)
Lived = tuple[Hall, Ids, str]


@pytest.fixture(scope="module")
def lived(house: tuple[Hall, Ids]) -> Iterator[Lived]:
    """Let two visits with three people happen in that month, and return the number of the second."""
    hall, ids = house
    with hall.books(), travel(datetime.combine(THEN, time(10), SHANGHAI)):
        project, people = serving.project(hall.cast, title="秋日探访"), serving.people(hall.cast, 3)
        serving.approved(hall.cast, project, *people[:2], hours_ago=30)
        second = serving.approved(hall.cast, project, people[2], title="第二次上门").public_id
    return hall, ids, second


def form_of_the_street() -> bytes:
    """Return a document as a street office keeps it: a head line, a table, a sentence with figures in its midst."""
    paper, out = docx.Document(), io.BytesIO()
    paper.sections[0].header.paragraphs[0].text = "{{report.place}}"
    paper.add_paragraph("关于报送社区服务情况的报告").add_run("（{{ report.period }}）").bold = True
    table = paper.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "服务情况"
    table.cell(1, 0).text, table.cell(1, 1).text = "探访场次", "{{service.visits}}"
    paper.add_paragraph(
        "本月共服务 {{ service.persons }} 人、{{service.turns}} 人次，收到诉求 {{ need.received }} 件。"
    )
    paper.add_paragraph("填报日期：{{report.printed}}")
    paper.save(out)
    return out.getvalue()


def test_the_offices_own_document_is_brought_and_filled_by_keyboard_alone(
    lived: Lived, look_in: Callable[..., Page], tmp_path: Path
) -> None:
    """Brought, kept, filled for the month: under half a minute, and what is in the file is what the page says."""
    hall, _ids, _second = lived
    file = tmp_path / "街道要的报告.docx"
    file.write_bytes(form_of_the_street())
    page = look_in(f"/report-templates?period={MONTH}", hall.cast.clerk, size=DESK)
    hand = Keys()
    hand.type(named(page, "name"), "街道要的报告")
    # The window in which a file is chosen is the system's own.
    named(page, "file").set_input_files(file)
    hand.tap(send(page))
    fill = page.locator("li", has_text="街道要的报告").get_by_role("link", name="填好").first
    with page.expect_download() as download:
        hand.tap(fill)
    hand.stop("document", 30, inputs=3)
    paper = docx.Document(io.BytesIO(download.value.path().read_bytes()))
    words = [one.text for one in paper.paragraphs]
    with hall.app.test_request_context():
        month, day = period_words(MONTH), full_day(today())
    assert paper.sections[0].header.paragraphs[0].text == "晋阳社区" and words[0].endswith(f"（{month}）")
    assert paper.tables[0].cell(1, 1).text == "2"
    assert words[-2:] == ["本月共服务 3 人、3 人次，收到诉求 0 件。", f"填报日期：{day}"]


def test_the_statistics_of_the_stations_fill_the_offices_own_table_in_english(
    lived: Lived, look_in: Callable[..., Page], tmp_path: Path
) -> None:
    """The same for the statistics of social work stations: a line for each, in the reader's language, in four inputs."""
    hall, _ids, _second = lived
    with hall.books():
        clerk = builders.account("Ann Lee", role=Role.CLERK, place=Place.get(hall.cast.community.id))
        clerk.locale = "en"
    file = tmp_path / "stations.docx"
    file.write_bytes(stations())
    page, hand = look_in("/report-templates", clerk, size=DESK), Stopwatch()
    page.locator("#for-period").select_option(MONTH)
    hand.tap(button(page, "Show"))
    hand.type(named(page, "name"), "Stations of the street")
    named(page, "kind").select_option("STATION")
    named(page, "file").set_input_files(file)
    hand.tap(send(page))
    with page.expect_download() as download:
        hand.tap(page.locator("li", has_text="Stations of the street").get_by_role("link", name="Fill:"))
    hand.stop("stations", 30, inputs=4)
    table = docx.Document(io.BytesIO(download.value.path().read_bytes())).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["晋阳社区", "3"]]


def test_every_figure_of_a_report_opens_what_it_counts(lived: Lived, look_in: Callable[..., Page]) -> None:
    """A figure, its records, one record: two presses; no figure of the page is dead, and what people said is unfolded."""
    hall, _ids, _second = lived
    page = look_in(f"/reports/figures?period={MONTH}", hall.cast.clerk, size=DESK)
    hand = Stopwatch()
    hand.tap(page.get_by_role("link", name="服务次数: 2").first)
    expect(page.get_by_role("heading", level=1)).to_contain_text("2")
    hand.tap(page.get_by_role("link", name="第二次上门"))
    expect(page.locator("main")).to_contain_text("秋日探访")
    page.go_back()
    page.go_back()
    hand.stop("a figure", 20, inputs=2)
    figures = page.locator("main a.num")
    cells: list[tuple[str, str]] = figures.evaluate_all(
        "all => all.map(one => [one.getAttribute('href'), one.innerText])"
    )
    assert len(cells) > 50 and page.locator("main span.num").count() == 0
    for address, shown in dict(cells).items():
        answer = page.request.get(hall.url + address)
        assert answer.ok, address
        if "/satisfaction" not in address:
            assert f'<span class="num">{shown}</span></h1>' in answer.text(), address
    said = [address for address, _shown in cells if "/satisfaction" in address]
    page.goto(hall.url + said[0])
    expect(page.get_by_role("heading", name="服务对象怎么说").first).to_be_visible()


def test_a_report_goes_to_the_street_and_what_changes_later_stands_beside_it(
    lived: Lived, look_in: Callable[..., Page]
) -> None:
    """Clerk, head and street have a press or two each; a record voided later is a correction, and the paper stays."""
    hall, _ids, second = lived
    cast, hand = hall.cast, Stopwatch()
    clerk = look_in("/reports", cast.clerk, size=DESK)
    named(clerk, "period").select_option(MONTH)
    hand.tap(button(clerk, "看数据"))
    hand.tap(button(clerk, "开始填报"))
    hand.type(named(clerk, "note"), "两次上门，三位老人。")
    hand.tap(button(clerk, "提交给负责人"))
    at = clerk.url.removeprefix(hall.url)
    head = look_in("/", cast.head)
    hand.tap(head.locator(f"main a[href='{at}']"))
    hand.tap(button(head, "签字"))
    street = look_in("/", cast.street_officer, size=DESK)
    hand.tap(street.locator(f"main a[href='{at}']"))
    hand.tap(button(street, "接收"))
    expect(street.get_by_text("已收到").first).to_be_visible()
    hand.stop("report to the street", 45, inputs=8)
    frozen = printed(look_in(f"{at}/sheet", cast.street_officer), "report")
    void(hand, look_in(f"/logs/{second}", cast.head))
    street.reload()
    changed = street.locator("#corrections")
    expect(changed.get_by_role("row", name="服务次数 2 1").first).to_be_visible()
    hand.stop("correction of a report", 60, inputs=11)
    assert printed(look_in(f"{at}/sheet", cast.street_officer)) == frozen
    with street.expect_download() as download:
        street.get_by_role("link", name="表格（.xlsx）").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    rows: dict[Any, Any] = {row[0]: row[1:] for row in book.active.iter_rows(values_only=True)}
    assert 2 in rows["服务次数"]
    with hall.books():
        assert Report.find(at.rpartition("/")[2]).state == ReportState.RECEIVED


def void(hand: Stopwatch, page: Page) -> None:
    """Take a record back for good, as the head of the committee."""
    hand.tap(page.get_by_text("这条记录有问题"))
    form = page.locator("form[action$='/voiding']")
    hand.type(form.locator("[name=reason]"), "那天没有上门，记错了日子。")
    hand.tap(form.get_by_role("button"))
    expect(page.get_by_text("已作废").first).to_be_visible()
