"""Places at the counter: hours and numbers are checked by their shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.places import Place
from tests.cast import Cast
from tests.visiting import Visitor


def test_a_head_keeps_the_hours_of_the_own_community(db: Any, cast: Cast, client_for: Callable[..., Visitor]) -> None:
    page = f"/places/{cast.community.public_id}"
    form = {"name": "晋阳社区", "phone": "028-85001234", "day0": "09:00-12:00 13:30-17:30", "day6": ""}
    assert client_for(cast.head).post(page, data=form).status_code == 303
    assert db.session.get(Place, cast.community.id).hours == {"0": [["09:00", "12:00"], ["13:30", "17:30"]]}
    assert client_for(cast.other_head).post(page, data=form).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"day0": "9-12"}, {"day0": "12:00-09:00"}, {"day0": "25:00-26:00"}, {"households": "１２"}, {"phone": "abc"},
     {"name": ""}, {"courtyard_type": "CASTLE"}],
)  # fmt: skip
def test_what_has_the_wrong_shape_comes_back(
    db: Any, cast: Cast, client_for: Callable[..., Visitor], wrong: dict[str, str]
) -> None:
    answer = client_for(cast.head).post(f"/places/{cast.courtyard.public_id}", data={"name": "院落", **wrong})
    assert answer.status_code == 422


def test_a_courtyard_is_entered_below_a_grid_and_its_code_is_its_own(
    db: Any, cast: Cast, client_for: Callable[..., Visitor]
) -> None:
    head, page = client_for(cast.head), f"/places/{cast.grid.public_id}/places"
    form = {"name": "新院", "code": "Y-NEW", "courtyard_type": "SELF_GOVERNED", "households": "88"}
    assert head.post(page, data=form).status_code == 303
    assert head.post(page, data=form).status_code == 422
