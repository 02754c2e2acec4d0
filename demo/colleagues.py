"""What colleagues say to each other in the demo year, and how a clerk's open work went to another before a leave."""

from __future__ import annotations

from sqlalchemy import select

from demo.clockwork import DAYS, Year
from demo.people import actor, desk_of
from models import talk
from models.accounts import Account
from models.base import NotFound, db
from models.hand_overs import HandOver
from models.needs import Need
from models.needs.row import OPEN
from models.service_log import ServiceLog
from models.states import ServiceLogState
from models.talk import About, Comment
from models.unmasked_files import UnmaskedFile, UnmaskedKind, Wanted


def plan(year: Year) -> None:
    """Put the talk into the last days, and the handing over into the autumn."""
    year.on(300, lambda: _hand_over(year), 17 * 60)
    year.on(DAYS - 9, lambda: _take_in_full(year), 9 * 60 + 20)
    year.on(DAYS - 1, lambda: _ask_in_full(year), 16 * 60 + 10)
    year.on(DAYS - 2, lambda: _ask_about_records(year), 21 * 60 + 40)
    year.on(DAYS - 1, lambda: _ask_about_needs(year), 21 * 60 + 45)


def _hand_over(year: Year) -> None:
    giver, taker = desk_of(year, "chunxili")[:2]
    ids = giver.account_id, taker.account_id
    one, other = (Account.get(number or 0) for number in ids)
    year.try_(lambda: HandOver.carry_out(one, other, "休年假两周，手上的事请康宁接着办。", by=giver), "hand over")


def _take_in_full(year: Year) -> None:
    """Let a clerk take a list without masks along after the head agreed."""
    clerk, _, head = desk_of(year, "jinyang")
    community, wanted = year.things["jinyang"], Wanted(UnmaskedKind.RESIDENTS)
    reason = "区民政核对独居老人入冬走访名册，需完整门牌，封好当面交，用后删除。"
    one = year.try_(lambda: UnmaskedFile.ask(community, wanted, reason, by=clerk), "unmasked")
    if one is not None:
        year.try_(lambda: one.approve(by=head), "unmasked")
        year.try_(lambda: one.take(by=clerk), "unmasked")


def _ask_in_full(year: Year) -> None:
    second = desk_of(year, "jinyang")[1]
    community, wanted = year.things["jinyang"], Wanted(UnmaskedKind.NEEDS)
    reason = "街道周五电话抽查本月答复，需要能打通的号码。"
    year.try_(lambda: UnmaskedFile.ask(community, wanted, reason, by=second), "unmasked")


def _ask_about_records(year: Year) -> None:
    project, clerk = year.things["project:weekend-meals"], desk_of(year, "jinyang")[0]
    query = select(ServiceLog).where(ServiceLog.project_id == project.id, ServiceLog.state != ServiceLogState.DRAFT)
    for number, log in enumerate(db.session.scalars(query.order_by(ServiceLog.id.desc()).limit(2)).all()):
        try:
            subject = talk.find(About.LOG, log.public_id, clerk)
        except NotFound:
            continue
        text = ("@陈可 这次的签到表拍清楚了吗？有两个名字看不清。", "@韩雪 这条跟上周的重了，请您看一眼。")[number]
        year.try_(lambda s=subject, t=text: Comment.say(s, t, by=clerk), "talk")  # type: ignore[misc]
        if number:
            said, hers = "看过了，是两天的服务，没有重。", actor(year, "韩雪")
            year.try_(lambda s=subject, t=said, by=hers: Comment.say(s, t, by=by), "talk")  # type: ignore[misc]


def _ask_about_needs(year: Year) -> None:
    clerk, second, head = desk_of(year, "jinyang")
    query = select(Need).where(Need.community_id == year.things["jinyang"].id, Need.state.in_(OPEN))
    for number, need in enumerate(db.session.scalars(query.order_by(Need.id.desc()).limit(2)).all()):
        subject = talk.find(About.NEED, need.public_id, head)
        text = (
            f"@{clerk.name} 街道下午问这件事，请先给居民回个电话。",
            f"@{second.name} 这件跟上个月那件是不是同一家？",
        )[number]
        year.try_(lambda s=subject, t=text: Comment.say(s, t, by=head), "talk")  # type: ignore[misc]
