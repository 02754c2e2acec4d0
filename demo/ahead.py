"""What lies ahead at the end of the demo year: activities of the coming weeks, who signed up, what organizations report."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from demo.clockwork import DAYS, Year
from demo.people import actor, desk_of
from models.activities import Activity
from models.attendance import Attendance
from models.pre_reports import ActivityPreReport, Intent, Verdict

# Community, title, what and what to bring, where, days ahead, hour of the day, minutes, places.
COMING: tuple[tuple[str, str, str, str, int, int, int, int | None], ...] = (
    ("jinyang", "理发到院里", "剪刀走家的师傅来，排号，行动不便的上门。", "东院凉亭", 4, 9, 150, 20),
    ("jinyang", "冬病冬防·量血压", "社区医生坐诊，带上正在吃的药。", "社区活动室", 6, 9, 120, None),
    ("jinyang", "垃圾分类带着玩", "家长孩子一起来，分对了领一株小苗。", "建工小广场", 8, 15, 90, 30),
    ("chunxili", "家庭驿站亲子烘焙", "每家一位大人一个孩子，自带围裙。", "家庭驿站", 5, 14, 120, 12),
    ("chunxili", "物业业主面对面", "物业经理和网格员在场，有话当面说。", "架空层", 9, 19, 90, None),
    ("liuwan", "村头电影夜", "片子大家投票选，自带小板凳。", "晒坝", 7, 19, 120, None),
)
# Project, worker, title, what, where, days ahead, how kept safe, how many; then what the committee says, if anything.
REPORTED: tuple[tuple[str, str, str, str, str, int, str, int, Verdict | None, str], ...] = (
    ("weekend-meals", "陈可", "冬至暖锅宴", "二十四位独居老人一起吃暖锅，走不动的送到家。", "社区活动室", 24,
     "用电磁炉不用明火，两名社工一名护士在场，过道不摆桌。", 24, None, ""),
    ("home-health", "胡敏", "高血压小组公开课", "社区医生讲冬季用药，现场量血压。", "教师新村活动室", 13,
     "人数控制在三十人以内，备急救箱，医生全程在场。", 30, Verdict.NOTE, ""),
    ("after-school", "江小舟", "四点半课堂冬令营", "三天的手工和体育，午饭由驿站提供。", "家庭驿站", 20,
     "每六个孩子一名社工，接送登记到人。", 18, Verdict.ASK, "午饭由哪家做、留不留样？请补上。"),
    ("left-behind", "苏梦", "孩子们的新年灯会", "孩子自己扎灯笼，晚上在山口点亮。", "一组山口", 3,
     "点蜡烛，家长自己看好孩子。", 60, Verdict.REFUSE, "山口防火期不能有明火，请改成电灯笼、改到晒坝再报。"),
)  # fmt: skip


def plan(year: Year) -> None:
    """Put it into the last days of the year."""
    for number, text in enumerate(COMING):
        year.on(DAYS - 6, lambda text=text: _announce(year, text), 16 * 60 + number)  # type: ignore[misc]
    for number, report in enumerate(REPORTED):
        year.on(DAYS - 3, lambda report=report: _report(year, report), 16 * 60 + number)  # type: ignore[misc]
    year.on(DAYS - 2, lambda: _sign_up(year), 20 * 60 + 40)


def _announce(year: Year, text: tuple[str, str, str, str, int, int, int, int | None]) -> None:
    community, title, content, place, ahead, hour, minutes, capacity = text
    clerk, start = desk_of(year, community)[0], year.at(DAYS + ahead, hour * 60)
    one = year.try_(
        lambda: Activity.announce(
            year.things[community], title, by=clerk, content=content, place=place, starts_at=start,
            ends_at=start + timedelta(minutes=minutes), in_charge=clerk.name, capacity=capacity,
        ),
        title,
    )  # fmt: skip
    year.things.setdefault("coming", []).append((community, one))


def _sign_up(year: Year) -> None:
    """Let neighbors ask for places: a small one is full, with a waiting list."""
    for community, one in year.things.get("coming", []):
        around, clerk = year.things["people"][community], desk_of(year, community)[0]
        wanted = around[: one.capacity + 3 if one.capacity and one.capacity <= 12 else 9]
        for person in wanted:
            year.try_(lambda one=one, p=person, by=clerk: Attendance.sign_up(one, p, by=by), "sign up")  # type: ignore[misc]


def _report(year: Year, text: tuple[Any, ...]) -> None:
    slug, worker, title, content, place, ahead, safety, expected, verdict, words = text
    project, start = year.things.get(f"project:{slug}"), year.at(DAYS + ahead, 9 * 60 + 30)
    if project is None:
        return
    meant = Intent(title, content, place, start, start + timedelta(hours=2), worker, safety, expected)
    one = year.try_(lambda: ActivityPreReport.report(project, meant, by=actor(year, worker)), title)
    community = next(name for name in ("jinyang", "chunxili", "liuwan") if year.things[name].id == project.community_id)
    if one is None or verdict is None:
        return
    year.try_(lambda: one.decide(verdict, words, by=desk_of(year, community)[0]), title)
    if verdict == Verdict.NOTE:
        year.try_(lambda: one.announce(by=actor(year, worker)), title)
