"""Who tries too often at an open counter waits a while; counted in the database, for all processes alike."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from flask import abort, g, request

from models import doorkeeping
from models.base import Refused, db
from models.ratings import monday
from web.doors import View


def _place(about: str = "") -> str:
    return doorkeeping.knock_subject("address:" + (request.remote_addr or "") + about)


def check(door: str, *, most: int, about: str = "") -> None:
    """Send an address away that knocked so often within five minutes: 429 with Retry-After.

    With `about` it is that one thing alone for which the address waits.
    """
    try:
        doorkeeping.check_knocks(door, _place(about), most=most)
    except Refused:
        abort(429)


def count(door: str, *, about: str = "") -> None:
    """Count one try of this address, in a transaction of its own: it stays when the request is refused."""
    db.session.rollback()
    with doorkeeping.own_transaction():
        doorkeeping.knocked(door, _place(about))


def slow_down(door: str, *, most: int, about: str = "") -> None:
    """Check and count."""
    check(door, most=most, about=about)
    count(door, about=about)


def wrong_counts(door: str, key: str, *, most: int = 10, most_an_address: int = 60) -> Callable[[View], View]:
    """Count refusals of one kind, such as a wrong code, per account and per address; too many close the door (429).

    An address has more tries than an account: a whole hall may stand behind one. Source: reliability.md 1, 2.
    """

    def hang(view: View) -> View:
        @functools.wraps(view)
        def counted(*args: Any, **kwargs: Any) -> Any:
            who = doorkeeping.knock_subject(f"account:{g.visitor.actor.account_id}")
            doorkeeping.check_knocks(door, who, most=most)
            doorkeeping.check_knocks(door, _place(), most=most_an_address)
            try:
                return view(*args, **kwargs)
            except Refused as no:
                if no.key == key:
                    db.session.rollback()
                    with doorkeeping.own_transaction():
                        doorkeeping.knocked(door, who, _place())
                raise

        return counted

    return hang


def this_week() -> str:
    """Return the Monday of this week, with which digests change."""
    return monday().isoformat()
