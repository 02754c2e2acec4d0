"""Certificates found by what stands on their paper; whoever guesses waits."""

from __future__ import annotations

from collections.abc import Callable

from models.base import NotFound
from models.certificates import Certificate, PublicFace, public_face, verified
from web import throttle

WRONG, WRONG_MOST = "certificate", 20


def _slowed(find: Callable[[], Certificate]) -> PublicFace:
    """Find a certificate; an address that guesses is sent away for a while. Source: domain/abuse.md F23."""
    throttle.check(WRONG, most=WRONG_MOST)
    try:
        return public_face(find())
    except NotFound:
        throttle.count(WRONG)
        raise


def scanned(public_id: str) -> PublicFace:
    """Return how the certificate stands whose square was scanned. Errors: NotFound; 429 for an address that guesses."""
    return _slowed(lambda: Certificate.find(public_id))


def typed(number: str, code: str) -> PublicFace | None:
    """Return how the certificate stands that bears a number and a check code; None where no paper bears both."""
    try:
        return _slowed(lambda: verified(number, code))
    except NotFound:
        return None
