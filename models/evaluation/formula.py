"""The residents' voice weighs more as more of them speak: a project's score with the arithmetic that made it.

Inside one scheme a best rating never lowers the total and a worst rating never raises it; the arithmetic is exact up
to the last step, so that this holds for the printed floats too. Source: domain/formulas.md D7, decisions.md 23, 26, 27.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from models.evaluation.scheme import USUAL_SCHEME, Scheme, exact
from models.rates import half_up

# Below so many ratings nobody but the auditor sees what single residents might have said.
PRIVATE_BELOW = 5


class Status(StrEnum):
    """How far the evidence carries; FINAL is said only by a person."""

    NOT_EVALUABLE = "NOT_EVALUABLE"
    INSUFFICIENT = "INSUFFICIENT"
    PROVISIONAL = "PROVISIONAL"
    TARGET_MET = "TARGET_MET"


@dataclass(frozen=True)
class Term:
    """One term of the score as a page unfolds it: the rule in symbols, the same with its figures, and the result."""

    symbol: str
    rule: str
    worked: str
    value: float | None
    shown: str


@dataclass(frozen=True)
class NextStep:
    """What would bring the next status: so many ratings or people more, or a re-check of those not reached."""

    status: Status | None
    ratings: int = 0
    people: int = 0
    recheck: bool = False


@dataclass(frozen=True)
class Explanation:
    """A project's score with every term and count; figures are unrounded, half_up() shows them.

    `n` raters of `served` persons, their `mean` (None if nobody rated), the other indicators' `base`; `k` cautious
    opinions, `target` number of ratings, `credibility` Z, `satisfaction` after caution S*, its `weight` w, `total` T
    (None where too few were served), `weight_if_all` the weight if everybody served had rated.
    """

    n: int
    served: int
    mean: float | None
    base: float
    k: float
    target: int
    credibility: float
    satisfaction: float
    weight: float
    weight_if_all: float
    total: float | None
    status: Status
    unreachable: int
    scheme: Scheme

    @property
    def private(self) -> bool:
        """Say whether so few rated that only n, served and base may be shown (decisions.md 23)."""
        return self.n < PRIVATE_BELOW

    @property
    def missing(self) -> int:
        """Return how many ratings are missing to the target."""
        return max(self.target - self.n, 0)

    @property
    def too_many_unreachable(self) -> bool:
        """Say whether so many persons were out of reach that the committee must check again."""
        return _flagged(self.unreachable, self.served, self.scheme)

    @property
    def next_step(self) -> NextStep:
        """Return what would change the status; nothing more does when the target is met."""
        if self.status is Status.NOT_EVALUABLE:
            return NextStep(Status.INSUFFICIENT, people=self.scheme.evaluable_from - self.served)
        if self.too_many_unreachable:
            return NextStep(_by_count(self.n, self.target, self.scheme), recheck=True)
        if self.status is Status.INSUFFICIENT:
            third = -(-self.target // self.scheme.provisional_part)
            return NextStep(_by_count(third, self.target, self.scheme), ratings=third - self.n)
        if self.status is Status.PROVISIONAL:
            return NextStep(Status.TARGET_MET, ratings=self.missing)
        return NextStep(None)

    def lines(self) -> tuple[Term, ...]:
        """Return every term in the order in which it is worked out; what may be shown to whom is the page's to ask."""
        s, n, served, mean = self.scheme, self.n, self.served, self.mean
        z, line = half_up(self.credibility, 4), _plain(s.pass_line)
        w_least, w_range = _percent(s.w_min), _percent(float(exact(s.w_max) - exact(s.w_min)))
        people, least, most = s.caution_people, _plain(s.caution_least), _plain(s.caution_most)
        share = -(-s.target_percent * served // 100)
        voice = f"{_percent(self.weight)} × {half_up(self.satisfaction)}"
        told = "" if self.total is None else f"{voice} + {_percent(1 - self.weight)} × {_plain(self.base)}"
        return (
            Term(
                "k",
                f"{least} + min(N ÷ {people}, {most})",
                f"{least} + min({served} ÷ {people}, {most})",
                self.k,
                _plain(self.k),
            ),
            Term(
                "n*",
                f"min(max(⌈{s.target_percent}% × N⌉, min(N, {s.target_least})), {s.target_most})",
                f"min(max({share}, min({served}, {s.target_least})), {s.target_most})",
                self.target,
                str(self.target),
            ),
            Term("Z", "n ÷ (n + k)", f"{n} ÷ ({n} + {_plain(self.k)})", self.credibility, str(z)),
            Term(
                "S*",
                f"Z × m + (1 − Z) × {line}",
                line if mean is None else f"{z} × {_plain(mean)} + {1 - z} × {line}",
                self.satisfaction,
                str(half_up(self.satisfaction)),
            ),
            Term("w", f"{w_least} + {w_range} × Z", f"{w_least} + {w_range} × {z}", self.weight, _percent(self.weight)),
            Term(
                "T",
                "w × S* + (1 − w) × base",
                told,
                self.total,
                "—" if self.total is None else str(half_up(self.total)),
            ),
        )


def _plain(x: float) -> str:
    """Return a figure with at most two decimals and no idle zeros."""
    text = str(half_up(x))
    return text.rstrip("0").rstrip(".")


def _percent(x: float) -> str:
    return f"{_plain(float(half_up(x, 6) * 100))}%"


def explain(
    n: int,
    served: int,
    mean: float | Decimal | Fraction | None,
    base: float | Decimal | Fraction,
    *,
    scheme: Scheme = USUAL_SCHEME,
    unreachable: int = 0,
) -> Explanation:
    """Return the score of a project from n raters of the persons served, their mean and the other indicators' base.

    `unreachable` counts persons of the frame whom nobody reached and the committee has not re-checked: more than 15 %
    of them keep the status at INSUFFICIENT. Errors: ValueError for counts that are not whole, negative or n > served,
    for a mean or base outside 0..100, and for a mean that is missing or given against n. Source: D7, decisions.md 27.
    """
    for count in (n, served, unreachable):
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise ValueError("people are counted in whole numbers from 0")
    if max(n, unreachable) > served:
        raise ValueError("nobody but the served rates or is out of reach")
    if (mean is None) is not (n == 0):
        raise ValueError("there is a mean exactly when somebody rated")
    others, said = _score(base), None if mean is None else _score(mean)
    k = _caution(served, scheme)
    z = Fraction(n) / (n + k)
    satisfaction = exact(scheme.pass_line) if said is None else z * said + (1 - z) * exact(scheme.pass_line)
    weight = _weight(z, scheme)
    target = _target(served, scheme)
    status = _status(n, served, target, unreachable, scheme)
    total = weight * satisfaction + (1 - weight) * others
    return Explanation(
        n=n,
        served=served,
        mean=None if said is None else float(said),
        base=float(others),
        k=float(k),
        target=target,
        credibility=float(z),
        satisfaction=float(satisfaction),
        weight=float(weight),
        weight_if_all=float(_weight(Fraction(served) / (served + k), scheme)),
        total=None if status is Status.NOT_EVALUABLE else float(total),
        status=status,
        unreachable=unreachable,
        scheme=scheme,
    )


def _score(x: float | Decimal | Fraction) -> Fraction:
    if isinstance(x, bool) or not isinstance(x, int | float | Decimal | Fraction):
        raise ValueError(f"{x!r} is not a score")
    try:
        score = Fraction(x)
    except OverflowError as error:
        raise ValueError("a score is finite") from error
    if not 0 <= score <= 100:
        raise ValueError("a score lies between 0 and 100")
    return score


def _caution(served: int, scheme: Scheme) -> Fraction:
    """Return k, the cautious opinions mixed in: it depends on the persons served only, never on the raters."""
    return exact(scheme.caution_least) + min(Fraction(served, scheme.caution_people), exact(scheme.caution_most))


def _weight(z: Fraction, scheme: Scheme) -> Fraction:
    return exact(scheme.w_min) + (exact(scheme.w_max) - exact(scheme.w_min)) * z


def _target(served: int, scheme: Scheme) -> int:
    share = -(-scheme.target_percent * served // 100)
    return min(max(share, min(served, scheme.target_least)), scheme.target_most)


def _flagged(unreachable: int, served: int, scheme: Scheme) -> bool:
    return 100 * unreachable > scheme.unreachable_percent * served


def _by_count(n: int, target: int, scheme: Scheme) -> Status:
    if scheme.provisional_part * n < target:
        return Status.INSUFFICIENT
    return Status.PROVISIONAL if n < target else Status.TARGET_MET


def _status(n: int, served: int, target: int, unreachable: int, scheme: Scheme) -> Status:
    if served < scheme.evaluable_from:
        return Status.NOT_EVALUABLE
    if _flagged(unreachable, served, scheme):
        return Status.INSUFFICIENT
    return _by_count(n, target, scheme)


def mean_of(levels: Mapping[Hashable, Sequence[int]], scheme: Scheme = USUAL_SCHEME) -> float | None:
    """Return the mean of the raters' points, each person's own ratings averaged first; None if nobody rated.

    Errors: ValueError for a person without a rating or a level outside 1..5. Source: D7.
    """
    if not levels:
        return None
    if not all(levels.values()):
        raise ValueError("a rater has given at least one rating")
    people = [sum(exact(scheme.point(level)) for level in given) / len(given) for given in levels.values()]
    return float(sum(people, Fraction(0)) / len(people))
