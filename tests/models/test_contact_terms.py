"""After how many days somebody is looked in on again."""

from __future__ import annotations

from typing import Any

import pytest

from models.accounts import actor_of
from models.base import Refused
from models.contact_terms import USUAL, days_for, set_terms, terms_of
from models.people import Tag
from tests.cast import Cast


def test_of_several_marks_the_shortest_days_count() -> None:
    assert days_for((Tag.ELDER, Tag.LONELY_ELDER), USUAL) == 14
    assert days_for((), USUAL) == 30


def test_each_community_has_its_own_days(db: Any, cast: Cast) -> None:
    set_terms(cast.community, {Tag.LONELY_ELDER: 7, None: 40}, by=actor_of(cast.clerk))
    terms = terms_of({cast.community.id, cast.other_community.id})
    assert (terms[cast.community.id][Tag.LONELY_ELDER], terms[cast.community.id][None]) == (7, 40)
    assert terms[cast.other_community.id] == USUAL
    with pytest.raises(Refused, match="place_needed"):
        set_terms(cast.grid, {Tag.ELDER: 3}, by=actor_of(cast.clerk))
