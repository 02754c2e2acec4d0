"""Proofs and thanks in the demo year: certificates, one of them taken back, stars, and a small time bank."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from demo.clockwork import DAYS, Year
from demo.people import actor, desk_of
from models.base import db
from models.certificates import Certificate, CertificateRequest
from models.events import JOB
from models.people import Person
from models.stars import Star
from models.states import HourRecordState
from models.time_bank import Reward, RewardOrder, TimeAccount, TimeClaim, gift
from models.volunteer_rules import Rules, set_rules
from models.volunteering import HourRecord


def plan(year: Year) -> None:
    """Let those with the most hours ask in the last weeks; two are issued, one of them is taken back, one waits."""
    year.on(DAYS - 30, lambda: _issue(year, 0), 10 * 60 + 10)
    year.on(DAYS - 24, lambda: _issue(year, 1), 10 * 60 + 20)
    year.on(DAYS - 17, lambda: _revoke(year), 11 * 60)
    year.on(DAYS - 2, lambda: _ask(year, 2), 19 * 60 + 40)
    year.on(DAYS - 60, lambda: switch_on(year), 10 * 60 + 40)
    year.on(DAYS - 20, lambda: bank(year), 16 * 60 + 50)
    year.on(DAYS - 55, lambda: star(year, 0, full_name=True, approved=True), 17 * 60)
    year.on(DAYS - 40, lambda: Star.award_all(by=JOB), 17 * 60 + 5)
    # The second star of the same volunteer stands on the notice; the third is near. Another first star waits.
    year.on(DAYS - 39, lambda: star(year, 0, full_name=True, approved=True), 17 * 60 + 10)
    year.on(DAYS - 25, lambda: Star.award_all(by=JOB), 17 * 60 + 15)
    year.on(DAYS - 3, lambda: star(year, 1, full_name=False, approved=True), 17 * 60 + 20)
    year.on(DAYS - 2, lambda: star(year, 2, full_name=False, approved=False), 17 * 60 + 25)


def diligent(year: Year, number: int) -> tuple[str, Person] | None:
    """Return who of Jinyang with an account has the most counted time, or the next ones after."""
    names = {
        one.person_id: name.removeprefix("account:")
        for name, one in year.things.items() if name.startswith("account:") and one.person_id
    }  # fmt: skip
    query = (
        select(HourRecord.person_id)
        .where(HourRecord.community_id == year.things["jinyang"].id, HourRecord.state == HourRecordState.COUNTED,
               HourRecord.person_id.in_(list(names)))
        .group_by(HourRecord.person_id)
        .order_by(func.sum(HourRecord.minutes).desc(), HourRecord.person_id)
        .limit(number + 1)
    )  # fmt: skip
    found = list(db.session.scalars(query))
    return (names[found[number]], Person.get(found[number])) if len(found) > number else None


def _ask(year: Year, number: int) -> CertificateRequest | None:
    who = diligent(year, number)
    if who is None:
        return None
    name, person = who
    first, last = year.date(0), year.date(year.day)
    asked: CertificateRequest | None = year.try_(
        lambda: CertificateRequest.ask(person, year.things["jinyang"], first, last, by=actor(year, name)), "certificate"
    )
    return asked


def _issue(year: Year, number: int) -> None:
    asked = _ask(year, number)
    if asked is None:
        return
    person, clerk = Person.get(asked.person_id), desk_of(year, "jinyang")[0]
    last = asked.last_day - timedelta(days=number)
    year.things[f"certificate:{number}"] = year.try_(
        lambda: Certificate.issue(person, year.things["jinyang"], asked.first_day, last, by=clerk, request=asked),
        "certificate issued",
    )


def _revoke(year: Year) -> None:
    one = year.things.get("certificate:1")
    if one is not None:
        head = desk_of(year, "jinyang")[2]
        year.try_(
            lambda: one.revoke("有两次活动的时长登记到了别人名下，核对后重新出具。", by=head), "certificate revoked"
        )


# Lines of a young community, in minutes: whoever helps most stands close to the third star.
STAR_LINES = (3_000, 9_000, 19_200, 30_000, 48_000)


def switch_on(year: Year) -> None:
    """Let Jinyang have stars and a time bank: two neighbors help each other, one gives to the pool, a towel is fetched."""
    place, head = year.things["jinyang"], desk_of(year, "jinyang")[2]
    year.try_(
        lambda: set_rules(place, Rules(stars_on=True, star_lines=STAR_LINES, bank_on=True, expires_after=24), by=head),
        "rules",
    )
    pairs = [one for one in (diligent(year, n) for n in range(3)) if one is not None]
    year.things["bank"] = [
        (account, actor(year, name), name)
        for name, person in pairs
        if (account := year.try_(lambda p=person, n=name: TimeAccount.join(p, place, by=actor(year, n)), "join"))  # type: ignore[misc]
    ]
    reward = year.try_(lambda: Reward.lay_out(place, "毛巾一条", 60, 12, by=head), "reward")
    year.try_(lambda: Reward.lay_out(place, "理发券一张", 120, 5, by=head), "reward")
    year.things["reward"] = reward


HELPS = (
    (0, 1, 90, "陪着去医院取药"),
    (0, 2, 60, "修好了漏水的水龙头"),
    (1, 2, 45, "帮忙把米扛上五楼"),
    (2, 0, 30, "教了怎么用手机挂号"),
)


def bank(year: Year) -> None:
    """Let members help each other and confirm it; the last help still waits."""
    members = year.things.get("bank", [])
    if len(members) < 3:
        return
    for number, (giver, taker, minutes, what) in enumerate(HELPS):
        one = year.try_(
            lambda g=giver, t=taker, m=minutes, w=what: TimeClaim.claim(  # type: ignore[misc]
                members[g][0], members[t][0], m, year.date(year.day - 1), w, by=members[g][1]
            ),
            "help",
        )
        if one is not None and number < len(HELPS) - 1:
            year.try_(lambda one=one, t=taker: one.confirm(by=members[t][1]), "help confirmed")  # type: ignore[misc]
    year.try_(lambda: gift(members[0][0], 20, by=members[0][1]), "gift")
    order = year.try_(lambda: RewardOrder.reserve(year.things["reward"], members[0][0], by=members[0][1]), "order")
    if order is not None:
        year.try_(lambda: order.hand_out(by=desk_of(year, "jinyang")[0]), "handed out")


def star(year: Year, number: int, *, full_name: bool, approved: bool) -> None:
    """Let a volunteer apply for the next star; the head agrees where it is time."""
    who = diligent(year, number)
    if who is None:
        return
    name, person = who
    one = year.try_(
        lambda: Star.apply(person, year.things["jinyang"], by=actor(year, name), full_name=full_name), "star"
    )
    if one is not None and approved:
        year.try_(lambda: one.approve(by=desk_of(year, "jinyang")[2]), "star approved")
