"""Rules of stars and time bank: off, from above, one's own, and never absurd."""

from __future__ import annotations

from typing import Any

import pytest

from models.accounts import actor_of
from models.base import Refused
from models.volunteer_rules import Rules, rules_of, set_rules
from tests.cast import Cast


def test_rules_are_off_come_from_above_and_must_rise(db: Any, cast: Cast) -> None:
    assert not rules_of(cast.community).stars_on and not rules_of(cast.community).bank_on
    set_rules(cast.district, Rules(stars_on=True), by=actor_of(cast.district_officer))
    assert rules_of(cast.community).stars_on and not rules_of(cast.community).own
    set_rules(cast.community, Rules(), by=actor_of(cast.head))
    assert not rules_of(cast.community).stars_on and rules_of(cast.other_community).stars_on
    for no, wrong in (("star_lines_rise", Rules(star_lines=(60, 60, 70, 80, 90))), ("star_lines_rise", Rules(star_lines=(60,))),
                      ("bank_bounds", Rules(floor=5)), ("notice_days", Rules(notice_days=0)),
                      ("expiry_months", Rules(expires_after=121))):  # fmt: skip
        with pytest.raises(Refused, match=no):
            set_rules(cast.community, wrong, by=actor_of(cast.head))
    with pytest.raises(Refused, match="district_or_community"):
        set_rules(cast.street, Rules(), by=actor_of(cast.head))
