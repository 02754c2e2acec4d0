"""Who acts: an account with its roles, and everything that decides what it may do and where."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, bindparam, or_, select

from models.accounts.kinds import AccountState, Grant
from models.asking import Among
from models.base import UtcTime, ask, now
from models.organizations import Organization
from models.permissions import MAY, Permission, Role
from models.places import Place, PlaceKind, Reach

if TYPE_CHECKING:
    from models.accounts.row import Account


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


@functools.cache
def _grants() -> Select[Any]:
    """Return the query of `grants_of`, built once: every request asks it."""
    grants, places, organizations = Grant.__table__, Place.__table__, Organization.__table__
    standing = or_(grants.c.ended_at.is_(None), grants.c.ended_at > bindparam("at", type_=UtcTime))
    return (
        select(
            grants.c.account_id, grants.c.role, grants.c.place_id, places.c.kind, places.c.name,
            grants.c.organization_id, organizations.c.name,
        )
        .select_from(
            grants.outerjoin(places, places.c.id == grants.c.place_id).outerjoin(
                organizations, organizations.c.id == grants.c.organization_id
            )
        )
        .where(Among(grants.c.account_id, "accounts"), standing)
        .order_by(grants.c.id)
    )  # fmt: skip


def grants_of(account_ids: Iterable[int]) -> dict[int, list[Held]]:
    """Return the roles held now by each account, oldest first, in one query."""
    found: dict[int, list[Held]] = {}
    rows = ask(_grants(), accounts=list(account_ids), at=now())
    for account_id, role, place_id, kind, place, organization_id, organization in rows:
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
