"""The constants of an evaluation: what is refused, the grades, the base, and the next version's weights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import Refused
from models.evaluation import Grade, Scheme, base_score, grade, next_weights


def test_the_usual_scheme_passes_its_own_check() -> None:
    Scheme().check()
    assert [Scheme().point(level) for level in (5, 4, 3, 2, 1)] == [100, 85, 60, 30, 0]


@pytest.mark.parametrize(("least", "most"), [(0.2, 0.4), (0.1, 0.2), (0.15, 0.3), (0.3, 0.3), (0.5, 1.0)])
def test_the_largest_weight_may_be_twice_the_smallest(least: float, most: float) -> None:
    scheme = Scheme(w_min=least, w_max=most)
    scheme.check()
    assert scheme.w_max <= 2 * scheme.w_min


@pytest.mark.parametrize(("least", "most"), [(0.2, 0.41), (0.1, 0.21), (0.15, 0.301)])
def test_more_than_twice_the_smallest_weight_is_refused(least: float, most: float) -> None:
    with pytest.raises(Refused) as no:
        Scheme(w_min=least, w_max=most).check()
    assert no.value.key == "scheme_unfair"


@pytest.mark.parametrize(
    "points", [(), (100, 0), (100, 85, 60, 30, 1), (99, 85, 60, 30, 0), (100, 60, 60, 30, 0), (100, 30, 60, 85, 0)]
)
def test_levels_must_fall_from_a_hundred_to_nothing(points: tuple[float, ...]) -> None:
    with pytest.raises(Refused) as no:
        Scheme(points=points).check()
    assert no.value.key == "scheme_levels"


@pytest.mark.parametrize(("passed", "good", "excellent"), [(60, 60, 87), (60, 87, 78), (0, 78, 87), (60, 78, 101)])
def test_grade_lines_must_rise(passed: float, good: float, excellent: float) -> None:
    with pytest.raises(Refused) as no:
        Scheme(passed=passed, good=good, excellent=excellent).check()
    assert no.value.key == "scheme_lines"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("w_min", 0),
        ("w_max", 0.1),
        ("w_max", 1.1),
        ("w_min", float("nan")),
        ("pass_line", 101),
        ("pass_line", -1),
        ("caution_least", 0),
        ("caution_people", 0),
        ("caution_people", 2.5),
        ("caution_most", -1),
        ("target_percent", 0),
        ("target_percent", 101),
        ("target_least", 0),
        ("target_most", 9),
        ("provisional_part", 0),
        ("evaluable_from", 0),
        ("unreachable_percent", 101),
        ("good", True),
        ("points", (100, "85", 60, 30, 0)),
    ],
)
def test_constants_that_make_no_sense_are_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(Refused) as no:
        Scheme(**{name: value}).check()  # type: ignore[arg-type]
    assert no.value.key == "scheme_constants"
    assert no.value.values == {"name": name}


@pytest.mark.parametrize(
    ("total", "reached"),
    [
        (100, Grade.EXCELLENT),
        (87.86, Grade.EXCELLENT),
        (87, Grade.EXCELLENT),
        (86.995, Grade.EXCELLENT),
        (86.994, Grade.GOOD),
        (78, Grade.GOOD),
        (77.99, Grade.PASSED),
        (60, Grade.PASSED),
        (59.99, Grade.FAILED),
        (0, Grade.FAILED),
        (None, None),
    ],
)
def test_the_printed_figure_decides_the_grade(total: float | None, reached: Grade | None) -> None:
    assert grade(total) is reached


def test_a_scheme_draws_its_own_lines() -> None:
    assert grade(85.5, Scheme(excellent=85.5)) is Grade.EXCELLENT
    assert grade(85.49, Scheme(excellent=85.5)) is Grade.GOOD


def test_the_base_of_the_worked_example() -> None:
    assert base_score([90, 88, 85, 88], [30, 30, 20, 20]) == 88.0
    assert base_score([80, 70, 60], [40, 25, 35]) == 70.5


@pytest.mark.parametrize(
    ("scores", "weights"),
    [
        ([90, 88], [50]),
        ([90, 88], [50, 49]),
        ([101, 88], [50, 50]),
        ([-1, 88], [50, 50]),
        ([90, 88], [150, -50]),
        ([float("nan"), 88], [50, 50]),
        ([True, 88], [50, 50]),
        ([], []),
    ],
)
def test_a_base_without_its_weights_is_refused(scores: list[float], weights: list[float]) -> None:
    with pytest.raises(ValueError):
        base_score(scores, weights)


@pytest.mark.parametrize(
    ("counts", "weights"),
    [
        ((0, 0, 0, 0), (0.25, 0.25, 0.25, 0.25)),
        ((10, 0, 0, 0), (0.40, 0.20, 0.20, 0.20)),
        ((20, 10, 10, 0), (0.375, 0.25, 0.25, 0.125)),
        ((0, 0, 0, 500), (0.15, 0.15, 0.15, 0.55)),  # the ceiling, and its surplus goes to the others alike
        ((300, 300, 0, 0), (0.40, 0.40, 0.10, 0.10)),  # the floor, taken from those above
        ((1000, 90, 0, 0), (0.55, 0.25, 0.10, 0.10)),
    ],
)
def test_what_matters_to_raters_moves_the_next_weights(counts: tuple[int, ...], weights: tuple[float, ...]) -> None:
    aspects = ("attitude", "skill", "timeliness", "effect")
    assert next_weights(dict(zip(aspects, counts, strict=True))) == pytest.approx(
        dict(zip(aspects, weights, strict=True))
    )


@given(st.lists(st.integers(0, 100_000), min_size=4, max_size=4))
def test_the_next_weights_total_one_within_their_bounds_and_keep_the_order(counts: list[int]) -> None:
    weights = next_weights({str(place): count for place, count in enumerate(counts)})
    assert sum(weights.values()) == pytest.approx(1, abs=1e-12)
    assert all(0.10 <= weight <= 0.55 for weight in weights.values())
    ranked = sorted(range(4), key=lambda place: (counts[place], weights[str(place)]))
    assert [weights[str(place)] for place in ranked] == sorted(weights.values())


@pytest.mark.parametrize(
    "counts", [{"a": 1}, {}, {str(n): 0 for n in range(11)}, {"a": -1, "b": 0}, {"a": 0.5, "b": 1}]
)
def test_counts_that_cannot_share_are_refused(counts: dict[str, int]) -> None:
    with pytest.raises(ValueError):
        next_weights(counts)
