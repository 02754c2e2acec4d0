"""What the outbox of a phone is told: the receipt for a key, or a No in our own format; nothing else counts as either."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Response, abort, g, jsonify, request
from wtforms import Form

from models.base import now

# A phone's clock that is further away is not believed (reliability.md 74).
CLOCK_MAY_BE_OFF = timedelta(hours=1)


def replayed() -> bool:
    """Tell whether the outbox of a phone asks, which reads no pages."""
    return "X-Linli-Replay" in request.headers


def receipt(key: str | None, location: str) -> Response:
    """Answer that a form arrived; without a key that acts once there is nothing to give a receipt for."""
    answer = jsonify({"receipt": key, "location": location})
    if key:
        answer.headers["X-Linli-Receipt"] = key
    return answer


def kept_there(status: int, sentence: str) -> Response:
    """Answer that a form was not taken, with the sentence why; it stays on the phone until its writer mends it.

    A form whose token was not ours says nothing of the form: it is simply sent again (400).
    """
    if status == 422 and not g.get("csrf_valid", True):
        abort(400)
    answer = jsonify({"receipt": None, "key": request.form.get("key", ""), "sentence": sentence})
    answer.status_code = status
    return answer


def faults_of(values: Mapping[str, Any]) -> str:
    """Return what a page's form would say beside its fields, in one sentence after the other."""
    forms = [one for one in values.values() if isinstance(one, Form)]
    return " ".join(
        f"{field.label.text}: {' '.join(str(text) for text in field.errors)}"
        for form in forms
        for field in form
        if field.errors
    )


def clock_is_off() -> bool:
    """Tell whether the phone's clock, as it stood when the form was sent, is wrong by more than an hour."""
    said = request.headers.get("X-Linli-Clock", "")
    if not said.isascii() or not said.isdigit() or len(said) > 15:
        return False
    try:
        there = datetime.fromtimestamp(int(said) / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return True
    return abs(there - now()) > CLOCK_MAY_BE_OFF
