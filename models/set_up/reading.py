"""The checklist of a community, read from records alone: nobody ticks anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from models import trials
from models.accounts import Grant
from models.base import db, now
from models.events import Event, EventSubject
from models.invitations import Invitation
from models.ledgers import Ledger, LedgerState
from models.people import Person
from models.permissions import Permission, Role
from models.places import UNNAMED, Place, PlaceKind
from models.set_up.aside import SetAside
from models.set_up.kinds import Check, Checklist, Missing, SetUpStep
from models.set_up.posters import VERB

if TYPE_CHECKING:
    from models.accounts import Actor

Lacks = list[tuple[Missing, int]]


def find(public_id: str, actor: Actor, permission: Permission = Permission.SET_UP) -> Place:
    """Return a community that one may set up, or raise NotFound."""
    within = Place.visible_to(actor, permission).where(Place.kind == PlaceKind.COMMUNITY)
    return Place.find(public_id, within)


def progress(actor: Actor) -> list[Checklist]:
    """Return the checklists of the communities within reach, those that wait first."""
    query = Place.visible_to(actor, Permission.SET_UP).where(Place.kind == PlaceKind.COMMUNITY).order_by(Place.code)
    return sorted((checklist(one) for one in db.session.scalars(query)), key=lambda one: one.over)


def first_days(actor: Actor, role: Role) -> Checklist | None:
    """Return the checklist that stands on top of a head's first page, until every step is done or put aside."""
    if role != Role.HEAD:
        return None
    return next((one for one in progress(actor) if not one.over), None)


def checklist(community: Place) -> Checklist:
    """Return what a community still lacks, step by step."""
    below = list(
        db.session.scalars(
            select(Place).where(
                Place.community_id == community.id, Place.kind.in_([PlaceKind.GRID, PlaceKind.COURTYARD])
            )
        )
    )
    grids = [one for one in below if one.kind == PlaceKind.GRID]
    yards = [one for one in below if one.kind == PlaceKind.COURTYARD]
    staff, unused = _staff(community, grids)
    lacks: dict[SetUpStep, Lacks] = {
        SetUpStep.HOURS: _hours(community), SetUpStep.PLACES: _places(grids, yards), SetUpStep.STAFF: staff,
        SetUpStep.POSTERS: _posters(yards), SetUpStep.LEDGER: [] if _ledger(community) else [(Missing.LEDGER, 1)],
        SetUpStep.TRIAL: [] if community.trial_until else [(Missing.TRIAL, 1)],
    }  # fmt: skip
    query = select(SetAside.step, SetAside.reason).where(SetAside.community_id == community.id)
    aside = {SetUpStep(step): reason for step, reason in db.session.execute(query)}
    checks = tuple(Check(step, tuple(missing), aside.get(step)) for step, missing in lacks.items())
    until, trial = community.trial_until, trials.of(community) if community.trial_until else None
    said = (trial.extension_reason, trial.ending_reason) if trial else ()
    return Checklist(
        community.public_id, community.name, checks, unused, until, until is not None and until > now(),
        trial is None or trial.extended_at is not None, tuple(one for one in said if one),
    )  # fmt: skip


def _only(pairs: Lacks) -> Lacks:
    return [(what, n) for what, n in pairs if n]


def _hours(community: Place) -> Lacks:
    return _only([
        (Missing.NAME, int(community.name == UNNAMED)), (Missing.HOURS, int(not community.opening_hours)),
        (Missing.PHONE, int(not community.phone)), (Missing.DUTY_PHONE, int(not community.duty_phone)),
    ])  # fmt: skip


def _places(grids: list[Place], yards: list[Place]) -> Lacks:
    if not grids:
        return [(Missing.GRIDS, 1)]
    filled = {one.parent_id for one in yards}
    return _only([
        (Missing.EMPTY_GRIDS, sum(one.id not in filled for one in grids)),
        (Missing.HOUSEHOLDS, sum(one.households is None for one in yards)),
        (Missing.KINDS, sum(one.courtyard_type is None for one in yards)),
    ])  # fmt: skip


def _staff(community: Place, grids: list[Place]) -> tuple[Lacks, int]:
    """Return who is missing; a slip that was handed out counts, and it is told how many were not used yet."""
    seats = {community.id: Role.CLERK, **{one.id: Role.GRID_WORKER for one in grids}}
    held = select(Grant.place_id, Grant.role).where(
        Grant.place_id.in_(seats), or_(Grant.ended_at.is_(None), Grant.ended_at > now())
    )
    handed = select(Invitation.place_id, Invitation.role).where(
        Invitation.place_id.in_(seats), Invitation.used_at.is_(None), Invitation.revoked_at.is_(None),
        Invitation.valid_until > now(),
    )  # fmt: skip
    taken = {place for place, role in db.session.execute(held) if seats.get(place or 0) == role}
    waiting = [place for place, role in db.session.execute(handed) if seats.get(place or 0) == role]
    empty = set(seats) - taken - set(waiting)
    lacks = _only([
        (Missing.CLERK, int(community.id in empty)), (Missing.GRID_WORKERS, len(empty - {community.id})),
    ])  # fmt: skip
    return lacks, len(waiting)


def _posters(yards: list[Place]) -> Lacks:
    if not yards:
        return [(Missing.GRIDS, 1)]
    ids = [one.id for one in yards]
    query = (
        select(func.count(EventSubject.subject_id.distinct()))
        .join(Event, Event.id == EventSubject.event_id)
        .where(Event.verb == VERB, EventSubject.kind == "places", EventSubject.subject_id.in_(ids))
    )
    return _only([(Missing.POSTERS, len(ids) - (db.session.scalar(query) or 0))])


def _ledger(community: Place) -> bool:
    """Tell whether the first list is in: a ledger that stands, or people brought in by a command."""
    ledgers = select(Ledger.id).where(
        Ledger.community_id == community.id, Ledger.state == LedgerState.DONE, Ledger.undone_at.is_(None)
    )
    people = select(Person.id).where(Person.community_id == community.id, Person.import_id.is_not(None))
    return db.session.scalar(ledgers.limit(1)) is not None or db.session.scalar(people.limit(1)) is not None
