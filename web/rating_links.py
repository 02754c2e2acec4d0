"""The one link that opens a rating: signed for this purpose alone, keyed on what it names and not on its letters."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import segno
from flask import Response, after_this_request, current_app, g, request, url_for
from itsdangerous import BadData, URLSafeSerializer

from models import doorkeeping
from models.base import NotFound
from models.ratings import AtPoster, RatingInvitation
from models.service_log import ServiceLog
from web import throttle

PURPOSE = "linli.rating-invitation"
LONGEST = 120
WRONG, WRONG_MOST = "rating-wrong", 20
CODE, CODE_MOST = "rating-code", 20
NAME, NAME_MOST = "rating-name", 10
NAMES, NAMES_MOST = "rating-poster", 300


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=PURPOSE)


def seal(public_id: str) -> str:
    """Return the token of an invitation; only a rating opens with it."""
    return str(_signer().dumps(public_id))


def address(public_id: str) -> str:
    """Return the whole address of an invitation, as a slip carries it."""
    return url_for("ratings.new", token=seal(public_id), _external=True)


def code_of(url: str) -> str:
    """Return an address as a picture to scan."""
    return str(segno.make(url, error="m").svg_data_uri(border=2))


def opened(token: str) -> RatingInvitation:
    """Return the invitation of a token; a text that was altered anywhere, even to one that verifies, is not found.

    Only what is wrong is counted and sent away: a signature that verifies is no guess, and a whole community's phones
    may stand behind one address. Errors: NotFound; 429 for an address that tries many. Source: reliability.md 2, 47, 48, 51.
    """
    try:
        named = _signer().loads(token[:LONGEST])
    except BadData:
        named = None
    if isinstance(named, str) and seal(named) == token:
        return RatingInvitation.find(named)
    throttle.slow_down(WRONG, most=WRONG_MOST)
    raise NotFound("RatingInvitation")


def check_guesses(log: ServiceLog, who: AtPoster) -> None:
    """Slow down who guesses at a poster, and nobody beside them behind the same address.

    The code of a strip of this service is no guess; wrong ones are counted. Digits can be guessed: each name is counted
    for itself, alike whether it is known or not, so that the door that closes tells nothing.
    Errors: 429. Source: reliability.md 2, 47.
    """
    if not who.code:
        throttle.slow_down(NAME, most=NAME_MOST, about=f"|{log.public_id}|{who.name.strip()}")
        throttle.slow_down(NAMES, most=NAMES_MOST)
    elif RatingInvitation.by_code(log, who.code) is None:
        throttle.slow_down(CODE, most=CODE_MOST)


def keep_private() -> None:
    """Keep a page with a token to its reader: not stored, not indexed, not packed, never told to the next site."""
    g.unpacked = True

    @after_this_request
    def _mark(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response


def by_token(view: Callable[..., Any]) -> Callable[..., Any]:
    """Open the invitation that the address names, and let forms be keyed by it, not by who is signed in."""

    @functools.wraps(view)
    def inside(token: str) -> Any:
        keep_private()
        g.invitation = opened(token)
        g.author = f"invitation:{g.invitation.id}"
        return view(token)

    return inside


def origin() -> str:
    """Return a digest of address, secret and week: bursts can be seen by it, nobody can be found by it."""
    week = throttle.this_week()
    return doorkeeping.knock_subject("|".join([str(current_app.secret_key), request.remote_addr or "", week]))[:16]
