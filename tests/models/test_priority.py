"""The priority of a need and the section of those that go first."""

from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.deadlines import Urgency
from models.priority import USUAL_WEIGHTS, Mark, Priority, Weights, first_in_line, priority
from models.rates import half_up


def parts(result: Priority) -> list[str]:
    """Return the five parts as they are shown."""
    figures = (result.urgency, result.support, result.vulnerability, result.age, result.repeat)
    return [str(half_up(figure, 1)) for figure in figures]


def test_a_lonely_elder_with_twelve_households_behind_the_need() -> None:
    result = priority(Urgency.BASIC_LIFE, 12, [Mark.LONELY_ELDER], 15, repeated=True)
    assert str(half_up(result.total, 1)) == "80.8"
    assert parts(result) == ["21.0", "9.8", "35.0", "5.0", "10.0"]
    assert result.parts[1].share == pytest.approx(0.6523, abs=0.0001)


def test_a_lonely_elder_with_nobody_else_asking() -> None:
    result = priority(Urgency.BASIC_LIFE, 0, [Mark.LONELY_ELDER], 3, repeated=False)
    assert str(half_up(result.total, 1)) == "57.0"
    assert parts(result) == ["21.0", "0.0", "35.0", "1.0", "0.0"]


def test_parking_with_fifty_households_comes_after_the_lonely_elder() -> None:
    result = priority(Urgency.COMPLEX, 50, [], 30, repeated=True)
    assert str(half_up(result.total, 1)) == "44.0"
    assert parts(result) == ["9.0", "15.0", "0.0", "10.0", "10.0"]


def test_the_usual_weights_add_up_to_a_hundred() -> None:
    assert sum(astuple(USUAL_WEIGHTS)) == 100
    assert priority(Urgency.EMERGENCY, 50, list(Mark), 30, repeated=True).total == 100


def test_of_several_marks_the_weightiest_counts_alone() -> None:
    several = priority(Urgency.GENERAL, 0, [Mark.CHILD, Mark.DISABLED, Mark.MIGRANT], 0, repeated=False)
    assert several.vulnerability == priority(Urgency.GENERAL, 0, [Mark.DISABLED], 0, repeated=False).vulnerability == 28


@pytest.mark.parametrize(
    ("mark", "share"),
    [
        (Mark.LONELY_ELDER, 1.0),
        (Mark.DISABLED, 0.8),
        (Mark.HARDSHIP, 0.8),
        (Mark.ELDERLY, 0.6),
        (Mark.CHILD, 0.6),
        (Mark.MIGRANT, 0.4),
    ],
)
def test_every_mark_has_its_share(mark: Mark, share: float) -> None:
    assert priority(Urgency.GENERAL, 0, [mark], 0, repeated=False).parts[2].share == share


@pytest.mark.parametrize(
    ("urgency", "points"),
    [(Urgency.EMERGENCY, 30), (Urgency.BASIC_LIFE, 21), (Urgency.GENERAL, 12), (Urgency.COMPLEX, 9)],
)
def test_every_urgency_has_its_points(urgency: Urgency, points: float) -> None:
    assert priority(urgency, 0, [], 0, repeated=False).total == pytest.approx(points)


def test_a_community_may_weigh_the_parts_otherwise() -> None:
    weights = Weights(urgency=0, support=0, vulnerability=0, age=100, repeat=0)
    assert priority(Urgency.EMERGENCY, 9, [Mark.CHILD], 15, repeated=True, weights=weights).total == 50


@pytest.mark.parametrize(("households", "days"), [(-1, 0), (0, -0.1), (0, float("nan")), (0, float("inf"))])
def test_negative_or_boundless_figures_are_refused(households: int, days: float) -> None:
    with pytest.raises(ValueError):
        priority(Urgency.GENERAL, households, [], days, repeated=False)


EXPECTED_FIRST = {
    (urgency, mark)
    for urgency in (Urgency.EMERGENCY, Urgency.BASIC_LIFE)
    for mark in (Mark.LONELY_ELDER, Mark.DISABLED, Mark.HARDSHIP)
}


@pytest.mark.parametrize("urgency", list(Urgency))
@pytest.mark.parametrize("mark", list(Mark))
def test_hardship_living_alone_and_disability_go_first_where_life_depends_on_it(urgency: Urgency, mark: Mark) -> None:
    assert first_in_line(urgency, [mark]) is ((urgency, mark) in EXPECTED_FIRST)
    assert not first_in_line(urgency, [])


@given(
    st.sampled_from(Urgency), st.integers(0, 10**6), st.sets(st.sampled_from(Mark)), st.floats(0, 10**4), st.booleans()
)
def test_a_priority_lies_between_0_and_100_and_is_the_sum_of_its_parts(
    urgency: Urgency, households: int, marks: set[Mark], days: float, repeated: bool
) -> None:
    result = priority(urgency, households, marks, days, repeated=repeated)
    assert 0 <= result.total <= 100
    assert result.total == pytest.approx(sum(part.points for part in result.parts))
    assert all(0 <= part.share <= 1 for part in result.parts)


@given(st.sampled_from(Urgency), st.integers(0, 500), st.sets(st.sampled_from(Mark)), st.floats(0, 100))
def test_one_more_household_or_day_never_lowers_a_priority(
    urgency: Urgency, households: int, marks: set[Mark], days: float
) -> None:
    before = priority(urgency, households, marks, days, repeated=False).total
    assert priority(urgency, households + 1, marks, days, repeated=False).total >= before
    assert priority(urgency, households, marks, days + 1, repeated=False).total >= before
