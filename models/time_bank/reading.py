"""The time bank as its members and its desk read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from models.base import NotFound, db
from models.people import Person
from models.places import Place
from models.states import RewardOrderState, TimeClaimState
from models.time_bank.claims import TimeClaim
from models.time_bank.ledger import PostingKind, TimeAccount, TimePosting, balances
from models.time_bank.rewards import Reward, RewardOrder
from models.volunteer_rules import Rules, rules_of

if TYPE_CHECKING:
    from models.accounts import Actor


@dataclass(frozen=True)
class Member:
    """A member by name; the balance is read at the desk alone."""

    public_id: str
    name: str
    balance: int = 0


@dataclass(frozen=True)
class ClaimLine:
    """A help as both members read it; `mine` tells whether the reader helped."""

    public_id: str
    other: str
    mine: bool
    minutes: int
    on: date
    what: str
    state: TimeClaimState


@dataclass(frozen=True)
class Movement:
    """One movement on the own account: positive where minutes came in."""

    at: datetime
    kind: PostingKind
    minutes: int


@dataclass(frozen=True)
class OrderLine:
    """A reserved reward."""

    public_id: str
    title: str
    name: str
    minutes: int
    state: RewardOrderState
    at: datetime


@dataclass(frozen=True)
class RewardLine:
    """Something that the desk offers."""

    public_id: str
    title: str
    minutes: int
    stock: int


@dataclass(frozen=True)
class Mine:
    """One's own part in the time bank."""

    rules: Rules
    community: str
    member: bool
    balance: int = 0
    claims: tuple[ClaimLine, ...] = ()
    movements: tuple[Movement, ...] = ()
    members: tuple[Member, ...] = ()
    rewards: tuple[RewardLine, ...] = ()
    orders: tuple[OrderLine, ...] = ()


@dataclass(frozen=True)
class Desk:
    """The time bank as the committee keeps it; all balances add up to zero."""

    rules: Rules
    members: tuple[Member, ...]
    pool: int
    total: int
    rewards: tuple[RewardLine, ...]
    orders: tuple[OrderLine, ...]


def my_account(actor: Actor) -> TimeAccount:
    """Return one's own account, or NotFound."""
    query = select(TimeAccount).where(TimeAccount.person_id == actor.person_id, TimeAccount.left_at.is_(None))
    one = db.session.scalars(query.order_by(TimeAccount.id)).first() if actor.person_id is not None else None
    if one is None:
        raise NotFound("TimeAccount")
    return one


def members(community_id: int) -> Any:
    """Return the query of those who take part in a community's bank, with their names."""
    return (
        select(TimeAccount, Person.name)
        .join(Person, Person.id == TimeAccount.person_id)
        .where(TimeAccount.community_id == community_id, TimeAccount.left_at.is_(None))
        .order_by(Person.name, TimeAccount.id)
        .limit(500)
    )


def members_of(community_id: int) -> Any:
    """Return the query of those who take part in a community's bank: whom a form may name."""
    return select(TimeAccount).where(
        TimeAccount.community_id == community_id, TimeAccount.left_at.is_(None), TimeAccount.person_id.is_not(None)
    )


def my_bank(person: Person) -> Mine:
    """Return one's own part: before joining only the rules; afterward balance, helps, movements and rewards."""
    community = Place.get(person.community_id)
    rules = rules_of(community)
    query = select(TimeAccount).where(TimeAccount.person_id == person.id, TimeAccount.community_id == community.id)
    own = db.session.scalars(query).one_or_none()
    if own is None or own.left_at is not None:
        return Mine(rules, community.name, False)
    others = tuple(
        Member(one.public_id, name) for one, name in db.session.execute(members(community.id)) if one.id != own.id
    )
    return Mine(
        rules, community.name, True, balances([own.id])[own.id], tuple(_claims(own)), tuple(_movements(own)), others,
        tuple(_rewards(community.id)), tuple(_orders(RewardOrder.account_id == own.id)),
    )  # fmt: skip


def _claims(own: TimeAccount) -> list[ClaimLine]:
    helper, helped = aliased(Person), aliased(Person)
    giver, taker = aliased(TimeAccount), aliased(TimeAccount)
    query = (
        select(TimeClaim, helper.name, helped.name)
        .join(giver, giver.id == TimeClaim.helper_id)
        .join(taker, taker.id == TimeClaim.helped_id)
        .join(helper, helper.id == giver.person_id)
        .join(helped, helped.id == taker.person_id)
        .where(or_(TimeClaim.helper_id == own.id, TimeClaim.helped_id == own.id))
        .order_by(TimeClaim.id.desc())
        .limit(30)
    )
    return [
        ClaimLine(one.public_id, other if one.helper_id == own.id else by, one.helper_id == own.id, one.minutes, one.on,
                  one.what, TimeClaimState(one.state))
        for one, by, other in db.session.execute(query)
    ]  # fmt: skip


def _movements(own: TimeAccount) -> list[Movement]:
    query = select(TimePosting).where(or_(TimePosting.from_id == own.id, TimePosting.to_id == own.id))
    return [
        Movement(one.at, PostingKind(one.kind), one.minutes if one.to_id == own.id else -one.minutes)
        for one in db.session.scalars(query.order_by(TimePosting.id.desc()).limit(30))
    ]


def _rewards(community_id: int) -> list[RewardLine]:
    query = select(Reward).where(Reward.community_id == community_id).order_by(Reward.minutes, Reward.id).limit(100)
    return [RewardLine(one.public_id, one.title, one.minutes, one.stock) for one in db.session.scalars(query)]


def _orders(*conditions: Any) -> list[OrderLine]:
    query = (
        select(RewardOrder, Reward.title, Person.name)
        .join(Reward, Reward.id == RewardOrder.reward_id)
        .join(TimeAccount, TimeAccount.id == RewardOrder.account_id)
        .join(Person, Person.id == TimeAccount.person_id)
        .where(*conditions)
        .order_by(RewardOrder.id.desc())
        .limit(50)
    )
    return [
        OrderLine(one.public_id, title, name, one.minutes, RewardOrderState(one.state), one.state_at)
        for one, title, name in db.session.execute(query)
    ]


def desk(community: Place) -> Desk:
    """Return everything that the desk of a community shows."""
    accounts = [(one, name) for one, name in db.session.execute(members(community.id))]
    held = balances([one.id for one, _name in accounts])
    pool = select(TimeAccount.id).where(TimeAccount.community_id == community.id, TimeAccount.person_id.is_(None))
    pool_id = db.session.scalar(pool)
    everybody = list(db.session.scalars(select(TimeAccount.id).where(TimeAccount.community_id == community.id)))
    waiting = (RewardOrder.community_id == community.id, RewardOrder.state == RewardOrderState.RESERVED)
    return Desk(
        rules_of(community), tuple(Member(one.public_id, name, held[one.id]) for one, name in accounts),
        balances([pool_id])[pool_id] if pool_id is not None else 0, sum(balances(everybody).values()),
        tuple(_rewards(community.id)), tuple(_orders(*waiting)),
    )  # fmt: skip
