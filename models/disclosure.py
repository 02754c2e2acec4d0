"""What the public may read: projects, services, promises, figures and money, never a person; nothing here writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from models import activities, notices, service_log
from models.accounts import STRANGER
from models.base import NotFound, db, is_opaque, now, today
from models.deadlines import Escalation
from models.evaluation import PRIVATE_BELOW, USUAL_SCHEME, Evaluation, evaluation_of, half_up
from models.needs import FIELD_OF_TILE, PRIVATE_FIELDS, PRIVATE_KINDS, Field, Need, Tile, overdue
from models.needs.row import OPEN
from models.organizations import Organization
from models.packages import BudgetCategory, BudgetLine
from models.places import Place, PlaceKind
from models.progress import GoalProgress, progress
from models.projects import NextDate, Project
from models.ratings import RatingRelease, Voices
from models.service_log import CONTINUING, Counts, ServiceLog
from models.service_log.counting import PublicLog
from models.states import HourRecordState, NeedState, ProjectState, ServiceLogState
from models.thread import Knot, thread_of_project
from models.volunteering import HourRecord

PAGE = 20
LIVE = (ProjectState.APPROVED, ProjectState.RUNNING, ProjectState.SUSPENDED)
# A cell of fewer people than this would point at somebody (checklist 57).
FEWEST = 3
MOST_OVERDUE = 50


@dataclass(frozen=True)
class ProjectLine:
    """A project in a public list; `satisfaction` is None while too few rated."""

    id: int
    public_id: str
    title: str
    organization: str
    community: str
    state: ProjectState
    field: Field
    ends_on: date
    services: int
    n: int
    satisfaction: Decimal | None


@dataclass(frozen=True)
class Overdue:
    """A matter that is late: its published title, else its number; private ones are only counted."""

    public_id: str | None
    title: str
    tile: Tile | None
    days: int
    reason: str | None


@dataclass(frozen=True)
class Promises:
    """Dates that were told: how many were kept, how many missed, and which matters are late beyond five days."""

    kept: int
    missed: int
    late: int
    lines: tuple[Overdue, ...]


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
        trial=_on_trial(place),
        trial_day=_trial_of(place.id) if place else None,
        running=sum(states.get(one, 0) for one in LIVE),
        finished=states.get(ProjectState.CLOSED, 0),
        services=services,
        one_off=one_off,
        minutes=_minutes(here),
        n=sum(one.n for one in told),
        satisfaction=mean_of([one.voices for one in told]),
        week=max((one.week for one in told), default=None),
        promises=_promises(place),
        projects=tuple(lines),
        notices=tuple(hanging),
        activities=tuple(activities.coming(here, limit=4)),
    )


def glance(community_id: int | None = None, *, lines: int = 3) -> Glance:
    """Return the figures of all communities, with the newest notices and activities of one, or of all."""
    states = _by_state(None)
    told = [one for one in releases().values() if one.n >= PRIVATE_BELOW]
    kept, missed = _dates(None)
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


def _on_trial(place: Place | None) -> bool:
    return place is not None and place.trial_until is not None and place.trial_until > now()


def _trial_of(community_id: int | None) -> datetime | None:
    """Return an instant of the last day of a trial run, while it lasts."""
    place = db.session.get(Place, community_id) if community_id else None
    until = place.trial_until if place is not None and _on_trial(place) else None
    return until - timedelta(seconds=1) if until else None


def _here(column: Any, community_id: int | None) -> list[Any]:
    return [] if community_id is None else [column == community_id]


def _by_state(community_id: int | None) -> dict[ProjectState, int]:
    query = select(Project.state, func.count()).where(*_here(Project.community_id, community_id))
    return {ProjectState(state): n for state, n in db.session.execute(query.group_by(Project.state))}


def _services(community_id: int | None) -> tuple[int, int]:
    """Return how many services were done, and how many of them happened once (R93); from an index alone."""
    once = ServiceLog.method.not_in(sorted(CONTINUING))
    query = select(func.count(), func.count().filter(once)).select_from(ServiceLog)
    here = _here(ServiceLog.community_id, community_id) or [ServiceLog.community_id > 0]
    services, one_off = db.session.execute(query.where(*here, ServiceLog.state == ServiceLogState.APPROVED)).one()
    return services, one_off


def _minutes(community_id: int | None) -> int:
    query = select(func.sum(HourRecord.minutes)).where(HourRecord.state == HourRecordState.COUNTED)
    return db.session.scalar(query.where(*_here(HourRecord.community_id, community_id))) or 0


def releases(communities: Sequence[int] | None = None, ids: list[int] | None = None) -> dict[int, RatingRelease]:
    """Return the latest release of each project: what last Monday told (decision 23)."""
    newer = aliased(RatingRelease)
    later = select(newer.id).where(newer.project_id == RatingRelease.project_id, newer.week > RatingRelease.week)
    query = select(RatingRelease).join(Project, Project.id == RatingRelease.project_id).where(~later.exists())
    if ids is not None:
        query = query.where(Project.id.in_(ids))
    if communities is not None:
        query = query.where(Project.community_id.in_(communities))
    return {one.project_id: one for one in db.session.scalars(query)}


def mean_of(voices: list[Voices]) -> Decimal | None:
    """Return the mean of all who rated, as printed; None where too few did."""
    whole = Voices(tuple(row for one in voices for row in one.rows))
    mean = whole.mean(USUAL_SCHEME.points)
    if mean is None or whole.n < PRIVATE_BELOW:
        return None
    return half_up(Decimal(Fraction(mean).numerator) / Decimal(Fraction(mean).denominator), 1)


def _dates(community_id: int | None) -> tuple[int, int]:
    """Return how many dates that were told were kept, and how many missed."""
    of_needs = select(
        func.count().filter(Need.served_at.is_not(None), Need.served_at <= Need.next_step_at),
        func.count().filter(Need.state == NeedState.PLANNED, Need.next_step_at < now()),
    ).where(Need.next_step_at.is_not(None), Need.hidden.is_(False), *_here(Need.community_id, community_id))
    of_projects = (
        select(
            func.count().filter(NextDate.kept_at.is_not(None)),
            func.count().filter(NextDate.kept_at.is_(None), NextDate.at < now()),
        )
        .join(Project, Project.id == NextDate.project_id)
        .where(*_here(Project.community_id, community_id))
    )
    (kept, missed), (also, gone) = db.session.execute(of_needs).one(), db.session.execute(of_projects).one()
    return kept + also, missed + gone


def _promises(place: Place | None) -> Promises:
    kept, missed = _dates(place.id if place else None)
    late, lines = _overdue(place)
    return Promises(kept, missed, late, lines)


def _private(need: Need) -> bool:
    field = Field(need.field) if need.field else FIELD_OF_TILE.get(Tile(need.tile)) if need.tile else None
    return need.kind in PRIVATE_KINDS or field in PRIVATE_FIELDS


def _overdue(place: Place | None) -> tuple[int, tuple[Overdue, ...]]:
    """Return how many matters are public because they are late, and the lines that may be shown.

    The first sixty days of a community show counts only, and so does the board of all. Source: decisions.md 21; D10.
    """
    late = [Need.escalated == Escalation.PUBLIC, Need.state.in_(OPEN), Need.hidden.is_(False)]
    late += _here(Need.community_id, place.id if place else None)
    count = db.session.scalar(select(func.count()).select_from(Need).where(*late)) or 0
    if place is None:
        return count, ()
    if _on_trial(place):
        # While it lasts nothing rises to the public list; what would have is counted all the same.
        return max(count, sum(one.count for one in overdue.board([place.id]))), ()
    needs = db.session.scalars(select(Need).where(*late).order_by(Need.id).limit(MOST_OVERDUE))
    return count, tuple(_late(need) for need in needs if not _private(need))


def _late(need: Need) -> Overdue:
    due = need.next_step_at or need.extended_until or need.answer_due_at or need.acceptance_due_at
    public = need.public_id if need.public_title else None
    tile = Tile(need.tile) if need.tile else None
    days = max(0, (now() - due).days) if due else 0
    return Overdue(public, need.public_title or need.ticket_no, tile, days, need.delay_reason)


def public_projects(
    community_id: int | None = None, *, before: int | None = None, limit: int = PAGE, finished: bool = False
) -> tuple[list[ProjectLine], int | None]:
    """Return projects as everybody may read them, newest first, and where the next page begins."""
    over = (ProjectState.CLOSED, ProjectState.TERMINATED)
    query = (
        select(Project, Place.name, Organization.name)
        .join(Place, Place.id == Project.community_id)
        .outerjoin(Organization, Organization.id == Project.organization_id)
        .where(Project.state.in_(over if finished else LIVE), *_here(Project.community_id, community_id))
        .order_by(Project.id.desc())
        .limit(limit + 1)
    )
    if before is not None:
        query = query.where(Project.id < before)
    found = [tuple(row) for row in db.session.execute(query)]
    lines = _lines(found[:limit])
    return lines, lines[-1].id if len(found) > limit else None


def _lines(found: list[Any]) -> list[ProjectLine]:
    ids = [project.id for project, _, _ in found]
    query = (
        select(ServiceLog.project_id, func.count())
        .where(ServiceLog.project_id.in_(ids), ServiceLog.state == ServiceLogState.APPROVED)
        .group_by(ServiceLog.project_id)
    )
    counted: dict[int, int] = {row[0]: row[1] for row in db.session.execute(query)}
    released = releases(ids=ids)
    return [
        _line(project, community, organization, counted.get(project.id, 0), released.get(project.id))
        for project, community, organization in found
    ]


def _line(
    one: Project, community: str, organization: str | None, services: int, release: RatingRelease | None
) -> ProjectLine:
    return ProjectLine(
        one.id, one.public_id, one.title, organization or "", community, ProjectState(one.state), Field(one.field),
        one.ends_on, services, release.n if release else 0, mean_of([release.voices]) if release else None,
    )  # fmt: skip


@dataclass(frozen=True)
class MoneyLine:
    """One line of a project's budget, in fen."""

    category: BudgetCategory
    label: str
    fen: int


@dataclass(frozen=True)
class ProjectPage:
    """Everything that everybody may read of one project."""

    line: ProjectLine
    number: str
    contract_no: str | None
    problem: str
    change: str
    how_checked: str
    starts_on: date
    budget: int
    money: tuple[MoneyLine, ...]
    phone: str | None
    community: str
    knots: tuple[Knot, ...]
    goals: tuple[GoalProgress, ...]
    counts: Counts
    persons: int | None
    logs: tuple[PublicLog, ...]
    older: int | None
    evaluation: Evaluation
    coming: tuple[datetime, ...]
    days_left: int


def public_project(public_id: str, *, before: int | None = None) -> ProjectPage:
    """Return the public page of a project: thread, standard, goals, services, evaluation, money. Errors: NotFound."""
    if not is_opaque(public_id):
        raise NotFound(public_id)
    query = (
        select(Project, Place, Organization.name)
        .join(Place, Place.id == Project.community_id)
        .outerjoin(Organization, Organization.id == Project.organization_id)
        .where(Project.public_id == public_id)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound(public_id)
    project, place, _organization = found
    counts = service_log.counts(project)
    logs = service_log.public_logs(project, before=before, limit=11)
    return ProjectPage(
        line=_lines([(project, place.name, found[2])])[0],
        number=project.project_no,
        contract_no=project.contract_no,
        problem=project.problem,
        change=project.change,
        how_checked=project.how_checked,
        starts_on=project.starts_on,
        budget=project.budget,
        money=_money(project),
        phone=project.supervision_phone or place.phone,
        community=place.public_id,
        knots=tuple(thread_of_project(project)),
        goals=tuple(progress(project)),
        counts=counts,
        persons=counts.persons if counts.persons >= FEWEST or not counts.persons else None,
        logs=tuple(logs[:10]),
        older=logs[9].id if len(logs) > 10 else None,
        evaluation=evaluation_of(project, STRANGER),
        coming=_coming(project),
        days_left=max(0, (project.ends_on - today()).days),
    )


def _money(project: Project) -> tuple[MoneyLine, ...]:
    mine = [BudgetLine.project_id == project.id]
    if project.package_id is not None:
        mine.append(BudgetLine.package_id == project.package_id)
    query = select(BudgetLine).where(or_(*mine)).order_by(BudgetLine.id)
    return tuple(MoneyLine(BudgetCategory(x.category), x.label, x.amount) for x in db.session.scalars(query))


def _coming(project: Project) -> tuple[datetime, ...]:
    """Return when the next services are; what is planned there may name whom it is for, so it stays inside."""
    query = select(NextDate.at).where(
        NextDate.project_id == project.id, NextDate.at >= now(), NextDate.kept_at.is_(None)
    )
    return tuple(db.session.scalars(query.order_by(NextDate.at).limit(5)))
