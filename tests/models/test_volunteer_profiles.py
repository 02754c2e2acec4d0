"""What volunteers offer: told by themselves, found where they agreed to it, taken back."""

from __future__ import annotations

from typing import Any

import pytest

from models import volunteer_profiles
from models.accounts import actor_of
from models.base import Refused
from models.volunteer_profiles import enter_for, find, offer
from tests import builders, serving
from tests.cast import Cast


def names(account: Any, *asked: str) -> list[str]:
    return [one.name for one in find(actor_of(account), *asked)]


def test_an_offer_is_found_by_skill_and_time_where_its_volunteer_agreed(db: Any, cast: Cast) -> None:
    resident = actor_of(cast.resident)
    serving.project(cast)
    one = offer(cast.neighbor, ["MEALS", "LAW"], ["6A"], by=resident)
    assert names(cast.clerk, "MEALS", "6A") == names(cast.head) == [cast.neighbor.name]
    assert names(cast.clerk, "HAIR") == names(cast.clerk, "", "6P") == []
    assert names(cast.worker) == names(cast.other_clerk) == []
    offer(cast.neighbor, ["MEALS"], [], by=resident, for_organizations=True)
    assert names(cast.worker) == [cast.neighbor.name] and names(cast.other_worker) == []
    assert volunteer_profiles.own(cast.neighbor.id) is one
    with pytest.raises(Refused, match="skill_needed"):
        offer(cast.neighbor, ["?"], ["6A"], by=resident)
    for account in (cast.other_resident, cast.other_clerk):
        with pytest.raises(Refused, match="not_your_offer"):
            offer(cast.neighbor, ["MEALS"], [], by=actor_of(account))
        with pytest.raises(Refused, match="not_your_offer"):
            one.withdraw(by=actor_of(account))
    one.withdraw(by=resident)
    assert (one.skills, one.times, names(cast.clerk)) == (",", ",", [])


def test_whoever_keeps_the_register_writes_down_what_somebody_without_an_account_agreed_to(db: Any, cast: Cast) -> None:
    clerk, aunt = actor_of(cast.clerk), builders.person(cast.community, "孙阿姨")
    with pytest.raises(Refused, match="agreement_needed"):
        enter_for(aunt, ["MEALS"], ["6A"], by=clerk, agreed=False)
    for stranger in (cast.other_clerk, cast.worker):
        with pytest.raises(Refused, match="not_your_offer"):
            enter_for(aunt, ["MEALS"], ["6A"], by=actor_of(stranger), agreed=True)
    one = enter_for(aunt, ["MEALS"], ["6A"], by=clerk, agreed=True)
    assert names(cast.head, "MEALS", "6A") == ["孙阿姨"]
    one.withdraw(by=clerk)
    assert names(cast.head) == []
