"""A visitor of the town hall: a client whose every page is examined and whose requests stand alone."""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.base import db
from tests.examiner import examine
from tests.watching import watch


def _apart(call: Callable[[], TestResponse]) -> TestResponse:
    """Run a request outside the test's own app context, as a real one would be: g, locale and session are new."""
    context = contextvars.Context()
    for variable, value in contextvars.copy_context().items():
        if not variable.name.startswith("flask."):
            context.run(variable.set, value)
    return context.run(call)


class Visitor(FlaskClient):
    """A client that commits what the test prepared, then examines what came back.

    A test that asks for thousands of answers and looks for one thing in them may say `examines = False`.
    """

    examines = True

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send one request."""
        if has_app_context():
            db.session.commit()
        response = _apart(lambda: super(Visitor, self).open(*args, **kwargs))
        if has_app_context():
            # The request may have changed rows that the test holds.
            db.session.expire_all()
        watch.verdict()
        # A redirect's few words are the library's; no reader sees them.
        if self.examines and response.mimetype == "text/html" and response.data and response.status_code // 100 != 3:
            faults = examine(response.get_data(as_text=True))
            assert not faults, f"{response.request.path} ({response.status_code}):\n- " + "\n- ".join(faults)
        return response


def sign_in(client: FlaskClient, account: Any) -> None:
    """Sign an account in by a session row of its own, without the form and its slow password."""
    from web.doors import sign_in_client

    if has_app_context():
        # The session row is written by another connection, which must find the account and a free database.
        db.session.commit()
    sign_in_client(client, account)
