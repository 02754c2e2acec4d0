"""What comes of going round in the demo year: days agreed between two looks, and what visits found without being asked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from demo.clockwork import DAYS, Year
from demo.people import actor, desk_of
from models import care
from models.attendance import THERE, Attendance, Part
from models.base import db
from models.contact_terms import set_terms
from models.people import Person, Tag
from models.service_log import ServiceLog, ServiceMethod

FOUND = (
    ("楼道三楼的灯坏了一个多星期，老人晚上不敢下楼倒垃圾。", False),
    ("卫生间地面太滑，老人上个月摔过一次，想装两根扶手。", True),
    ("单元门口的坡道裂了，轮椅推不上去。", False),
    ("老人的智能手机收不到社保认证短信，想请人教一次。", True),
)


def plan(year: Year) -> None:
    """Agree on the days in the second month, and find something in the last weeks."""
    year.on(40, lambda: _agree(year), 16 * 60)
    for number in range(len(FOUND)):
        year.on(DAYS - 12 + 3 * number, lambda number=number: _find(year, number), 18 * 60 + 55)  # type: ignore[misc]


def _agree(year: Year) -> None:
    days: dict[Tag | None, int] = {Tag.LONELY_ELDER: 10, Tag.DISABLED: 21}
    year.try_(lambda: set_terms(year.things["jinyang"], days, by=desk_of(year, "jinyang")[2]), "terms")


def _find(year: Year, number: int) -> None:
    query = (
        select(ServiceLog, Person)
        .join(Attendance, Attendance.log_id == ServiceLog.id)
        .join(Person, Person.id == Attendance.person_id)
        .where(
            ServiceLog.method == ServiceMethod.VISIT, ServiceLog.community_id == year.things["jinyang"].id,
            Attendance.part == Part.SERVED, Attendance.state.in_(THERE),
        )
        .order_by(ServiceLog.id.desc(), Attendance.id)
        .limit(1)
    )  # fmt: skip
    row = db.session.execute(query).first()
    if row is None:
        return
    log, person = row
    text, agreed = FOUND[number]
    by: Any = next(actor(year, k.removeprefix("account:")) for k, one in year.things.items()
                   if k.startswith("account:") and one.id == log.author_id)  # fmt: skip
    year.try_(lambda: care.report_finding(person, text, by=by, log=log, agreed=agreed), "finding")
