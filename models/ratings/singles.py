"""Single ratings without names: what auditors look at, what a head doubts, and the words, mixed in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, bindparam, func, not_, or_, select

from models.base import SHANGHAI, UtcTime, ask, db
from models.events import digest
from models.projects import Project
from models.ratings.hats import did_not_serve
from models.ratings.kinds import Channel, Unfit
from models.ratings.row import Rating
from models.states import RatingState

if TYPE_CHECKING:
    from models.accounts import Actor


@dataclass(frozen=True)
class Single:
    """One rating as an auditor sees it: the week, never the day, and nobody's name; `own` where the reader served."""

    id: int
    public_id: str
    week: date
    level: int
    channel: Channel
    state: RatingState
    reason: Unfit | None
    doubt: Unfit | None
    own_doubt: bool
    own: bool
    burst: int


def singles(project: Project, actor: Actor, *, before: int | None = None, limit: int = 50) -> list[Single]:
    """Return single ratings, newest first; `burst` counts how many came from one address in that week."""
    query = (
        select(Rating, not_(did_not_serve(actor, Rating.log_id)))
        .where(Rating.project_id == project.id)
        .order_by(Rating.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(Rating.id < before)
    found = db.session.execute(query).all()
    bursts = (
        select(Rating.origin, func.count())
        .where(Rating.project_id == project.id, Rating.origin.is_not(None))
        .group_by(Rating.origin)
    )
    counts: dict[str | None, int] = {}
    for origin, times in db.session.execute(bursts):
        counts[origin] = times
    return [
        Single(
            one.id, one.public_id, _week(one.created_at), one.level, Channel(one.channel), RatingState(one.state),
            Unfit(one.invalid_reason) if one.invalid_reason else None, Unfit(one.doubt) if one.doubt else None,
            one.doubted_by_id == actor.account_id, bool(own), counts.get(one.origin, 0),
        )
        for one, own in found
    ]  # fmt: skip


@dataclass(frozen=True)
class Doubted:
    """A rating that a head doubts, as the second person sees it: the reason, not what was said."""

    public_id: str
    project: str
    week: date
    reason: Unfit
    why: str
    own: bool


def doubt_waits() -> ColumnElement[bool]:
    """Tell of ratings whose doubt a second person may still decide: what no longer counts anyway is nobody's work."""
    return and_(Rating.doubt.is_not(None), Rating.state.in_([RatingState.WAITING, RatingState.VALID]))


def doubted(reached: Any, actor: Actor, limit: int = 30) -> list[Doubted]:
    """Return what waits for a second person's word, oldest first; nothing of services of one's own."""
    kept = db.metadata.tables["revisions"]
    latest = (
        select(kept.c.text)
        .where(kept.c.kind == "ratings", kept.c.subject_id == Rating.id, kept.c.field == "doubt")
        .order_by(kept.c.id.desc())
        .limit(1)
        .correlate(Rating)
        .scalar_subquery()
    )
    query = (
        select(Rating, Project.title, latest)
        .join(Project, Project.id == Rating.project_id)
        .where(reached, doubt_waits(), did_not_serve(actor, Rating.log_id))
        .order_by(Rating.id)
        .limit(limit)
    )
    return [
        Doubted(one.public_id, title, _week(one.created_at), Unfit(one.doubt or ""), why or "",
                one.doubted_by_id == actor.account_id)
        for one, title, why in db.session.execute(query)
    ]  # fmt: skip


def _week(at: datetime) -> date:
    day = at.astimezone(SHANGHAI).date()
    return day - timedelta(days=day.weekday())


@cache
def _words() -> Any:
    known = bindparam("known", type_=UtcTime)
    return (
        select(Rating.comment, Rating.public_id)
        .where(
            Rating.project_id == bindparam("project"),
            or_(
                and_(Rating.state == RatingState.VALID, Rating.state_at <= known),
                # What was taken back by a later word still stood when the figures were told.
                and_(Rating.state == RatingState.SUPERSEDED, Rating.state_at > known),
            ),
            Rating.comment.is_not(None),
            Rating.created_at >= bindparam("since", type_=UtcTime),
            Rating.created_at < bindparam("until", type_=UtcTime),
        )
        .limit(200)
    )


def words_said(project: Project, *, since: datetime, until: datetime, known: datetime, limit: int = 20) -> list[str]:
    """Return what raters wrote, as far as it counted at the instant `known`, in an order that tells nothing (F18)."""
    found = ask(_words(), project=project.id, since=since, until=until, known=known)
    return [row.comment for row in sorted(found, key=lambda row: digest(row.public_id))[:limit]]
