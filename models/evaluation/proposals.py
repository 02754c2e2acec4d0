"""What the people served say matters, put forward as weights for a district's next version of the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import aliased

from models.base import db, today
from models.evaluation.formula import PRIVATE_BELOW
from models.evaluation.rows import scheme_for
from models.evaluation.scheme import USUAL_SCHEME, next_weights
from models.places import Place
from models.projects import Project
from models.rates import half_up
from models.ratings import Mattered, RatingRelease, contract_year

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Proposal:
    """How often each aspect was named, in how many projects, and the whole percents that follow."""

    projects: int
    named: int
    mattered: tuple[tuple[str, int, Decimal], ...]
    weights: dict[Mattered, int]


def proposal(district_id: int) -> Proposal | None:
    """Return what a year of released ratings of a district proposes, or None where nobody named anything.

    Projects with fewer than five raters are left out (decision 23). Source: D7: proposed for the next version only.
    """
    newer = aliased(RatingRelease)
    later = select(newer.id).where(newer.project_id == RatingRelease.project_id, newer.week > RatingRelease.week)
    query = (
        select(RatingRelease.mattered)
        .join(Project, Project.id == RatingRelease.project_id)
        .join(Place, Place.id == Project.community_id)
        .where(
            Place.district_id == district_id, RatingRelease.n >= PRIVATE_BELOW,
            RatingRelease.week > today() - A_YEAR, ~later.exists(),
        )
    )  # fmt: skip
    told = list(db.session.scalars(query))
    counts = {one.value: sum(row.get(one.value, 0) for row in told) for one in Mattered}
    named = sum(counts.values())
    if not named:
        return None
    rows = [(name, times, half_up(Decimal(100 * times) / named, 0)) for name, times in counts.items()]
    return Proposal(len(told), named, tuple(sorted(rows, key=lambda row: -row[1])), _whole(counts))


def _whole(counts: dict[str, int]) -> dict[Mattered, int]:
    """Return the proposed weights in whole percents that total 100: what was cut off most goes up first."""
    exact = {Mattered(name): Fraction(str(share)) * 100 for name, share in next_weights(counts).items()}
    whole = {one: int(share) for one, share in exact.items()}
    for one in sorted(exact, key=lambda one: whole[one] - exact[one])[: 100 - sum(whole.values())]:
        whole[one] += 1
    return whole


def quality_of(project: Project) -> tuple[tuple[str, int], ...]:
    """Return how the version in force weighs the four sides of the quality of service."""
    version = scheme_for(Place.get(project.community_id).district_id, contract_year(project)[0])
    quality = (version.scheme if version else USUAL_SCHEME).quality
    return tuple((one.value, weight) for one, weight in zip(Mattered, quality, strict=True))
