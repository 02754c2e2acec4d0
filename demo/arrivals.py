"""What came in as a whole in the demo year: a list of new neighbors, and a sheet of the hotline."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

from sqlalchemy import select

from demo.clockwork import DAYS, Year
from demo.matters import answer
from demo.people import desk_of, phone
from demo.rolls import bring
from demo.words import rows
from models.base import SHANGHAI, db
from models.ledgers import Ledger
from models.need_imports import NeedImport
from models.needs import Need
from models.states import NeedState

NEW = (
    ("姓名", "性别", "出生年份", "院落", "楼栋", "单元", "房号", "电话"),
    ("项玉珍", "女", "1958", "教师新村", "2", "1", "302", phone(1, 901)),
    ("项建华", "男", "1956", "教师新村", "2", "1", "302", ""),
    ("邬小天", "男", "1994", "教师新村", "5", "2", "401", phone(1, 902)),
    ("邬晓雨", "女", "1995", "教师新村", "5", "2", "401", phone(1, 903)),
    ("", "女", "1966", "教师新村", "6", "1", "101", ""),
)


def plan(year: Year) -> None:
    """Put the lists on their days; what they left behind is swept the day after."""
    year.on(year.working(150), lambda: _neighbors(year), 11 * 60)
    year.on(year.working(150) + 3, Ledger.sweep, 3 * 60)
    year.on(year.working(336), lambda: _hotline(year), 9 * 60 + 30)
    year.on(year.working(336) + 1, lambda: _triage(year), 10 * 60)
    for day in (year.working(336) + 3, DAYS - 1):
        year.on(day, NeedImport.sweep, 3 * 60)


def _neighbors(year: Year) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(NEW)
    year.try_(lambda: bring(year, "教师新村新住户.csv", out.getvalue().encode()), "people")


def _hotline(year: Year) -> None:
    """Bring in what the city's hotline sent for the week; one line has no words and stays outside."""
    lines = []
    for text in rows("hotline"):
        said = (year.at(year.day, 8 * 60) - timedelta(days=text["before"])).astimezone(SHANGHAI)
        line = {column: text[column] for column in ("工单编号", "来电人", "诉求内容", "诉求类型")}
        lines.append(json.dumps({**line, "来电时间": f"{said:%Y-%m-%d %H:%M}"}, ensure_ascii=False))
    clerk, data = desk_of(year, "chunxili")[1], "\n".join(lines).encode()
    one = year.try_(lambda: NeedImport.receive(year.things["chunxili"], "12345周转办.jsonl", data, by=clerk), "import")
    if one is not None:
        one.check()
        for _rows in one.bring_in(by=clerk):
            db.session.flush()


def _triage(year: Year) -> None:
    """Accept the sheet in one act, as suggested, and answer all but the last two."""
    clerk = desk_of(year, "chunxili")[1]
    query = select(Need).where(Need.source == "IMPORT", Need.state == NeedState.SUBMITTED).order_by(Need.id)
    needs = list(db.session.scalars(query))
    year.try_(lambda: Need.accept_all(needs, by=clerk), "accept all")
    replies = {text["工单编号"]: text.get("answer") for text in rows("hotline")}
    for number, need in enumerate(needs[:-2]):
        said = {"slug": need.ticket_no, "resident": "", "end": "ANSWERED_DONE", "answer": replies.get(need.external_no)}
        year.on(year.working(year.day + 2 + number), lambda s=said, n=need: answer(year, s, n, clerk))  # type: ignore[misc]
