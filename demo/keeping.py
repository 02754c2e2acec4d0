"""What clerks do every week so that nobody is forgotten: new dates before old ones lapse, and calls to who is to be told."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from demo.clockwork import DAYS, Year
from demo.people import desk_of
from models.accounts import Actor
from models.base import db, now
from models.needs import Need
from models.states import NeedState
from models.tellings import Telling, TellingState

COMMUNITIES = ("jinyang", "chunxili", "liuwan")
# One community has had a clerk away for some weeks: there every third date lapses in that time.
BEHIND, AWAY = "chunxili", DAYS - 17
SOON = timedelta(days=9)
SHARE_LEFT = 4  # A new date is told when a fourth of the time is left, so that no clock turns yellow.
CALLED_AT_ONCE = 40
# The calls of the last days are still to be made, those of the place behind of the last two weeks.
LEFT, LEFT_BEHIND = 4, 12
WRITING = (
    "方案还在和楼里的邻居商量，谈妥了告诉您哪天报批",
    "请懂的人再看一次现场，看完把结果告诉您",
    "还差一份书面意见，拿到了就往上报",
)
SERVING = (
    "社工排到您这一户，前一天先打电话",
    "这一批人满了，排进下一批，开始前告诉您",
    "约的日子往后挪了几天，社工先打电话再上门",
)


def plan(year: Year) -> None:
    """Let the desks look at their dates every working day, and phone twice a week."""
    for day in range(3, DAYS):
        weekday = year.date(day).weekday()
        if weekday < 5:
            year.on(day, lambda: _tell_new_dates(year), 16 * 60 + 40)
        if weekday < 5 and day % 3 == 0 and day < DAYS - LEFT:
            year.on(day, lambda: _phone(year), 10 * 60 + 20)


def _tell_new_dates(year: Year) -> None:
    query = select(Need).where(Need.state == NeedState.PLANNED, Need.next_step_at < now() + SOON).order_by(Need.id)
    serving = {need.id for key, them in year.things.items() if key.startswith("planned:") for need in them}
    slugs = {year.things[slug].id: slug for slug in COMMUNITIES}
    for need in db.session.scalars(query).all():
        slug = slugs[need.community_id]
        if (slug == BEHIND and year.day >= AWAY and need.id % 3 == 0) or need.next_step_at is None:
            continue
        told = need.promised_at or need.state_at
        if need.next_step_at - now() > (need.next_step_at - told) / SHARE_LEFT + timedelta(days=1):
            continue
        clerk, _second, head = desk_of(year, slug)
        by = head if need.promise_changes > 1 or need.next_step_at <= now() else clerk
        steps, days = (SERVING, 14) if need.id in serving else (WRITING, 28)
        step = steps[(need.id + need.promise_changes) % len(steps)]
        on = year.date(year.working(year.day + days + need.id % 5))
        year.try_(lambda need=need, step=step, on=on, by=by: need.promise(step, on, by=by), need.ticket_no)  # type: ignore[misc]


def _phone(year: Year) -> None:
    """Call who has waited longest; most are at home."""
    for slug in COMMUNITIES:
        if slug == BEHIND and year.day >= DAYS - LEFT_BEHIND:
            continue
        second = desk_of(year, slug)[1]
        query = select(Telling).where(
            Telling.state == TellingState.TO_PHONE, Telling.community_id == year.things[slug].id,
            Telling.created_at < now() - timedelta(days=1),
        )  # fmt: skip
        for line in db.session.scalars(query.order_by(Telling.id).limit(CALLED_AT_ONCE)).all():
            _call(year, line, second)


def _call(year: Year, line: Telling, clerk: Actor) -> None:
    outcome = "TOLD" if year.chance.random() < 0.8 else "NO_ANSWER"
    year.try_(lambda: line.tick(outcome, by=clerk), "call")
    if outcome == "TOLD" and line.sentence in ("need_answered", "need_resolved"):
        _hear(year, Need.get(line.subject_id), clerk)


def _hear(year: Year, need: Need, clerk: Actor) -> None:
    """Ask again a week later whether it is settled for good; not everybody wants to say."""

    def ask() -> None:
        if need.state == NeedState.RESOLVED:
            year.try_(lambda: need.confirm(by=clerk, on_the_phone=True), need.ticket_no)

    if year.chance.random() < 0.6:
        year.on(year.working(year.day + 8), ask)
