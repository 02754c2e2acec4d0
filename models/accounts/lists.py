"""What pages show of accounts: who works where, who waits to be confirmed, and everything about one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, or_, select

from models import ciphers
from models.accounts.actor import Actor, Held, actor_of, grants_of
from models.accounts.kinds import AccountState, Grant
from models.accounts.row import Account
from models.accounts.seats import in_organizations
from models.base import NotFound, Refused, db
from models.organizations import Organization
from models.organizations import within as organizations_within
from models.people import Person
from models.permissions import APPOINTS, Permission, Role, approve_each_other
from models.places import Place, PlaceKind, PlaceLine, lines

PAGE = 50


@dataclass(frozen=True)
class AccountLine:
    """An account in the list of those who work here."""

    id: int
    public_id: str
    name: str
    phone: str
    state: AccountState
    held: tuple[Held, ...]
    can_sign_in: bool


@dataclass(frozen=True)
class GrantLine:
    """A role of an account, held or ended; `mine` tells whether the reader may end it."""

    public_id: str
    role: Role
    where: str
    given_at: datetime
    ended_at: datetime | None
    mine: bool


@dataclass(frozen=True)
class AccountFacts:
    """Everything that the page of an account shows."""

    line: AccountLine
    created_at: datetime
    community: str | None
    person_public_id: str | None
    grants: tuple[GrantLine, ...]
    may_reset: bool


@dataclass(frozen=True)
class RequestLine:
    """Somebody who asked for an account, with the entries of the register that may be this person."""

    public_id: str
    at: datetime
    name: str
    phone: str
    address: str
    community: str
    taken: bool
    likely: tuple[tuple[str, str], ...]


def for_the_desk(
    actor: Actor, *, words: str = "", before: int | None = None, permission: Permission = Permission.READ_ACCOUNTS
) -> tuple[list[AccountLine], int | None]:
    """Return those who work within reach, newest first, and where the next page begins."""
    working = exists().where(Grant.account_id == Account.id)
    query = Account.visible_to(actor, permission).where(working)
    if words:
        lookup = ciphers.book().lookup_of_typed(words)
        query = query.where(or_(Account.name.contains(words, autoescape=True), Account.phone_lookup == lookup))
    if before is not None:
        query = query.where(Account.id < before)
    found = list(db.session.scalars(query.order_by(Account.id.desc()).limit(PAGE + 1)))
    held = grants_of([account.id for account in found])
    lines = [_line(account, held.get(account.id, [])) for account in found[:PAGE]]
    return lines, found[PAGE - 1].id if len(found) > PAGE else None


def _line(account: Account, held: list[Held]) -> AccountLine:
    return AccountLine(
        account.id, account.public_id, account.name, ciphers.mask_phone(account.phone) if account.phone_cipher else "",
        AccountState(account.state), tuple(held), account.password_hash is not None,
    )  # fmt: skip


def facts(account: Account, reader: Actor) -> AccountFacts:
    """Return what the page of an account shows to a reader."""
    reach = reader.reach(Permission.END_GRANTS)
    ours = select(Place.id).where(reach.places())
    query = (
        select(Grant, Place.name, Organization.name, or_(Grant.place_id.in_(ours), in_organizations(reach)))
        .outerjoin(Place, Place.id == Grant.place_id)
        .outerjoin(Organization, Organization.id == Grant.organization_id)
        .where(Grant.account_id == account.id)
        .order_by(Grant.id.desc())
    )
    grants = tuple(
        GrantLine(g.public_id, Role(g.role), place or organization or "", g.given_at, g.ended_at,
                  bool(mine) and g.ended_at is None and account.id != reader.account_id)
        for g, place, organization, mine in db.session.execute(query)
    )  # fmt: skip
    return AccountFacts(
        _line(account, grants_of([account.id]).get(account.id, [])),
        account.created_at,
        db.session.scalar(select(Place.name).where(Place.id == account.community_id)),
        db.session.scalar(select(Person.public_id).where(Person.id == account.person_id)),
        grants,
        why_no_reset(account, reader) is None,
    )


def grants_within(account: Account, actor: Actor, permission: Permission) -> list[Grant]:
    """Return the roles of an account that lie within the reach of a permission."""
    reach = actor.reach(permission)
    ours = select(Place.id).where(reach.places())
    query = select(Grant).where(
        Grant.account_id == account.id, Grant.ended_at.is_(None),
        or_(Grant.place_id.in_(ours), in_organizations(reach)),
    )  # fmt: skip
    return list(db.session.scalars(query))


def why_no_reset(account: Account, by: Actor) -> str | None:
    """Return why somebody may not hand out a slip for a new password, or None where they may.

    Not for oneself, not where one approves what the other begins, and only where all roles of the account lie
    within reach. Source: decisions.md 20.
    """
    if account.id == by.account_id:
        return "not_for_oneself"
    if account.state not in (AccountState.CONFIRMED, AccountState.REQUESTED):
        return "account_is_closed"
    if not by.may(Permission.RESET_PASSWORD):
        return "reset_not_yours"
    target = actor_of(account)
    if approve_each_other(by.permissions, target.permissions):
        return "reset_by_somebody_else"
    return None if len(grants_within(account, by, Permission.RESET_PASSWORD)) == len(target.held) else "reset_not_yours"


def requests(actor: Actor, limit: int = 50) -> list[RequestLine]:
    """Return who waits to be confirmed on sight, oldest first, with likely entries of the register."""
    query = (
        Account.visible_to(actor, Permission.CONFIRM_PEOPLE)
        .where(Account.state == AccountState.REQUESTED)
        .order_by(Account.id)
        .limit(limit)
    )
    found = list(db.session.scalars(query))
    lookups = {account.phone_lookup for account in found}
    taken = set(
        db.session.scalars(
            select(Account.phone_lookup).where(
                Account.phone_lookup.in_(lookups), Account.state == AccountState.CONFIRMED
            )
        )
    )
    likely = _likely(found)
    places = dict(
        db.session.execute(select(Place.id, Place.name).where(Place.id.in_({a.community_id for a in found}))).all()
    )
    return [
        RequestLine(
            a.public_id, a.created_at, a.name, ciphers.mask_phone(a.phone), a.address or "",
            places.get(a.community_id, ""), a.phone_lookup in taken, tuple(likely.get(a.id, [])),
        )
        for a in found
    ]  # fmt: skip


def _likely(found: list[Account]) -> dict[int, list[tuple[str, str]]]:
    """Return for each request the people of its community with the same number or the same name."""
    query: Any = select(Person).where(
        Person.community_id.in_({a.community_id for a in found}), Person.state == "ACTIVE",
        or_(Person.name.in_({a.name for a in found}), Person.phone_lookup.in_({a.phone_lookup for a in found})),
    )  # fmt: skip
    people = list(db.session.scalars(query.limit(500)))
    return {
        a.id: [
            (p.public_id, " ".join(filter(None, (p.name, p.door, ciphers.mask_phone(p.phone)))))
            for p in people
            if p.community_id == a.community_id and (p.name == a.name or p.phone_lookup == a.phone_lookup)
        ]
        for a in found
    }


def appointable(actor: Actor) -> list[Role]:
    """Return the roles that somebody may give."""
    may = frozenset[Role]().union(*(APPOINTS.get(held.role, frozenset()) for held in actor.held))
    return [role for role in Role if role in may]


def seats(actor: Actor) -> list[tuple[str, str]]:
    """Return where somebody may seat others: places by level, then organizations, each with its key."""
    reach = actor.reach(Permission.INVITE_STAFF)
    places = select(Place.public_id, Place.name, Place.kind).where(reach.places(), Place.kind != PlaceKind.COURTYARD)
    found = [(f"p-{key}", name) for key, name, _ in db.session.execute(places.order_by(Place.code))]
    query = select(Organization.public_id, Organization.name).where(organizations_within(reach))
    return found + [(f"o-{key}", name) for key, name in db.session.execute(query.order_by(Organization.name))]


def seat(actor: Actor, key: str) -> dict[str, Any]:
    """Return the place or the organization of a key of seats(), as the verbs take it; NotFound outside the reach."""
    reach = actor.reach(Permission.INVITE_STAFF)
    if key.startswith("o-"):
        within = select(Organization).where(organizations_within(reach))
        return {"organization": Organization.find(key[2:], within)}
    return {"place": Place.find(key[2:], select(Place).where(reach.places()))}


def by_phone(phone: str, community_id: int) -> Account:
    """Return the confirmed account of a number that lives or works in a community.

    Errors: Refused("no_such_account").
    """
    lookup = ciphers.book().lookup_of_typed(phone)
    query = select(Account).where(Account.phone_lookup == lookup, Account.state == AccountState.CONFIRMED)
    account = db.session.scalars(query).one_or_none()
    if account is None or account.community_id not in (community_id, None):
        raise Refused("no_such_account")
    return account


def communities(actor: Actor, permission: Permission) -> list[PlaceLine]:
    """Return the communities within the reach of a permission."""
    query = select(Place.id).where(Place.kind == PlaceKind.COMMUNITY, actor.reach(permission).places())
    return lines(PlaceKind.COMMUNITY, within=list(db.session.scalars(query)))


def home(actor: Actor, permission: Permission) -> Place:
    """Return the community for which somebody works: the first within the reach of a permission, or NotFound."""
    near = communities(actor, permission)
    if not near:
        raise NotFound("community")
    return Place.get(near[0].id)
