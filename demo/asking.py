"""How people are asked besides slips in the demo year: in the app, at a poster, and for their own attendance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from demo.clockwork import DAYS, Year
from demo.people import actor, desk_of
from models.accounts import STRANGER, Actor
from models.activities import Activity
from models.attendance import Attendance, Part
from models.base import db
from models.events import JOB
from models.people import Person
from models.ratings import Answer, AtPoster, Mattered, Rating, RatingInvitation, Unfit
from models.ratings.kinds import Channel
from models.service_log import ServiceLog
from models.states import AttendanceState, RatingState, ServiceLogState
from models.volunteering import HourCorrection

COMMUNITIES = ("jinyang", "chunxili", "liuwan")
WORDS = ("来得准时，说话也和气。", "", "东西实在，就是排队久了点。", "", "")


def plan(year: Year) -> None:
    """Ask in the app twice, hang one poster, and decide what was disputed."""
    for day in (DAYS - 40, DAYS - 8):
        year.on(day, lambda: RatingInvitation.invite_all(by=JOB), 6 * 60)
        year.on(day + 1, lambda: _answer_in_the_app(year), 20 * 60)
    year.on(DAYS - 12, lambda: _at_the_poster(year), 21 * 60 + 10)
    year.on(DAYS - 2, lambda: _doubt(year), 15 * 60)
    year.on(DAYS - 1, lambda: _at_the_door(year), 21 * 60 + 15)
    year.on(DAYS - 1, lambda: _decide_disputes(year), 21 * 60 + 50)
    year.on(DAYS - 3, lambda: _by_code(year), 20 * 60 + 20)
    year.on(DAYS - 1, lambda: _refuse_a_correction(year), 21 * 60 + 20)


def _invited(channel: Channel, limit: int) -> list[RatingInvitation]:
    one = RatingInvitation
    return list(db.session.scalars(select(one).where(one.channel == channel).order_by(one.id.desc()).limit(limit)))


def _answer_in_the_app(year: Year) -> None:
    """Let every other one of the invited answer; for the first two somebody of the same household does."""
    people = {one.id: one for key, one in year.things.items() if key.startswith("person:")}
    spoken_for = 0
    for number, invitation in enumerate(_invited(Channel.SELF, 24)):
        person = people.get(invitation.person_id or 0)
        if number % 2 or person is None or f"account:{person.name}" not in year.things:
            continue
        said = Answer(year.chance.choice((5, 5, 4, 4, 3)), True, Mattered.ATTITUDE, WORDS[number % len(WORDS)])
        by, family = actor(year, person.name), _family(year, person)
        if family is not None and spoken_for < 2:
            by, spoken_for = family, spoken_for + 1
        year.try_(lambda i=invitation, s=said, by=by: Rating.give(i, s, by=by), "app")  # type: ignore[misc]


def _family(year: Year, person: Person) -> Actor | None:
    """Return somebody with an account who lives behind the same door, with the reach to speak for the person."""
    for one in [one for key, one in year.things.items() if key.startswith("person:")]:
        if one.household_id == person.household_id and one.id != person.id and f"account:{one.name}" in year.things:
            return replace(actor(year, one.name), person_ids=frozenset({one.id, person.id}))
    return None


def _at_the_poster(year: Year) -> None:
    """Hang a poster at the last event: some tear a strip off, one has no strip and says name and number."""
    project, clerk = year.things["project:gas-check"], desk_of(year, "jinyang")[0]
    place = year.things["jinyang"].id
    query = select(ServiceLog).where(
        ServiceLog.community_id == place, ServiceLog.method == "EVENT", ServiceLog.project_id != project.id,
        ServiceLog.state == ServiceLogState.APPROVED,
    )  # fmt: skip
    log = db.session.scalars(query.order_by(ServiceLog.id.desc()).limit(1)).first()
    if log is None:
        return
    year.try_(lambda: RatingInvitation.print_strips(log, 12, by=clerk), "strips")
    strips = [one for one in _invited(Channel.POSTER, 12) if one.log_id == log.id]
    held = select(Attendance).where(Attendance.log_id == log.id, Attendance.part == Part.SERVED)
    seats = list(db.session.scalars(held.order_by(Attendance.id).limit(8)))
    codes = {seat.public_id: strip.code or "" for seat, strip in zip(seats[:6], strips, strict=False)}
    year.try_(lambda: RatingInvitation.tie(log, codes, by=clerk), "tie")
    for number, code in enumerate(list(codes.values())[:5]):
        who, said = AtPoster(code=code), Answer((5, 4, 2, 4, 3)[number], None, None, WORDS[number])
        year.try_(lambda w=who, s=said: Rating.give_at_poster(log, w, s, by=STRANGER), "poster")  # type: ignore[misc]


def _at_the_door(year: Year) -> None:
    """Hand slips out at a service whose record is still to be approved: who answered waits with it."""
    query = select(ServiceLog).where(ServiceLog.method == "GROUP", ServiceLog.state == ServiceLogState.SUBMITTED)
    log = db.session.scalars(query.order_by(ServiceLog.id.desc()).limit(1)).first()
    if log is None:
        return
    slug = next((one for one in COMMUNITIES if year.things[one].id == log.community_id), COMMUNITIES[0])
    year.try_(lambda: RatingInvitation.print_slips(log, by=desk_of(year, slug)[0]), "door")
    own = select(RatingInvitation).where(RatingInvitation.log_id == log.id).order_by(RatingInvitation.id).limit(3)
    for number, invitation in enumerate(db.session.scalars(own).all()):
        said = Answer(5 - number % 2, True, None, WORDS[number])
        year.try_(lambda i=invitation, s=said: Rating.give(i, s, by=STRANGER), "door")  # type: ignore[misc]


def _doubt(year: Year) -> None:
    """Let the head doubt a rating; the second person has not looked at it yet."""
    _clerk, _second, head = desk_of(year, "jinyang")
    query = select(Rating).where(
        Rating.community_id == year.things["jinyang"].id, Rating.state == RatingState.VALID, Rating.doubt.is_(None)
    )
    rating = db.session.scalars(query.order_by(Rating.id.desc()).limit(1)).first()
    if rating is not None:
        why = "同一张单子上两个人的字一样，先问一问本人。"
        year.try_(lambda: rating.doubt_it(Unfit.DUPLICATE, why, by=head), "doubt")


def _decide_disputes(year: Year) -> None:
    """Look into two of the disputed lines: one was not there, of the other the sheet holds the signature."""
    query = select(Attendance).where(Attendance.state == AttendanceState.DISPUTED).order_by(Attendance.id).limit(2)
    for number, seat in enumerate(db.session.scalars(query).all()):
        slug = next(one for one in COMMUNITIES if year.things[one].id == seat.community_id)
        head = desk_of(year, slug)[2]
        if number:
            year.try_(lambda s=seat, by=head: s.dismiss("签到表上有本人签名，和家人核对过。", by=by), "dismiss")  # type: ignore[misc]
        else:
            year.try_(lambda s=seat, by=head: s.uphold("那天本人在医院，记录去掉。", by=by), "uphold")  # type: ignore[misc]


def _by_code(year: Year) -> None:
    """Announce a small activity of this evening, and let some come in by its code."""
    clerk = desk_of(year, "jinyang")[0]
    around = [one for one in year.things["people"]["jinyang"] if f"account:{one.name}" in year.things][20:26]
    activity = year.try_(
        lambda: Activity.announce(
            year.things["jinyang"], "楼栋长晚间碰头会", by=clerk, content="各栋说一说这一周的事。", place="社区活动室",
            starts_at=year.at(year.day, 20 * 60 + 30), ends_at=year.at(year.day, 21 * 60 + 30),
            in_charge=clerk.name, capacity=20,
        ),
        "activity",
    )  # fmt: skip
    if activity is None:
        return
    for person in around:
        by = actor(year, person.name)
        year.try_(lambda p=person, by=by: Attendance.sign_up(activity, p, by=by), "sign up")  # type: ignore[misc]
    year.on(year.day, lambda: _come_in(year, activity, around), 20 * 60 + 32)


def _come_in(year: Year, activity: Activity, around: list[Any]) -> None:
    for person in around[:4]:
        by = actor(year, person.name)
        year.try_(
            lambda p=person, by=by: Attendance.check_in_by_code(activity, activity.code, p, by=by),  # type: ignore[misc]
            "code",
        )


def _refuse_a_correction(year: Year) -> None:
    query = select(HourCorrection).where(HourCorrection.answered_at.is_(None)).order_by(HourCorrection.id).limit(1)
    one = db.session.scalars(query).first()
    if one is not None:
        said = "签到和离开的时间是您自己扫的码，和带队的人核对过，不用改。"
        year.try_(lambda: one.refuse(said, by=actor(year, "韩雪")), "correction")
