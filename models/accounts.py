"""Who may sign in, and the one table of who may do what, where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import ciphers
from models.base import PublicRow, Refused, Row, Utc, db, now
from models.events import Doer, record
from models.organizations import Organization
from models.permissions import MAY, Permission, Role
from models.places import Place, PlaceKind, Reach

__all__ = ["Account", "AccountState", "Actor", "Grant", "Held", "Permission", "Role", "actor_of", "grants_of"]


class AccountState(StrEnum):
    """REQUESTED asks and follows; CONFIRMED was seen by the committee; LEFT and DISABLED are out."""

    REQUESTED = "REQUESTED"
    CONFIRMED = "CONFIRMED"
    DISABLED = "DISABLED"
    LEFT = "LEFT"


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
        book = ciphers.book()
        account = cls(
            name=name,
            phone_cipher=book.seal(phone),
            phone_lookup=book.lookup(phone),
            password_hash=password_hash,
            state=state,
            person_id=person_id,
            community_id=community_id,
        ).save()
        record("account.open", by=by, about=[account], community_id=community_id, details={"state": state})
        return account

    def grant(
        self,
        role: Role,
        *,
        by: Doer,
        place: Place | None = None,
        organization: Organization | None = None,
    ) -> Grant:
        """Give a role in a place or an organization. Errors: Refused("grant_needs_a_reach")."""
        if place is None and organization is None:
            raise Refused("grant_needs_a_reach")
        grant = Grant(
            account_id=self.id,
            role=role,
            place_id=place.id if place else None,
            organization_id=organization.id if organization else None,
            given_at=now(),
        ).save()
        record("account.grant", by=by, about=[self, grant], details={"role": role})
        return grant

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


class Grant(Row):
    """A role that an account holds in a place or an organization, until it ends."""

    __tablename__ = "grants"
    __table_args__ = (
        CheckConstraint("place_id IS NOT NULL OR organization_id IS NOT NULL", name="a_grant_has_a_reach"),
    )
    account_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    role: Mapped[Role] = mapped_column(String(16))
    place_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("organizations.id"), index=True)
    given_at: Mapped[Utc]
    ended_at: Mapped[Utc | None]


@dataclass(frozen=True)
class Held:
    """A role held now, with its place and organization, as the doors need it."""

    role: Role
    place_id: int | None
    place_kind: PlaceKind | None
    place_name: str | None
    organization_id: int | None
    organization_name: str | None


@dataclass(frozen=True)
class Actor:
    """Who acts, with everything that decides what this account may do: no query is needed later."""

    account_id: int | None
    name: str
    state: AccountState | None = None
    person_id: int | None = None
    community_id: int | None = None
    held: tuple[Held, ...] = ()
    person_ids: frozenset[int] = field(default_factory=frozenset)

    @property
    def label(self) -> str:
        """Return how the diary names the part played: the first role, or RESIDENT."""
        if self.account_id is None:
            return "ANONYMOUS"
        return self.held[0].role.value if self.held else Role.RESIDENT.value

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """Return all that this account may do somewhere."""
        if self.account_id is None:
            return frozenset()
        own = MAY[Role.RESIDENT]
        return own.union(*(MAY[held.role] for held in self.held))

    def may(self, permission: Permission) -> bool:
        """Tell whether the account may do this somewhere."""
        return permission in self.permissions

    def reach(self, permission: Permission) -> Reach:
        """Return where the account may do this: only the grants that give this very permission count (decision 16)."""
        ids: dict[PlaceKind, set[int]] = {kind: set() for kind in PlaceKind}
        organizations: set[int] = set()
        for held in self.held:
            if permission not in MAY[held.role]:
                continue
            if held.place_id is not None and held.place_kind is not None:
                ids[held.place_kind].add(held.place_id)
            elif held.organization_id is not None:
                organizations.add(held.organization_id)
        return Reach(
            district_ids=frozenset(ids[PlaceKind.DISTRICT]),
            street_ids=frozenset(ids[PlaceKind.STREET]),
            community_ids=frozenset(ids[PlaceKind.COMMUNITY]),
            grid_ids=frozenset(ids[PlaceKind.GRID]),
            organization_ids=frozenset(organizations),
        )

    def has(self, *roles: Role) -> bool:
        """Tell whether one of these roles is held anywhere."""
        return any(held.role in roles for held in self.held)


STRANGER = Actor(account_id=None, name="")


def grants_of(account_ids: Iterable[int]) -> dict[int, list[Held]]:
    """Return the roles held now by each account, oldest first, in one query."""
    query = (
        select(
            Grant.account_id,
            Grant.role,
            Grant.place_id,
            Place.kind,
            Place.name,
            Grant.organization_id,
            Organization.name,
        )
        .outerjoin(Place, Place.id == Grant.place_id)
        .outerjoin(Organization, Organization.id == Grant.organization_id)
        .where(Grant.account_id.in_(list(account_ids)), or_(Grant.ended_at.is_(None), Grant.ended_at > now()))
        .order_by(Grant.id)
    )
    found: dict[int, list[Held]] = {}
    for account_id, role, place_id, kind, place, organization_id, organization in db.session.execute(query):
        found.setdefault(account_id, []).append(
            Held(Role(role), place_id, PlaceKind(kind) if kind else None, place, organization_id, organization)
        )
    return found


def actor_of(account: Account, *, person_ids: Iterable[int] = ()) -> Actor:
    """Return the actor that an account is now: for commands, jobs, the demo year and tests."""
    own = {account.person_id} if account.person_id else set()
    return Actor(
        account_id=account.id,
        name=account.name,
        state=AccountState(account.state),
        person_id=account.person_id,
        community_id=account.community_id,
        held=tuple(grants_of([account.id]).get(account.id, [])),
        person_ids=frozenset(own | set(person_ids)),
    )
