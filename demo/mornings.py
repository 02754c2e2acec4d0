"""The days of activities around the end of the demo year: a weekly one, a risky one, a child's place, who came and who left."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from demo.clockwork import DAYS, Year
from demo.people import desk_of
from models import check_ins
from models.activities import Activity, ActivitySeries, Wants
from models.attendance import Attendance, Guardian, Part, Relation, ask_who_left, note_absences
from models.base import db, now
from models.events import JOB
from models.people import Person
from models.volunteer_profiles import Skill
from models.working_time import local_day

COMMUNITY = "jinyang"
# The weekly one began two weeks before the end and goes on for six weeks more.
BEGAN, GOES_ON = DAYS - 15, 42


def plan(year: Year) -> None:
    """Put them into the last two weeks and the coming ones."""
    year.on(BEGAN, lambda: _weekly(year), 9 * 60 + 5)
    for number, day in enumerate((DAYS - 8, DAYS - 1)):
        year.on(day, lambda n=number: _morning(year, n), 9 * 60 + 20)  # type: ignore[misc]
        year.on(day, lambda: _leave(year), 10 * 60 + 25)
        year.on(day, lambda: ask_who_left(by=JOB), 20 * 60 + 30)
    year.on(DAYS - 7, lambda: note_absences(by=JOB), 11 * 60)
    year.on(DAYS - 4, lambda: _risky(year), 10 * 60 + 15)
    year.on(DAYS - 4, lambda: _for_children(year), 10 * 60 + 30)


def _clerk(year: Year) -> Any:
    return desk_of(year, COMMUNITY)[0]


def _weekly(year: Year) -> None:
    """Announce exercise in the courtyard, twice a week; one of the coming times lies elsewhere, one is called off."""
    clerk, start = _clerk(year), year.at(BEGAN, 9 * 60 + 30)
    days = {local_day(year.at(BEGAN + n)).isoweekday() for n in (0, 7)} | {local_day(year.at(DAYS + 2)).isoweekday()}
    times = year.try_(
        lambda: ActivitySeries.announce(
            year.things[COMMUNITY], "八段锦晨练", weekdays=days, until=local_day(year.at(DAYS + GOES_ON)), by=clerk,
            content="跟着录音一起练，穿软底鞋，风大就在连廊里。", place="东院小广场", starts_at=start,
            ends_at=start + timedelta(minutes=50), in_charge=clerk.name,
        ),
        "weekly",
    )  # fmt: skip
    year.things["weekly"] = times or []
    coming = [one for one in year.things["weekly"] if one.starts_at > year.at(DAYS)]
    if len(coming) > 3:
        year.try_(lambda: coming[1].cancel("街道那天借场地", by=clerk), "call off")
        moved = coming[2]
        year.try_(
            lambda: moved.change(
                seen=moved.version, title=moved.title, content=moved.content, place="社区活动室", capacity=None,
                starts_at=moved.starts_at, ends_at=moved.ends_at, in_charge=moved.in_charge, by=clerk,
            ),
            "move",
        )  # fmt: skip


def of_today(year: Year) -> Activity | None:
    """Return the morning of the present day, where there is one."""
    return next((one for one in year.things["weekly"] if local_day(one.starts_at) == year.date(year.day)), None)


def _morning(year: Year, number: int) -> None:
    """Let neighbors and two volunteers come: with the turning code, its digits, the sheet, and by the clerk's hand."""
    day, clerk = of_today(year), _clerk(year)
    if day is None:
        return
    step = check_ins.step_at(now())
    codes = (check_ins.token(day, step), check_ins.digits(day, step), check_ins.door_token(day), day.code)
    around = year.things["people"][COMMUNITY][40:52]
    for n, person in enumerate(around):
        part = Part.VOLUNTEER if n < 2 else Part.SERVED
        row = year.try_(lambda p=person, part=part: Attendance.sign_up(day, p, part=part, by=clerk), "sign up")  # type: ignore[misc]
        if row is None or n >= 9 + number:
            continue  # They signed up and did not come.
        if n % 3 == 2:
            year.try_(lambda row=row: row.check_in(by=clerk), "check in")  # type: ignore[misc]
        else:
            code = codes[n % len(codes)]
            year.try_(lambda c=code, p=person: Attendance.check_in_by_code(day, c, p, by=clerk), "check in")  # type: ignore[misc]


def _leave(year: Year) -> None:
    """Let all but one volunteer check out; one line was wrong and is put right."""
    day, clerk = of_today(year), _clerk(year)
    if day is None:
        return
    rows = list(
        db.session.scalars(db.select(Attendance).where(Attendance.activity_id == day.id).order_by(Attendance.id))
    )
    there = [row for row in rows if row.came_at is not None]
    for row in there[1:]:
        year.try_(lambda row=row: row.check_out(by=clerk), "check out")  # type: ignore[misc]
    if len(there) > 3:
        (*_before, left) = check_ins.lines_of(there[3].id)
        year.try_(
            lambda: there[3].correct(left, "点错了人，他提前十分钟走的", at=now() - timedelta(minutes=10), by=clerk),
            "correct",
        )


def _risky(year: Year) -> None:
    """Announce two risky ones of next week: one is insured, of the other the insurance still lacks."""
    clerk = _clerk(year)
    for title, where, ahead, wants in (
        ("入冬前帮老人擦高窗", "3栋、5栋", 3, Wants(Skill.REPAIRS, "要登高擦窗，两人一组，系安全绳。")),
        ("河边步道清枯枝", "河边步道", 6, Wants(risk="用锯子和长杆，地滑，戴手套和头盔。")),
    ):
        start = year.at(DAYS + ahead, 14 * 60)
        one = year.try_(
            lambda t=title, w=where, s=start, x=wants: Activity.announce(  # type: ignore[misc]
                year.things[COMMUNITY], t, content="听班长安排，身体不舒服的别来。", place=w, starts_at=s, by=clerk,
                ends_at=s + timedelta(hours=2), in_charge=clerk.name, capacity=8, wants=x,
            ),
            title,
        )  # fmt: skip
        if one is not None and ahead == 3:
            day = local_day(one.starts_at)
            year.try_(lambda o=one, d=day: o.insure("ZA-2026-0031877", d, d, by=clerk), "insure")  # type: ignore[misc]


def _for_children(year: Year) -> None:
    """Let a child have a place with the word of a grandmother, noted from paper."""
    clerk, start = _clerk(year), year.at(DAYS + 5, 15 * 60)
    day = year.try_(
        lambda: Activity.announce(
            year.things[COMMUNITY], "小小图书管理员", by=clerk, content="给绘本贴号、上架，完了一起读一本。",
            place="社区书屋", starts_at=start, ends_at=start + timedelta(hours=1), in_charge=clerk.name, capacity=10,
        ),
        "children",
    )  # fmt: skip
    child = year.try_(
        lambda: Person.register(year.things[COMMUNITY], "王乐乐", by=clerk, birth_year=now().year - 10, confirmed=True),
        "child",
    )
    if day is not None and child is not None:
        guardian = Guardian("王秀英", Relation.GRANDPARENT)
        year.try_(lambda: Attendance.sign_up(day, child, guardian=guardian, by=clerk), "child's place")
