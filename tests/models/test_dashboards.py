"""The figures of a community: they agree with the needs, stay within reach, and never show what few have said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models.accounts import actor_of
from models.base import NotFound, travel
from models.dashboards import dashboard
from models.deadlines import Escalation
from models.events import JOB
from models.needs import AnswerKind, Tile
from models.ratings import RatingRelease
from tests import builders, serving, voices
from tests.cast import Cast


def test_what_came_in_and_was_answered_is_counted_by_week_tile_and_state(cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    with travel(-timedelta(days=8)):
        builders.need(cast.community, tile=Tile.ENVIRONMENT)
    done = builders.accepted(cast.community, clerk, tile=Tile.ELDER_CARE)
    done.answer("周末恢复供餐。", AnswerKind.DONE, by=clerk)
    board = dashboard(clerk)
    assert (board.received, board.accepted, board.answered) == (2, 1, 1)
    assert {one.key: one.value for one in board.tiles} == {"ENVIRONMENT": 1, "ELDER_CARE": 1}
    assert sum(one.value for one in board.states) == 2
    assert sum(week.received for week in board.by_week) == 2 and len(board.by_week) == 12
    assert board.communities == ()


def test_a_dashboard_reaches_as_far_as_its_reader(cast: Cast) -> None:
    builders.need(cast.community)
    builders.need(cast.other_community)
    street = dashboard(actor_of(cast.street_officer))
    assert street.received == 2
    assert {one.name: one.received for one in street.communities} == {"晋阳社区": 1, "春熙里社区": 1}
    assert dashboard(actor_of(cast.street_officer), community=cast.community.public_id).received == 1
    assert dashboard(actor_of(cast.clerk)).received == 1
    with pytest.raises(NotFound):
        dashboard(actor_of(cast.clerk), community=cast.other_community.public_id)


def test_rates_are_a_dash_while_nobody_was_called_back(cast: Cast) -> None:
    assert dashboard(actor_of(cast.head)).rates.shown() == (None, None, None, None)


def test_what_fewer_than_five_said_is_not_shown(cast: Cast) -> None:
    voices.rated(cast, [5, 5, 4, 4], silent=2)
    RatingRelease.release_all(by=JOB)
    assert dashboard(actor_of(cast.head)).voice.mean is None
    voices.rated(cast, [5, 5, 4, 4, 5], of=serving.project(cast))
    RatingRelease.release_all(by=JOB)
    voice = dashboard(actor_of(cast.head)).voice
    assert voice.n == 5 and voice.mean is not None


def test_late_matters_are_counted_now_and_by_community(cast: Cast) -> None:
    builders.accepted(cast.community, actor_of(cast.clerk)).escalated = Escalation.STREET
    board = dashboard(actor_of(cast.street_officer))
    assert board.open_late == 1
    assert {one.name: one.open_late for one in board.communities} == {"晋阳社区": 1, "春熙里社区": 0}


@pytest.mark.parametrize("weeks", [0, -3, 13, 10**9])
def test_strange_periods_become_the_usual_one(cast: Cast, weeks: int) -> None:
    assert dashboard(actor_of(cast.clerk), weeks=weeks).weeks == 12


def test_a_dashboard_costs_the_same_for_one_need_and_for_thirty(cast: Cast, count_queries: Any) -> None:
    officer = actor_of(cast.street_officer)
    builders.need(cast.community)
    with count_queries() as few:
        dashboard(officer)
    for _ in range(30):
        builders.need(cast.other_community)
    with count_queries() as many:
        dashboard(officer)
    assert len(many) == len(few)
