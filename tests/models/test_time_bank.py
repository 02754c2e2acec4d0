"""The time bank: whatever members do, all balances add up to zero and stay between floor and ceiling."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DatabaseError, IntegrityError

from models import states, time_bank
from models.accounts import Actor, actor_of
from models.base import Refused, travel
from models.base import db as database
from models.base import today as this_day
from models.events import JOB
from models.states import RewardOrderState, TimeClaimState
from models.time_bank import Reward, RewardOrder, TimeAccount, TimeClaim, TimePosting, balances, pool_of
from models.time_bank.ledger import PostingKind, post
from models.volunteer_rules import Rules, VolunteerRules, set_rules
from tests import builders, serving
from tests.cast import Cast
from web.errors import CONSTRAINTS, constraint_of

RULES = Rules(bank_on=True, floor=-100, ceiling=200)


def member(cast: Cast, name: str) -> tuple[TimeAccount, Actor]:
    """Return a member of the community's bank and who acts for them."""
    person = builders.person(cast.community, name)
    by = actor_of(cast.resident, person_ids=[person.id])
    one = Actor(by.account_id, name, by.state, person.id, cast.community.id, (), frozenset({person.id}))
    return TimeAccount.join(person, cast.community, by=one), one


def opened(cast: Cast, rules: Rules = RULES) -> list[tuple[TimeAccount, Actor]]:
    set_rules(cast.community, rules, by=actor_of(cast.head))
    return [member(cast, f"成员{n}") for n in range(3)]


def helped(cast: Cast, giver: Any, taker: Any, minutes: int) -> TimeClaim:
    one = TimeClaim.claim(giver[0], taker[0], minutes, this_day(), "修水管", by=giver[1])
    one.confirm(by=taker[1])
    return one


def held(*members: Any) -> list[int]:
    found = balances([one.id for one, _by in members])
    return [found[one.id] for one, _by in members]


def total() -> int:
    return sum(balances(database.session.scalars(select(TimeAccount.id))).values())


STEPS = st.lists(
    st.tuples(st.sampled_from(["help", "gift", "reserve", "cancel", "hand_out", "grant", "expire"]),
              st.integers(0, 2), st.integers(0, 2), st.integers(1, 150)),
    max_size=14,
)  # fmt: skip


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_the_sum_is_zero_and_nobody_leaves_the_bounds(db: Any, cast: Cast, steps: Any) -> None:
    trial = db.session.begin_nested()
    try:
        members = opened(cast, Rules(bank_on=True, floor=-100, ceiling=200, expires_after=1))
        head = actor_of(cast.head)
        reward, orders = Reward.lay_out(cast.community, "洗衣液", 40, 3, by=head), []
        for verb, a, b, minutes in steps:
            (one, by), other = members[a], members[b]
            try:
                with db.session.begin_nested():
                    if verb == "help":
                        helped(cast, other, members[a], minutes)
                    elif verb == "gift":
                        time_bank.gift(one, minutes, by=by)
                    elif verb == "reserve":
                        orders.append((RewardOrder.reserve(reward, one, by=by), by))
                    elif verb == "grant":
                        time_bank.grant(one, minutes, by=head)
                    elif verb == "expire":
                        with travel(timedelta(days=40)):
                            time_bank.expire_all(by=JOB)
                    elif orders and verb == "cancel":
                        order, who = orders[b % len(orders)]
                        order.cancel(by=who)
                    elif orders:
                        orders[b % len(orders)][0].hand_out(by=head)
            except Refused:
                db.session.expire_all()
            assert total() == 0
            assert all(-100 <= one <= 200 for one in held(*members))
            assert balances([pool_of(cast.community).id])[pool_of(cast.community).id] >= 0
            reserved = db.session.scalar(select(func.count()).where(RewardOrder.state.in_(["RESERVED", "HANDED_OUT"])))
            assert reward.stock + reserved == 3
    finally:
        trial.rollback()
        db.session.expire_all()


@pytest.mark.parametrize("verb", ["confirm", "decline", "withdraw"])
@pytest.mark.parametrize("state", TimeClaimState)
def test_claims_move_only_along_the_table(db: Any, cast: Cast, state: TimeClaimState, verb: str) -> None:
    giver, taker, _other = opened(cast)
    one = TimeClaim.claim(giver[0], taker[0], 30, this_day(), "陪诊", by=giver[1])
    by = {"confirm": taker[1], "decline": taker[1], "withdraw": giver[1]}
    reach = {"CONFIRMED": "confirm", "DECLINED": "decline", "WITHDRAWN": "withdraw"}
    if state != TimeClaimState.CLAIMED:
        getattr(one, reach[state])(by=by[reach[state]])
    if states.may(states.Kind.TIME_CLAIM, state, verb):
        getattr(one, verb)(by=by[verb])
        assert held(giver, taker) == ([30, -30] if verb == "confirm" else [0, 0])
    else:
        with pytest.raises(Refused, match="not_from_here"):
            getattr(one, verb)(by=by[verb])


@pytest.mark.parametrize("verb", ["hand_out", "cancel"])
@pytest.mark.parametrize("state", RewardOrderState)
def test_rewards_move_only_along_the_table(db: Any, cast: Cast, state: RewardOrderState, verb: str) -> None:
    giver, taker, _other = opened(cast)
    helped(cast, giver, taker, 90)
    clerk = actor_of(cast.clerk)
    reward = Reward.lay_out(cast.community, "洗衣液", 60, 1, by=clerk)
    one = RewardOrder.reserve(reward, giver[0], by=giver[1])
    assert held(giver) == [30] and reward.stock == 0
    with pytest.raises(Refused, match="out_of_stock"):
        RewardOrder.reserve(reward, giver[0], by=giver[1])
    if state != RewardOrderState.RESERVED:
        getattr(one, {"HANDED_OUT": "hand_out", "CANCELLED": "cancel"}[state])(by=clerk)
    if states.may(states.Kind.REWARD_ORDER, state, verb):
        getattr(one, verb)(by=clerk)
        assert (held(giver), reward.stock) == (([90], 1) if verb == "cancel" else ([30], 0))
    else:
        with pytest.raises(Refused, match="not_from_here"):
            getattr(one, verb)(by=clerk)


def test_only_the_receiver_confirms_and_nobody_buys_or_gives_on_credit(db: Any, cast: Cast) -> None:
    giver, taker, third = opened(cast)
    one = TimeClaim.claim(giver[0], taker[0], 30, this_day(), "陪诊", by=giver[1])
    for by in (giver[1], third[1], actor_of(cast.head)):
        with pytest.raises(Refused, match="not_your_account"):
            one.confirm(by=by)
    with pytest.raises(Refused, match="not_a_member"):
        TimeClaim.claim(giver[0], giver[0], 30, this_day(), "陪诊", by=giver[1])
    with pytest.raises(Refused, match="below_floor"):
        helped(cast, giver, taker, 101)
    with pytest.raises(Refused, match="below_floor"):
        time_bank.gift(giver[0], 1, by=giver[1])
    reward = Reward.lay_out(cast.community, "洗衣液", 60, 1, by=actor_of(cast.clerk))
    with pytest.raises(Refused, match="below_floor"):
        RewardOrder.reserve(reward, giver[0], by=giver[1])
    with pytest.raises(Refused, match="not_for_oneself"):
        time_bank.grant(giver[0], 5, by=actor_of(cast.clerk, person_ids=giver[1].person_ids))
    with pytest.raises(Refused, match="pool_too_small"):
        time_bank.grant(giver[0], 5, by=actor_of(cast.clerk))
    set_rules(cast.community, Rules(), by=actor_of(cast.head))
    with pytest.raises(Refused, match="bank_off"):
        one.confirm(by=taker[1])


def test_the_oldest_minutes_expire_into_the_pool(db: Any, cast: Cast) -> None:
    giver, taker, third = opened(cast, Rules(bank_on=True, expires_after=2))
    helped(cast, giver, taker, 100)
    with travel(timedelta(days=50)):
        helped(cast, giver, taker, 40)
        helped(cast, third, giver, 30)
        assert time_bank.expire_all(by=JOB) == 0
    with travel(timedelta(days=70)):
        assert time_bank.expire_all(by=JOB) == 70 and time_bank.expire_all(by=JOB) == 0
        assert held(giver, third) == [40, 30] and total() == 0


def test_the_database_refuses_to_change_a_movement_or_to_invent_one(db: Any, cast: Cast) -> None:
    giver, taker, _third = opened(cast)
    helped(cast, giver, taker, 30)
    for change in (update(TimePosting).values(minutes=31), delete(TimePosting)):
        with pytest.raises(DatabaseError, match="append-only"), db.session.begin_nested():
            db.session.execute(change)
    a, b = giver[0], taker[0]
    elsewhere = TimeAccount(community_id=cast.other_community.id).save()
    for values in ({"to_id": a.id}, {"minutes": 0}, {"to_id": elsewhere.id}):
        row = {"community_id": a.community_id, "from_id": a.id, "to_id": b.id, "minutes": 5, "kind": "GIFT", **values}
        with pytest.raises(IntegrityError), db.session.begin_nested():
            TimePosting(**row).save()
    with pytest.raises(Refused, match="minutes_number"):
        post(a, b, 0, PostingKind.SERVICE)


@pytest.mark.parametrize(("whose", "floor", "ceiling"), [("own", -100, 200), ("district", -90, 150), ("", -600, 6_000)])
def test_the_database_itself_keeps_the_accounts_within_their_bounds(
    db: Any, cast: Cast, whose: str, floor: int, ceiling: int
) -> None:
    a, b, _c = (one for one, _by in opened(cast))
    pool, kinds = pool_of(cast.community), PostingKind
    if whose != "own":
        db.session.execute(delete(VolunteerRules))
    if whose == "district":
        set_rules(cast.district, Rules(bank_on=True, floor=floor, ceiling=ceiling), by=actor_of(cast.district_officer))

    def move(giver: TimeAccount, taker: TimeAccount, minutes: int, kind: PostingKind) -> str | None:
        """Write a movement past all rules of the house, and return what the database says to it."""
        row = {"community_id": a.community_id, "from_id": giver.id, "to_id": taker.id, "minutes": minutes, "kind": kind}
        try:
            with db.session.begin_nested():
                TimePosting(**row).save()
        except IntegrityError as broken:
            return CONSTRAINTS[constraint_of(broken)]
        return None

    assert move(a, b, 1 - floor, kinds.SERVICE) == "below_floor" and move(a, b, -floor, kinds.SERVICE) is None
    assert move(a, pool, 1, kinds.GIFT) == move(b, pool, 1 - floor, kinds.REWARD) == "below_floor"
    assert move(pool, b, 1, kinds.GRANT) == "pool_too_small"
    # What comes back from the pool comes back in any case, as far as it lies there.
    assert move(b, pool, -floor, kinds.REWARD) is None and move(pool, b, -floor, kinds.REFUND) is None
    assert move(pool, b, 1, kinds.REFUND) == "pool_too_small"
    others = [TimeAccount(community_id=a.community_id, person_id=one.id).save() for one in serving.people(cast, 10)]
    said = [move(one, b, -floor, kinds.SERVICE) for one in others[: ceiling // -floor]]
    assert said == [*[None] * (len(said) - 1), "above_ceiling"] and move(pool, b, 1, kinds.GRANT) is not None
    assert total() == 0
