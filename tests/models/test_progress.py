"""Progress is what approved logs amount to, by the measure of each goal."""

from __future__ import annotations

from typing import Any

import pytest

from models.accounts import actor_of
from models.packages import Measure
from models.progress import progress, reached
from models.service_log.counting import Counts
from tests import builders
from tests.cast import Cast


@pytest.mark.parametrize(
    ("measure", "number"),
    [(Measure.PERSONS, 3), (Measure.TURNS, 7), (Measure.SESSIONS, 2), (Measure.MINUTES, 240)],
)
def test_each_measure_counts_something_else(measure: Measure, number: int) -> None:
    assert reached(measure, Counts(persons=3, turns=7, sessions=2, minutes=240)) == number


def test_a_goal_without_service_stands_at_nothing(db: Any, cast: Cast) -> None:
    project = builders.running(cast.community, cast.organization, actor_of(cast.clerk))
    project.add_goal("上门探访", Measure.TURNS, "人次", 1800, by=actor_of(cast.supervisor), scale=(1, 10, "孤独感"))
    [goal] = progress(project)
    assert (goal.reached, goal.percent, goal.scale) == (0, 0, (1, 10, "孤独感"))
