"""The doors: every counter says who may come in, and refusals come in one order."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from flask import Flask, abort, current_app, flash, g, redirect, request, session, url_for
from flask.testing import FlaskClient
from flask_wtf.csrf import validate_csrf
from werkzeug.wrappers import Response as WsgiResponse
from wtforms import ValidationError

from models import doorkeeping
from models.accounts import Account
from models.base import db
from models.doorkeeping import Device
from models.permissions import Permission
from web import sentences

View = Callable[..., Any]
OPEN = "everyone"


def wants_fragment() -> bool:
    """Tell whether htmx or the outbox asks: they get a status, never a login page in a table cell."""
    return request.headers.get("HX-Request") == "true" or "X-Linli-Replay" in request.headers


def _turned_away() -> WsgiResponse:
    here = request.full_path.rstrip("?") if request.method == "GET" else "/"
    login = url_for("sign_in.new", next=here)
    if wants_fragment():
        answer = WsgiResponse(status=401)
        answer.headers["HX-Redirect"] = login
        return answer
    return redirect(login)


def open_to(permission: Permission) -> Callable[[View], View]:
    """Let in whoever holds the permission somewhere: not signed in 302 (401 for a fragment), no permission 403."""

    def hang(view: View) -> View:
        @functools.wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not g.visitor.signed_in:
                return _turned_away()
            if not g.visitor.may(permission):
                g.refused_at = permission
                abort(403)
            return view(*args, **kwargs)

        guarded.door = permission  # type: ignore[attr-defined]
        return guarded

    return hang


def open_to_everyone(view: View) -> View:
    """Let everybody in; what is shown is still cut to the reader's reach."""
    view.door = OPEN  # type: ignore[attr-defined]
    return view


def check_every_door(app: Flask) -> None:
    """Refuse to open a house with a counter that nobody guards. Errors: RuntimeError that names it."""
    bare = [name for name, view in app.view_functions.items() if not hasattr(view, "door") and name != "static"]
    if bare:
        raise RuntimeError(f"these counters wear no door, say @open_to(…) or @open_to_everyone: {', '.join(bare)}")


def check_token() -> None:
    """Note for a writing request whether it comes from our own page; nothing is committed otherwise.

    An ordinary form is shown again, filled in, with a fresh token (decision 19); a request that another
    site sent is refused at once.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    if request.headers.get("Sec-Fetch-Site") == "cross-site" or _foreign(request.headers.get("Origin")):
        abort(400)
    if not _tokens_checked():
        g.csrf_valid = True
        return
    try:
        validate_csrf(request.form.get("csrf_token") or request.headers.get("X-CSRFToken"))
        g.csrf_valid = True
    except ValidationError:
        g.csrf_valid = False


def _tokens_checked() -> bool:
    """Tell whether tokens are checked: always, outside the tests of other things."""
    return bool(current_app.config.get("WTF_CSRF_ENABLED", True))


def _foreign(origin: str | None) -> bool:
    return bool(origin) and origin != "null" and origin.split("://")[-1] != request.host  # type: ignore[union-attr]


def forget_reader() -> None:
    """Empty the cookie but for the browser's random id: under it forms of somebody without an account may wait here."""
    browser = session.get("aid")
    session.clear()
    if browser:
        session.update(aid=browser)
        session.permanent = True


def sign_in(account: Account) -> None:
    """Begin a session of its own: nothing of the cookie before it is carried over but the browser's random id.

    What the owner must hear at the next sign-in is said once: that somebody used a slip for a new password.
    """
    token = doorkeeping.begin(account, _device())
    forget_reader()
    session["sid"] = token
    session.permanent = True
    if account.tell_at_sign_in is not None:
        flash(sentences.news(account.tell_at_sign_in, {"at": ""}), "warning")
        account.tell_at_sign_in = None


def _device() -> Device:
    said = request.user_agent.string
    known = (("MicroMessenger", Device.WECHAT), ("iPhone", Device.IPHONE), ("iPad", Device.IPHONE),
             ("Android", Device.ANDROID), ("Windows", Device.WINDOWS), ("Macintosh", Device.MAC))  # fmt: skip
    return next((device for word, device in known if word in said), Device.OTHER)


def sign_in_client(client: FlaskClient, account: Account) -> None:
    """Sign a test client in by a session row, without the form and its slow password."""
    with client.application.app_context():
        token = doorkeeping.begin(db.session.get(Account, account.id) or account)
        db.session.commit()
    with client.session_transaction() as cookie:
        cookie["sid"] = token
