"""What minutes are exchanged for at the committee's desk: kept in stock, reserved by members, handed out by a clerk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, Select, String, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import states
from models.base import PublicRow, Refused, Utc, db, now
from models.events import record
from models.permissions import Permission
from models.places import Place
from models.states import RewardOrderState
from models.time_bank.ledger import PostingKind, TimeAccount, check_desk, check_on, check_own, pool_of, post

if TYPE_CHECKING:
    from models.accounts import Actor


class Reward(PublicRow):
    """Something of which the desk has some left."""

    __tablename__ = "rewards"
    __table_args__ = (
        CheckConstraint("stock >= 0", name="stock_not_negative"),
        CheckConstraint("minutes > 0", name="costs_something"),
        Index("ix_rewards_community_id", "community_id"),
    )
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    title: Mapped[str] = mapped_column(String(40))
    minutes: Mapped[int] = mapped_column(Integer)
    stock: Mapped[int] = mapped_column(Integer)

    @classmethod
    def lay_out(cls, community: Place, title: str, minutes: int, stock: int, *, by: Actor) -> Reward:
        """Offer something. Errors: Refused("not_your_desk", "bank_off", "text_needed", "minutes_number")."""
        if community.id not in by.reach(Permission.KEEP_TIME_BANK).community_ids:
            raise Refused("not_your_desk")
        check_on(community)
        one = cls(community_id=community.id, **_checked(title, minutes, stock)).save()
        details = {"minutes": minutes, "stock": stock}
        record("reward.lay_out", by=by, about=[one], community_id=community.id, details=details)
        return one

    def restock(self, stock: int, *, by: Actor) -> None:
        """Say how many are left now; what is reserved lies apart. Errors: Refused("minutes_number")."""
        self.stock = _checked(self.title, self.minutes, stock)["stock"]
        record("reward.restock", by=by, about=[self], community_id=self.community_id, details={"stock": stock})

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the rewards of the communities in reach; for OWN those of the banks in which one is a member."""
        if permission != Permission.OWN:
            return select(cls).where(actor.reach(permission).communities(cls.community_id))
        mine = select(TimeAccount.community_id).where(TimeAccount.person_id.in_(actor.person_ids))
        return select(cls).where(cls.community_id.in_(mine))


def _checked(title: str, minutes: int, stock: int) -> dict[str, Any]:
    if not title.strip():
        raise Refused("text_needed")
    if not 1 <= minutes <= 100_000 or not 0 <= stock <= 100_000:
        raise Refused("minutes_number")
    return {"title": title.strip(), "minutes": minutes, "stock": stock}


class RewardOrder(PublicRow):
    """One thing that a member reserved: its minutes lie in the pool until it is fetched or given back."""

    __tablename__ = "reward_orders"
    __table_args__ = (
        Index("ix_reward_orders_community_id_state", "community_id", "state"),
        CheckConstraint("minutes > 0", name="costs_something"),
    )
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    reward_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("rewards.id"))
    account_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("time_accounts.id"), index=True)
    minutes: Mapped[int] = mapped_column(Integer)
    state: Mapped[RewardOrderState] = mapped_column(String(10), default=RewardOrderState.RESERVED)
    state_at: Mapped[Utc] = mapped_column(default=now)

    @classmethod
    def reserve(cls, reward: Reward, account: TimeAccount, *, by: Actor) -> RewardOrder:
        """Reserve one; nobody buys on credit. Errors: Refused("not_your_account", "bank_off", "out_of_stock", …)."""
        check_own(account, by)
        community = Place.get(reward.community_id)
        check_on(community)
        if account.community_id != reward.community_id or account.left_at:
            raise Refused("not_a_member")
        _take(reward, -1)
        post(account, pool_of(community), reward.minutes, PostingKind.REWARD, least=0)
        one = cls(community_id=community.id, reward_id=reward.id, account_id=account.id, minutes=reward.minutes).save()
        details = {"minutes": one.minutes}
        record("reward_order.reserve", by=by, about=[one, reward], community_id=community.id, details=details)
        return one

    def hand_out(self, *, by: Actor) -> None:
        """Hand it over at the desk. Errors: Refused("not_your_desk", "not_for_oneself", "not_from_here")."""
        check_desk(TimeAccount.get(self.account_id), by)
        self._step("hand_out")
        record("reward_order.hand_out", by=by, about=[self], community_id=self.community_id)

    def cancel(self, *, by: Actor) -> None:
        """Give it back, by the member or at the desk: the minutes return, and the thing stands in stock again.

        Errors: Refused("not_your_desk", "not_for_oneself", "not_from_here").
        """
        account = TimeAccount.get(self.account_id)
        if account.person_id not in by.person_ids:
            check_desk(account, by)
        self._step("cancel")
        reward = Reward.get(self.reward_id)
        _take(reward, 1)
        post(pool_of(Place.get(self.community_id)), account, self.minutes, PostingKind.REFUND)
        record("reward_order.cancel", by=by, about=[self, reward], community_id=self.community_id)

    def _step(self, verb: str) -> None:
        self.state = states.step(states.Kind.REWARD_ORDER, RewardOrderState(self.state), verb)
        self.state_at = now()

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the orders of the communities in reach; for OWN one's own, and those of one's desk."""
        own = select(TimeAccount.id).where(TimeAccount.person_id.in_(actor.person_ids))
        kept = actor.reach(Permission.KEEP_TIME_BANK).communities(cls.community_id)
        return select(cls).where(or_(cls.account_id.in_(own), kept) if permission == Permission.OWN else kept)


def _take(reward: Reward, change: int) -> None:
    """Change the stock by one, as the database counts it: two who reserve the last one do not both get it."""
    left = update(Reward).where(Reward.id == reward.id, Reward.stock + change >= 0)
    done: Any = db.session.execute(
        left.values(stock=Reward.stock + change, version=Reward.version + 1).execution_options(
            synchronize_session=False
        )
    )
    if done.rowcount != 1:
        raise Refused("out_of_stock")
    db.session.refresh(reward)
