"""What every form has: its key, its token, texts without control characters, and sentences for what is missing."""

from __future__ import annotations

import functools
import re
import uuid
from collections.abc import Iterable
from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.csrf import _FlaskFormCSRF
from wtforms import HiddenField, IntegerField
from wtforms.fields.choices import SelectChoice, SelectFieldBase
from wtforms.i18n import get_translations
from wtforms.validators import Optional, ValidationError

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


# What is said of a form that came without our own token.
OPEN_TOO_LONG = _l("The page had been open for long. Please press once more.")
_OFFERED = _l("Please choose one of the answers that are offered here.")
_NUMBER, _LENGTH = _l("Please write a whole number."), _l("Please keep to %(max)d characters.")
_DAY = _l("This is not a day. Please write it like 2026-03-01.")
# What the fields themselves would say of a form that no page of the house has sent, or that grew old meanwhile.
OWN_WORDS = {
    "Invalid Choice: could not coerce.": _OFFERED,
    "Invalid choice(s): one or more data inputs could not be coerced.": _OFFERED,
    "Not a valid choice.": _OFFERED,
    "'%(value)s' is not a valid choice for this field.": _OFFERED,
    "Not a valid integer value.": _NUMBER,
    "Not a valid date value.": _DAY,
    "This field is required.": _l("Please fill this in."),
    "Field cannot be longer than %(max)d character.": _LENGTH,
    "Invalid input.": _l("This cannot be read. Please load the page again."),
}


@functools.cache
def _words_of(locale: str) -> Any:
    """Return what the fields say in a language; their catalog is read once."""
    return get_translations([locale])


class Sentences:
    """The words of the fields, in the house's own sentences where it has one."""

    def gettext(self, string: str) -> str:
        """Return one sentence."""
        return str(OWN_WORDS[string] if string in OWN_WORDS else _words_of(str(get_locale())).gettext(string))

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return a sentence that speaks of a number."""
        known = one in OWN_WORDS
        return str(OWN_WORDS[one] if known else _words_of(str(get_locale())).ngettext(one, many, number))


class FormToken(_FlaskFormCSRF):  # type: ignore[misc]
    """The token of a form; where it is not ours any more the reader is told what to do, not what a token is."""

    def validate_csrf_token(self, form: Any, field: Any) -> None:
        """Refuse a form without our own token."""
        try:
            super().validate_csrf_token(form, field)
        except ValidationError as old:
            raise ValidationError(str(OPEN_TOO_LONG)) from old


class Form(FlaskForm):  # type: ignore[misc]
    """A form of Linli."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """How every form speaks."""

        csrf_class = FormToken

        def get_translations(self, form: Any) -> Sentences:
            """Return the house's words."""
            return Sentences()

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at what was sent; a choice of which nothing is left, spaces alone, is no choice."""
        for field in self:
            if isinstance(field, SelectFieldBase) and isinstance(field.data, str) and not clean(field.data):
                field.data = ""
        return bool(super().validate(extra_validators))


class OnceForm(Form):
    """A form that may be sent twice and must act once: the phone names the act (architecture.md law 11)."""

    key = HiddenField(default=new_key)


class EditForm(OnceForm):
    """A form that changes a thing which others may change at the same time."""

    version = IntegerField(validators=[Optional()])


class ActForm(OnceForm):
    """A form of one button."""
