"""Who is told of a need: its author, the authors whose needs it took in, and the offices that answer for it."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, bindparam, or_, select

from models.accounts import Account, AccountState, Grant
from models.base import db, now
from models.permissions import Permission, Role
from models.places import Place

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.needs.row import Need


def authors_of(needs: Iterable[Need]) -> dict[str, Any]:
    """Return whom to tell: the account where there is one, else the person, who will be phoned."""
    accounts, people = set(), set()
    for need in needs:
        if need.author_account_id is not None:
            accounts.add(need.author_account_id)
        elif need.author_person_id is not None:
            people.add(need.author_person_id)
    return {"accounts": accounts, "people": people}


def taken_in(need: Need) -> list[Need]:
    """Return the needs that were merged into this one."""
    return list(db.session.scalars(_taken_in(type(need)), {"into": need.id}))  # type: ignore[arg-type]


@functools.cache
def _taken_in(kind: Any) -> Select[Any]:
    return select(kind).where(kind.merged_into_id == bindparam("into")).order_by(kind.id)


def staff_of(community_id: int, *roles: Role) -> set[int]:
    """Return the accounts that hold one of the roles in a community, or in the street it lies in."""
    community = Place.get(community_id)
    query = (
        select(Grant.account_id)
        .join(Account, Account.id == Grant.account_id)
        .where(
            Grant.role.in_(roles),
            Grant.place_id.in_([community.id, community.street_id]),
            or_(Grant.ended_at.is_(None), Grant.ended_at > now()),
            Account.state == AccountState.CONFIRMED,
        )
    )
    return set(db.session.scalars(query))


def heads(by: Actor, need: Need) -> bool:
    """Tell whether somebody is the head of the need's community."""
    return need.community_id in by.reach(Permission.HEAR_OBJECTION).community_ids
