"""The directory of units in charge: kept by the committee, read by everybody, retired and never deleted."""

from __future__ import annotations

from typing import Any

import pytest

from models import directory
from models.accounts import Permission, actor_of
from models.base import NotFound, Refused, Stale
from models.directory import ResponsibleUnit
from models.needs import Tile
from tests.cast import Cast


def enter(cast: Cast, name: str = "清河物业", **more: Any) -> ResponsibleUnit:
    """Return a new entry of our community."""
    more.setdefault("duties", "电梯、停车")
    return ResponsibleUnit.enter(cast.community, name, by=actor_of(cast.clerk), **more)


def test_a_unit_is_entered_rewritten_and_retired(db: Any, cast: Cast) -> None:
    unit = enter(cast, tiles=[Tile.PARKING], phone="028-8500 1111", hours="8:00-20:00")
    assert directory.units(community_id=cast.community.id)[0].phone == "028-8500 1111"
    unit.edit("清河物业服务中心", duties="停车", seen_version=unit.version, by=actor_of(cast.clerk))
    assert directory.units(community_id=cast.community.id)[0].tiles == ()
    unit.retire(by=actor_of(cast.clerk))
    assert directory.units(community_id=cast.community.id) == []
    with pytest.raises(Refused, match="unit_is_gone"):
        unit.retire(by=actor_of(cast.clerk))


def test_an_entry_needs_a_name_duties_and_a_community(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    for place, name, duties, key in (
        (cast.community, " ", "停车", "name_needed"),
        (cast.community, "物业", " ", "duties_needed"),
        (cast.grid, "物业", "停车", "place_needed"),
    ):
        with pytest.raises(Refused, match=key):
            ResponsibleUnit.enter(place, name, duties=duties, by=clerk)
    unit = enter(cast)
    with pytest.raises(Stale):
        unit.edit("别的名字", duties="停车", seen_version=unit.version + 1, by=clerk)


def test_units_in_charge_of_the_tile_come_first(db: Any, cast: Cast) -> None:
    enter(cast, "自来水公司", position=1)
    enter(cast, "清河物业", tiles=[Tile.PARKING], position=2)
    assert [unit.name for unit in directory.units_for(cast.community.id, Tile.PARKING)] == ["清河物业", "自来水公司"]
    assert [unit.name for unit in directory.units_for(cast.community.id, None)] == ["自来水公司", "清河物业"]


def test_only_the_own_committee_keeps_an_entry(db: Any, cast: Cast) -> None:
    unit = enter(cast)
    assert [one.id for one in directory.kept_by(actor_of(cast.head))] == [unit.id]
    assert directory.kept_by(actor_of(cast.other_clerk)) == directory.kept_by(actor_of(cast.resident)) == []
    reached = ResponsibleUnit.visible_to(actor_of(cast.other_clerk), Permission.EDIT_DIRECTORY)
    with pytest.raises(NotFound):
        ResponsibleUnit.find(unit.public_id, reached)
