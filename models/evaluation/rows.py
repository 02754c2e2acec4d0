"""What an evaluation stands on beside the ratings: scheme versions that are fixed once published, and base scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    event,
    func,
    inspect,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import revisions
from models.base import PublicRow, Refused, Utc, db, now, today
from models.evaluation.kinds import USUAL_WEIGHTS, Indicator, SchemeState
from models.evaluation.scheme import Scheme
from models.events import record
from models.permissions import Permission, Role
from models.places import Place, PlaceKind
from models.projects import Project

if TYPE_CHECKING:
    from models.accounts import Actor

SHORTEST_EVIDENCE = 10


class EvaluationScheme(PublicRow):
    """One version of the rules of a district: levels, weights and lines, fixed before the period it is for."""

    __tablename__ = "evaluation_schemes"
    __table_args__ = (UniqueConstraint("district_id", "number"),)
    district_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    number: Mapped[int] = mapped_column(Integer)
    state: Mapped[SchemeState] = mapped_column(String(10), default=SchemeState.DRAFT)
    constants: Mapped[dict[str, Any]] = mapped_column(JSON)
    weights: Mapped[dict[str, int]] = mapped_column(JSON)
    applies_from: Mapped[date] = mapped_column(Date)
    published_at: Mapped[Utc | None]
    published_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the schemes of the districts in reach."""
        return select(cls).where(cls.district_id.in_(actor.reach(permission).district_ids))

    @property
    def scheme(self) -> Scheme:
        """Return the constants as the formula takes them."""
        constants: dict[str, Any] = {name: tuple(x) if isinstance(x, list) else x for name, x in self.constants.items()}
        return Scheme(**constants)

    @classmethod
    def draft(
        cls, district: Place, scheme: Scheme, weights: Mapping[Indicator, int], applies_from: date, *, by: Actor
    ) -> EvaluationScheme:
        """Draft the next version. Errors: Refused("scheme_…") of Scheme.check, Refused("weights_total_100")."""
        if district.kind != PlaceKind.DISTRICT:
            raise Refused("not_from_here")
        _check(scheme, weights)
        last = db.session.scalar(select(func.max(cls.number)).where(cls.district_id == district.id))
        one = cls(district_id=district.id, number=(last or 0) + 1, applies_from=applies_from,
                  **_columns(scheme, weights)).save()  # fmt: skip
        record("evaluation_scheme.draft", by=by, about=[one], details={"number": one.number})
        return one

    def revise(self, scheme: Scheme, weights: Mapping[Indicator, int], applies_from: date, *, by: Actor) -> None:
        """Change a draft. Errors: Refused("scheme_published") and those of draft."""
        if self.state == SchemeState.PUBLISHED:
            raise Refused("scheme_published")
        _check(scheme, weights)
        self.applies_from = applies_from
        for name, value in _columns(scheme, weights).items():
            setattr(self, name, value)
        record("evaluation_scheme.revise", by=by, about=[self], details={"number": self.number})

    def publish(self, *, by: Actor) -> None:
        """Publish the version: from its first day on it is what new contract years are evaluated by.

        Errors: Refused("scheme_published", "scheme_too_late"), and those of Scheme.check. Source: decisions.md 26.
        """
        if self.state == SchemeState.PUBLISHED:
            raise Refused("scheme_published")
        if self.applies_from <= today():
            raise Refused("scheme_too_late")
        self.scheme.check()
        self.state, self.published_at, self.published_by_id = SchemeState.PUBLISHED, now(), by.account_id
        record("evaluation_scheme.publish", by=by, about=[self],
               details={"number": self.number, "from": self.applies_from})  # fmt: skip


def _check(scheme: Scheme, weights: Mapping[Indicator, int]) -> None:
    scheme.check()
    if set(weights) != set(Indicator) or min(weights.values()) < 0 or sum(weights.values()) != 100:
        raise Refused("weights_total_100")


def _columns(scheme: Scheme, weights: Mapping[Indicator, int]) -> dict[str, Any]:
    constants = {field.name: asdict(scheme)[field.name] for field in fields(scheme)}
    constants.update(points=list(scheme.points), quality=list(scheme.quality))
    return {"constants": constants, "weights": {one.value: weights[one] for one in Indicator}}


@event.listens_for(EvaluationScheme, "before_update")
def _keep_published(mapper: Any, connection: Any, one: EvaluationScheme) -> None:
    """Stop whoever would change a published version past the verbs."""
    before: Any = inspect(one).attrs.state.history
    if SchemeState.PUBLISHED in (before.deleted or before.unchanged or ()):
        raise Refused("scheme_published")


class BaseScore(PublicRow):
    """What an evaluator found of the four other indicators in a contract year; the latest stands."""

    __tablename__ = "base_scores"
    __table_args__ = (
        Index("ix_base_scores_project_id_year_from", "project_id", "year_from", "id"),
        CheckConstraint(
            "operation BETWEEN 0 AND 1000 AND achievement BETWEEN 0 AND 1000 AND "
            "organization BETWEEN 0 AND 1000 AND budget BETWEEN 0 AND 1000",
            name="tenths_within_a_hundred",
        ),
    )
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("projects.id"))
    year_from: Mapped[date] = mapped_column(Date)
    operation: Mapped[int] = mapped_column(Integer)
    achievement: Mapped[int] = mapped_column(Integer)
    organization: Mapped[int] = mapped_column(Integer)
    budget: Mapped[int] = mapped_column(Integer)
    evidence: Mapped[dict[str, str]] = mapped_column(JSON)
    evaluator_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))

    @classmethod
    def give(
        cls,
        project: Project,
        year_from: date,
        tenths: Mapping[Indicator, int],
        evidence: Mapping[Indicator, str],
        *,
        by: Actor,
    ) -> BaseScore:
        """Score the four indicators, in tenths of a point, each with its evidence; the latest of a year stands.

        Errors: Refused("evaluator_conflict") for whoever belongs to the provider, its committee or the purchaser;
        Refused("score_out_of_range"), Refused("evidence_needed", indicator=…). Source: D7; domain/roles.md.
        """
        check_independent(project, by)
        if set(tenths) != set(Indicator) or not all(0 <= value <= 1000 for value in tenths.values()):
            raise Refused("score_out_of_range")
        for one in Indicator:
            if len(evidence.get(one, "").strip()) < SHORTEST_EVIDENCE:
                raise Refused("evidence_needed", indicator=one, least=SHORTEST_EVIDENCE)
        score = cls(
            project_id=project.id, year_from=year_from, evaluator_id=by.account_id,
            evidence={one.value: evidence[one].strip() for one in Indicator},
            **{one.value.lower(): tenths[one] for one in Indicator},
        ).save()  # fmt: skip
        kept = {one.value: revisions.keep(score, one.value, evidence[one].strip(), by=by) for one in Indicator}
        record("base_score.give", by=by, about=[score, project], community_id=project.community_id,
               details={**{f"{one.value}_tenths": tenths[one] for one in Indicator}, "evidence": kept})  # fmt: skip
        return score

    def points(self, indicator: Indicator) -> Fraction:
        """Return the score of one indicator out of 100."""
        return Fraction(int(getattr(self, indicator.value.lower())), 10)

    def base(self, weights: Mapping[str, int]) -> Fraction:
        """Return the weighted score out of 100, exactly."""
        return sum((self.points(one) * Fraction(weights[one.value], 100) for one in Indicator), Fraction(0))


def check_independent(project: Project, by: Actor) -> None:
    """Refuse an evaluator who also belongs to the provider, to its committee or to the purchaser (S4-1j)."""
    community = Place.get(project.community_id)
    for held in by.held:
        provides = held.organization_id is not None and held.organization_id == project.organization_id
        commits = held.role in (Role.CLERK, Role.HEAD) and held.place_id == community.id
        buys = held.role in (Role.STREET_OFFICE, Role.FINANCE) and held.place_id == community.street_id
        if provides or commits or buys:
            raise Refused("evaluator_conflict")


def latest_base(project: Project, year_from: date) -> BaseScore | None:
    """Return the scores that stand for a contract year."""
    return db.session.scalars(_latest_base(), {"project": project.id, "year": year_from}).one_or_none()


@cache
def _latest_base() -> Select[Any]:
    mine = BaseScore.project_id == bindparam("project"), BaseScore.year_from == bindparam("year")
    return select(BaseScore).where(*mine).order_by(BaseScore.id.desc()).limit(1)


def latest_bases(years: Iterable[tuple[int, date]]) -> dict[int, BaseScore]:
    """Return the scores that stand for the contract years of several projects, in one question."""
    wanted = dict(years)
    query = select(BaseScore).where(BaseScore.project_id.in_(wanted)).order_by(BaseScore.id)
    return {one.project_id: one for one in db.session.scalars(query) if one.year_from == wanted[one.project_id]}


def scheme_for(district_id: int | None, year_from: date) -> EvaluationScheme | None:
    """Return the published version that a contract year is evaluated by; None means the built-in one."""
    return db.session.scalars(_in_force(), {"district": district_id, "year": year_from}).one_or_none()


@cache
def _in_force() -> Select[Any]:
    return (
        select(EvaluationScheme)
        .where(
            EvaluationScheme.district_id == bindparam("district"),
            EvaluationScheme.state == SchemeState.PUBLISHED,
            EvaluationScheme.applies_from <= bindparam("year"),
        )
        .order_by(EvaluationScheme.applies_from.desc(), EvaluationScheme.number.desc())
        .limit(1)
    )


def weights_of(scheme: EvaluationScheme | None) -> dict[str, int]:
    """Return the weights of the four indicators, by code."""
    return dict(scheme.weights) if scheme else {one.value: weight for one, weight in USUAL_WEIGHTS.items()}
