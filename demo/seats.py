"""Who comes and goes in the demo year: mandates, requests for an account, colleagues, and residents who moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from demo.clockwork import DAYS, Year
from demo.people import actor, desk_of, phone
from models import people
from models.accounts import Account, Actor, Grant, Role
from models.base import db, today
from models.events import JOB
from models.invitations import Invitation
from models.people import MandateKind, MandateWay, Person, PersonState, Tag, TagBasis

# Who may act for whom: account, person, as what, and how the person said so.
MANDATES = (
    ("孙燕", "严玉珍", MandateKind.GRID, MandateWay.ON_SIGHT),
    ("孙燕", "龙翠英", MandateKind.GRID, MandateWay.ON_SIGHT),
    ("孙燕", "秦月娥", MandateKind.GRID, MandateWay.PHONE),
    ("贺军", "洪桂芝", MandateKind.GRID, MandateWay.ON_SIGHT),
    ("贺军", "林昌秀", MandateKind.GRID, MandateWay.PHONE),
    ("田国庆", "古长寿", MandateKind.GRID, MandateWay.ON_SIGHT),
    ("蔡丽", "王秀英", MandateKind.FAMILY, MandateWay.PAPER),
    ("徐建平", "曹国栋", MandateKind.FAMILY, MandateWay.PHONE),
)
# One of them was given for a while only: it ends by itself some weeks after the demo year.
LASTS = timedelta(days=DAYS + 35)
# Name, community, courtyard, what they wrote as their door, and how many days before the end they asked.
ASKING = (
    ("孟晓芸", "jinyang", "jy-west", "西院 6 栋 2 单元", 1),
    ("卓立文", "jinyang", "jy-east", "东院 4 栋 1 单元", 2),
    ("庞欣", "chunxili", "cx-two", "二期 7 栋", 1),
    ("柴大贵", "liuwan", "lw-zu2", "二组 晒坝旁", 3),
)
NEWCOMER, LEAVING = "罗一鸣", 250


def plan(year: Year, password_hash: str) -> None:
    """Put comings and goings on their days."""
    year.on(-1, lambda: _give_mandates(year), 10 * 60)
    year.on(200, lambda: _take_back(year))
    year.on(60, lambda: _invite(year, password_hash))
    year.on(LEAVING, lambda: _let_go(year))
    year.on(DAYS - 2, lambda: _invite_again(year), 15 * 60)
    for name, slug, yard, door, before in ASKING:
        year.on(DAYS - before, lambda n=name, s=slug, y=yard, d=door: _ask(year, password_hash, n, s, y, d), 21 * 60)  # type: ignore[misc]
    year.on(90, lambda: _ask_and_confirm(year, password_hash))
    year.on(DAYS - 20, lambda: _move(year), 11 * 60)
    year.on(DAYS - 5, lambda: _agree(year), 20 * 60)


def speaking(year: Year, name: str, author: Person | None) -> Actor:
    """Return who speaks for somebody: with all those for whom the account may act."""
    by = actor(year, name)
    return by if author is None else replace(by, person_ids=frozenset(one.person_id for one in people.acts_for(by)))


def _give_mandates(year: Year) -> None:
    clerk = desk_of(year, "jinyang")[0]
    for name, person, kind, way in MANDATES:
        account, who = year.things.get(f"account:{name}"), year.things.get(f"person:{person}")
        if account is not None and who is not None:
            give = partial(who.give_mandate, account, kind, way, by=clerk)
            last_day = today() + LASTS if (name, person) == ("蔡丽", "王秀英") else None
            mandate = year.try_(lambda give=give, day=last_day: give(last_day=day), "mandate")  # type: ignore[misc]
            year.things[f"mandate:{name}:{person}"] = mandate


def _take_back(year: Year) -> None:
    mandate = year.things.get("mandate:徐建平:曹国栋")
    if mandate is not None:
        year.try_(lambda: mandate.revoke(by=actor(year, "曹国栋")), "mandate")


def _invite(year: Year, password_hash: str) -> None:
    """Let an organization take a social worker on, who uses the slip on the same day."""
    manager, place = actor(year, "周文静"), year.things["aiwan"]
    made = year.try_(
        lambda: Invitation.invite(NEWCOMER, phone(0, 90), Role.SOCIAL_WORKER, by=manager, organization=place), "invite"
    )
    if made is not None:
        year.things["newcomer"] = year.try_(lambda: made[0].use(password_hash), "invite")


def _let_go(year: Year) -> None:
    account = year.things.get("newcomer")
    if account is not None:
        query = select(Grant).where(Grant.account_id == account.id, Grant.ended_at.is_(None))
        standing = list(db.session.scalars(query))
        year.try_(lambda: account.leave(by=actor(year, "周文静"), grants=standing), "leave")


def _invite_again(year: Year) -> None:
    """Leave a slip that nobody has used yet, and one that lets a resident choose a new password."""
    head, clerk = desk_of(year, "jinyang")[2], desk_of(year, "jinyang")[0]
    grid = year.things["jy-g1"]
    year.try_(lambda: Invitation.invite("冉冬梅", phone(0, 91), Role.GRID_WORKER, by=head, place=grid), "invite")
    year.try_(lambda: Invitation.for_new_password(year.things["account:曹国栋"], by=clerk), "slip")


def _ask(year: Year, password_hash: str, name: str, slug: str, yard: str, door: str) -> Any:
    number = phone(1, 800 + [one[0] for one in ASKING].index(name))
    return year.try_(
        lambda: Account.request(
            name, number, password_hash, year.things[slug], address=door, courtyard=year.things[yard],
            notice=people.NOTICES[0],
        ),
        "ask",
    )  # fmt: skip


def _ask_and_confirm(year: Year, password_hash: str) -> None:
    """Let one newcomer be confirmed on sight, and one be turned away whom nobody knows."""
    place, clerk = year.things["liuwan"], desk_of(year, "liuwan")[0]
    yard = year.things["lw-zu1"]
    for name, number in (("窦春兰", phone(1, 810)), ("不留名", phone(1, 811))):
        account = year.try_(
            lambda n=name, p=number: Account.request(  # type: ignore[misc]
                n, p, password_hash, place, courtyard=yard, notice=people.NOTICES[0]
            ),
            "ask",
        )  # fmt: skip
        if account is not None and number == phone(1, 810):
            year.try_(lambda a=account: a.confirm(None, by=clerk), "confirm")  # type: ignore[misc]
        elif account is not None:
            year.try_(lambda a=account: a.decline(by=clerk), "decline")  # type: ignore[misc]


def _move(year: Year) -> None:
    """Note who moved, died, wants no contact or stood twice in the register; the youngest entries of each place."""
    for slug in ("jinyang", "chunxili", "liuwan"):
        clerk, around = desk_of(year, slug)[0], year.things["people"][slug]
        alone = [one for one in around if f"account:{one.name}" not in year.things and one.phone_cipher is not None]
        for one, state in zip(alone[-3:], (PersonState.MOVED, PersonState.DIED, PersonState.REFUSES), strict=False):
            year.try_(lambda o=one, s=state, by=clerk: o.move_to(s, by=by), "move")  # type: ignore[misc]
    clerk, first = desk_of(year, "jinyang")[0], year.things["person:严玉珍"]
    double = Person.register(year.things["jinyang"], first.name, by=JOB, courtyard_id=first.courtyard_id)
    db.session.flush()
    year.try_(lambda: double.merge_into(first, "同一位老人登记了两次，门牌一样，见面核对过。", by=clerk), "merge")
    year.try_(lambda: first.set_contact(year.things["person:王秀英"], by=clerk), "contact")
    day = year.date(year.day)
    year.try_(lambda: first.set_tag(Tag.LONELY_ELDER, by=clerk, basis=TagBasis.CONSENT, basis_on=day), "tag")


def _agree(year: Year) -> None:
    """Let residents agree to the new notice at sign-in; one takes the consent back."""
    for number, name in enumerate(("王秀英", "罗大成", "贾淑芬", "郑友德", "彭小军", "蔡丽", "汪秀莲", "叶成贵")):
        by = actor(year, name)
        year.try_(lambda by=by: people.consent(people.NOTICES[0], by=by), "consent")  # type: ignore[misc]
        if number == 1:
            year.try_(lambda by=by: people.withdraw_consents(by=by), "consent")  # type: ignore[misc]
