"""Whom of those with a mark nobody has seen for longer than their community agreed: the round to walk (好久没联系)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, case, exists, false, func, literal, or_, select

from models.attendance import THERE, Attendance, Part
from models.base import SHANGHAI, UtcTime, db, today
from models.contact_terms import days_for, terms_of
from models.people import Person, PersonState, PersonTag, Tag, consented_tags
from models.permissions import Permission
from models.places import Place, PlaceKind
from models.service_log import ServiceLog
from models.states import ServiceLogState
from models.tellings import Telling, TellingState
from models.working_time import start_of

if TYPE_CHECKING:
    from models.accounts import Actor

SHOWN = 60


@dataclass(frozen=True)
class Unseen:
    """Somebody to look in on: since when nobody has, and after how many days somebody should."""

    public_id: str
    name: str
    where: str
    tags: tuple[Tag, ...]
    last_at: datetime | None
    days: int
    term: int


def met() -> Any:
    """Return the conditions that a service met a person; a draft meets them as well, a voided record does not."""
    return and_(
        Attendance.person_id == Person.id, Attendance.part == Part.SERVED, Attendance.state.in_(THERE),
        ServiceLog.id == Attendance.log_id, ServiceLog.state != ServiceLogState.VOIDED,
    )  # fmt: skip


def last_met() -> Any:
    """Return the column of when a person was last seen by somebody who served them."""
    return select(func.max(ServiceLog.ended_at)).where(met()).correlate(Person).scalar_subquery()


def _forgotten(actor: Actor) -> Any:
    """Return the condition that nobody met or phoned a marked person within the days of one of their marks."""
    reach = actor.reach(Permission.READ_PEOPLE)
    query = select(Place.community_id).where(
        or_(and_(Place.kind == PlaceKind.COMMUNITY, reach.places()), reach.grids(Place.id))
    )
    near = {community for community in db.session.scalars(query) if community is not None}
    # Days as people count them: whoever was seen on Monday is unseen for two days on Wednesday, at any hour.
    limits = [
        (and_(Person.community_id == community, PersonTag.tag == tag), _midnight(days))
        for community, terms in terms_of(near).items()
        for tag, days in terms.items()
        if tag is not None and days
    ]
    if not limits:
        return false()
    limit = case(*limits)
    seen = exists().where(met(), ServiceLog.ended_at >= limit).correlate(Person, PersonTag)
    told = (
        exists()
        .where(Telling.person_id == Person.id, Telling.state == TellingState.TOLD, Telling.told_at >= limit)
        .correlate(Person, PersonTag)
    )
    marked = exists().where(
        PersonTag.person_id == Person.id, PersonTag.basis.is_not(None), PersonTag.ended_at.is_(None),
        Person.created_at < limit, ~seen, ~told,
    )  # fmt: skip
    within = or_(reach.communities(Person.community_id), reach.grids(Person.grid_id))
    return and_(within, Person.state == PersonState.ACTIVE, marked.correlate(Person))


def _midnight(days: int) -> Any:
    return literal(start_of(today() - timedelta(days=days)), UtcTime)


def count_unseen(actor: Actor) -> int:
    """Return how many people with a mark nobody has looked in on for too long."""
    return db.session.scalar(select(func.count()).select_from(Person).where(_forgotten(actor))) or 0


def unseen(actor: Actor, limit: int = SHOWN) -> list[Unseen]:
    """Return whom nobody has looked in on for too long, those unseen for longest first."""
    last = last_met()
    query: Select[Any] = (
        select(Person, last.label("last"), Place.name)
        .outerjoin(Place, Place.id == Person.courtyard_id)
        .where(_forgotten(actor))
        .order_by(func.coalesce(last, Person.created_at), Person.id)
        .limit(limit)
    )
    rows = list(db.session.execute(query))
    tags = consented_tags([person.id for person, _, _ in rows])
    terms = terms_of({person.community_id for person, _, _ in rows})
    found = []
    for person, last_at, yard in rows:
        own = tuple(sorted(tags.get(person.id, ())))
        since = (last_at or person.created_at).astimezone(SHANGHAI).date()
        days, term = (today() - since).days, days_for(own, terms[person.community_id])
        where = " ".join(part for part in (yard, person.door) if part)
        found.append(Unseen(person.public_id, person.name, where, own, last_at, days, term))
    return found
