"""Who tries too often at an open counter waits a while; counted in the database, for all processes alike."""

from __future__ import annotations

from flask import abort, request

from models import doorkeeping
from models.base import Refused, db
from models.ratings import monday


def _place() -> str:
    return doorkeeping.knock_subject("address:" + (request.remote_addr or ""))


def check(door: str, *, most: int) -> None:
    """Send an address away that knocked so often within five minutes: 429 with Retry-After."""
    try:
        doorkeeping.check_knocks(door, _place(), most=most)
    except Refused:
        abort(429)


def count(door: str) -> None:
    """Count one try of this address, in a transaction of its own: it stays when the request is refused."""
    db.session.rollback()
    with doorkeeping.own_transaction():
        doorkeeping.knocked(door, _place())


def slow_down(door: str, *, most: int) -> None:
    """Check and count."""
    check(door, most=most)
    count(door)


def this_week() -> str:
    """Return the Monday of this week, with which digests change."""
    return monday().isoformat()
