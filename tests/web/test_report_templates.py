"""The counter of templates: an office's own form is filled with the figures of the page, and does nothing else."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import docx
import openpyxl
import pytest

from models.accounts import actor_of
from models.base import SHANGHAI, Refused, travel
from models.report_templates import PaperFormat
from models.reports import Period, Report, ReportKind
from tests import builders
from tests.cast import Cast
from tests.visiting import Visitor
from web import stencils
from web.stencils import Content


def document(*lines: str, header: str = "") -> bytes:
    paper, out = docx.Document(), io.BytesIO()
    for line in lines:
        paper.add_paragraph(line)
    paper.sections[0].header.paragraphs[0].text = header
    paper.save(out)
    return out.getvalue()


def stations() -> bytes:
    paper, out = docx.Document(), io.BytesIO()
    table = paper.add_table(rows=3, cols=2)
    table.cell(0, 0).text = "{%tr for station in stations %}"
    table.cell(1, 0).text, table.cell(1, 1).text = "{{ station.community }}", "{{station.service.turns}}"
    table.cell(2, 0).text = "{%tr endfor %}"
    paper.save(out)
    return out.getvalue()


def workbook(**cells: str) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for place, text in cells.items():
        book.active[place] = text
    book.active.merge_cells("A9:B9")
    book.save(out)
    return out.getvalue()


ROWS = [
    {"station.community": "甲<社区>", "station.service.turns": 5},
    {"station.community": "乙", "station.service.turns": 7},
]
EVIL = [
    "{{ ''.__class__ }}", "{{ need.received|upper }}", "{% for x in range(99999999) %}a{% endfor %}",
    "{{ 'a' * 999999999 }}", "{{ need['received'] }}", "{% set x = 1 %}", "{% include 'x' %}", "{{ lipsum() }}",
    "{% if need.received %}a{% endif %}", "{{ need.received", "{{ }}",
    "{% for station in stations %}{% for station in stations %}a{% endfor %}{% endfor %}",
]  # fmt: skip


@pytest.mark.parametrize("text", EVIL)
def test_a_document_that_would_do_something_is_refused(text: str) -> None:
    for data in (document(text), document("{{need.received}}", header=text)):
        with pytest.raises(Refused):
            stencils.used_names(PaperFormat.DOCX, data)
    with pytest.raises(Refused):
        stencils.used_names(PaperFormat.XLSX, workbook(A1=text))


def test_a_document_is_filled_with_words_as_they_are() -> None:
    data = document("{{report.place}}：{{ need.received }} 件", header="{{report.title}}")
    assert stencils.used_names(PaperFormat.DOCX, data) == ["report.place", "need.received", "report.title"]
    content = Content({"report.place": "<b>晋阳&", "need.received": 3, "report.title": "{{7*7}}"})
    paper = docx.Document(io.BytesIO(stencils.filled(PaperFormat.DOCX, data, content)))
    assert paper.paragraphs[0].text == "<b>晋阳&：3 件" and paper.sections[0].header.paragraphs[0].text == "{{7*7}}"


def test_the_line_of_a_station_is_repeated_in_both_formats() -> None:
    paper = docx.Document(io.BytesIO(stencils.filled(PaperFormat.DOCX, stations(), Content({}, ROWS))))
    assert [[cell.text for cell in row.cells] for row in paper.tables[0].rows] == [["甲<社区>", "5"], ["乙", "7"]]
    data = workbook(A1="表头", A4="{{station.community}}", B4="{{station.service.turns}}", A9="合计 {{service.turns}}")
    filled = stencils.filled(PaperFormat.XLSX, data, Content({"service.turns": 12}, ROWS))
    sheet = openpyxl.load_workbook(io.BytesIO(filled)).active
    assert [sheet[place].value for place in ("A4", "B4", "A5", "B5", "A10")] == ["甲<社区>", 5, "乙", 7, "合计 12"]
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A10:B10"]


def test_nothing_that_is_filled_in_becomes_a_formula() -> None:
    filled = stencils.filled(PaperFormat.XLSX, workbook(A1="{{report.place}}"), Content({"report.place": "=1+1"}))
    cell = openpyxl.load_workbook(io.BytesIO(filled)).active["A1"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def keep(visitor: Visitor, cast: Cast, data: bytes, name: str = "月报.xlsx", **more: Any) -> Any:
    form = {"place": cast.community.public_id, "kind": "MONTHLY", "name": "街道的表", **more}
    return visitor.post("/report-templates", data={**form, "file": (io.BytesIO(data), name)})


def test_an_office_keeps_its_form_and_gets_it_filled(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    builders.need(cast.community)
    clerk, month = client_for(cast.clerk), f"{builders.today():%Y-%m}"
    assert keep(clerk, cast, workbook(A1="{{need.received}}", B2="{{report.place}}")).status_code == 303
    one = re.findall(r"/report-templates/([0-9A-Z]{10})/filled", clerk.get("/report-templates").text)[0]
    where = f"place={cast.community.public_id}&period={month}"
    answer = clerk.get(f"/report-templates/{one}/filled?{where}")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert (sheet["A1"].value, sheet["B2"].value) == (1, "晋阳社区")
    assert client_for(cast.other_clerk).get(f"/report-templates/{one}/filled").status_code == 404
    assert client_for(cast.head).get(f"/report-templates/{one}/original").data == workbook_of(clerk, one)
    assert clerk.post(f"/report-templates/{one}/removal").status_code == 303
    assert clerk.get(f"/report-templates/{one}/filled?{where}").status_code == 404


def test_a_report_that_was_handed_in_fills_a_form_as_it_was(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    then = builders.now() - timedelta(days=40)
    with travel(then):
        builders.need(cast.community)
    period = Period.of(f"{then.astimezone(SHANGHAI):%Y-%m}")
    report = Report.draft(cast.community, ReportKind.MONTHLY, period, by=actor_of(cast.clerk))
    report.submit(by=actor_of(cast.clerk))
    with travel(then):
        builders.need(cast.community)
    clerk = client_for(cast.clerk)
    keep(clerk, cast, workbook(A1="{{need.received}}"))
    one = re.findall(r"/report-templates/([0-9A-Z]{10})/filled", clerk.get("/report-templates").text)[0]
    for asked, value in ((f"report={report.public_id}", 1), (f"period={period.code}", 2)):
        filled = clerk.get(f"/report-templates/{one}/filled?{asked}").data
        assert openpyxl.load_workbook(io.BytesIO(filled)).active["A1"].value == value
    assert clerk.get(f"/report-templates/{one}/filled?report=ZZZZZZZZZZ").status_code == 404


def workbook_of(visitor: Visitor, one: str) -> bytes:
    return visitor.get(f"/report-templates/{one}/original").data


def test_a_bad_file_shows_the_form_again_with_a_sentence(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    clerk = client_for(cast.clerk)
    for data, name, words in ((workbook(A1="{{need.secret}}"), "a.xlsx", "need.secret"), (b"x", "a.xlsm", "宏"),
                              (workbook(A1="nothing"), "a.xlsx", "没有占位符"), (b"", "", "文件")):  # fmt: skip
        answer = keep(clerk, cast, data, name)
        assert answer.status_code == 422 and words in answer.text, name
    assert keep(clerk, cast, workbook(A1="{{need.done}}"), place=cast.other_community.public_id).status_code == 422


def test_every_placeholder_stands_on_its_page_with_its_present_value(
    cast: Cast, client_for: Callable[..., Visitor]
) -> None:
    builders.need(cast.community)
    where = f"place={cast.community.public_id}&period={builders.today():%Y-%m}"
    for kind, name in (("MONTHLY", "{{tile.parking.overdue}}"), ("STATION", "{{station.workers}}")):
        page = client_for(cast.clerk).get(f"/report-templates/placeholders?kind={kind}&{where}").text
        assert name in page and "晋阳社区" in page


def test_a_template_that_is_brought_is_filled_for_the_month_one_came_with(
    cast: Cast, client_for: Callable[..., Visitor]
) -> None:
    clerk, place = client_for(cast.clerk), cast.community.public_id
    form = {"place": place, "kind": "MONTHLY", "name": "月报", "key": "0000-00000077"}
    asked = f"place={place}&period=2026-08"
    file = (io.BytesIO(workbook(A1="{{report.period}}")), "a.xlsx")
    answer = clerk.post(f"/report-templates?{asked}", data={**form, "file": file})
    assert answer.location.endswith(f"/report-templates?{asked}")
    page = clerk.get(answer.location)
    assert "填好：2026年8月" in page.text and f"/filled?place={place}&amp;period=2026-08" in page.text
    assert clerk.get("/report-templates?period=2026-99").status_code == 404
    assert "定稿" in clerk.get("/report-templates?report=ZZZZZZZZZZ").text
