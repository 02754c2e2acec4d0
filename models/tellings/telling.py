"""Telling people and accounts of a thing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select

from models.accounts import Account, AccountState
from models.base import db
from models.events import subject_of
from models.tellings.following import Follow
from models.tellings.row import Telling, TellingState


def tell(
    about: Any,
    sentence: str,
    *,
    people: Iterable[int] = (),
    accounts: Iterable[int] = (),
    community_id: int | None,
    followers: bool = True,
    reached: Mapping[int, set[int]] | None = None,
    **values: Any,
) -> None:
    """Tell people and accounts; a person without an account goes on the to-notify list.

    Followers hear of it too, unless it is a word among those who work here. Who tells many hands in `accounts_of` once.
    It writes no event: it is a part of the verb that has something to tell.
    """
    kind, subject_id = subject_of(about)
    account_ids, people_ids = set(accounts), set(people)
    if followers:
        query = select(Follow.account_id).where(Follow.kind == kind, Follow.subject_id == subject_id)
        account_ids |= set(db.session.scalars(query))
    if people_ids:
        reached = accounts_of(people_ids) if reached is None else reached
        account_ids = account_ids.union(*(reached.get(person_id, ()) for person_id in people_ids))
        people_ids -= reached.keys()
    common = {
        "kind": kind, "subject_id": subject_id, "sentence": sentence, "values": values, "community_id": community_id,
    }  # fmt: skip
    for account_id in sorted(account_ids):
        db.session.add(Telling(account_id=account_id, state=TellingState.IN_APP, **common))
    for person_id in sorted(people_ids):
        db.session.add(Telling(person_id=person_id, state=TellingState.TO_PHONE, **common))


def accounts_of(people: Collection[int]) -> dict[int, set[int]]:
    """Return the accounts in which persons read their news; a person without one is missing."""
    query = select(Account.person_id, Account.id).where(
        Account.person_id.in_(people),
        Account.state.in_([AccountState.CONFIRMED, AccountState.REQUESTED]),
        Account.password_hash.is_not(None),
    )
    found: dict[int, set[int]] = {}
    for person_id, account_id in db.session.execute(query):
        found.setdefault(person_id or 0, set()).add(account_id)
    return found
