"""An account: asked for, confirmed on sight, given roles, and left again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, Select, String, func, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column

from models import ciphers
from models.accounts.actor import Actor
from models.accounts.kinds import AccountState, Grant
from models.accounts.seats import check_seat, in_organizations
from models.base import NotFound, PublicRow, Refused, db, now
from models.events import ANONYMOUS, Doer, record
from models.organizations import Organization
from models.people import Consent, Mandate, Person
from models.permissions import Permission, Role
from models.places import Place, PlaceKind

MOST_REQUESTS = 3


class Account(PublicRow):
    """A way in: a phone number and a password. The epoch ends every session when it moves."""

    __tablename__ = "accounts"
    __table_args__ = (
        Index(
            "uq_accounts_phone_lookup_confirmed",
            "phone_lookup",
            unique=True,
            sqlite_where=text("state = 'CONFIRMED'"),
            postgresql_where=text("state = 'CONFIRMED'"),
        ),
        Index("ix_accounts_phone_lookup", "phone_lookup"),
    )
    name: Mapped[str] = mapped_column(String(60))
    phone_cipher: Mapped[bytes] = mapped_column(LargeBinary)
    phone_lookup: Mapped[str] = mapped_column(String(64))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[AccountState] = mapped_column(String(10), default=AccountState.REQUESTED, index=True)
    person_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("people.id"), index=True)
    community_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    epoch: Mapped[int] = mapped_column(Integer, default=1)
    locale: Mapped[str] = mapped_column(String(8), default="zh_Hans")
    theme: Mapped[str] = mapped_column(String(5), default="auto")
    elder: Mapped[bool] = mapped_column(default=False)
    text_step: Mapped[int] = mapped_column(Integer, default=1)
    tell_at_sign_in: Mapped[str | None] = mapped_column(String(60))
    grid_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    address: Mapped[str | None] = mapped_column(String(80))

    @classmethod
    def open(
        cls,
        name: str,
        phone: str,
        *,
        by: Doer,
        password_hash: str | None = None,
        state: AccountState = AccountState.CONFIRMED,
        person_id: int | None = None,
        community_id: int | None = None,
    ) -> Account:
        """Open an account for a phone number. Errors: a taken number clashes with the unique index."""
        account = cls._begin(name, phone, password_hash, community_id, state=state, person_id=person_id)
        record("account.open", by=by, about=[account], community_id=community_id, details={"state": state})
        return account

    @classmethod
    def _begin(
        cls, name: str, phone: str, password_hash: str | None, community_id: int | None,
        *, state: AccountState = AccountState.CONFIRMED, person_id: int | None = None,
    ) -> Account:  # fmt: skip
        book = ciphers.book()
        return cls(
            name=name, phone_cipher=book.seal(phone), phone_lookup=book.lookup(phone), password_hash=password_hash,
            state=state, person_id=person_id, community_id=community_id,
        ).save()  # fmt: skip

    @classmethod
    def request(
        cls,
        name: str,
        phone: str,
        password_hash: str,
        community: Place,
        *,
        address: str = "",
        courtyard: Place | None,
        notice: str,
    ) -> Account | None:
        """Ask for an account, which somebody of the community confirms on sight; a taken number changes nothing here.

        More than three open requests for one number are left unanswered, and nobody can tell.
        Errors: Refused("name_needed", "phone_invalid", "place_needed"). Source: decisions.md 20.
        """
        if not name.strip():
            raise Refused("name_needed")
        if community.kind != PlaceKind.COMMUNITY:
            raise Refused("place_needed")
        book = ciphers.book()
        cipher, lookup = book.seal(phone), book.lookup(phone)
        waiting = select(func.count()).where(cls.phone_lookup == lookup, cls.state == AccountState.REQUESTED)
        if (db.session.scalar(waiting) or 0) >= MOST_REQUESTS:
            return None
        account = cls(
            name=name.strip(),
            phone_cipher=cipher,
            phone_lookup=lookup,
            password_hash=password_hash,
            state=AccountState.REQUESTED,
            community_id=community.id,
            address=address.strip() or None,
            grid_id=courtyard.parent_id if courtyard is not None else None,
        ).save()
        Consent(account_id=account.id, notice=notice, way="APP", given_at=now()).save()
        record("account.request", by=ANONYMOUS, about=[account], community_id=community.id, details={"notice": notice})
        return account

    def confirm(self, person: Person | None, *, by: Actor) -> None:
        """Confirm on sight that this is who they say: an entry of the register, or a new one.

        Errors: Refused("not_waiting", "phone_taken", "other_community", "person_not_here"). Source: decisions.md 20.
        """
        if self.state != AccountState.REQUESTED:
            raise Refused("not_waiting")
        taken = select(Account.id).where(
            Account.phone_lookup == self.phone_lookup, Account.state == AccountState.CONFIRMED
        )
        if db.session.scalar(taken) is not None:
            raise Refused("phone_taken")
        if person is None:
            home = db.session.get(Place, self.community_id)
            if home is None:
                raise NotFound("place")
            person = Person._add(home, self.name, phone=self.phone, grid_id=self.grid_id, building=self.address)
        if person.community_id != self.community_id:
            raise Refused("other_community")
        if not person.is_here:
            raise Refused("person_not_here")
        self.state, self.person_id, self.name, self.address = AccountState.CONFIRMED, person.id, person.name, None
        person.confirmed_at = person.confirmed_at or now()
        person._take_consents(self.id)
        self._end_sessions()
        record("account.confirm", by=by, about=[self, person], community_id=self.community_id)

    def decline(self, *, by: Actor) -> None:
        """Turn a request away: nobody knows this person here. Errors: Refused("not_waiting")."""
        if self.state != AccountState.REQUESTED:
            raise Refused("not_waiting")
        self.state = AccountState.DISABLED
        self._end_sessions()
        record("account.decline", by=by, about=[self], community_id=self.community_id)

    def grant(
        self,
        role: Role,
        *,
        by: Doer,
        place: Place | None = None,
        organization: Organization | None = None,
    ) -> Grant:
        """Give a role in a place or an organization; sessions begun before end.

        Errors: those of check_seat(), Refused("role_held"). Source: domain/roles.md; reliability.md 6.
        """
        check_seat(role, by=by, place=place, organization=organization, account=self)
        grant = self._give(role, place=place, organization=organization)
        record("account.grant", by=by, about=[self, grant], details={"role": role})
        return grant

    def _give(self, role: Role, *, place: Place | None, organization: Organization | None) -> Grant:
        place_id, organization_id = place.id if place else None, organization.id if organization else None
        held = select(Grant.id).where(
            Grant.account_id == self.id, Grant.role == role, Grant.ended_at.is_(None),
            Grant.place_id == place_id, Grant.organization_id == organization_id,
        )  # fmt: skip
        if db.session.scalar(held) is not None:
            raise Refused("role_held")
        self._end_sessions()
        grant = Grant(account_id=self.id, role=role, place_id=place_id, organization_id=organization_id, given_at=now())
        return grant.save()

    def end_grant(self, grant: Grant, *, by: Actor) -> None:
        """Take a role back: sessions and reach end at once. Errors: Refused("role_not_held", "not_for_oneself")."""
        self._end_one(grant, by=by)
        record("account.end_grant", by=by, about=[self, grant], details={"role": grant.role})

    def _end_one(self, grant: Grant, *, by: Actor) -> None:
        if grant.account_id != self.id or grant.ended_at is not None:
            raise Refused("role_not_held")
        if self.id == by.account_id:
            raise Refused("not_for_oneself")
        grant.ended_at = now()
        self._end_sessions()
        if grant.role == Role.GRID_WORKER and grant.place_id is not None:
            Mandate._end_in_grid(self.id, grant.place_id)

    def transfer(
        self, grant: Grant, *, by: Actor, place: Place | None = None, organization: Organization | None = None
    ) -> Grant:
        """Move a role to another place or organization: the old side ends at once. Errors: of end_grant and grant."""
        check_seat(Role(grant.role), by=by, place=place, organization=organization, account=self)
        self._end_one(grant, by=by)
        new = self._give(Role(grant.role), place=place, organization=organization)
        record("account.transfer", by=by, about=[self, grant, new], details={"role": grant.role})
        return new

    def leave(self, *, by: Actor, grants: list[Grant]) -> None:
        """Let somebody who worked here go: these roles, all sessions and all reach end at once.

        Whoever is also a resident, or works elsewhere too, keeps that; everybody else can no longer come in.
        Errors: Refused("role_not_held", "not_for_oneself").
        """
        if not grants:
            raise Refused("role_not_held")
        for grant in grants:
            self._end_one(grant, by=by)
        kept = select(Grant.id).where(Grant.account_id == self.id, Grant.ended_at.is_(None)).limit(1)
        if self.person_id is None and db.session.scalar(kept) is None:
            self.state = AccountState.LEFT
        record("account.leave", by=by, about=[self, *grants], details={"state": self.state})

    def set_password(self, password_hash: str, *, by: Doer) -> None:
        """Change one's own password; other sessions end, the caller keeps its own alive."""
        self.password_hash = password_hash
        self._end_sessions()
        record("account.set_password", by=by, about=[self], community_id=self.community_id)

    def sign_out_everywhere(self, *, by: Doer) -> None:
        """End all sessions of the account."""
        self._end_sessions()
        record("account.sign_out_everywhere", by=by, about=[self], community_id=self.community_id)

    def choose(
        self,
        *,
        by: Doer,
        locale: str | None = None,
        theme: str | None = None,
        elder: bool | None = None,
        text_step: int | None = None,
    ) -> None:
        """Keep how Linli looks for this account; what is not named stays."""
        given = {"locale": locale, "theme": theme, "elder": elder, "text_step": text_step}
        chosen = {name: value for name, value in given.items() if value is not None}
        for name, value in chosen.items():
            setattr(self, name, value)
        record("account.choose", by=by, about=[self], community_id=self.community_id, details=chosen)

    def _end_sessions(self) -> None:
        self.epoch += 1

    @property
    def phone(self) -> str:
        """Return the number in the clear; whoever shows it logs that it was shown."""
        return ciphers.book().open(self.phone_cipher)

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the accounts within reach: those who live there and those who work there."""
        reach = actor.reach(permission)
        granted = (
            select(Grant.account_id)
            .outerjoin(Place, Place.id == Grant.place_id)
            .where(or_(Grant.ended_at.is_(None), Grant.ended_at > now()), or_(reach.places(), in_organizations(reach)))
        )
        conditions = [cls.id.in_(granted), reach.communities(cls.community_id), reach.grids(cls.grid_id)]
        return select(cls).where(or_(*conditions))
