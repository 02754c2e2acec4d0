"""What an auditor looks for."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length, Optional

from models import sheets
from web import sentences
from web.forms.base import Form, cleaned


class FilterForm(Form):
    """A kind of deed and a stretch of days."""

    class Meta:
        """A search changes nothing and needs no token."""

        csrf = False

    verb = StringField(_l("What they did"), filters=[cleaned], validators=[Optional(), Length(max=60)])
    since = StringField(_l("From day"), filters=[cleaned], validators=[Optional(), Length(max=20)])
    until = StringField(_l("To day"), filters=[cleaned], validators=[Optional(), Length(max=20)])

    @staticmethod
    def _day(field: Any) -> date | None:
        return sheets.parse_day(field.data) if field.data else None

    def values(self) -> dict[str, Any]:
        """Return what the readers take; what is not understood filters nothing."""
        self.validate()
        return {
            "verb": "" if self.verb.errors else self.verb.data or "",
            "since": self._day(self.since), "until": self._day(self.until),
        }  # fmt: skip


class LookForm(FilterForm):
    """A kind of look, by its word, and a stretch of days."""

    verb = SelectField(
        _l("What they did"),
        validators=[Optional()],
        choices=lambda: [("", _l("Everything")), *sentences.LABELS["Look"].items()],
    )
