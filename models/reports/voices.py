"""Satisfaction in a report: n and N always, a mean only of full pools, and the projects that it unfolds into (D7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select

from models import evaluation
from models.attendance import Attendance
from models.base import db
from models.evaluation import PRIVATE_BELOW, Explanation, explain, half_up
from models.organizations import Organization
from models.places import PlaceKind
from models.projects import Project
from models.ratings import Pooled, contract_year, pooled
from models.reports import books
from models.reports.books import Scope
from models.reports.cells import PARTS
from models.service_log import Lasting


@dataclass(frozen=True)
class Said:
    """What those served said: n raters of N served; the mean of the voices in full pools, None while there is none.

    Of a grid or a courtyard there is no mean, and no n where fewer than five were served: it would name who rated.
    """

    n: int | None
    served: int
    counted: int
    mean: Fraction | None

    @property
    def tenths(self) -> int | None:
        """Return the mean in tenths of a point, halves up: what is printed and frozen."""
        if self.mean is None:
            return None
        exact = Decimal(self.mean.numerator) / Decimal(self.mean.denominator)
        return int(half_up(exact, 1) * 10)

    @property
    def waiting(self) -> int:
        """Return how many raters are not in a full pool yet."""
        return max(0, (self.n or 0) - self.counted)


def said(here: Scope, served: Iterable[tuple[int, Lasting]]) -> dict[str, Said]:
    """Return what was said of all, of continuing and of one-off service, by the ending of the cells' names."""
    version = evaluation.scheme_for(here.place.district_id, here.period.first)
    scheme = version.scheme if version else evaluation.USUAL_SCHEME
    parts = pooled(
        [*books.logs(here), *here.lives(Attendance.person_id)], served,
        lambda level: Fraction(str(scheme.point(level))), communities=here.communities, months=here.period.months,
        wide=here.place.kind != PlaceKind.COMMUNITY,
    )  # fmt: skip
    return {end: _said(parts[part], here) for end, part in PARTS.items()}


def _said(one: Pooled, here: Scope) -> Said:
    if here.of_homes:
        # The pools of a community are not made of those of its grids: between the two a single voice could be read.
        return Said(one.n if one.served >= PRIVATE_BELOW else None, one.served, 0, None)
    # Pools hold five; that they do is what keeps the promise of decision 23.
    mean = one.mean if one.n >= PRIVATE_BELOW else None
    return Said(one.n, one.served, one.counted if mean is not None else 0, mean)


@dataclass(frozen=True)
class ProjectVoice:
    """A project as the unfolding lists it: its base out of 100, and where its own arithmetic stands."""

    public_id: str
    title: str
    organization: str
    base: Decimal | None


def projects_of(here: Scope, limit: int = 200) -> list[ProjectVoice]:
    """Return the projects served in the period with the base of their running contract year, in two questions."""
    query = (
        select(Project, Organization.name)
        .outerjoin(Organization, Organization.id == Project.organization_id)
        .where(*books.projects(here))
        .order_by(Project.id)
        .limit(limit)
    )
    rows = [(project, name) for project, name in db.session.execute(query)]
    version = evaluation.scheme_for(here.place.district_id, here.period.first)
    scores = evaluation.latest_bases([(one.id, contract_year(one)[0]) for one, _ in rows])
    weights = evaluation.weights_of(version)
    found = []
    for one, name in rows:
        score = scores.get(one.id)
        base = half_up(float(score.base(weights))) if score else None
        found.append(ProjectVoice(one.public_id, one.title, name or "", base))
    return found


def unfolded(one: Said, here: Scope) -> tuple[Explanation, int] | None:
    """Return the arithmetic of D7 up to the weight, and the version of the rules it follows, 0 for the usual ones.

    It is the version in force where and when the period began, as for the projects there. A place has no base and so
    no total. None without a full pool.
    """
    if one.mean is None:
        return None
    version = evaluation.scheme_for(here.place.district_id, here.period.first)
    scheme = version.scheme if version else evaluation.USUAL_SCHEME
    terms = explain(one.counted, max(one.served, one.counted), one.mean, 0, scheme=scheme)
    return terms, version.number if version else 0
