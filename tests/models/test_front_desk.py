"""Taking a matter down: consent first, one event, and a handler who belongs to the community."""

from __future__ import annotations

from typing import Any

import pytest

from models import front_desk
from models.accounts import actor_of
from models.base import NotFound, Refused
from models.events import Event
from models.needs import Source
from tests import builders
from tests.cast import Cast


def test_a_matter_is_taken_down_with_consent_and_one_event(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    before = db.session.query(Event).count()
    with pytest.raises(Refused, match="consent_needed"):
        front_desk.take_down(cast.courtyard, "下水堵了", Source.VISIT, by=clerk, consent=False, name="冯德海")
    need = front_desk.take_down(cast.courtyard, "下水堵了", Source.VISIT, by=clerk, consent=True, name="冯德海")
    assert db.session.query(Event).count() == before + 1
    assert need.first_handler_id == clerk.account_id
    for source in (Source.SELF, Source.IMPORT):
        with pytest.raises(Refused, match="way_needed"):
            front_desk.take_down(cast.courtyard, "下水堵了", source, by=clerk, consent=True, name="冯德海")


def test_only_the_staff_of_the_community_answer(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    names = {name for _, name in front_desk.handlers_for(clerk)}
    assert {"李晓梅", "周志强"} <= names and "吴敏" not in names
    assert names == {name for _, name in front_desk.handlers_for(actor_of(cast.grid_worker))}
    with pytest.raises(NotFound):
        front_desk.take_down(
            cast.courtyard, "下水堵了", Source.CALL, by=clerk, consent=True, name="冯德海",
            handler=cast.other_clerk.public_id,
        )  # fmt: skip


def test_a_number_is_found_exactly_and_never_in_part(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    phone = cast.neighbor.phone
    assert phone is not None
    assert [one.name for one in front_desk.find_people(clerk, phone)] == ["王桂兰"]
    assert front_desk.find_people(clerk, phone[:8]) == []
    assert front_desk.find_people(clerk, " ") == []


def test_places_are_those_within_reach(db: Any, cast: Cast) -> None:
    names = [place.name for place in front_desk.places_for(actor_of(cast.clerk))]
    assert names == ["晋阳社区", "纺织厂家属院"]
    assert [place.name for place in front_desk.places_for(actor_of(cast.grid_worker))] == ["第一网格", "纺织厂家属院"]
    with pytest.raises(NotFound):
        front_desk.place_for(actor_of(cast.grid_worker), cast.community.public_id)
    assert builders.number() > 0
