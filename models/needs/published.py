"""What everybody may read of needs: the title a clerk published, its state, its households, its promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from models.base import DayEnds, NotFound, db, is_opaque, now, today
from models.deadlines import promise_due
from models.needs.own import NeedLine, line_of
from models.needs.row import OPEN, Need
from models.places import Place
from models.states import NeedState
from models.working_time import local_day, start_of

PAGE = 20
CLOSED = (NeedState.RESOLVED, NeedState.CONFIRMED, NeedState.AUTO_CLOSED)


@dataclass(frozen=True)
class PublishedLine:
    """One published need in the list."""

    public_id: str
    title: str
    state: NeedState
    tile: str | None
    community: str
    raised_at: datetime
    next_step: str | None
    next_step_at: datetime | None
    missed: bool
    households: int


@dataclass(frozen=True)
class PublishedList:
    """A page of published needs, and the promises of the same place in figures."""

    lines: tuple[PublishedLine, ...]
    older: int | None
    show: str
    place: str | None
    community: str | None
    kept: int
    missed: int


def public() -> Select[Any]:
    """Return the published needs: the only ones that the public may find (decision 21)."""
    return select(Need).where(Need.public_title.is_not(None), Need.hidden.is_(False), Need.state != NeedState.WITHDRAWN)


def promise_kept() -> ColumnElement[bool]:
    """Tell of a need whether it was served by the day that was told."""
    return Need.served_at < DayEnds(Need.next_step_at)


def promise_waits() -> ColumnElement[bool]:
    """Tell of a need whether the day that was told passed and the service has not come yet."""
    return and_(Need.state == NeedState.PLANNED, Need.next_step_at < start_of(today()))


def promise_missed() -> ColumnElement[bool]:
    """Tell of a need whether the day that was told passed without the service; one that came later does not mend it."""
    return or_(promise_waits(), Need.served_at >= DayEnds(Need.next_step_at))


def _promises(community_id: int | None) -> tuple[int, int]:
    """Return how many promised dates were kept and how many have passed without the service."""
    kept, missed = func.count().filter(promise_kept()), func.count().filter(promise_missed())
    query = select(kept, missed).select_from(Need).where(Need.hidden.is_(False))
    if community_id is not None:
        query = query.where(Need.community_id == community_id)
    row = db.session.execute(query).one()
    return row[0], row[1]


def _households(ids: list[int]) -> dict[int, int]:
    supports = db.metadata.tables["need_supports"]
    people = db.metadata.tables["people"]
    unit = func.coalesce(supports.c.household_id, -supports.c.person_id)
    query = (
        select(supports.c.need_id, func.count(unit.distinct()))
        .join(people, people.c.id == supports.c.person_id)
        .where(supports.c.need_id.in_(ids), supports.c.ended_at.is_(None), people.c.confirmed_at.is_not(None))
        .group_by(supports.c.need_id)
    )
    return dict(db.session.execute(query).all())


def published_needs(
    *,
    community: str | None = None,
    community_id: int | None = None,
    show: str = "open",
    before: int | None = None,
    limit: int = PAGE,
) -> PublishedList:
    """Return published needs, newest first; `show` is open, settled or missed."""
    place = None
    if community and is_opaque(community):
        place = db.session.scalars(select(Place).where(Place.public_id == community)).one_or_none()
    elif community_id:
        place = db.session.get(Place, community_id)
    query = public().order_by(Need.id.desc()).limit(limit + 1)
    if place is not None:
        query = query.where(Need.community_id == place.id)
    show = show if show in ("open", "settled", "missed") else "open"
    if show == "missed":
        query = query.where(promise_missed())
    else:
        query = query.where(Need.state.in_(OPEN if show == "open" else CLOSED))
    if before is not None:
        query = query.where(Need.id < before)
    needs = list(db.session.scalars(query))
    older = needs[limit - 1].id if len(needs) > limit else None
    needs = needs[:limit]
    counted = _households([need.id for need in needs])
    ids = {need.community_id for need in needs}
    names = dict(db.session.execute(select(Place.id, Place.name).where(Place.id.in_(ids))).all()) if ids else {}
    kept, missed = _promises(place.id if place else None)
    return PublishedList(
        tuple(_line(need, names.get(need.community_id, ""), counted.get(need.id, 0)) for need in needs),
        older,
        show,
        place.name if place else None,
        place.public_id if place else None,
        kept,
        missed,
    )


def _line(need: Need, community: str, households: int) -> PublishedLine:
    told, served = need.next_step_at, need.served_at
    # A need that waits is late once its day is over; one that was served is late if that came after the day.
    until = served or (now() if need.state == NeedState.PLANNED else None)
    late = told is not None and until is not None and until >= promise_due(local_day(told))
    return PublishedLine(
        need.public_id,
        need.public_title or "",
        NeedState(need.state),
        need.tile,
        community,
        need.raised_at,
        need.next_step,
        need.next_step_at,
        late,
        households,
    )


@dataclass(frozen=True)
class PublishedPage:
    """One published need for everybody; `need` and the author's number stay in the counter."""

    need: Need
    line: PublishedLine
    thread: NeedLine
    author_account_id: int | None
    community_public_id: str


def published_page(public_id: str) -> PublishedPage:
    """Return the public page of a need. Errors: NotFound where nothing of it was published."""
    found = public().where(Need.public_id == public_id) if is_opaque(public_id) else None
    need = db.session.scalars(found).one_or_none() if found is not None else None
    if need is None:
        raise NotFound(public_id)
    place = Place.get(need.community_id)
    counted = _households([need.id]).get(need.id, 0)
    return PublishedPage(need, _line(need, place.name, counted), line_of(need), need.author_account_id, place.public_id)
