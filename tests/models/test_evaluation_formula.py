"""The residents' voice in a project's score: the worked rows, the theorem, and what is refused."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.base import Refused
from models.evaluation import Explanation, NextStep, Scheme, Status, explain, half_up, mean_of

# case, base, n, N, mean, k, n*, Z, S*, w in percent, T, status
ROWS = [
    ("no rating", 88, 0, 200, None, 41, 60, 0.0000, 60.00, 20.00, 82.40, "INSUFFICIENT"),
    ("4 glowing friends", 88, 4, 200, 98, 41, 60, 0.0889, 63.38, 21.78, 82.64, "INSUFFICIENT"),
    ("3 angry", 88, 3, 200, 10, 41, 60, 0.0682, 56.59, 21.36, 81.29, "INSUFFICIENT"),
    ("20 good", 88, 20, 200, 90, 41, 60, 0.3279, 69.84, 26.56, 83.18, "PROVISIONAL"),
    ("target met, good", 88, 60, 200, 92, 41, 60, 0.5941, 79.01, 31.88, 85.13, "TARGET_MET"),
    ("target met, bad", 88, 60, 200, 45, 41, 60, 0.5941, 51.09, 31.88, 76.23, "TARGET_MET"),
    ("half, good", 88, 100, 200, 92, 41, 60, 0.7092, 82.70, 34.18, 86.19, "TARGET_MET"),
    ("all, good", 88, 200, 200, 92, 41, 60, 0.8299, 86.56, 36.60, 87.47, "TARGET_MET"),
    ("small census good", 88, 8, 8, 90, 2.6, 8, 0.7547, 82.64, 35.09, 86.12, "TARGET_MET"),
    ("small census bad", 88, 8, 8, 40, 2.6, 8, 0.7547, 44.91, 35.09, 72.88, "TARGET_MET"),
    ("8 of 8, all best", 92, 8, 8, 100, 2.6, 8, 0.7547, 90.19, 35.09, 91.36, "TARGET_MET"),
    ("large 2%", 88, 40, 2000, 95, 45, 100, 0.4706, 76.47, 29.41, 84.61, "PROVISIONAL"),
    ("large target", 88, 100, 2000, 95, 45, 100, 0.6897, 84.14, 33.79, 86.69, "TARGET_MET"),
    ("excellent, target met", 92, 60, 200, 92, 41, 60, 0.5941, 79.01, 31.88, 87.86, "TARGET_MET"),
    ("asked 20, true mean 10", 88, 20, 200, 10, 41, 60, 0.3279, 43.61, 26.56, 76.21, "PROVISIONAL"),
    ("asked 60, true mean 10", 88, 60, 200, 10, 41, 60, 0.5941, 30.30, 31.88, 69.60, "TARGET_MET"),
]
USUAL = Scheme()


@pytest.mark.parametrize("row", ROWS, ids=[str(row[0]) for row in ROWS])
def test_every_worked_row_holds_to_a_hundredth(row: tuple[object, ...]) -> None:
    _, base, n, served, mean, k, target, credibility, satisfaction, weight, total, status = row
    it = explain(n=n, served=served, mean=mean, base=base)  # type: ignore[arg-type]
    assert it.k == pytest.approx(k)
    assert it.target == target
    assert half_up(it.credibility, 4) == Decimal(str(credibility))
    assert half_up(it.satisfaction) == Decimal(str(satisfaction))
    assert half_up(it.weight * 100) == Decimal(str(weight))
    assert it.total is not None
    assert half_up(it.total) == Decimal(str(total))
    assert it.status == status
    assert (it.n, it.served, it.mean, it.base) == (n, served, mean, base)


def people(data: st.DataObject, scheme: Scheme = USUAL, most: int = 400) -> tuple[int, int, int]:
    """Draw persons served, raters fewer than that, and the sum of the raters' points."""
    served = data.draw(st.integers(scheme.evaluable_from, most))
    n = data.draw(st.integers(0, served - 1))
    return served, n, data.draw(st.integers(0, 100 * n))


def total(n: int, served: int, points: Fraction | int, base: Fraction | int, scheme: Scheme = USUAL) -> float:
    """Return the total of n raters who gave so many points in all, without any rounding of their mean."""
    it = explain(n=n, served=served, mean=Fraction(points) / n if n else None, base=base, scheme=scheme)
    assert it.total is not None
    return it.total


# Any constants, as long as the largest weight is at most twice the smallest.
fair_schemes = st.builds(
    lambda least, share, line, start, people, most: Scheme(
        w_min=least / 1000,
        w_max=min(least + least * share // 100, 1000) / 1000,
        pass_line=line,
        caution_least=start / 10,
        caution_people=people,
        caution_most=most,
    ),
    st.integers(1, 1000),
    st.integers(0, 100),
    st.integers(0, 100),
    st.integers(1, 100),
    st.integers(1, 50),
    st.integers(0, 500),
)


@given(st.data(), st.integers(0, 1000))
def test_a_best_rating_never_lowers_the_total_and_a_worst_never_raises_it(data: st.DataObject, tenths: int) -> None:
    served, n, points = people(data)
    base = Fraction(tenths, 10)
    before = total(n, served, points, base)
    assert total(n + 1, served, points + 100, base) >= before
    assert total(n + 1, served, points, base) <= before


@given(st.data(), fair_schemes, st.integers(0, 1000))
def test_the_theorem_holds_in_every_scheme_that_passes_the_check(
    data: st.DataObject, scheme: Scheme, tenths: int
) -> None:
    scheme.check()
    served, n, points = people(data, scheme)
    base = Fraction(tenths, 10)
    before = total(n, served, points, base, scheme)
    assert total(n + 1, served, points + 100, base, scheme) >= before
    assert total(n + 1, served, points, base, scheme) <= before


def test_the_theorem_holds_at_every_corner() -> None:
    edge = Scheme(w_min=0.3, w_max=0.6, pass_line=100, caution_least=0.1, caution_most=0)
    for scheme, served, base in product((USUAL, edge), (5, 6, 10, 11, 199, 219, 220, 221, 5000), (0, 60, 100)):
        scheme.check()
        for n in {0, 1, 2, 3, 4, served // 2, served - 1}:
            for points in (0, 60 * n, 100 * n):
                before = total(n, served, points, base, scheme)
                assert total(n + 1, served, points + 100, base, scheme) >= before
                assert total(n + 1, served, points, base, scheme) <= before


@given(st.data(), st.integers(0, 100), st.integers(0, 100))
def test_a_person_who_rates_again_better_never_lowers_the_total(data: st.DataObject, base: int, better: int) -> None:
    served, n, points = people(data)
    assume(n > 0)
    assert total(n, served, min(points + better, 100 * n), base) >= total(n, served, points, base)


def test_a_scheme_that_breaks_the_inequality_does_punish_praise_and_is_refused() -> None:
    unfair = Scheme(w_min=0.10, w_max=0.60)
    assert total(1, 200, 100, 100, unfair) < total(0, 200, 0, 100, unfair)
    with pytest.raises(Refused) as no:
        unfair.check()
    assert no.value.key == "scheme_unfair"
    assert no.value.values == {"w_min": 0.10, "w_max": 0.60}


def test_a_scheme_that_breaks_the_inequality_does_reward_the_worst_rating_too() -> None:
    unfair = Scheme(w_min=0.10, w_max=0.60)
    assert total(1, 200, 0, 0, unfair) > total(0, 200, 0, 0, unfair)


def test_a_best_level_below_a_hundred_would_punish_praise_too_and_is_refused() -> None:
    dull = Scheme(points=(85, 60, 45, 30, 0), pass_line=85)
    assert total(1, 200, 85, 100, dull) < total(0, 200, 0, 100, dull)
    with pytest.raises(Refused) as no:
        dull.check()
    assert no.value.key == "scheme_levels"


def test_a_middling_rating_may_lower_a_total_as_the_page_says() -> None:
    assert total(61, 200, 60 * 92 + 60, 88) < total(60, 200, 60 * 92, 88)


@pytest.mark.parametrize(
    ("n", "served", "status"),
    [
        (0, 0, Status.NOT_EVALUABLE),
        (4, 4, Status.NOT_EVALUABLE),
        (0, 5, Status.INSUFFICIENT),
        (1, 5, Status.INSUFFICIENT),
        (2, 5, Status.PROVISIONAL),
        (4, 5, Status.PROVISIONAL),
        (5, 5, Status.TARGET_MET),
        (19, 200, Status.INSUFFICIENT),
        (20, 200, Status.PROVISIONAL),
        (59, 200, Status.PROVISIONAL),
        (60, 200, Status.TARGET_MET),
        (33, 2000, Status.INSUFFICIENT),
        (34, 2000, Status.PROVISIONAL),
        (99, 2000, Status.PROVISIONAL),
        (100, 2000, Status.TARGET_MET),
    ],
)
def test_the_status_changes_exactly_at_its_lines(n: int, served: int, status: Status) -> None:
    it = explain(n=n, served=served, mean=90 if n else None, base=88)
    assert it.status is status
    assert (it.total is None) is (status is Status.NOT_EVALUABLE)


@pytest.mark.parametrize(
    ("served", "target"),
    [(0, 0), (5, 5), (9, 9), (10, 10), (11, 10), (33, 10), (34, 11), (200, 60), (333, 100), (334, 100), (9999, 100)],
)
def test_the_target_is_three_tenths_at_least_ten_at_most_a_hundred(served: int, target: int) -> None:
    assert explain(n=0, served=served, mean=None, base=88).target == target


def test_the_caution_depends_on_the_served_only() -> None:
    assert {explain(n=n, served=200, mean=90 if n else None, base=88).k for n in range(0, 201, 20)} == {41.0}
    assert explain(n=0, served=220, mean=None, base=88).k == explain(n=0, served=10**6, mean=None, base=88).k == 45


def test_more_than_fifteen_percent_out_of_reach_keep_the_evidence_insufficient() -> None:
    fine = explain(n=60, served=200, mean=92, base=88, unreachable=30)
    flagged = explain(n=60, served=200, mean=92, base=88, unreachable=31)
    assert (fine.status, fine.too_many_unreachable) == (Status.TARGET_MET, False)
    assert (flagged.status, flagged.too_many_unreachable) == (Status.INSUFFICIENT, True)
    assert flagged.next_step == NextStep(Status.TARGET_MET, recheck=True)
    assert flagged.total == fine.total


@pytest.mark.parametrize(
    ("n", "served", "step"),
    [
        (0, 3, NextStep(Status.INSUFFICIENT, people=2)),
        (4, 200, NextStep(Status.PROVISIONAL, ratings=16)),
        (20, 200, NextStep(Status.TARGET_MET, ratings=40)),
        (60, 200, NextStep(None)),
        (0, 5, NextStep(Status.PROVISIONAL, ratings=2)),
    ],
)
def test_a_score_says_what_would_change_its_status(n: int, served: int, step: NextStep) -> None:
    assert explain(n=n, served=served, mean=90 if n else None, base=88).next_step == step


@given(st.integers(0, 500), st.data())
def test_the_ratings_that_are_said_to_be_missing_do_bring_the_next_status(served: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, served))
    it = explain(n=n, served=served, mean=90 if n else None, base=88)
    if it.next_step.ratings:
        enough = explain(n=n + it.next_step.ratings, served=served, mean=90, base=88)
        one_less = explain(n=enough.n - 1, served=served, mean=90 if enough.n > 1 else None, base=88)
        assert enough.status is it.next_step.status
        assert one_less.status is it.status


def test_the_weight_grows_with_the_raters_up_to_its_most() -> None:
    it = explain(n=60, served=200, mean=92, base=88)
    assert it.weight < it.weight_if_all < it.scheme.w_max
    assert it.weight_if_all == explain(n=200, served=200, mean=92, base=88).weight
    assert it.missing == 0
    assert explain(n=20, served=200, mean=92, base=88).missing == 40


def test_fewer_than_five_raters_stay_private() -> None:
    assert explain(n=4, served=200, mean=98, base=88).private
    assert not explain(n=5, served=200, mean=98, base=88).private


BAD: list[dict[str, object]] = [
    {"n": -1},
    {"n": 201},
    {"n": True},
    {"n": 60.0},
    {"n": "60"},
    {"n": None},
    {"served": -1},
    {"served": 59},
    {"served": True},
    {"served": 200.0},
    {"mean": None},
    {"mean": float("nan")},
    {"mean": float("inf")},
    {"mean": -0.01},
    {"mean": 100.01},
    {"mean": True},
    {"mean": "92"},
    {"mean": Decimal("NaN")},
    {"mean": 10**400},
    {"base": None},
    {"base": float("nan")},
    {"base": float("-inf")},
    {"base": -1},
    {"base": 101},
    {"base": False},
    {"base": "88"},
    {"n": 0},
    {"unreachable": -1},
    {"unreachable": 201},
    {"unreachable": 1.5},
]


@pytest.mark.parametrize("change", BAD, ids=str)
def test_arguments_that_cannot_be_are_refused(change: dict[str, object]) -> None:
    good: dict[str, object] = {"n": 60, "served": 200, "mean": 92, "base": 88}
    assert isinstance(explain(**good), Explanation)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        explain(**{**good, **change})  # type: ignore[arg-type]


def test_a_mean_may_come_as_the_database_gives_it() -> None:
    plain = explain(n=60, served=200, mean=92.5, base=88)
    assert explain(n=60, served=200, mean=Decimal("92.5"), base=Decimal(88)) == plain


def test_the_lines_show_the_whole_arithmetic() -> None:
    lines = {term.symbol: term for term in explain(n=60, served=200, mean=92, base=88).lines()}
    assert [(term.symbol, term.worked, term.shown) for term in lines.values()] == [
        ("k", "1 + min(200 ÷ 5, 44)", "41"),
        ("n*", "min(max(60, min(200, 10)), 100)", "60"),
        ("Z", "60 ÷ (60 + 41)", "0.5941"),
        ("S*", "0.5941 × 92 + 0.4059 × 60", "79.01"),
        ("w", "20% + 20% × 0.5941", "31.88%"),
        ("T", "31.88% × 79.01 + 68.12% × 88", "85.13"),
    ]
    assert lines["T"].rule == "w × S* + (1 − w) × base"
    assert lines["n*"].rule == "min(max(⌈30% × N⌉, min(N, 10)), 100)"


def test_the_lines_follow_the_scheme_and_do_without_a_mean_or_a_total() -> None:
    scheme = Scheme(w_min=0.25, w_max=0.35, pass_line=50, caution_people=10)
    rules = [term.rule for term in explain(n=0, served=4, mean=None, base=88, scheme=scheme).lines()]
    assert rules[0] == "1 + min(N ÷ 10, 44)"
    assert rules[3] == "Z × m + (1 − Z) × 50"
    assert rules[4] == "25% + 10% × Z"
    lines = explain(n=0, served=4, mean=None, base=88).lines()
    assert lines[3].worked == "60"
    assert (lines[5].worked, lines[5].value, lines[5].shown) == ("", None, "—")


def test_every_person_counts_once_however_often_they_rate() -> None:
    assert mean_of({"wang": [5, 1], "li": [5]}) == 75
    assert mean_of({"wang": [5, 4, 3, 2, 1]}) == 55
    assert mean_of({}) is None


def test_a_second_rating_changes_only_that_person_s_mean() -> None:
    assert mean_of({"wang": [1], "li": [5]}) == 50
    assert mean_of({"wang": [1, 5], "li": [5]}) == 75


@pytest.mark.parametrize("levels", [{"wang": []}, {"wang": [0]}, {"wang": [6]}, {"wang": [True]}, {"wang": [4.0]}])
def test_levels_that_cannot_be_are_refused(levels: dict[str, list[int]]) -> None:
    with pytest.raises(ValueError):
        mean_of(levels)


@given(st.dictionaries(st.integers(), st.lists(st.integers(1, 5), min_size=1, max_size=4), min_size=1))
def test_the_order_of_ratings_and_raters_does_not_matter(levels: dict[int, list[int]]) -> None:
    turned = {person: sorted(given) for person, given in sorted(levels.items(), reverse=True)}
    mean = mean_of(levels)
    assert mean == mean_of(turned)
    assert mean is not None
    assert 0 <= mean <= 100
