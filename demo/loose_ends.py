"""What makes the demo year a real one: lists with names nobody found, disputes, voided records, sign-ups for next week."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from demo import serving
from demo.clockwork import DAYS, Year
from demo.matters import answer
from demo.people import actor, desk_of
from demo.words import rows
from models import need_groups
from models.activities import Activity
from models.attendance import Attendance, Presence
from models.attendance.matching import NameLine
from models.attendance.sheet import take_list
from models.base import db, now
from models.events import JOB
from models.need_groups import NeedGroup
from models.needs import Need
from models.notices import Notice
from models.ratings import PresenceWord, Rating, Unfit
from models.service_log import ServiceLog
from models.service_log.kinds import Entry, ServiceMethod
from models.states import (
    AttendanceState,
    HourRecordState,
    NeedGroupState,
    PresenceWordState,
    RatingState,
    ServiceLogState,
)
from models.volunteering import HourRecord

SIGNED_UP = 14


def plan(year: Year) -> None:
    """Put the loose ends into the last weeks."""
    for day in range(20, 340, 28):
        year.on(day, lambda: need_groups.refresh_all(by=JOB), 23 * 60 + 30)
        year.on(day + 1, lambda: _decide_groups(year), 21 * 60)
    year.on(330, lambda: _void_some(year), 21 * 60)
    year.on(346, lambda: _doubt_a_rating(year), 21 * 60)
    year.on(year.working(352), lambda: _break_off(year), 21 * 60)
    year.on(year.working(358), lambda: _suspend(year), 21 * 60)
    year.on(DAYS - 4, lambda: _write_late(year), 21 * 60)
    year.on(DAYS - 3, lambda: _hand_in_a_list(year), 21 * 60)
    for day in (DAYS - 30, DAYS - 16, DAYS - 2):
        year.on(day, lambda: _say(year), 21 * 60)
    year.on(year.working(DAYS - 12), lambda: _look_into(year), 21 * 60 + 10)
    year.on(DAYS - 1, lambda: _sign_up(year), 21 * 60)
    year.on(DAYS - 1, lambda: _leave_a_draft(year), 21 * 60 + 30)
    year.on(DAYS - 2, lambda: need_groups.refresh_all(by=JOB), 22 * 60 + 30)
    year.on(DAYS - 1, lambda: _dismiss_one(year), 15 * 60)
    year.on(DAYS - 1, lambda: need_groups.refresh_all(by=JOB), 23 * 60 + 30)


def _decide_groups(year: Year) -> None:
    """Look at what the job laid together: every second group is taken on, the others do not belong together."""
    for slug in ("jinyang", "chunxili", "liuwan"):
        clerk, place = desk_of(year, slug)[0], year.things[slug]
        query = select(NeedGroup).where(NeedGroup.community_id == place.id, NeedGroup.state == NeedGroupState.SUGGESTED)
        groups = db.session.scalars(query.order_by(NeedGroup.authors.desc(), NeedGroup.id)).all()
        for number, group in enumerate(groups):
            inside = [Need.get(one.need_id) for one in group.members() if one.left_at is None]
            if number % 2:
                year.try_(lambda group=group, by=clerk: group.dismiss(by=by), "dismiss")  # type: ignore[misc]
            else:
                year.try_(lambda group=group, needs=inside, by=clerk: group.take(needs, by=by), "take")  # type: ignore[misc]


def _dismiss_one(year: Year) -> None:
    """Let go of the suggestion with the fewest voices: one man wrote twice, and each letter is a matter of its own."""
    clerk, place = desk_of(year, "jinyang")[0], year.things["jinyang"]
    query = select(NeedGroup).where(NeedGroup.community_id == place.id, NeedGroup.state == NeedGroupState.SUGGESTED)
    group = db.session.scalars(query.order_by(NeedGroup.authors, NeedGroup.id).limit(1)).first()
    if group is not None:
        year.try_(lambda: group.dismiss(by=clerk), "dismiss")


def _doubt_a_rating(year: Year) -> None:
    """Leave out a rating of somebody who was not there: the head doubts, a second person confirms."""
    _first, second, head = desk_of(year, "liuwan")
    project = year.things["project:youth-blend"]
    query = select(Rating).where(Rating.project_id == project.id, Rating.state == RatingState.VALID)
    rating = db.session.scalars(query.order_by(Rating.id).limit(1)).first()
    if rating is not None:
        why = "签到表上没有这个人，本人也说没参加过。"
        year.try_(lambda: rating.doubt_it(Unfit.NOT_THERE, why, by=head), "doubt")
        year.try_(lambda: rating.decide_doubt(upheld=True, by=second), "doubt")


def _break_off(year: Year) -> None:
    """Break a project off whose place is gone; its needs wait at the desk again."""
    project, officer = year.things["project:dance-pact"], actor(year, "谭勇")
    why = "架空层要改成社区食堂，下周封闭施工，公约先执行不下去了；跳舞和下棋的地方另找。"
    year.try_(lambda: project.terminate(why, by=officer), "terminate")
    said = "架空层下周起施工，改成社区食堂。跳舞改到粮站院坝，晚上六点半到八点，用小音箱；下棋的桌子搬到活动室，钥匙在值守的邻居手里。"
    for text, need, clerk in year.things.get("waiting:dance-pact", []):
        year.on(year.working(year.day + 3), lambda t=text, n=need, c=clerk: answer(year, {**t, "answer": said}, n, c))  # type: ignore[misc]


def _suspend(year: Year) -> None:
    """Let the project rest whose figures nobody on the spot could confirm."""
    project, officer = year.things["project:youth-blend"], actor(year, "施恒")
    why = "回访二十四户，十六户说没有参加过；先停下来，核对清楚再说。"
    year.try_(lambda: project.suspend(why, by=officer), "suspend")


def _write_late(year: Year) -> None:
    """Write a visit down three weeks after it; the supervisor has seen it, the committee has not yet."""
    project, by = year.things["project:home-health"], actor(year, "胡敏")
    start = year.at(year.day - 24, 15 * 60)
    people = tuple(Presence(one) for one in year.things["people"]["jinyang"][40:42])
    entry = Entry(
        ServiceMethod.VISIT, "上门量血压", "东院", start, start + timedelta(minutes=50), people=people,
        public_summary="上门量血压，教老人记血压本。", late_reason="那周手机摔坏了，纸质记录今天才补录。",
    )  # fmt: skip
    log = year.try_(lambda: ServiceLog.write(project, entry, by=by, submit=True), "late log")
    if log is not None:
        serving.ring(year, log, actor(year, "韩雪"))
        year.try_(lambda: log.approve(by=actor(year, "韩雪")), "late log")


def _void_some(year: Year) -> None:
    """Void one log that the head found invented, and turn down and void some hours."""
    head = desk_of(year, "liuwan")[2]
    project = year.things["project:youth-blend"]
    query = select(ServiceLog).where(ServiceLog.project_id == project.id, ServiceLog.state == ServiceLogState.APPROVED)
    log = db.session.scalars(query.order_by(ServiceLog.id.desc()).limit(1)).first()
    if log is not None:
        year.try_(lambda: log.void("回访三户都说那天没有这个活动，记录作废。", by=head), "void log")
    for state, verb, reason in (
        (HourRecordState.COUNTED, "void", "签到表上没有签名，和本人核对过。"),
        (HourRecordState.PROPOSED, "reject", "这一段是路上的时间，不算服务。"),
    ):
        one = db.session.scalars(select(HourRecord).where(HourRecord.state == state).limit(1)).first()
        if one is not None:
            judge = actor(year, "韩雪") if one.organization_id == year.things["aiwan"].id else actor(year, "向阳")
            year.try_(lambda one=one, verb=verb, reason=reason, judge=judge: getattr(one, verb)(reason, by=judge), verb)  # type: ignore[misc]


def _hand_in_a_list(year: Year) -> None:
    """Enter a sign-in sheet on which some names fit nobody, or more than one."""
    query = select(ServiceLog).where(ServiceLog.method == "EVENT", ServiceLog.state == ServiceLogState.SUBMITTED)
    log = db.session.scalars(query.order_by(ServiceLog.id.desc()).limit(1)).first()
    if log is None:
        return
    names = [NameLine("刘阿姨", "3栋"), NameLine("老何", ""), NameLine("张建国", "7栋2单元"), NameLine("小芳", "")]
    by = _author(year, log.author_id)
    year.try_(lambda: take_list(log, by=by, lines=names), "list")


def _author(year: Year, account_id: int) -> Any:
    name = next(k for k, one in year.things.items() if k.startswith("account:") and one.id == account_id)
    return actor(year, name.removeprefix("account:"))


NOT_SO = ("那天我在女儿家，没有参加。", "", "来是来过，只说了两句话，没有一个小时。")
FOUND = {
    "uphold": "给本人打了电话，那天在外地，签到是别人代签的。",
    "dismiss": "和本人一起看了签到表，是自己签的，记错了日子。",
}


def _say(year: Year) -> None:
    """Let people look at their own attendance: most say that they were there, some that it was not so."""
    recent = select(Attendance).where(
        Attendance.state == AttendanceState.PRESENT, Attendance.created_at > now() - timedelta(days=20)
    )
    by_person = {
        one.id: name.removeprefix("person:") for name, one in year.things.items() if name.startswith("person:")
    }
    told = Counter[str]()
    for seat in db.session.scalars(recent.order_by(Attendance.id)):
        name = by_person.get(seat.person_id or 0, "")
        if f"account:{name}" not in year.things or told[seat.part] > 40:
            continue
        told[seat.part] += 1
        by, there = actor(year, name), told[seat.part] % 12 != 5
        words = NOT_SO[told[seat.part] // 12 % len(NOT_SO)] or "记不清了，好像没去。"
        year.try_(lambda seat=seat, by=by, there=there, words=words: PresenceWord.say_own(  # type: ignore[misc]
            seat, there=there, words=words, by=by), "word")  # fmt: skip


def _look_into(year: Year) -> None:
    """Let the committees look into two of those who say that it was not so; the others wait."""
    query = select(PresenceWord).where(PresenceWord.state == PresenceWordState.DISPUTED).order_by(PresenceWord.id)
    for one, verb in zip(db.session.scalars(query).all(), ("uphold", "dismiss"), strict=False):
        slug = next(slug for slug in ("jinyang", "chunxili", "liuwan") if year.things[slug].id == one.community_id)
        head = desk_of(year, slug)[2]
        year.try_(lambda one=one, verb=verb, head=head: getattr(one, verb)(FOUND[verb], by=head), verb)  # type: ignore[misc]


def _sign_up(year: Year) -> None:
    """Let residents sign up for what comes: the first that is full gets a waiting list."""
    known = [p for p in year.things["people"]["jinyang"] if f"account:{p.name}" in year.things]
    people, sturdy = known[:SIGNED_UP], [p for p in known if (p.birth_year or 0) > now().year - 60][:SIGNED_UP]
    query = select(Activity).where(Activity.starts_at > now(), Activity.community_id == year.things["jinyang"].id)
    for activity in db.session.scalars(query.order_by(Activity.starts_at).limit(3)):
        for person in sturdy if activity.skill or activity.risk else people:
            by = actor(year, person.name)
            year.try_(lambda a=activity, p=person, by=by: Attendance.sign_up(a, p, by=by), "sign up")  # type: ignore[misc]
    clerk = desk_of(year, "jinyang")[0]
    start = year.at(year.day + 4, 10 * 60)
    small = year.try_(
        lambda: Activity.announce(
            year.things["jinyang"], "教您挂号：手机预约小课堂", by=clerk, content="带上手机和医保卡，一个一个教。",
            place="社区活动室", starts_at=start, ends_at=start + timedelta(hours=1), in_charge=clerk.name, capacity=6,
        ),
        "activity",
    )  # fmt: skip
    for number, person in enumerate(people[:9]):
        by = actor(year, person.name)
        seat = year.try_(lambda p=person, by=by: Attendance.sign_up(small, p, by=by), "sign up")  # type: ignore[misc]
        if number == 2 and seat is not None:
            year.try_(lambda seat=seat, by=by: seat.cancel(by=by), "cancel")  # type: ignore[misc]


def _leave_a_draft(year: Year) -> None:
    """Leave a log that its author has not handed in yet."""
    project, by = year.things["project:weekend-meals"], actor(year, "陈可")
    start = year.at(DAYS - 1, 11 * 60)
    entry = Entry(
        ServiceMethod.GROUP, "送餐志愿者碰头", "东院取餐点", start, start + timedelta(minutes=40),
        public_summary="送餐志愿者碰头，把下周的路线排好。",
    )  # fmt: skip
    year.try_(lambda: ServiceLog.write(project, entry, by=by), "draft")


def notices(year: Year) -> None:
    """Write and publish the notices on their days; the head publishes what the clerk wrote."""

    def hang(text: dict[str, Any]) -> None:
        clerk, _second, head = desk_of(year, text["community"])
        expires = year.date(year.day + (60 if text["kind"] in ("NOTICE", "PUBLIC") else 21))
        place = year.things[text["community"]]
        one = year.try_(lambda: Notice.write(place, text["title"], text["body"], expires, by=clerk), text["slug"])
        if one is not None and text["day"] < DAYS - 2:
            year.try_(lambda: one.publish(by=head), text["slug"])

    for text in rows("notices"):
        year.on(text["day"], lambda text=text: hang(text))  # type: ignore[misc]
