"""Places: a tree of five levels, brought in from a list that may come twice."""

from __future__ import annotations

from typing import Any

import pytest

from models.accounts import Permission, actor_of
from models.base import NotFound, Refused, Stale
from models.events import IMPORT
from models.places import CourtyardType, Place, PlaceKind, bring_all, by_code
from tests.cast import Cast

ROW = {"district_code": "519901", "district": "甲区", "street_code": "519901001", "street": "乙街道",
       "community_code": "519901001001", "community": "丙社区"}  # fmt: skip


def test_the_same_list_twice_changes_nothing(db: Any) -> None:
    first, second = bring_all([(2, ROW)], by=IMPORT), bring_all([(2, ROW)], by=IMPORT)
    assert (first.added, second.added, second.unchanged) == (3, 0, 1)
    assert by_code("519901001001").street_id == by_code("519901001").id


def test_a_faulty_line_is_named_and_stays_out(db: Any) -> None:
    brought = bring_all([(2, {**ROW, "street": ""}), (3, {**ROW, "community_code": "丙"})], by=IMPORT)
    assert brought.errors == ((2, "street", "cell_empty"), (3, "community_code", "code_invalid"))
    assert brought.added == 0


def test_a_known_code_below_another_place_is_named_and_wide_digits_are_the_same_code(db: Any) -> None:
    bring_all([(2, ROW)], by=IMPORT)
    lost = {**ROW, "district_code": "519902", "community_code": "519901001002"}
    brought = bring_all([(2, lost), (3, {**ROW, "street_code": "５１９９０１００１"})], by=IMPORT)
    assert brought.errors == ((2, "street_code", "place_elsewhere"),)
    assert (brought.added, brought.unchanged) == (0, 1)


def test_places_grow_one_level_at_a_time_and_are_edited_within_reach(db: Any, cast: Cast) -> None:
    head = actor_of(cast.head)
    grid = Place.add_below(cast.community, "G-77", "第七网格", by=head)
    assert (grid.kind, grid.community_id) == (PlaceKind.GRID, cast.community.id)
    with pytest.raises(Refused, match="nothing_below"):
        Place.add_below(cast.courtyard, "X-1", "不行", by=head)
    with pytest.raises(Refused, match="courtyards_only"):
        grid.edit("第七网格", by=head, courtyard_type=CourtyardType.WORK_UNIT)
    with pytest.raises(Stale):
        grid.edit("旧", by=head, seen_version=99)
    with pytest.raises(NotFound):
        Place.find(cast.other_community.public_id, Place.visible_to(head, Permission.EDIT_PLACES))
