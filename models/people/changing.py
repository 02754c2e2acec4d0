"""What changes in a register: doors, numbers, marks, households, and that people move or die."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from models import revisions
from models.base import Refused, db, now, today
from models.events import Doer, record
from models.people.kinds import MandateKind, MandateWay, PersonState, Tag, TagBasis
from models.people.papers import Consent, Household, Mandate, PersonTag
from models.working_time import start_of

if TYPE_CHECKING:
    from models.people.row import Person

# From where to where a clerk may move an entry; merged and erased are ends with verbs of their own.
MOVES = {
    PersonState.ACTIVE: {PersonState.MOVED, PersonState.DIED, PersonState.REFUSES},
    PersonState.REFUSES: {PersonState.ACTIVE, PersonState.MOVED, PersonState.DIED},
    PersonState.MOVED: {PersonState.ACTIVE},
    PersonState.DIED: {PersonState.ACTIVE},
}


class Changing:
    """The verbs that keep an entry true."""

    def edit(
        self,
        name: str,
        *,
        by: Doer,
        seen_version: int | None = None,
        phone: str | None = None,
        **more: Any,
    ) -> None:
        """Rewrite an entry; a phone of None stays as it is, an empty one is taken away.

        Errors: Stale("stale_edit"), Refused("name_needed", "person_not_here", "phone_invalid").
        """
        person: Any = self
        person.check_version(seen_version, typed=name, stands=person.name)
        if not name.strip():
            raise Refused("name_needed")
        person._check_here()
        changed = [field for field, value in {"name": name.strip(), **more}.items() if getattr(person, field) != value]
        if "name" in changed:
            revisions.keep(person, "name", person.name, by=by)
        person.name = name.strip()
        for field, value in more.items():
            setattr(person, field, value)
        if phone is not None:
            person.set_phone(phone or None)
            changed.append("phone")
        # One door lies in one grid: the courtyard decides where it is known.
        person._follow_courtyard()
        record("person.edit", by=by, about=[person], community_id=person.community_id, details={"fields": changed})

    def _follow_courtyard(self) -> None:
        person: Any = self
        places = db.metadata.tables["places"]
        if person.courtyard_id is not None:
            person.grid_id = db.session.scalar(select(places.c.parent_id).where(places.c.id == person.courtyard_id))

    def _check_here(self) -> None:
        person: Any = self
        if not person.is_here:
            raise Refused("person_not_here")

    def confirm(self, *, by: Doer) -> None:
        """Confirm on sight that this person lives here; supports count from now on.

        Errors: Refused("confirmed_before", "person_not_here").
        """
        person: Any = self
        person._check_here()
        if person.confirmed_at is not None:
            raise Refused("confirmed_before")
        person.confirmed_at = now()
        record("person.confirm", by=by, about=[person], community_id=person.community_id)

    def move_to(self, state: PersonState, *, by: Doer) -> None:
        """Note that somebody moved away, died, wants no contact, or is back. Errors: Refused("not_from_here").

        Whoever moved or died is asked and told no more, and nobody acts for them any longer.
        """
        person: Any = self
        before = PersonState(person.state)
        if state not in MOVES.get(before, set()):
            raise Refused("not_from_here", state=before)
        person.state = state
        if state in (PersonState.MOVED, PersonState.DIED):
            db.session.execute(
                update(Mandate)
                .where(Mandate.person_id == person.id, Mandate.revoked_at.is_(None))
                .values(revoked_at=now(), version=Mandate.version + 1)
            )
        record(
            "person.move_to",
            by=by,
            about=[person],
            community_id=person.community_id,
            details={"from": before, "to": state},
        )

    def set_tag(self, tag: Tag, *, by: Doer, basis: TagBasis | None, basis_on: date | None = None) -> None:
        """Put a mark on a person with the reason why it may be kept; without one it is hidden and counts nowhere.

        Errors: Refused("basis_day_needed", "day_in_the_future"). Source: decisions.md 5.
        """
        person: Any = self
        person._check_here()
        if basis is not None and basis_on is None:
            raise Refused("basis_day_needed")
        if basis_on is not None and basis_on > today():
            raise Refused("day_in_the_future")
        person._tag(tag, basis, basis_on)
        record(
            "person.set_tag",
            by=by,
            about=[person],
            community_id=person.community_id,
            details={"tag": tag, "basis": basis, "on": basis_on},
        )

    def _tag(self, tag: Tag, basis: TagBasis | None, basis_on: date | None) -> None:
        person: Any = self
        query = select(PersonTag).where(PersonTag.person_id == person.id, PersonTag.tag == tag)
        row = db.session.scalars(query).one_or_none() or PersonTag(person_id=person.id, tag=tag)
        row.basis, row.basis_on, row.ended_at = basis, basis_on if basis else None, None
        row.save()

    def end_tag(self, tag: Tag, *, by: Doer) -> None:
        """Take a mark away. Errors: Refused("tag_not_there")."""
        person: Any = self
        row = db.session.scalars(
            select(PersonTag).where(
                PersonTag.person_id == person.id, PersonTag.tag == tag, PersonTag.ended_at.is_(None)
            )
        ).one_or_none()
        if row is None:
            raise Refused("tag_not_there")
        row.ended_at = now()
        record("person.end_tag", by=by, about=[person], community_id=person.community_id, details={"tag": tag})

    def live_with(self, other: Person, *, by: Doer) -> None:
        """Put a person into the household of another one. Errors: Refused("with_oneself", "other_community")."""
        person: Any = self
        person._check_pair(other)
        if other.household_id is None:
            other.household_id = Household(community_id=other.community_id, courtyard_id=other.courtyard_id).save().id
        person.household_id = other.household_id
        record("person.live_with", by=by, about=[person, other], community_id=person.community_id)

    def live_alone(self, *, by: Doer) -> None:
        """Take a person out of the household. Errors: Refused("no_household")."""
        person: Any = self
        if person.household_id is None:
            raise Refused("no_household")
        person.household_id = None
        record("person.live_alone", by=by, about=[person], community_id=person.community_id)

    def set_contact(self, other: Person | None, *, by: Doer) -> None:
        """Name who is called when this person cannot be reached. Errors: Refused("with_oneself", "other_community")."""
        person: Any = self
        if other is not None:
            person._check_pair(other)
        person.contact_person_id = other.id if other is not None else None
        about = [person] if other is None else [person, other]
        record("person.set_contact", by=by, about=about, community_id=person.community_id)

    def _check_pair(self, other: Person) -> None:
        person: Any = self
        if other.id == person.id:
            raise Refused("with_oneself")
        if other.community_id != person.community_id:
            raise Refused("other_community")
        person._check_here()
        other._check_here()

    def give_mandate(
        self, account: Any, kind: MandateKind, way: MandateWay, *, by: Doer, last_day: date | None = None
    ) -> Mandate:
        """Record that an account may act for this person, and how the person said so; revocable at any time.

        With a last day it ends by itself when that day is over. Errors: Refused("mandate_exists", "mandate_needs_grid",
        "with_oneself", "mandate_day_passed"). Source: decisions.md 5.
        """
        person: Any = self
        person._check_here()
        if account.person_id == person.id:
            raise Refused("with_oneself")
        standing = select(Mandate.id).where(
            Mandate.person_id == person.id, Mandate.account_id == account.id, Mandate.stands(now())
        )
        if db.session.scalar(standing) is not None:
            raise Refused("mandate_exists")
        if kind == MandateKind.GRID and not _works_in_grid(account.id, person.grid_id):
            raise Refused("mandate_needs_grid")
        if last_day is not None and last_day < today():
            raise Refused("mandate_day_passed")
        until = start_of(last_day + timedelta(days=1)) if last_day else None
        mandate = Mandate(person_id=person.id, account_id=account.id, kind=kind, way=way, until=until).save()
        record(
            "mandate.give",
            by=by,
            about=[mandate, person, account],
            community_id=person.community_id,
            details={"kind": kind, "way": way, "until": until},
        )
        return mandate

    def _take_consents(self, account_id: int) -> None:
        """Let the consents that were given at sign-up belong to the person."""
        person: Any = self
        db.session.execute(
            update(Consent)
            .where(Consent.account_id == account_id, Consent.person_id.is_(None))
            .values(person_id=person.id)
        )


def _works_in_grid(account_id: int, grid_id: int | None) -> bool:
    grants = db.metadata.tables["grants"]
    query = select(grants.c.id).where(
        grants.c.account_id == account_id, grants.c.place_id == grid_id, grants.c.role == "GRID_WORKER",
        grants.c.ended_at.is_(None),
    )  # fmt: skip
    return grid_id is not None and db.session.scalar(query) is not None
