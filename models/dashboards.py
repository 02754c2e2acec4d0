"""A community in figures: what comes in, how it is answered, how long it takes, what was served and what people say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from models import need_counts
from models.base import NotFound, db, today
from models.deadlines import Escalation
from models.disclosure import mean_of, releases
from models.evaluation import PRIVATE_BELOW
from models.need_counts import Count
from models.need_imports import ImportState, NeedImport
from models.needs import Field, Need, Tile
from models.needs.published import promise_waits
from models.permissions import Permission
from models.places import Place, PlaceKind
from models.rates import Rates, three_rates
from models.ratings import start_of
from models.service_log import CONTINUING, ServiceLog
from models.states import HourRecordState, NeedState, ServiceLogState
from models.volunteering import HourRecord

if TYPE_CHECKING:
    from models.accounts import Actor

WEEKS = (4, 12, 52)
LATE = (Escalation.HEAD, Escalation.STREET, Escalation.PUBLIC)


@dataclass(frozen=True)
class Share:
    """One bar: what, and how many."""

    key: str
    value: int


@dataclass(frozen=True)
class Week:
    """One week: what came in, what was answered, what became late."""

    monday: date
    received: int
    answered: int
    late: int


@dataclass(frozen=True)
class CommunityLine:
    """One community beside the others, over the same weeks."""

    public_id: str
    name: str
    received: int
    answered: int
    resolved: int
    late: int
    open_late: int


@dataclass(frozen=True)
class Voice:
    """What those served say, as of last Monday: n, and the mean where enough have rated (decision 23)."""

    n: int
    mean: Decimal | None


@dataclass(frozen=True)
class Dashboard:
    """The figures of the communities in reach over some weeks."""

    places: tuple[tuple[str, str], ...]
    chosen: str | None
    weeks: int
    states: tuple[Share, ...]
    tiles: tuple[Share, ...]
    fields: tuple[Share, ...]
    by_week: tuple[Week, ...]
    received: int
    accepted: int
    answered: int
    resolved: int
    late: int
    open_late: int
    promises_due: int
    rates: Rates
    services: int
    one_off: int
    minutes: int
    volunteers: int
    voice: Voice
    communities: tuple[CommunityLine, ...]


def dashboard(actor: Actor, *, community: str | None = None, weeks: int = 12) -> Dashboard:
    """Return the figures of the communities in reach, or of one of them. Errors: NotFound."""
    weeks = weeks if weeks in WEEKS else 12
    reached = _reached(actor)
    chosen = [one for one in reached if one.public_id == community] if community else reached
    if not chosen:
        raise NotFound(community or "")
    ids = [one.id for one in chosen]
    monday = today() - timedelta(days=today().weekday())
    since, until = monday - timedelta(weeks=weeks - 1), today() + timedelta(days=1)
    of_days = need_counts.totals(ids, since, until, "what", "day")
    sums = {what: sum(n for (w, _), n in of_days.items() if w == what) for what in Count}
    hours, late, (services, one_off) = _hours(ids, since), _late(ids), _services(ids, since)
    return Dashboard(
        places=tuple((one.public_id, one.name) for one in reached),
        chosen=community,
        weeks=weeks,
        states=_states(ids),
        tiles=_shares(need_counts.totals(ids, since, until, "tile", counts=(Count.RECEIVED,)), Tile),
        fields=_shares(need_counts.totals(ids, since, until, "field", counts=(Count.RECEIVED,)), Field),
        by_week=_by_week(of_days, since, weeks),
        received=sums[Count.RECEIVED],
        accepted=sums[Count.ACCEPTED],
        answered=sums[Count.ANSWERED],
        resolved=sums[Count.RESOLVED],
        late=sums[Count.LATE],
        open_late=sum(late.values()),
        promises_due=_promises_due(ids),
        # Nobody can be called back yet, so no rate has a base: D9 prints — and not zero.
        rates=three_rates(0, 0, 0, 0, 0),
        services=services,
        one_off=one_off,
        minutes=hours[0],
        volunteers=hours[1],
        voice=_voice(ids),
        communities=_lines(chosen, since, until, late) if len(chosen) > 1 else (),
    )


def _reached(actor: Actor) -> list[Place]:
    reach = actor.reach(Permission.READ_DASHBOARD)
    query = select(Place).where(Place.kind == PlaceKind.COMMUNITY, reach.places()).order_by(Place.code)
    return list(db.session.scalars(query))


def _states(ids: Sequence[int]) -> tuple[Share, ...]:
    """Return how many needs stand in each state, from the index alone; an import that is not done yet is left out."""
    here = Need.community_id.in_(ids)
    query = select(Need.state, func.count()).where(here).group_by(Need.state)
    counted = {NeedState(state): n for state, n in db.session.execute(query)}
    running = list(db.session.scalars(select(NeedImport.id).where(NeedImport.state != ImportState.DONE)))
    hidden = select(Need.state, func.count()).where(here, Need.import_id.in_(running), Need.hidden.is_(True))
    for state, n in db.session.execute(hidden.group_by(Need.state)) if running else ():
        counted[NeedState(state)] -= n
    return tuple(Share(state.value, counted[state]) for state in NeedState if counted.get(state))


def _shares(found: dict[tuple[Any, ...], int], kind: Any) -> tuple[Share, ...]:
    known = {one.value for one in kind}
    rows = [Share(key if key in known else "", n) for (key,), n in found.items()]
    return tuple(sorted(rows, key=lambda one: (-one.value, one.key)))


def _by_week(found: dict[tuple[Any, ...], int], since: date, weeks: int) -> tuple[Week, ...]:
    sums: dict[tuple[str, int], int] = {}
    for (what, day), n in found.items():
        key = (str(what), (day - since).days // 7)
        sums[key] = sums.get(key, 0) + n
    return tuple(
        Week(since + timedelta(weeks=i), *(sums.get((what, i), 0) for what in ("RECEIVED", "ANSWERED", "LATE")))
        for i in range(weeks)
    )


def _late(ids: Sequence[int]) -> dict[int, int]:
    query = (
        select(Need.community_id, func.count())
        .where(Need.escalated.in_(LATE), Need.community_id.in_(ids), Need.hidden.is_(False))
        .group_by(Need.community_id)
    )
    return dict(db.session.execute(query).all())


def _promises_due(ids: Sequence[int]) -> int:
    query = select(func.count()).where(Need.community_id.in_(ids), promise_waits(), Need.hidden.is_(False))
    return db.session.scalar(query.select_from(Need)) or 0


def _services(ids: Sequence[int], since: date) -> tuple[int, int]:
    """Return how many services there were, and how many of them happened once (R93); from the index alone."""
    once = ServiceLog.method.not_in(sorted(CONTINUING))
    query = select(func.count(), func.count().filter(once)).where(
        ServiceLog.community_id.in_(ids), ServiceLog.state == ServiceLogState.APPROVED,
        ServiceLog.started_at >= start_of(since),
    )  # fmt: skip
    services, one_off = db.session.execute(query.select_from(ServiceLog)).one()
    return services, one_off


def _hours(ids: Sequence[int], since: date) -> tuple[int, int]:
    query = select(func.sum(HourRecord.minutes), func.count(func.distinct(HourRecord.person_id))).where(
        HourRecord.community_id.in_(ids), HourRecord.state == HourRecordState.COUNTED,
        HourRecord.started_at >= start_of(since),
    )  # fmt: skip
    minutes, volunteers = db.session.execute(query).one()
    return minutes or 0, volunteers


def _voice(ids: Sequence[int]) -> Voice:
    told = [one for one in releases(ids).values() if one.n >= PRIVATE_BELOW]
    return Voice(sum(one.n for one in told), mean_of([one.voices for one in told]))


def _lines(places: Sequence[Place], since: date, until: date, late: dict[int, int]) -> tuple[CommunityLine, ...]:
    ids = [one.id for one in places]
    sums = need_counts.totals(ids, since, until, "community_id", "what")

    def of(place: Place, what: Count) -> int:
        return sums.get((place.id, what.value), 0)

    return tuple(
        CommunityLine(
            one.public_id, one.name, of(one, Count.RECEIVED), of(one, Count.ANSWERED), of(one, Count.RESOLVED),
            of(one, Count.LATE), late.get(one.id, 0),
        )
        for one in places
    )  # fmt: skip
