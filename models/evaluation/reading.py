"""The evaluation as it is read: computed now, from this moment's voices or last Monday's, with its arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam, select

from models.base import NotFound, ask, now
from models.evaluation.formula import PRIVATE_BELOW, Explanation, Status, explain
from models.evaluation.kinds import Eyes, Indicator
from models.evaluation.rows import BaseScore, latest_base, scheme_for, weights_of
from models.evaluation.scheme import USUAL_SCHEME, Grade, Scheme, grade, next_weights
from models.organizations import Organization
from models.permissions import Permission, Role
from models.places import Place
from models.projects import Project
from models.rates import half_up
from models.ratings import (
    Single,
    Voices,
    contract_year,
    live,
    monday,
    release_of,
    singles,
    start_of,
    unreached,
    words_said,
)

if TYPE_CHECKING:
    from models.accounts import Actor


def _shown(x: Fraction | float, places: int = 2) -> Decimal:
    """Return an exact figure as it is printed."""
    if isinstance(x, Fraction):
        return half_up(Decimal(x.numerator) / Decimal(x.denominator), places)
    return half_up(x, places)


_LIVE = (Role.CLERK, Role.HEAD, Role.STREET_OFFICE, Role.DISTRICT)
MORE = 10


class _Around(NamedTuple):
    """Where a project lies, and the name of its provider."""

    community_id: int
    street_id: int | None
    district_id: int | None
    organization: str | None


@cache
def _around() -> Any:
    """Return the query of `_around_of`, built once."""
    return (
        select(Place.id, Place.street_id, Place.district_id, Organization.name)
        .select_from(Project)
        .join(Place, Place.id == Project.community_id)
        .outerjoin(Organization, Organization.id == Project.organization_id)
        .where(Project.id == bindparam("project"))
    )


def _around_of(project: Project) -> _Around:
    return _Around(*ask(_around(), project=project.id).one())


def eyes_of(project: Project, actor: Actor, places: _Around | None = None) -> Eyes:
    """Return with whose eyes an actor reads a project's figures; who also belongs to the provider reads weekly."""
    places = places or _around_of(project)
    around = {places.community_id, places.street_id, places.district_id}
    if any(held.organization_id is not None and held.organization_id == project.organization_id for held in actor.held):
        return Eyes.WEEKLY
    roles = {held.role for held in actor.held if held.place_id in around}
    if Role.AUDITOR in roles:
        return Eyes.ALL
    return Eyes.LIVE if roles & set(_LIVE) else Eyes.WEEKLY


@dataclass(frozen=True)
class Satisfaction:
    """The voices that a reader may have of a contract year, and since which Monday they stand."""

    voices: Voices
    released_on: date | None
    eyes: Eyes
    known: datetime  # what came later, these figures and the words beside them do not know

    @property
    def private(self) -> bool:
        """Tell whether so few rated that this reader sees only n, N and base (decision 23)."""
        return self.voices.n < PRIVATE_BELOW and self.eyes != Eyes.ALL


def satisfaction(project: Project, *, eyes: Eyes = Eyes.LIVE, year: tuple[date, date] | None = None) -> Satisfaction:
    """Return what the people served say of a project, this moment's or last Monday's."""
    year = year or contract_year(project)
    if eyes != Eyes.WEEKLY:
        return Satisfaction(live(project, year), None, eyes, now())
    release = release_of(project, year[0])
    if release is not None:
        return Satisfaction(release.voices, release.week, eyes, release.at)
    # Nothing was released yet: that people were served is no secret, what they say is.
    served = live(project, year).served
    return Satisfaction(Voices(((0, 0, 0, 0, 0, served),) if served else ()), None, eyes, start_of(year[0]))


@dataclass(frozen=True)
class IndicatorLine:
    """One of the four other indicators with its weight, score and evidence."""

    indicator: Indicator
    weight: int
    points: Decimal
    counts: Decimal
    evidence: str


@dataclass(frozen=True)
class WhatIf:
    """What the total would be if so many more rated so."""

    ratings: int
    level: int
    total: Decimal


@dataclass(frozen=True)
class Evaluation:
    """A project's evaluation as one reader sees it; what the reader may not see is None."""

    project_public_id: str
    project: str
    organization: str
    first: date
    last: date
    eyes: Eyes
    released_on: date | None
    n: int
    served: int
    private: bool
    base: Decimal | None
    indicators: tuple[IndicatorLine, ...]
    explanation: Explanation | None
    status: Status
    grade: Grade | None
    mattered: tuple[tuple[str, int, Decimal], ...]
    next_weights: tuple[tuple[str, Decimal], ...]
    what_if: tuple[WhatIf, ...]
    words: tuple[str, ...]
    scheme: Scheme
    scheme_number: int

    @property
    def total(self) -> Decimal | None:
        """Return T as it is printed."""
        shown = self.explanation
        return _shown(shown.total) if shown is not None and shown.total is not None else None


def evaluation_of(project: Project, actor: Actor) -> Evaluation:
    """Return the evaluation of the running contract year as an actor may see it. Source: D7; decisions.md 23, 26, 27."""
    around, year = _around_of(project), contract_year(project)
    eyes = eyes_of(project, actor, around)
    version = scheme_for(around.district_id, year[0])
    scheme, weights = (version.scheme if version else USUAL_SCHEME), weights_of(version)
    told = satisfaction(project, eyes=eyes, year=year)
    voices = told.voices
    score = latest_base(project, year[0])
    base = score.base(weights) if score is not None else None
    # Where nobody scored the other indicators yet there is no total, but the voices are worked out all the same.
    # Who could not be reached is read as of today by everybody; that one of them rated, with the figures.
    missed = min(unreached(project, since=start_of(year[0]), until=start_of(year[1]), known=told.known), voices.served)
    mean = voices.mean(scheme.points)
    whole = explain(voices.n, voices.served, mean, base or Fraction(0), scheme=scheme, unreachable=missed)
    # 证据不足 is never published as a score.
    withheld = eyes == Eyes.WEEKLY and whole.status == Status.INSUFFICIENT
    shown = None if told.private else (replace(whole, total=None) if base is None or withheld else whole)
    counts = {} if told.private else voices.mattered
    return Evaluation(
        project_public_id=project.public_id,
        project=project.title,
        organization=around.organization or "",
        first=year[0],
        last=year[1] - timedelta(days=1),
        eyes=eyes,
        released_on=told.released_on,
        n=voices.n,
        served=voices.served,
        private=told.private,
        base=_shown(base) if base is not None else None,
        indicators=_indicators(score, weights),
        explanation=shown,
        status=whole.status,
        grade=grade(shown.total, scheme) if shown is not None else None,
        mattered=_shares(counts),
        next_weights=_next(counts),
        what_if=_what_if(shown, voices, base, scheme),
        words=() if told.private else tuple(_words(project, year, told.known)),
        scheme=scheme,
        scheme_number=version.number if version else 0,
    )


def _words(project: Project, year: tuple[date, date], known: datetime) -> list[str]:
    return words_said(project, since=start_of(year[0]), until=start_of(min(monday(), year[1])), known=known)


def _indicators(score: BaseScore | None, weights: dict[str, int]) -> tuple[IndicatorLine, ...]:
    if score is None:
        return ()
    return tuple(
        IndicatorLine(
            one, weights[one.value], _shown(score.points(one)),
            _shown(score.points(one) * Fraction(weights[one.value], 100)), score.evidence.get(one.value, ""),
        )
        for one in Indicator
    )  # fmt: skip


def _shares(counts: Any) -> tuple[tuple[str, int, Decimal], ...]:
    whole = sum(counts.values())
    rows = [(name, times, _shown(Fraction(100 * times, whole), 0)) for name, times in counts.items()] if whole else []
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0])))


def _next(counts: Any) -> tuple[tuple[str, Decimal], ...]:
    if not sum(counts.values()):
        return ()
    return tuple((name, _shown(Fraction(str(share)) * 100, 1)) for name, share in next_weights(counts).items())


def _what_if(shown: Explanation | None, voices: Voices, base: Fraction | None, scheme: Scheme) -> tuple[WhatIf, ...]:
    """Return the totals if ten more (or all who are left) said the best, the middle and the worst."""
    more = min(MORE, voices.served - voices.n)
    if shown is None or base is None or shown.total is None or more < 1:
        return ()
    mean, rows = voices.mean(scheme.points) or Fraction(0), []
    for level in (5, 4, 3, 1):
        points = Fraction(str(scheme.point(level)))
        then = (mean * voices.n + points * more) / (voices.n + more)
        total = explain(voices.n + more, voices.served, then, base, scheme=scheme).total
        rows.append(WhatIf(more, level, _shown(total or 0)))
    return tuple(rows)


def single_ratings(project: Project, actor: Actor, *, before: int | None = None, limit: int = 50) -> list[Single]:
    """Return single ratings without names: to the auditor always, to the head from five raters on.

    Errors: NotFound for everybody else. Source: decisions.md 23.
    """
    eyes = eyes_of(project, actor)
    if eyes != Eyes.ALL:
        heads = actor.reach(Permission.VOID_RATING).community_ids
        enough = live(project, contract_year(project)).n >= PRIVATE_BELOW
        if eyes != Eyes.LIVE or project.community_id not in heads or not enough:
            raise NotFound("Rating")
    return singles(project, actor, before=before, limit=limit)
