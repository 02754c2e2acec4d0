"""Volunteers in the demo year: what was carried over into the official system month by month, and what was corrected."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from demo.clockwork import DAYS, Year
from demo.people import actor, desk_of
from demo.words import rows
from models import hour_lists, volunteer_profiles
from models.base import db
from models.hour_lists import Column, HourReportLine, Laid
from models.places import Place
from models.reports import Period
from models.reports.periods import month_of
from models.states import HourRecordState
from models.volunteering import HourCorrection, HourRecord

# As the street's form has it: its own headings, and a column that says the same in every row.
STREET = (
    Laid(Column.NUMBER), Laid(Column.VOLUNTEER_NO, "志愿者编号"), Laid(Column.NAME, "志愿者姓名"),
    Laid(Column.OWN_1, "服务类别", "社区服务"), Laid(Column.ACTIVITY, "项目（活动）名称"), Laid(Column.DATE),
    Laid(Column.PLACE), Laid(Column.CONTENT), Laid(Column.HOURS, "服务时长（小时）"), Laid(Column.ORGANIZER, "发布单位"),
    Laid(Column.IN_CHARGE), Laid(Column.REMARK),
)  # fmt: skip
SKILLED = {
    "VISITS": ("敲门", "下棋"), "MEALS": ("送餐", "熬粥", "饺子", "做饭"), "ERRANDS": ("陪诊", "骑", "认路"),
    "REPAIRS": ("水电", "锁", "修", "电工", "木工", "灯", "疏通"), "HAIR": ("理发", "缝补"),
    "HEALTH": ("护理", "抚触", "催乳"), "CHILDREN": ("孩子", "亲子"), "PHONES": ("手机",),
    "ARTS": ("合唱", "书法", "舞", "腰鼓", "乒乓", "健身"), "PATROL": ("巡院", "值守", "门岗", "水位"),
    "DESK": ("登记", "电话", "通知", "记账"),
}  # fmt: skip
DAYS_SAID = "1234567"


def plan(year: Year) -> None:
    """Lay the columns early, carry each month over on its successor's tenth day, and correct one row that was told."""
    year.on(25, lambda: _lay_out(year), 16 * 60 + 10)
    for slug, months in (("jinyang", 10), ("chunxili", 4)):
        first = year.date(DAYS - 14).replace(day=1)
        for _back in range(months):
            code, day = month_of(first - timedelta(days=1)), (first - year.first).days + 9
            if day > 30:
                year.on(day, lambda slug=slug, code=code: _carry_over(year, slug, code), 16 * 60 + 20)  # type: ignore[misc]
            first = Period.of(code).first
    year.on(60, lambda: offers(year), 19 * 60 + 5)
    year.on(DAYS - 2, lambda: _correct(year), 16 * 60 + 30)


def _lay_out(year: Year) -> None:
    street = Place.get(year.things["jinyang"].street_id)
    year.try_(lambda: hour_lists.set_layout(street, STREET, by=actor(year, "谭勇")), "columns of hours")


def _carry_over(year: Year, slug: str, code: str) -> None:
    community, period = year.things[slug], Period.of(code)
    found = hour_lists.list_of(community, period)
    if found.due:
        year.try_(
            lambda: hour_lists.mark_reported(
                community, period, seal=found.seal, on=year.date(year.day), by=desk_of(year, slug)[0]
            ),
            f"hours of {code}",
        )


def _correct(year: Year) -> None:
    """Let a volunteer say of a row that was told already that it ended earlier, and the head agree; one more waits."""
    accounts = {one.person_id: name.removeprefix("account:") for name, one in year.things.items()
                if name.startswith("account:") and one.person_id}  # fmt: skip
    query = (
        select(HourRecord)
        .join(HourReportLine, HourReportLine.record_id == HourRecord.id)
        .where(HourRecord.community_id == year.things["jinyang"].id, HourRecord.person_id.in_(list(accounts)),
               HourRecord.state == HourRecordState.COUNTED, HourRecord.minutes > 60)
        .order_by(HourRecord.id.desc())
        .limit(2)
    )  # fmt: skip
    head = desk_of(year, "jinyang")[2]
    for number, one in enumerate(db.session.scalars(query)):
        by, end = actor(year, accounts[one.person_id]), one.ended_at - timedelta(minutes=20)
        asked = year.try_(
            lambda one=one, by=by, end=end: HourCorrection.ask(one, "那天我提前二十分钟走了，请改一下。", by=by, wanted_end=end),  # type: ignore[misc]
            "correction of hours",
        )  # fmt: skip
        if asked is not None and number == 0:
            year.try_(lambda asked=asked: asked.grant("问过负责人，改过来了。", by=head), "correction granted")  # type: ignore[misc]


def offers(year: Year) -> None:
    """Let those who can help say so themselves, where they have an account; two thirds to organizations as well."""
    for number, one in enumerate(rows("volunteer_skills")):
        name = one["resident"]
        if f"account:{name}" not in year.things:
            continue
        text = "".join(one["skills"])
        skills = [skill for skill, words in SKILLED.items() if any(word in text for word in words)] or ["VISITS"]
        times = [f"{day}{part}" for day in DAYS_SAID if day in "67" or "末" not in one["times"]
                 for part, word in (("A", "早上午"), ("P", "下午"), ("E", "晚夜")) if any(c in one["times"] for c in word)]  # fmt: skip
        year.try_(
            lambda name=name, skills=skills, times=times, number=number: volunteer_profiles.offer(  # type: ignore[misc]
                year.things[f"person:{name}"], skills, times or ["6A", "7A"], by=actor(year, name),
                for_organizations=number % 3 > 0,
            ),
            "offer",
        )  # fmt: skip
