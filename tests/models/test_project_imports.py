"""A list of running projects is read, looked at and entered once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from models import sheets
from models.accounts import actor_of
from models.needs import Field
from models.project_imports import ProjectImport
from models.projects import Existing, Project
from tests.cast import Cast

SHEET = """在执行项目表,,,,,,
项目名称,合同编号,承接机构,服务领域,开始日期,结束日期,合同金额
独居老人陪伴,清购〔2026〕001号,{name},扶老助残,2026-01-01,2026-12-31,"238000.00"
儿童课后托管,清购〔2026〕002号,{name},支教助学,2026/3/1,2027/2/28,96000
,清购〔2026〕003号,没有这家,没有这领域,昨天,2026-12-31,很多
"""


def test_a_list_is_read_looked_at_and_entered_once(db: Any, cast: Cast) -> None:
    clerk, data = actor_of(cast.clerk), SHEET.format(name=cast.organization.name).encode()
    sheet = ProjectImport.receive(cast.community, "在执行项目.csv", data, by=clerk)
    good, second, bad = sheet.rows()
    assert good.new
    assert second.new
    assert good.what == Existing(
        "独居老人陪伴", "清购〔2026〕001号", Field.ELDERLY_DISABLED, sheets.parse_day("2026-01-01"),  # type: ignore[arg-type]
        sheets.parse_day("2026-12-31"), 23_800_000,
    )  # fmt: skip
    assert {(error.field, error.key) for error in bad.errors} == {
        ("title", "cell_empty"), ("organization", "organization_unknown"), ("field", "field_unknown"),
        ("starts_on", "day_unreadable"), ("budget", "sum_unreadable"),
    }  # fmt: skip
    assert sheet.enter_all(by=clerk) == 2
    assert ProjectImport.receive(cast.community, "again.csv", data, by=clerk) is sheet
    assert sheet.enter_all(by=clerk) == 0
    assert len(list(db.session.scalars(select(Project)))) == 2
