"""How soon a need should be looked at: a sum of five parts, each shown; it sorts the desk and hides nothing.

Source: domain/formulas.md D6.
"""

from __future__ import annotations

import math
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


@dataclass(frozen=True)
class Weights:
    """The most each part can add, together 100; a setting of the community."""

    urgency: float = 30
    support: float = 15
    vulnerability: float = 35
    age: float = 10
    repeat: float = 10


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
    """A priority with the arithmetic that made it; the five parts are in points and add up to the total."""

    total: float
    urgency: float
    support: float
    vulnerability: float
    age: float
    repeat: float
    parts: tuple[Part, ...]


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
    parts = (
        Part("urgency", URGENCY_SHARE[urgency], weights.urgency),
        Part("support", min(1.0, math.log1p(households) / math.log1p(FULL_HOUSEHOLDS)), weights.support),
        Part("vulnerability", max((MARK_SHARE[mark] for mark in marks), default=0.0), weights.vulnerability),
        Part("age", min(1.0, days / FULL_DAYS), weights.age),
        Part("repeat", float(repeated), weights.repeat),
    )
    raised, support, vulnerability, age, repeat = (part.points for part in parts)
    total = math.fsum((raised, support, vulnerability, age, repeat))
    return Priority(total, raised, support, vulnerability, age, repeat, parts)


def first_in_line(urgency: Urgency, marks: Iterable[Mark]) -> bool:
    """Say whether a need stands in 先办: hardship, living alone or disability, with basic life or an emergency (D6)."""
    return urgency in (Urgency.EMERGENCY, Urgency.BASIC_LIFE) and not FIRST_IN_LINE.isdisjoint(marks)
