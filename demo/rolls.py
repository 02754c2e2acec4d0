"""The clerk's own sheets in the demo year: two came in from the files of the office, one still lies on the desk.

They come in on the last evening, within the day in which they can be taken back, and nobody else's year changes by them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from demo.clockwork import DAYS, Year
from demo.people import desk_of
from models.base import db
from models.ledgers import Ledger
from models.people import Person, PersonState
from models.projects import Project
from models.volunteering import HourRecord

COMMUNITY = "jinyang"
# Whom the office's sheets know and the register does not: invented, as everybody here is.
NEW_HELPERS = (
    ("ZY-201", "蒲春燕", "女", "13500007101", "理发", "周六上午", "2025-03-08", "36.5小时"),
    ("ZY-202", "鲁大江", "男", "13500007102", "水电小修", "随时", "2025年5月", "约12"),
    ("ZY-203", "葛小满", "女", "", "陪读", "周三下午", "2026-01-04", "8h"),
)
SKILLS = ("量血压", "讲解防诈骗", "摄影", "拉二胡", "送餐", "教用手机")
NEW_SERVED = (
    ("尤桂枝", "80+", "13500007201", "2026年3月5日", "2026.11.18", "独居，耳背"),
    ("滕德海", "70+", "没有", "2026/4/12", "十一月初", "腿脚不便，请敲重一点"),
)


def plan(year: Year) -> None:
    """Put the sheets on the last evening."""
    year.on(DAYS - 1, lambda: _volunteers(year), 19 * 60 + 10)
    year.on(DAYS - 1, lambda: _served(year), 19 * 60 + 25)
    year.on(DAYS - 1, lambda: _left_lying(year), 19 * 60 + 40)


def _sheet(rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _known(year: Year, count: int, *, helping: bool) -> list[Person]:
    """Return some people of the register, those who help or those who do not."""
    helpers = select(HourRecord.person_id)
    query = select(Person).where(
        Person.community_id == year.things[COMMUNITY].id, Person.state == PersonState.ACTIVE,
        Person.phone_lookup.is_not(None), Person.id.in_(helpers) if helping else Person.id.not_in(helpers),
    )  # fmt: skip
    return list(db.session.scalars(query.order_by(Person.id).limit(count)))


def _drop(year: Year, name: str, data: bytes) -> Ledger:
    clerk = desk_of(year, COMMUNITY)[0]
    one = Ledger.receive(year.things[COMMUNITY], name, data, by=clerk)
    one.check(clerk)
    return one


def bring(year: Year, name: str, data: bytes) -> None:
    """Bring a sheet of the office in at once."""
    clerk, one = desk_of(year, COMMUNITY)[0], _drop(year, name, data)
    one.start(by=clerk)
    for _ in one.bring_in(by=clerk):
        db.session.flush()


def _volunteers(year: Year) -> None:
    """Bring the roll of the volunteers in, some of whom the register knows."""
    known = [
        (f"ZY-{n:03}", one.name, "", one.phone, SKILLS[n % len(SKILLS)], "周末", f"2025-{n % 9 + 1:02}-15", "")
        for n, one in enumerate(_known(year, 9, helping=True), 1)
    ]
    heads = ("编号", "姓名", "性别", "手机号", "特长", "可服务时间", "注册日期", "累计时长")
    bring(year, "志愿者花名册.csv", _sheet([("晋阳社区志愿服务队花名册",), heads, *known, *NEW_HELPERS]))


def _served(year: Year) -> None:
    """Bring the list of those in as whom the project of the elders serves."""
    query = select(Project.title).where(Project.community_id == year.things[COMMUNITY].id).order_by(Project.id)
    project = db.session.scalars(query.limit(1)).one()
    known = [
        (one.name, "", one.phone, project, "2026-01-12", "2026-11-20", "")
        for one in _known(year, 8, helping=False)
    ]  # fmt: skip
    new = [(name, age, number, project, since, last, note) for name, age, number, since, last, note in NEW_SERVED]
    heads = ("服务对象姓名", "年龄段", "联系方式", "服务项目", "建档日期", "最近走访日期", "情况说明")
    bring(year, "重点服务对象名单.csv", _sheet([("晋阳社区重点服务对象名单",), heads, *known, *new]))


def _left_lying(year: Year) -> None:
    """Leave a sheet of residents looked at, with a line that lacks its name; the clerk decides in the morning."""
    heads = ("序号", "居民姓名", "性别", "出生年份", "手机号", "楼栋", "单元", "房号", "备注")
    rows = (
        (1, "冷玉梅", "女", "1958", "13500007301", "9", "2", "301", "新搬来"),
        (2, "", "男", "1985", "13500007302", "9", "2", "302", "没写名字"),
        (3, "查文斌", "男", "1990", "１３５００００７３０３", "9", "1", "101", ""),
    )
    _drop(year, "新搬来的住户.csv", _sheet([("晋阳社区新增住户登记表",), heads, *rows]))
