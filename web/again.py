"""The password once more: before roles are given, and before unmasked data leaves the house."""

from __future__ import annotations

import functools
from typing import Any

from flask import g, request

from web import passwords, respond
from web.doors import View


def password_again(view: View) -> View:
    """Ask for the password once more where it was not typed within ten minutes; what was filled in is kept.

    For posts that give roles or let unmasked data out. Source: reliability.md 11.
    """

    @functools.wraps(view)
    def asked(*args: Any, **kwargs: Any) -> Any:
        if request.method != "POST" or g.visitor.confirmed_lately or not g.get("csrf_valid", False):
            return view(*args, **kwargs)
        typed = request.form.get("password_again")
        if typed is not None and passwords.matches_again(g.account, typed, g.visitor.session_id):
            return view(*args, **kwargs)
        if typed is not None:
            respond.commit()
        kept = [(k, v) for k, v in request.form.items(multi=True) if k not in ("csrf_token", "password_again")]
        return respond.page("sign_in/again.html", 422, kept=kept, wrong=typed is not None)

    return asked
