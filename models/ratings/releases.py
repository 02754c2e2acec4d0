"""The weekly release: what the public and the organization read moves on Mondays, and only after three new ratings."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, ForeignKey, Integer, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import SHANGHAI, Row, Utc, db, now, today
from models.events import Doer, record
from models.projects import Project
from models.ratings.frame import Voices, mattered_to, voices_of
from models.ratings.row import Rating

NEW_RATINGS = 3


def monday(of: date | None = None) -> date:
    """Return the Monday of a day's week, of today's by default."""
    one: date = of or today()
    return one - timedelta(days=one.weekday())


def start_of(day: date) -> datetime:
    """Return the instant at which a local day begins."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def contract_year(project: Project, on: date | None = None) -> tuple[date, date]:
    """Return the contract year [first, next first) that a day lies in: the first before it, the last after it."""
    day: date = min(max(on or today(), project.starts_on), project.ends_on)
    years = day.year - project.starts_on.year
    first = _anniversary(project.starts_on, years)
    if first > day:
        years, first = years - 1, _anniversary(project.starts_on, years - 1)
    return first, _anniversary(project.starts_on, years + 1)


def _anniversary(day: date, years: int) -> date:
    # A contract that began on a leap day has its year end on the first of March.
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


class RatingRelease(Row):
    """What a project's figures were computed from in a week: frozen with its inputs, computed when read."""

    __tablename__ = "rating_releases"
    __table_args__ = (UniqueConstraint("project_id", "week"),)
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("projects.id"))
    week: Mapped[date] = mapped_column(Date)
    year_from: Mapped[date] = mapped_column(Date)
    n: Mapped[int] = mapped_column(Integer)
    served: Mapped[int] = mapped_column(Integer)
    ratings: Mapped[int] = mapped_column(Integer)
    rows: Mapped[list[list[int]]] = mapped_column(JSON)
    mattered: Mapped[dict[str, int]] = mapped_column(JSON)
    at: Mapped[Utc]

    @property
    def voices(self) -> Voices:
        """Return the inputs as they were."""
        return Voices(tuple(tuple(row) for row in self.rows), dict(self.mattered))

    @classmethod
    def release_all(cls, *, by: Doer) -> int:
        """Release this week's figures of every project with at least three new ratings; returns how many.

        Running it again in the same week changes nothing. Source: decisions.md 23.
        """
        week = monday()
        projects = select(Project).where(Project.id.in_(select(Rating.project_id).distinct())).order_by(Project.id)
        released = [one for one in db.session.scalars(projects) if cls._release(one, week)]
        if released:
            record("rating_release.release_all", by=by, about=released, details={"week": week})
        return len(released)

    @classmethod
    def _release(cls, project: Project, week: date) -> bool:
        first, end = contract_year(project)
        last = release_of(project, first)
        if last is not None and last.week >= week:
            return False
        span = {"since": start_of(first), "until": start_of(end)}
        voices = voices_of(project, **span)
        if voices.ratings - (last.ratings if last else 0) < NEW_RATINGS:
            return False
        cls(
            project_id=project.id, week=week, year_from=first, n=voices.n, served=voices.served,
            ratings=voices.ratings, rows=[list(row) for row in voices.rows], mattered=mattered_to(project, **span),
            at=now(),
        ).save()  # fmt: skip
        return True


def release_of(project: Project, year_from: date) -> RatingRelease | None:
    """Return the latest release of a project's contract year."""
    query = select(RatingRelease).where(RatingRelease.project_id == project.id, RatingRelease.year_from == year_from)
    return db.session.scalars(query.order_by(RatingRelease.week.desc()).limit(1)).one_or_none()


def live(project: Project, year: tuple[date, date]) -> Voices:
    """Return the present voices of a contract year, for the committee and the street."""
    span: dict[str, Any] = {"since": start_of(year[0]), "until": start_of(year[1])}
    voices = voices_of(project, **span)
    return Voices(voices.rows, mattered_to(project, **span))
