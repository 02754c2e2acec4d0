"""The three rates over valid callbacks."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rates import Rates, RateWeights, half_up, three_rates


def test_the_worked_row_gives_its_four_figures() -> None:
    rates = three_rates(valid=200, contacted=196, solved=170, satisfied=150, mostly=20)
    assert rates.shown() == (Decimal("98.0"), Decimal("85.0"), Decimal("84.0"), Decimal("85.9"))
    assert rates.valid == 200


def test_without_a_valid_callback_there_is_no_rate_rather_than_a_zero() -> None:
    assert three_rates(0, 0, 0, 0, 0) == Rates(0, None, None, None, None)
    assert three_rates(0, 0, 0, 0, 0).shown() == (None, None, None, None)


def test_mostly_content_counts_nine_tenths() -> None:
    assert three_rates(10, 10, 10, 0, 10).satisfaction == 90.0


def test_a_city_may_weigh_the_rates_otherwise() -> None:
    rates = three_rates(200, 196, 170, 150, 20, RateWeights(response=0, resolution=100, satisfaction=0))
    assert rates.composite == 85.0


@pytest.mark.parametrize("weights", [(50, 50, 50, 90), (-10, 70, 40, 90), (10, 50, 40, 101), (10, 50, 40, -1)])
def test_weights_that_are_no_shares_are_refused(weights: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError):
        RateWeights(*weights)


@pytest.mark.parametrize(
    "counts",
    [
        (-1, 0, 0, 0, 0),
        (10, 11, 0, 0, 0),
        (10, 0, 11, 0, 0),
        (10, 0, 0, 6, 5),
        (0, 1, 0, 0, 0),
        (10, True, 0, 0, 0),
        (10.0, 1, 1, 1, 1),
    ],
)
def test_counts_that_cannot_be_are_refused(counts: tuple[int, int, int, int, int]) -> None:
    with pytest.raises(ValueError):
        three_rates(*counts)


@pytest.mark.parametrize(
    ("x", "places", "shown"),
    [(2.675, 2, "2.68"), (0.125, 2, "0.13"), (85.05, 1, "85.1"), (82.4, 2, "82.40"), (1e-9, 2, "0.00"), (7.5, 0, "8")],
)
def test_halves_are_shown_rounded_up(x: float, places: int, shown: str) -> None:
    assert str(half_up(x, places)) == shown


@given(st.data())
def test_every_rate_lies_between_0_and_100_and_the_composite_between_the_rates(data: st.DataObject) -> None:
    valid = data.draw(st.integers(1, 5000))
    contacted, solved, satisfied = (data.draw(st.integers(0, valid)) for _ in range(3))
    mostly = data.draw(st.integers(0, valid - satisfied))
    rates = three_rates(valid, contacted, solved, satisfied, mostly)
    parts = [rates.response, rates.resolution, rates.satisfaction]
    assert all(part is not None and 0 <= part <= 100 for part in parts)
    assert rates.composite is not None
    known = [part for part in parts if part is not None]
    assert min(known) - 1e-9 <= rates.composite <= max(known) + 1e-9


@given(st.integers(1, 500), st.data())
def test_one_more_solved_need_never_lowers_the_composite(valid: int, data: st.DataObject) -> None:
    solved = data.draw(st.integers(0, valid - 1))
    before, after = three_rates(valid, valid, solved, 0, 0), three_rates(valid, valid, solved + 1, 0, 0)
    assert before.composite is not None
    assert after.composite is not None
    assert after.composite > before.composite
