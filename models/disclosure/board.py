"""The board of a community or of all, and a glance at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select

from models import activities, notices
from models.base import NotFound, db, is_opaque
from models.disclosure.projects import LIVE, ONCE, ProjectLine, located, mean_of, public_projects, releases
from models.disclosure.promises import Promises, dates_told, on_trial, promises_of
from models.evaluation import PRIVATE_BELOW
from models.places import Place, PlaceKind
from models.projects import Project
from models.service_log import ServiceLog
from models.states import HourRecordState, ProjectState, ServiceLogState
from models.volunteering import HourRecord


@dataclass(frozen=True)
class Wall:
    """The board of one community, or of all."""

    community: str | None
    name: str | None
    communities: tuple[tuple[str, str], ...]
    trial: bool
    trial_day: datetime | None
    running: int
    finished: int
    services: int
    one_off: int
    minutes: int
    n: int
    satisfaction: Decimal | None
    week: date | None
    promises: Promises
    projects: tuple[ProjectLine, ...]
    notices: tuple[notices.NoticeLine, ...]
    activities: tuple[activities.Notice, ...]


@dataclass(frozen=True)
class Glance:
    """The board at a glance, for the first page of somebody unknown: figures of all, what hangs and comes next, the trial run."""

    running: int
    services: int
    one_off: int
    minutes: int
    n: int
    satisfaction: Decimal | None
    kept: int
    missed: int
    notices: tuple[notices.NoticeLine, ...]
    activities: tuple[activities.Notice, ...]
    trial_day: datetime | None = None


def boards() -> tuple[tuple[str, str], ...]:
    """Return the communities that have a board, in the order of their codes."""
    query = select(Place.public_id, Place.name).where(Place.kind == PlaceKind.COMMUNITY).order_by(Place.code)
    return tuple((public_id, name) for public_id, name in db.session.execute(query))


def _community(public_id: str | None, community_id: int | None) -> Place | None:
    if public_id:
        if not is_opaque(public_id):
            raise NotFound(public_id)
        place = db.session.scalars(
            select(Place).where(Place.public_id == public_id, Place.kind == PlaceKind.COMMUNITY)
        ).one_or_none()
        if place is None:
            raise NotFound(public_id)
        return place
    return db.session.get(Place, community_id) if community_id else None


def wall(community: str | None = None, *, community_id: int | None = None, everywhere: bool = False) -> Wall:
    """Return the board of a community, by its public id or as the reader's own, or of all. Errors: NotFound."""
    place = None if everywhere else _community(community, community_id)
    here = place.id if place else None
    states = _by_state(here)
    released = releases(None if here is None else [here])
    lines, _older = public_projects(here, limit=6)
    hanging, _more = notices.public_notices(here, limit=4)
    told = [one for one in released.values() if one.n >= PRIVATE_BELOW]
    services, one_off = _services(here)
    return Wall(
        community=place.public_id if place else None,
        name=place.name if place else None,
        communities=boards(),
        trial=on_trial(place),
        trial_day=_trial_of(place.id) if place else None,
        running=sum(states.get(one, 0) for one in LIVE),
        finished=states.get(ProjectState.CLOSED, 0),
        services=services,
        one_off=one_off,
        minutes=_minutes(here),
        n=sum(one.n for one in told),
        satisfaction=mean_of([one.voices for one in told]),
        week=max((one.week for one in told), default=None),
        promises=promises_of(place),
        projects=tuple(lines),
        notices=tuple(hanging),
        activities=tuple(activities.coming(here, limit=4)),
    )


def glance(community_id: int | None = None, *, lines: int = 3) -> Glance:
    """Return the figures of all communities, with the newest notices and activities of one, or of all."""
    states = _by_state(None)
    told = [one for one in releases().values() if one.n >= PRIVATE_BELOW]
    kept, missed = dates_told(None)
    hanging, _more = notices.public_notices(community_id, limit=lines)
    services, one_off = _services(None)
    return Glance(
        running=sum(states.get(one, 0) for one in LIVE),
        services=services,
        one_off=one_off,
        minutes=_minutes(None),
        n=sum(one.n for one in told),
        satisfaction=mean_of([one.voices for one in told]),
        kept=kept,
        missed=missed,
        notices=tuple(hanging),
        activities=tuple(activities.coming(community_id, limit=lines)),
        trial_day=_trial_of(community_id),
    )


def _trial_of(community_id: int | None) -> datetime | None:
    """Return an instant of the last day of a trial run, while it lasts."""
    place = db.session.get(Place, community_id) if community_id else None
    until = place.trial_until if place is not None and on_trial(place) else None
    return until - timedelta(seconds=1) if until else None


def _by_state(community_id: int | None) -> dict[ProjectState, int]:
    query = select(Project.state, func.count()).where(*located(Project.community_id, community_id))
    return {ProjectState(state): n for state, n in db.session.execute(query.group_by(Project.state))}


def _services(community_id: int | None) -> tuple[int, int]:
    """Return how many services were done, and how many of them happened once (R93); from an index alone."""
    query = select(func.count(), func.count().filter(ONCE)).select_from(ServiceLog)
    here = located(ServiceLog.community_id, community_id) or [ServiceLog.community_id > 0]
    services, one_off = db.session.execute(query.where(*here, ServiceLog.state == ServiceLogState.APPROVED)).one()
    return services, one_off


def _minutes(community_id: int | None) -> int:
    query = select(func.sum(HourRecord.minutes)).where(HourRecord.state == HourRecordState.COUNTED)
    return db.session.scalar(query.where(*located(HourRecord.community_id, community_id))) or 0
