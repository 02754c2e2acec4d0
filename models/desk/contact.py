"""Who stands behind a need: its author, masked until somebody asks for the number, and the colleagues by name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from models.accounts import Account
from models.base import NotFound, db
from models.desk.priorities import person_of
from models.needs import Need
from models.people import Person


@dataclass(frozen=True)
class Author:
    """Whom the need comes from, masked until somebody asks for the contact."""

    name: str | None
    reachable: bool
    has_account: bool
    building: str | None


@dataclass(frozen=True)
class Contact:
    """A name and a number in the clear; showing them is logged."""

    name: str
    phone: str | None
    through: str | None


def contact_of(need: Need) -> Contact:
    """Return the number of a need's author, else of the contact person; showing it is logged. Errors: NotFound."""
    person = db.session.get(Person, person_of(need)) if person_of(need) else None
    account = db.session.get(Account, need.author_account_id) if need.author_account_id else None
    if person is not None and person.phone is None and person.contact_person_id is not None:
        other = db.session.get(Person, person.contact_person_id)
        if other is not None and other.phone is not None:
            return Contact(person.name, other.phone, other.name)
    if person is not None:
        return Contact(person.name, person.phone or (account.phone if account else None), None)
    if account is None:
        raise NotFound("Contact")
    return Contact(account.name, account.phone, None)


def account_name(account_id: int | None) -> str | None:
    """Return the name of a colleague."""
    return db.session.scalar(select(Account.name).where(Account.id == account_id)) if account_id else None


def author_of(need: Need, person: Person | None) -> Author:
    """Return whom a need comes from, without a number."""
    account = db.session.get(Account, need.author_account_id) if need.author_account_id else None
    name = person.name if person else account.name if account else None
    reachable = bool((person and person.phone_cipher) or account)
    building = " ".join(part for part in (person.building, person.unit, person.room) if part) if person else None
    return Author(name, reachable, account is not None, building or None)
