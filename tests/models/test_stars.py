"""Stars: off until switched on, in order, by another's eyes, noticed in public, then awarded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from models import stars, states
from models.accounts import actor_of
from models.base import Refused, now, travel
from models.events import JOB, timeline
from models.stars import Star
from models.states import StarState
from models.volunteer_rules import Rules, set_rules
from tests.cast import Cast
from tests.models.test_certificates import counted

S = StarState
LINES = (60, 120, 36_000, 60_000, 90_000)
WHY = "公示期间有人反映时长不实"


def switched_on(cast: Cast, **more: Any) -> None:
    set_rules(cast.community, Rules(stars_on=True, star_lines=LINES, **more), by=actor_of(cast.head))


def applied(cast: Cast, **more: Any) -> Star:
    """Return the neighbor's application, with two stars' worth of hours."""
    switched_on(cast)
    counted(cast, cast.neighbor, minutes=130)
    return Star.apply(cast.neighbor, cast.community, by=actor_of(cast.resident), **more)


def in_state(cast: Cast, state: StarState) -> Star:
    one, head = applied(cast), actor_of(cast.head)
    if state in (S.NOTICED, S.AWARDED):
        one.approve(by=head)
    if state == S.DECLINED:
        one.decline(WHY, by=head)
    if state == S.AWARDED:
        with travel(timedelta(days=20)):
            assert Star.award_all(by=JOB) == 1
    return one


VERBS: dict[str, Any] = {
    "approve": lambda one, by: one.approve(by=by),
    "decline": lambda one, by: one.decline(WHY, by=by),
    "award": lambda one, by: one.award(by=by),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", S)
def test_stars_move_only_along_the_table(db: Any, cast: Cast, state: StarState, verb: str) -> None:
    assert set(VERBS) == states.VERBS[states.Kind.STAR]
    one = in_state(cast, state)
    assert one.state == state
    before = len(timeline([one]))
    with travel(timedelta(days=20)):
        if targets := states.targets(states.Kind.STAR, state, verb):
            VERBS[verb](one, actor_of(cast.head))
            assert one.state in targets and len(timeline([one])) == before + 1
        else:
            with pytest.raises(Refused, match="not_from_here"):
                VERBS[verb](one, actor_of(cast.head))


def test_no_star_is_skipped_and_none_comes_while_another_is_on_its_way(db: Any, cast: Cast) -> None:
    resident = actor_of(cast.resident)
    with pytest.raises(Refused, match="stars_off"):
        Star.apply(cast.neighbor, cast.community, by=resident)
    one = applied(cast)
    assert (one.level, one.minutes, one.line) == (1, 130, 60)
    with pytest.raises(Refused, match="star_waits"):
        Star.apply(cast.neighbor, cast.community, by=resident)
    one.approve(by=actor_of(cast.head))
    with pytest.raises(Refused, match="notice_stands"):
        one.award(by=JOB)
    with travel(timedelta(days=20)):
        one.award(by=JOB)
        second = Star.apply(cast.neighbor, cast.community, by=resident)
        assert second.level == 2
        second.decline(WHY, by=actor_of(cast.head))
        assert Star.apply(cast.neighbor, cast.community, by=resident).level == 2
    with pytest.raises(IntegrityError), db.session.begin_nested():
        Star(person_id=cast.neighbor.id, community_id=cast.community.id, level=1, minutes=60, line=60).save()


def test_somebody_else_approves_and_hours_that_were_taken_back_earn_none(db: Any, cast: Cast) -> None:
    one = applied(cast)
    for no, by in (("own_star", actor_of(cast.head, person_ids=[cast.neighbor.id])),
                   ("star_not_yours", actor_of(cast.other_head)), ("star_not_yours", actor_of(cast.clerk))):  # fmt: skip
        with pytest.raises(Refused, match=no):
            one.approve(by=by)
    with pytest.raises(Refused, match="not_your_hours"):
        Star.apply(cast.neighbor, cast.community, by=actor_of(cast.other_resident))
    one.line = one.minutes = 131
    with pytest.raises(Refused, match="star_not_reached"):
        one.approve(by=actor_of(cast.head))


def test_the_notice_shows_a_full_name_only_with_consent(db: Any, cast: Cast) -> None:
    one = applied(cast)
    assert stars.noticed(cast.community) == []
    one.approve(by=actor_of(cast.head))
    assert [line.name for line in stars.noticed(cast.community)] == ["王**"]
    one.full_name = True
    assert [line.name for line in stars.noticed(cast.community)] == ["王桂兰"]
    assert one.notice_until is not None and one.notice_until > now() + timedelta(days=4)
    mine = stars.mine(cast.neighbor)
    assert mine is not None and mine.waiting is not None and mine.next_level is None
