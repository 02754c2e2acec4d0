"""What every form has: its key, its token, texts without control characters, and sentences for what is missing."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def clean(text: str | None) -> str:
    """Return a text without control characters, lone surrogates and direction marks; line ends become one kind."""
    return CONTROL.sub("", (text or "").replace("\r\n", "\n").replace("\r", "\n")).strip()


def cleaned(text: Any) -> Any:
    """Clean a field's text; for `filters=[cleaned]`."""
    return clean(text) if isinstance(text, str) else text


def options(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Return what may be chosen, from pairs of a value and its word."""
    return [SelectChoice(str(getattr(value, "value", value)), word) for value, word in pairs]


def new_key() -> str:
    """Return a name for one act, for a form that a page writes itself."""
    return str(uuid.uuid4())


class Form(FlaskForm):  # type: ignore[misc]
    """A form of Linli."""


class OnceForm(Form):
    """A form that may be sent twice and must act once: the phone names the act (architecture.md law 11)."""

    key = HiddenField(default=new_key)


class EditForm(OnceForm):
    """A form that changes a thing which others may change at the same time."""

    version = IntegerField(validators=[Optional()])


class ActForm(OnceForm):
    """A form of one button."""
