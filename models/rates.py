"""The three rates a community is measured by: was the resident contacted, was it solved, was the resident content.

Source: domain/formulas.md D9, domain/norms.md 1.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def half_up(x: float | Decimal, places: int = 2) -> Decimal:
    """Return the figure as it is shown: halves go away from zero, which binary rounding would not keep."""
    return Decimal(str(x)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class RateWeights:
    """What each rate is worth in the composite, in hundredths, and how far 基本满意 counts as content."""

    response: int = 10
    resolution: int = 50
    satisfaction: int = 40
    mostly: int = 90

    def __post_init__(self) -> None:
        if self.response + self.resolution + self.satisfaction != 100:
            raise ValueError("the weights of the three rates must total 100")
        if min(self.response, self.resolution, self.satisfaction, self.mostly) < 0 or self.mostly > 100:
            raise ValueError("a weight is a share between 0 and 100")


USUAL_WEIGHTS = RateWeights()


@dataclass(frozen=True)
class Rates:
    """The three rates and their composite in percent, unrounded; None where nobody could be called, shown as —."""

    valid: int
    response: float | None
    resolution: float | None
    satisfaction: float | None
    composite: float | None

    def shown(self) -> tuple[Decimal | None, ...]:
        """Return response, resolution, satisfaction and composite as printed, to one decimal."""
        figures = (self.response, self.resolution, self.satisfaction, self.composite)
        return tuple(None if figure is None else half_up(figure, 1) for figure in figures)


def three_rates(
    valid: int, contacted: int, solved: int, satisfied: int, mostly: int, weights: RateWeights = USUAL_WEIGHTS
) -> Rates:
    """Return the rates over valid callbacks; `satisfied` holds 满意 and 非常满意, `mostly` 基本满意.

    Unreachable or refusing persons and needs closed by the clock are not valid callbacks: the caller leaves them out.
    Errors: ValueError for counts that are negative, not whole or larger than the valid callbacks.
    Source: domain/formulas.md D9.
    """
    counts = (valid, contacted, solved, satisfied, mostly)
    if any(type(count) is not int or count < 0 for count in counts):
        raise ValueError("callbacks are counted in whole numbers from 0")
    if max(contacted, solved, satisfied + mostly) > valid:
        raise ValueError("no rate counts more callbacks than were valid")
    if valid == 0:
        return Rates(0, None, None, None, None)
    response, resolution = Fraction(100 * contacted, valid), Fraction(100 * solved, valid)
    satisfaction = Fraction(100 * satisfied + weights.mostly * mostly, valid)
    composite = weights.response * response + weights.resolution * resolution + weights.satisfaction * satisfaction
    return Rates(valid, float(response), float(resolution), float(satisfaction), float(composite / 100))
