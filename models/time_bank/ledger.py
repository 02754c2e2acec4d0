"""The ledger: one row takes minutes from one account and puts them into another, so that all balances add up to zero."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    UniqueConstraint,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import PublicRow, Refused, Row, Utc, db, now, today
from models.events import Doer, record
from models.people import Person
from models.permissions import Permission
from models.places import Place
from models.tellings import tell
from models.volunteer_rules import VolunteerRules, rules_of
from models.working_time import start_of

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.volunteer_rules import Rules

MOST_AT_ONCE = 12 * 60


class PostingKind(StrEnum):
    """Why minutes moved: 服务, 捐给公共池, 公共池资助, 到期归池, 兑换, 退回."""

    SERVICE = "SERVICE"
    GIFT = "GIFT"
    GRANT = "GRANT"
    EXPIRY = "EXPIRY"
    REWARD = "REWARD"
    REFUND = "REFUND"


class TimeAccount(PublicRow):
    """A member's account, or the common pool of a community, which has no person."""

    __tablename__ = "time_accounts"
    __table_args__ = (
        UniqueConstraint("id", "community_id"),
        UniqueConstraint("community_id", "person_id"),
        Index("uq_time_accounts_pool", "community_id", unique=True,
              sqlite_where=text("person_id IS NULL"), postgresql_where=text("person_id IS NULL")),
    )  # fmt: skip
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    person_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("people.id"), index=True)
    left_at: Mapped[Utc | None]

    @classmethod
    def join(cls, person: Person, community: Place, *, by: Actor) -> TimeAccount:
        """Join: from now on the other members read one's name. Errors: Refused("not_your_account", "bank_off")."""
        if person.id not in by.person_ids:
            raise Refused("not_your_account")
        check_on(community)
        pool_of(community)
        query = select(cls).where(cls.community_id == community.id, cls.person_id == person.id)
        one = db.session.scalars(query).one_or_none() or cls(community_id=community.id, person_id=person.id)
        one.left_at = None
        one.save()
        record("time_account.join", by=by, about=[one], community_id=community.id)
        return one

    def leave(self, *, by: Actor) -> None:
        """Leave: nobody reads the name any more; the minutes stay where they are. Errors: Refused("not_your_account")."""
        check_own(self, by)
        self.left_at = now()
        record("time_account.leave", by=by, about=[self], community_id=self.community_id)


class TimePosting(Row):
    """One movement of minutes; rows are added and never changed, which the database itself refuses.

    What leaves one account enters another in the same row, so that no row can break the sum of zero. Triggers keep every
    account within its bounds (migrations/time_bank_bounds.py).
    """

    __tablename__ = "time_postings"
    __table_args__ = (
        ForeignKeyConstraint(["from_id", "community_id"], ["time_accounts.id", "time_accounts.community_id"]),
        ForeignKeyConstraint(["to_id", "community_id"], ["time_accounts.id", "time_accounts.community_id"]),
        CheckConstraint("minutes > 0", name="something_moves"),
        CheckConstraint("from_id <> to_id", name="from_one_to_another"),
        Index("ix_time_postings_from_id_at", "from_id", "at"),
        Index("ix_time_postings_to_id_at", "to_id", "at"),
    )
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    from_id: Mapped[int] = mapped_column(BigInteger)
    to_id: Mapped[int] = mapped_column(BigInteger)
    minutes: Mapped[int] = mapped_column(Integer)
    kind: Mapped[PostingKind] = mapped_column(String(8))
    at: Mapped[Utc] = mapped_column(default=now)


def check_on(community: Place) -> Rules:
    """Return the rules of a community that has a time bank. Errors: Refused("bank_off")."""
    rules = rules_of(community)
    if not rules.bank_on:
        raise Refused("bank_off")
    return rules


def check_own(account: TimeAccount, by: Actor) -> None:
    """Refuse whoever is not the member. Errors: Refused("not_your_account")."""
    if account.person_id is None or account.person_id not in by.person_ids:
        raise Refused("not_your_account")


def pool_of(community: Place) -> TimeAccount:
    """Return the common pool of a community; the first who asks lays it."""
    query = select(TimeAccount).where(TimeAccount.community_id == community.id, TimeAccount.person_id.is_(None))
    return db.session.scalars(query).one_or_none() or TimeAccount(community_id=community.id).save()


def balances(ids: Iterable[int]) -> dict[int, int]:
    """Return what each account holds: everything that came in, without everything that went out."""
    found = dict.fromkeys(ids, 0)
    for column, sign in ((TimePosting.to_id, 1), (TimePosting.from_id, -1)):
        query = select(column, func.sum(TimePosting.minutes)).where(column.in_(list(found))).group_by(column)
        for account_id, minutes in db.session.execute(query):
            found[account_id] += sign * int(minutes)
    return found


def reserved(ids: Iterable[int] | None = None, community_id: int | None = None) -> dict[int, int]:
    """Return how many minutes of each account lie in rewards that were reserved and not fetched yet."""
    orders = db.metadata.tables["reward_orders"]
    query = select(orders.c.account_id, func.sum(orders.c.minutes)).where(orders.c.state == "RESERVED")
    query = (
        query.where(orders.c.account_id.in_(list(ids)))
        if ids is not None
        else query.where(orders.c.community_id == community_id)
    )
    return {account_id: int(minutes) for account_id, minutes in db.session.execute(query.group_by(orders.c.account_id))}


def post(giver: TimeAccount, taker: TimeAccount, minutes: int, kind: PostingKind, *, least: int | None = None) -> None:
    """Move minutes from one account to another; a part of the verb that has a reason for it.

    Nobody goes below the floor (or below `least`), nobody piles up more than the ceiling; what comes back from the pool
    comes back in any case. Both accounts are locked, in one order, before they are counted.
    Errors: Refused("minutes_number", "below_floor", "above_ceiling", "pool_too_small"). Source: checklist R126.
    """
    if not 1 <= minutes <= 1_000_000:
        raise Refused("minutes_number")
    ids = sorted({giver.id, taker.id})
    db.session.execute(select(TimeAccount.id).where(TimeAccount.id.in_(ids)).order_by(TimeAccount.id).with_for_update())
    held, rules = balances(ids), rules_of(Place.get(giver.community_id))
    if giver.person_id is not None and kind != PostingKind.EXPIRY:
        floor = rules.floor if least is None else least
        if held[giver.id] - minutes < floor:
            raise Refused("below_floor", floor=floor)
    if giver.person_id is None and kind == PostingKind.GRANT:
        kept = sum(reserved(community_id=giver.community_id).values())
        if held[giver.id] - kept < minutes:
            raise Refused("pool_too_small")
    if taker.person_id is not None and kind != PostingKind.REFUND:
        waiting = reserved([taker.id]).get(taker.id, 0)
        if held[taker.id] + waiting + minutes > rules.ceiling:
            raise Refused("above_ceiling", ceiling=rules.ceiling)
    TimePosting(community_id=giver.community_id, from_id=giver.id, to_id=taker.id, minutes=minutes, kind=kind).save()


def gift(account: TimeAccount, minutes: int, *, by: Actor) -> None:
    """Give minutes to the common pool. Errors: Refused("not_your_account", "bank_off", "below_floor")."""
    check_own(account, by)
    community = Place.get(account.community_id)
    check_on(community)
    # Nobody gives away what they do not have.
    post(account, pool_of(community), minutes, PostingKind.GIFT, least=0)
    record("time_bank.gift", by=by, about=[account], community_id=community.id, details={"minutes": minutes})


def grant(account: TimeAccount, minutes: int, *, by: Actor) -> None:
    """Help a member out of the common pool, at the committee's desk.

    Errors: Refused("bank_off", "not_your_desk", "not_for_oneself", "pool_too_small", "above_ceiling").
    """
    community = Place.get(account.community_id)
    check_desk(account, by)
    check_on(community)
    post(pool_of(community), account, minutes, PostingKind.GRANT)
    tell(account, "time_granted", people={account.person_id or 0}, community_id=community.id, followers=False,
         minutes=minutes)  # fmt: skip
    record("time_bank.grant", by=by, about=[account], community_id=community.id, details={"minutes": minutes})


def check_desk(account: TimeAccount, by: Actor) -> None:
    """Let only the committee of the community act, and nobody for themselves. Errors: Refused("not_your_desk", …)."""
    if account.community_id not in by.reach(Permission.KEEP_TIME_BANK).community_ids:
        raise Refused("not_your_desk")
    if account.person_id is None or account.person_id in by.person_ids:
        raise Refused("not_for_oneself")


def expired(account_id: int, until: datetime) -> int:
    """Return how many minutes that came in before a day were neither spent nor expired since; the oldest go first."""
    came = select(func.coalesce(func.sum(TimePosting.minutes), 0)).where(
        TimePosting.to_id == account_id, TimePosting.at < until
    )
    went = select(func.coalesce(func.sum(TimePosting.minutes), 0)).where(TimePosting.from_id == account_id)
    return max(0, int(db.session.scalar(came) or 0) - int(db.session.scalar(went) or 0))


def _months_ago(months: int) -> datetime:
    day = today()
    count = day.year * 12 + day.month - 1 - months
    return start_of(date(count // 12, count % 12 + 1, min(day.day, 28)))


def expire_all(*, by: Doer) -> int:
    """Move what is too old into the common pool, where a community says that minutes expire; returns how many moved."""
    rows = select(VolunteerRules.place_id).where(VolunteerRules.bank_on, VolunteerRules.expires_after.is_not(None))
    within = select(Place).where(Place.kind == "COMMUNITY", or_(Place.id.in_(rows), Place.district_id.in_(rows)))
    return sum(_expire(one, by) for one in db.session.scalars(within.order_by(Place.id)).all())


def _expire(community: Place, by: Doer) -> int:
    rules = rules_of(community)
    if not rules.bank_on or rules.expires_after is None:
        return 0
    until = _months_ago(rules.expires_after)
    members = select(TimeAccount).where(TimeAccount.community_id == community.id, TimeAccount.person_id.is_not(None))
    moved: list[Any] = []
    total = 0
    for one in db.session.scalars(members.order_by(TimeAccount.id)).all():
        minutes = expired(one.id, until)
        if minutes:
            post(one, pool_of(community), minutes, PostingKind.EXPIRY)
            tell(one, "time_expired", people={one.person_id or 0}, community_id=community.id, followers=False,
                 minutes=minutes)  # fmt: skip
            moved.append(one)
            total += minutes
    if moved:
        record("time_bank.expire", by=by, about=moved, community_id=community.id, details={"minutes": total})
    return total
