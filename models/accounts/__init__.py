"""Who may sign in, and the one table of who may do what, where."""

from models.accounts.actor import STRANGER, Actor, Held, actor_of, grants_of
from models.accounts.kinds import AccountState, Grant
from models.accounts.lists import (
    AccountFacts,
    AccountLine,
    GrantLine,
    RequestLine,
    appointable,
    by_phone,
    communities,
    facts,
    for_the_desk,
    home,
    requests,
    seat,
    seats,
)
from models.accounts.row import Account
from models.permissions import Permission, Role

__all__ = [
    "STRANGER",
    "Account",
    "AccountFacts",
    "AccountLine",
    "AccountState",
    "Actor",
    "Grant",
    "GrantLine",
    "Held",
    "Permission",
    "RequestLine",
    "Role",
    "actor_of",
    "appointable",
    "by_phone",
    "communities",
    "facts",
    "for_the_desk",
    "grants_of",
    "home",
    "requests",
    "seat",
    "seats",
]
