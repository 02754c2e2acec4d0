"""Whose rating counts: somebody who was served there, once, and who neither works there nor belongs to who does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, ForeignKey, Index, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import ciphers
from models.accounts import Account, Grant
from models.base import Refused, Row, Utc, db, now
from models.events import record
from models.people import Person
from models.projects import Project
from models.ratings.kinds import Unfit
from models.sheets import parse_phone

if TYPE_CHECKING:
    from models.accounts import Actor


class DeclaredRelative(Row):
    """That somebody who works for an organization has family among those it serves; their ratings do not count."""

    __tablename__ = "declared_relatives"
    __table_args__ = (Index("ix_declared_relatives_organization_phone", "organization_id", "phone_lookup"),)
    organization_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("organizations.id"))
    name: Mapped[str] = mapped_column(String(60))
    phone_lookup: Mapped[str | None] = mapped_column(String(64))
    declared_by_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    declared_at: Mapped[Utc]

    @classmethod
    def declare(cls, name: str, phone: str, *, by: Actor) -> DeclaredRelative:
        """Declare a relative by name and phone; whether such a person is in the register is not said.

        Errors: Refused("name_needed", "phone_wrong", "works_for_nobody").
        """
        of = next((held.organization_id for held in by.held if held.organization_id is not None), None)
        if of is None or by.account_id is None:
            raise Refused("works_for_nobody")
        number = parse_phone(phone)
        if not name.strip():
            raise Refused("name_needed")
        if number is None:
            raise Refused("phone_wrong")
        one = cls(organization_id=of, name=name.strip(), phone_lookup=ciphers.book().lookup(number),
                  declared_by_id=by.account_id, declared_at=now()).save()  # fmt: skip
        record("declared_relative.declare", by=by, about=[one, ("organizations", of)])
        return one


def relatives_of(actor: Actor) -> list[str]:
    """Return the names that this account declared, in the order in which it did."""
    query = select(DeclaredRelative.name).where(DeclaredRelative.declared_by_id == actor.account_id)
    return list(db.session.scalars(query.order_by(DeclaredRelative.id)))


def unfit_for(project: Project, person_id: int | None, log_id: int, rating_id: int) -> Unfit | None:
    """Return why a rating of this person would not count, None where it does. Source: domain/checklist.md 57."""
    if person_id is None:
        return None
    if project.organization_id is not None:
        if _works_there(person_id, project.organization_id):
            return Unfit.PROVIDER_STAFF
        if _declared(Person.get(person_id), project.organization_id):
            return Unfit.DECLARED_FAMILY
    return Unfit.DUPLICATE if _said_before(person_id, log_id, rating_id) else None


def _works_there(person_id: int, organization_id: int) -> bool:
    query = (
        select(Grant.id)
        .join(Account, Account.id == Grant.account_id)
        .where(
            Account.person_id == person_id,
            Grant.organization_id == organization_id,
            or_(Grant.ended_at.is_(None), Grant.ended_at > now()),
        )
    )
    return db.session.scalar(query.limit(1)) is not None


def _declared(person: Person, organization_id: int) -> bool:
    query = select(DeclaredRelative.id).where(
        DeclaredRelative.organization_id == organization_id,
        DeclaredRelative.name == person.name,
        DeclaredRelative.phone_lookup == person.phone_lookup,
    )
    return db.session.scalar(query.limit(1)) is not None


def _said_before(person_id: int, log_id: int, rating_id: int) -> bool:
    """Tell whether this person's earlier rating of the same service counts, unless this one takes its place."""
    ratings, asked = db.metadata.tables["ratings"], db.metadata.tables["rating_invitations"]
    replaced = select(ratings.c.supersedes_id).where(ratings.c.id == rating_id, ratings.c.supersedes_id.is_not(None))
    query = (
        select(ratings.c.id)
        .join(asked, asked.c.id == ratings.c.invitation_id)
        .where(
            asked.c.person_id == person_id,
            ratings.c.log_id == log_id,
            ratings.c.state == "VALID",
            ratings.c.id != rating_id,
            ratings.c.id.not_in(replaced),
        )
    )
    return db.session.scalar(query.limit(1)) is not None
