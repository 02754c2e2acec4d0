"""Service by list in the demo year: a handed-down greeting of the autumn, and lists that are under way at the end."""

from __future__ import annotations

from datetime import timedelta

from demo.clockwork import DAYS, Year
from demo.people import actor, desk_of
from models.accounts import Actor
from models.attendance import Outcome
from models.people import Tag
from models.projects import Project
from models.service_lists import ServiceList, ServiceListLine, Source, Wanted, choose, find
from models.service_log import Entry, ServiceLog, ServiceMethod

GREETING = Source("区民政局", "《关于做好2026年重阳节走访慰问工作的通知》", 6_400_00)
WARMING = Source("街道社会事务办", "低温天气走访高龄独居老人名册", 1_800_00)


def plan(year: Year) -> None:
    """Put the lists on their days."""
    year.on(326, lambda: _greet(year), 19 * 60)
    year.on(DAYS - 2, lambda: _warm(year), 19 * 60 + 10)
    year.on(DAYS - 1, lambda: _haircuts(year), 19 * 60 + 20)


def _drawn(
    year: Year, project: Project, by: Actor, wanted: Wanted, most: int, title: str, goods: str, source: Source | None
) -> tuple[ServiceList | None, list[ServiceListLine]]:
    found = choose(project, wanted, by)[:most]
    people = find(project, [one.public_id for one in found], by)
    day = year.date(year.day)
    one = year.try_(
        lambda: ServiceList.draw_up(project, people, title, by=by, goods=goods, on_day=day, source=source),
        title,
    )
    lines = ServiceListLine.query.filter_by(list_id=one.id).order_by(ServiceListLine.id).all() if one else []
    return one, lines


def _tick(year: Year, one: ServiceList, lines: list[ServiceListLine], by: Actor) -> None:
    for number, line in enumerate(lines):
        outcome = Outcome.NOT_IN if number % 7 == 3 else (Outcome.REFUSED if number % 23 == 19 else Outcome.SEEN)
        year.try_(lambda line=line, outcome=outcome: one.tick(line, outcome, by=by), "tick")  # type: ignore[misc]


def _greet(year: Year) -> None:
    """Let the project of weekend meals carry the greeting of the district round, record it and have it approved."""
    project, by = year.things.get("project:weekend-meals"), actor(year, "陈可")
    if project is None:
        return
    one, lines = _drawn(year, project, by, Wanted(age=70), 32, "重阳节走访慰问", "大米 10 公斤、食用油 5 升", GREETING)
    if one is None:
        return
    _tick(year, one, lines, by)
    start = year.at(year.day, 9 * 60)
    entry = Entry(
        ServiceMethod.LIST, one.title, "晋阳社区各院", start, start + timedelta(hours=6), people=one.presences(),
        public_summary="按区里的名册逐户走访高龄老人，送米送油，问了冷暖和用药。", from_list=one,
    )  # fmt: skip
    log = year.try_(lambda: ServiceLog.write(project, entry, by=by, submit=True), one.title)
    if log is not None:
        year.on(year.day + 1, lambda: year.try_(lambda: log.approve(by=actor(year, "韩雪")), one.title), 20 * 60)


def _warm(year: Year) -> None:
    """Leave a list half done: the worker has been to the first buildings."""
    project, by = year.things.get("project:weekend-meals"), actor(year, "陈可")
    if project is None:
        return
    one, lines = _drawn(year, project, by, Wanted(Tag.LONELY_ELDER), 18, "低温走访送棉被", "棉被一床", WARMING)
    if one is not None:
        _tick(year, one, lines[: len(lines) // 2], by)


def _haircuts(year: Year) -> None:
    """Leave a list of the committee's own, printed and not begun."""
    project, clerk = year.things.get("project:haircut"), desk_of(year, "jinyang")[0]
    if project is not None:
        _drawn(year, project, clerk, Wanted(age=80), 24, "上门理发名单", "理发一次", None)
