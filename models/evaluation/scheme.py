"""The constants an evaluation is agreed on before its period begins, and when they would be unfair.

Source: domain/formulas.md D7, decisions.md 26.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from models.base import Refused
from models.rates import half_up

BEST, WORST = 5, 1
# What raters say mattered moves a weight of the next scheme version, but never below or above these.
WEIGHT_FLOOR, WEIGHT_CEILING = Fraction(10, 100), Fraction(55, 100)
PRIOR_COUNT = 10
ASPECTS = 4


class Grade(StrEnum):
    """The four grades of a contract year."""

    EXCELLENT = "EXCELLENT"
    GOOD = "GOOD"
    PASSED = "PASSED"
    FAILED = "FAILED"


@lru_cache(maxsize=256)
def exact(x: float) -> Fraction:
    """Return a constant as the decimal that was written down, so that 0.2 is a fifth."""
    return Fraction(str(x))


@dataclass(frozen=True)
class Scheme:
    """One version of the constants of D7; `points` are worth the levels 5 to 1, the grade lines are totals.

    `quality` are the hundredths that attitude, skill, timeliness and effect weigh inside the quality of service.
    """

    w_min: float = 0.20
    w_max: float = 0.40
    pass_line: float = 60
    points: tuple[float, ...] = (100, 85, 60, 30, 0)
    caution_least: float = 1
    caution_people: int = 5
    caution_most: float = 44
    target_percent: int = 30
    target_least: int = 10
    target_most: int = 100
    provisional_part: int = 3
    evaluable_from: int = 5
    unreachable_percent: int = 15
    excellent: float = 87
    good: float = 78
    passed: float = 60
    quality: tuple[int, ...] = (25, 25, 25, 25)

    def point(self, level: int) -> float:
        """Return what a level from 5 (best) to 1 is worth. Errors: ValueError for any other level."""
        if isinstance(level, bool) or not isinstance(level, int) or not WORST <= level <= BEST:
            raise ValueError(f"{level!r} is not a level")
        return self.points[BEST - level]

    def check(self) -> None:
        """Refuse a scheme that could punish a best rating or reward a worst one, or that makes no sense.

        Errors: Refused("scheme_unfair", w_min=…, w_max=…) where w_max > 2·w_min; Refused("scheme_levels") unless five
        levels fall from 100 to 0; Refused("scheme_lines") unless 0 < passed < good < excellent <= 100;
        Refused("scheme_quality") unless four weights within 10 and 55 % total 100;
        Refused("scheme_constants", name=…) for another constant that is no sensible number. Source: D7.
        """
        self._check_numbers()
        if exact(self.w_max) > 2 * exact(self.w_min):
            raise Refused("scheme_unfair", w_min=self.w_min, w_max=self.w_max)
        falling = all(better > worse for better, worse in zip(self.points, self.points[1:], strict=False))
        if len(self.points) != BEST or not falling or (self.points[0], self.points[-1]) != (100, 0):
            raise Refused("scheme_levels")
        if not 0 < self.passed < self.good < self.excellent <= 100:
            raise Refused("scheme_lines")
        within = all(100 * WEIGHT_FLOOR <= weight <= 100 * WEIGHT_CEILING for weight in self.quality)
        if len(self.quality) != ASPECTS or not within or sum(self.quality) != 100:
            raise Refused("scheme_quality")

    def _check_numbers(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            numbers = value if isinstance(value, tuple) else (value,)
            # Counts are whole: the target and the status are compared in integers.
            if not all(map(_is_number, numbers)) or (field.type == "int" and not isinstance(value, int)):
                raise Refused("scheme_constants", name=field.name)
        sensible = {
            "w_min": self.w_min > 0,
            "w_max": self.w_min <= self.w_max <= 1,
            "pass_line": self.pass_line <= 100,
            "caution_least": self.caution_least > 0,
            "caution_people": self.caution_people > 0,
            "target_percent": 0 < self.target_percent <= 100,
            "target_least": self.target_least > 0,
            "target_most": self.target_most >= self.target_least,
            "provisional_part": self.provisional_part >= 1,
            "evaluable_from": self.evaluable_from >= 1,
            "unreachable_percent": self.unreachable_percent <= 100,
        }
        for name, holds in sensible.items():
            if not holds:
                raise Refused("scheme_constants", name=name)


def _is_number(x: object) -> bool:
    return isinstance(x, int | float) and not isinstance(x, bool) and math.isfinite(x) and x >= 0


USUAL_SCHEME = Scheme()


def grade(total: float | None, scheme: Scheme = USUAL_SCHEME) -> Grade | None:
    """Return the grade of a total, None for none; the printed figure decides, so that no page contradicts itself."""
    if total is None:
        return None
    printed = half_up(total)
    lines = {Grade.EXCELLENT: scheme.excellent, Grade.GOOD: scheme.good, Grade.PASSED: scheme.passed}
    for reached, line in lines.items():
        if printed >= Decimal(str(line)):
            return reached
    return Grade.FAILED


def base_score(scores: Sequence[float], weights: Sequence[float]) -> float:
    """Return the score of the other indicators out of 100, unrounded.

    Errors: ValueError unless each score lies in 0..100 and the weights, one for each, total 100. Source: D7.
    """
    if not all(_is_number(x) for x in (*scores, *weights)) or any(score > 100 for score in scores):
        raise ValueError("scores lie between 0 and 100, weights are not negative")
    if len(scores) != len(weights) or sum(map(exact, weights)) != 100:
        raise ValueError("every score needs its weight, and the weights total 100")
    return float(sum(exact(score) * exact(weight) for score, weight in zip(scores, weights, strict=True)) / 100)


def next_weights(counts: Mapping[str, int]) -> dict[str, float]:
    """Return the weights proposed for the next scheme version from what raters said mattered most.

    Each is (10 + its count) over the sum of those, kept within 10 % and 55 %; they total 1. A published version is
    never touched. Errors: ValueError for a count below 0, or so few or many aspects that the bounds cannot hold.
    Source: D7.
    """
    if any(isinstance(count, bool) or not isinstance(count, int) or count < 0 for count in counts.values()):
        raise ValueError("mentions are counted in whole numbers from 0")
    if len(counts) * WEIGHT_CEILING < 1 or len(counts) * WEIGHT_FLOOR > 1:
        raise ValueError("so many aspects cannot share one within 10 % and 55 %")
    free = {name: Fraction(PRIOR_COUNT + count) for name, count in counts.items()}
    fixed: dict[str, Fraction] = {}
    while free:
        left = (1 - sum(fixed.values(), Fraction(0))) / sum(free.values(), Fraction(0))
        asked = {name: share * left for name, share in free.items()}
        over: dict[str, Fraction] = {name: WEIGHT_CEILING for name, share in asked.items() if share > WEIGHT_CEILING}
        under: dict[str, Fraction] = {name: WEIGHT_FLOOR for name, share in asked.items() if share < WEIGHT_FLOOR}
        if not over and not under:
            fixed |= asked
            break
        excess = sum((asked[name] - WEIGHT_CEILING for name in over), Fraction(0))
        lack = sum((WEIGHT_FLOOR - asked[name] for name in under), Fraction(0))
        # What is cut off above flows to the others, what is filled up below comes from them: the larger side is final.
        settled = (over if excess >= lack else {}) | (under if lack >= excess else {})
        fixed.update(settled)
        free = {name: share for name, share in free.items() if name not in settled}
    return {name: float(fixed[name]) for name in counts}
