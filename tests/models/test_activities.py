"""Activities: announced, read by everybody, called off with word to those who signed up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models import activities
from models.accounts import actor_of
from models.attendance import Attendance
from models.base import NotFound, Refused, now, travel
from models.permissions import Permission
from models.tellings import Telling
from tests import builders, serving
from tests.cast import Cast


def test_everybody_reads_what_is_coming_with_the_places_left(db: Any, cast: Cast, count_queries: Any) -> None:
    first = serving.activity(cast, capacity=3)
    serving.activity(cast, starts_at=now() + timedelta(days=2))
    Attendance.sign_up(first, cast.neighbor, by=actor_of(cast.resident))
    with count_queries() as queries:
        coming = activities.coming(cast.community.id)
    assert len(queries) == 1
    assert [one.left for one in coming] == [2, None]
    assert activities.coming(cast.other_community.id) == []
    with travel(timedelta(days=3)):
        assert len(activities.past(cast.community.id)) == 2


def test_a_code_has_six_digits(db: Any, cast: Cast) -> None:
    code = serving.activity(cast).code
    assert len(code) == 6
    assert code.isdigit()


def test_what_cannot_take_place_is_not_announced(db: Any, cast: Cast) -> None:
    start = now() + timedelta(hours=1)
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("ends_before_it_starts", {"starts_at": start, "ends_at": start}),
        ("activity_too_long", {"starts_at": start, "ends_at": start + timedelta(hours=25)}),
        ("activity_in_the_past", {"starts_at": now() - timedelta(hours=5)}),
    ]
    for key, more in wrong:
        with pytest.raises(Refused, match=key):
            serving.activity(cast, **more)


def test_those_who_signed_up_are_told_that_it_is_called_off(db: Any, cast: Cast) -> None:
    day = serving.activity(cast)
    Attendance.sign_up(day, cast.neighbor, by=actor_of(cast.resident))
    day.cancel("下雨改期", by=actor_of(cast.clerk))
    told = db.session.query(Telling).filter(Telling.sentence == "activity_cancelled").all()
    assert len(told) == 1
    assert activities.coming(cast.community.id) == []


def test_only_those_in_reach_find_an_activity_to_work_on(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    day = serving.activity(cast, of)
    for reader in (cast.worker, cast.clerk):
        assert activities.Activity.find(
            day.public_id, activities.Activity.visible_to(actor_of(reader), Permission.WRITE_LOG)
        )
    for stranger in (cast.other_worker, cast.other_clerk, cast.resident):
        with pytest.raises(NotFound):
            activities.Activity.find(
                day.public_id, activities.Activity.visible_to(actor_of(stranger), Permission.WRITE_LOG)
            )
    with pytest.raises(Refused, match="project_of_another_community"):
        serving.activity(cast, serving.project(cast, community_id=cast.other_community.id))
    assert builders.number()
