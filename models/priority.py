"""How soon a need should be looked at: a sum of five parts, each shown; it sorts the desk and hides nothing.

Source: domain/formulas.md D6.
"""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from models.deadlines import Urgency


class Mark(StrEnum):
    """A circumstance of the person concerned that a need may carry with consent."""

    LONELY_ELDER = "LONELY_ELDER"
    DISABLED = "DISABLED"
    HARDSHIP = "HARDSHIP"
    ELDERLY = "ELDERLY"
    CHILD = "CHILD"
    MIGRANT = "MIGRANT"


URGENCY_SHARE = {Urgency.EMERGENCY: 1.0, Urgency.BASIC_LIFE: 0.7, Urgency.GENERAL: 0.4, Urgency.COMPLEX: 0.3}
MARK_SHARE = {
    Mark.LONELY_ELDER: 1.0,
    Mark.DISABLED: 0.8,
    Mark.HARDSHIP: 0.8,
    Mark.ELDERLY: 0.6,
    Mark.CHILD: 0.6,
    Mark.MIGRANT: 0.4,
}
FIRST_IN_LINE = frozenset({Mark.LONELY_ELDER, Mark.DISABLED, Mark.HARDSHIP})
# So many households, and so many days, reach the full part.
FULL_HOUSEHOLDS = 50
FULL_DAYS = 30
FULL_SUPPORT = math.log1p(FULL_HOUSEHOLDS)
NAMES = ("urgency", "support", "vulnerability", "age", "repeat")


@dataclass(frozen=True)
class Weights:
    """The most each part can add, together 100; a setting of the community."""

    urgency: float = 30
    support: float = 15
    vulnerability: float = 35
    age: float = 10
    repeat: float = 10

    @functools.cached_property
    def each(self) -> tuple[float, ...]:
        """Return them in the order of NAMES."""
        return tuple(getattr(self, name) for name in NAMES)


USUAL_WEIGHTS = Weights()


class Part(NamedTuple):
    """One part of a priority: its share from 0 to 1 times the most it can add."""

    name: str
    share: float
    weight: float

    @property
    def points(self) -> float:
        """Return what the part adds."""
        return self.share * self.weight


class Priority(NamedTuple):
    """A priority with the arithmetic that made it; the five points add up to the total."""

    total: float
    urgency: float
    support: float
    vulnerability: float
    age: float
    repeat: float
    shares: tuple[float, ...]
    weights: Weights

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return the five parts with share and weight: one page shows them, a whole list needs the total alone."""
        return tuple(
            Part(name, share, getattr(self.weights, name)) for name, share in zip(NAMES, self.shares, strict=True)
        )


def priority(
    urgency: Urgency,
    households: int,
    marks: Iterable[Mark],
    days: float,
    *,
    repeated: bool,
    weights: Weights = USUAL_WEIGHTS,
) -> Priority:
    """Return the priority of a need, unrounded.

    `households` counts 同需户数, paper signatures too; `marks` those with consent, of which the weightiest counts;
    `days` since the need was raised; `repeated` if the same place and field were reported in the last 90 days.
    Errors: ValueError for a negative count or age. Source: domain/formulas.md D6.
    """
    if households < 0 or not 0 <= days < math.inf:
        raise ValueError("households and days are counted from 0")
    shares = (
        URGENCY_SHARE[urgency],
        min(1.0, math.log1p(households) / FULL_SUPPORT),
        max(map(MARK_SHARE.__getitem__, marks), default=0.0),
        min(1.0, days / FULL_DAYS),
        float(repeated),
    )
    points = list(map(operator.mul, shares, weights.each))
    raised, support, vulnerability, age, repeat = points
    return Priority(math.fsum(points), raised, support, vulnerability, age, repeat, shares, weights)


def first_in_line(urgency: Urgency, marks: Iterable[Mark]) -> bool:
    """Say whether a need stands in 先办: hardship, living alone or disability, with basic life or an emergency (D6)."""
    return urgency in (Urgency.EMERGENCY, Urgency.BASIC_LIFE) and not FIRST_IN_LINE.isdisjoint(marks)
