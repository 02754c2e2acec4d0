"""Acting for somebody: members of one's household, and those who gave a mandate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, String, cast, func, select, union

from models.base import db, now
from models.people.kinds import MandateKind, MandateWay, PersonState
from models.people.papers import Mandate
from models.people.row import Person
from models.working_time import local_day

if TYPE_CHECKING:
    from datetime import datetime

    from models.accounts import Actor

HERE = (PersonState.ACTIVE, PersonState.REFUSES)


def for_account(account_id: Any, person_id: Any, at: Any) -> Select[tuple[int]]:
    """Return the numbers of the people an account may act for: its household and its mandates; columns serve too."""
    own = Person.__table__.alias("own")
    people = Person.__table__.alias("acted_for")
    household = (
        select(people.c.id)
        .join(own, own.c.household_id == people.c.household_id)
        .where(own.c.id == person_id, people.c.id != own.c.id, people.c.state.in_(HERE))
    )
    mandates = select(Mandate.person_id).where(
        Mandate.account_id == account_id, Mandate.stands(at),
    )  # fmt: skip
    both = union(household.correlate_except(own, people), mandates.correlate_except(Mandate)).subquery()
    return select(both.c[0])


@dataclass(frozen=True)
class ActsFor:
    """Somebody for whom an account may act, and why: no mandate means the same household."""

    person_id: int
    public_id: str
    name: str
    kind: MandateKind | None
    way: MandateWay | None
    mandate_public_id: str | None
    last_day: date | None = None


@dataclass(frozen=True)
class ActsForMe:
    """An account that may act for a person."""

    mandate_public_id: str
    name: str
    kind: MandateKind
    way: MandateWay
    since: datetime
    over: bool
    last_day: date | None
    taken_back: bool


def kind_of(account_id: int | None, person_id: int) -> MandateKind:
    """Return how an account acts for a person: by its newest mandate, taken back or not, else as family."""
    query = select(Mandate.kind).where(Mandate.account_id == account_id, Mandate.person_id == person_id)
    return MandateKind(db.session.scalar(query.order_by(Mandate.id.desc()).limit(1)) or MandateKind.FAMILY)


def acts_for(actor: Actor) -> list[ActsFor]:
    """Return for whom the actor may act, mandates first."""
    found: dict[int, ActsFor] = {}
    query = (
        select(Person, Mandate)
        .join(Mandate, Mandate.person_id == Person.id)
        .where(Mandate.account_id == actor.account_id, Mandate.stands(now()), Person.state.in_(HERE))
        .order_by(Mandate.id)
    )
    for person, mandate in db.session.execute(query):
        found[person.id] = ActsFor(
            person.id, person.public_id, person.name, MandateKind(mandate.kind), MandateWay(mandate.way),
            mandate.public_id, _last_day(mandate),
        )  # fmt: skip
    if actor.person_id is not None:
        own = select(Person.household_id).where(Person.id == actor.person_id).scalar_subquery()
        members = select(Person).where(Person.household_id == own, Person.id != actor.person_id, Person.state.in_(HERE))
        for person in db.session.scalars(members.order_by(Person.id)):
            found.setdefault(person.id, ActsFor(person.id, person.public_id, person.name, None, None, None))
    return list(found.values())


def acting_for(person_id: int) -> list[ActsForMe]:
    """Return who acts or acted for a person, newest first."""
    accounts = db.metadata.tables["accounts"]
    query = (
        select(Mandate, accounts.c.name)
        .join(accounts, accounts.c.id == Mandate.account_id)
        .where(Mandate.person_id == person_id)
        .order_by(Mandate.id.desc())
    )
    return [
        ActsForMe(
            m.public_id, name, MandateKind(m.kind), MandateWay(m.way), m.created_at, m.over, _last_day(m),
            m.revoked_at is not None,
        )
        for m, name in db.session.execute(query)
    ]  # fmt: skip


def _last_day(mandate: Mandate) -> date | None:
    """Return the last day of a mandate; it ends with it."""
    return local_day(mandate.until - timedelta(microseconds=1)) if mandate.until else None


def joined(account_id: Any, person_id: Any, *, at: Any) -> Any:
    """Return the numbers of for_account() as one text with commas, to be read inside another query."""
    numbers = for_account(account_id, person_id, at).subquery()
    return select(func.aggregate_strings(cast(numbers.c[0], String), ",")).scalar_subquery()
