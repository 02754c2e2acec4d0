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


def sent_later() -> bool:
    """Tell whether the form comes from a phone on which it waited: nobody stands there who could answer a question."""
    return request.headers.get("X-Linli-Replay") == "later"


def done_at(claim: datetime | None) -> datetime | None:
    """Return when a form that waited was filled in: the phone's claim, put right by how its clock stands to ours.

    None where it came at once, or where the phone does not say what its clock shows now; it never lies in the future.
    """
    there = _clock_there()
    if claim is None or there is None or not sent_later():
        return None
    return min(now(), claim + (now() - there))


def receipt(key: str | None, location: str) -> Response:
    """Answer that a form arrived; without a key that acts once there is nothing to give a receipt for."""
    answer = jsonify({"receipt": key, "location": location})
    if key:
        answer.headers["X-Linli-Receipt"] = key
    return answer


def kept_there(status: int, sentence: str, *, ask: bool = False) -> Response:
    """Answer that a form was not taken, with the sentence why; it stays on the phone until its writer mends it.

    A form whose token was not ours says nothing of the form: it is simply sent again (400). With `ask` it is no fault
    but a question, which the browser reads as a page.
    """
    if status == 422 and not g.get("csrf_valid", True):
        abort(400)
    answer = jsonify({"receipt": None, "key": request.form.get("key", ""), "sentence": sentence, "ask": ask})
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
    there = _clock_there()
    return there is not None and abs(there - now()) > CLOCK_MAY_BE_OFF


def _clock_there() -> datetime | None:
    """Return what the phone's clock showed when it sent the form; a number past all calendars is the year one."""
    said = request.headers.get("X-Linli-Clock", "")
    if not (said.isascii() and said.isdigit() and len(said) <= 18):
        return None
    try:
        return datetime.fromtimestamp(int(said) / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return datetime(1, 1, 1, tzinfo=UTC)
