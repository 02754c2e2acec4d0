"""What is typed about certificates: a period, whose, a number with its check code, and why one is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Self

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from models.base import SHANGHAI, today
from web.forms.base import Form, OnceForm, cleaned
from web.forms.moments import DayField

_DAY = [InputRequired(_l("Please choose a day."))]


def _day(field: DayField) -> date:
    return field.when.astimezone(SHANGHAI).date()


class PeriodForm(OnceForm):
    """From which day to which; this year until today where nothing was chosen."""

    first = DayField(_l("From (day)"), validators=_DAY)
    last = DayField(_l("Until (day)"), validators=_DAY)

    @classmethod
    def asked(cls, values: Mapping[str, str]) -> Self:
        """Return the form as an address asks for it: this year until today where it names no day."""
        return cls(MultiDict({**this_year(), **values}), meta={"csrf": False})

    @property
    def span(self) -> tuple[date, date]:
        """Return both days of a form that was validated."""
        return _day(self.first), _day(self.last)


def this_year() -> dict[str, str]:
    """Return the period that is offered: this year until today."""
    return {"first": f"{today():%Y}-01-01", "last": today().isoformat()}


class AskForm(PeriodForm):
    """Which community is asked for which period."""

    community = SelectField(_l("Community"), validators=[InputRequired(_l("Please choose a community."))])


class IssueForm(PeriodForm):
    """Whose time is proved, and for which request."""

    community = HiddenField(filters=[cleaned], validators=[Length(max=10)])
    person = HiddenField(filters=[cleaned], validators=[Length(max=10)])
    request_id = HiddenField(filters=[cleaned], validators=[Length(max=10)])


class VerifyForm(Form):
    """The two things that stand on every page of a certificate."""

    class Meta(Form.Meta):
        """A form that only asks: no token is needed, and addresses can be kept."""

        csrf = False

    number = StringField(
        _l("Number of the certificate"), filters=[cleaned],
        validators=[InputRequired(_l("Please fill this in.")), Length(max=40)],
    )  # fmt: skip
    code = StringField(
        _l("Check code"), filters=[cleaned], validators=[InputRequired(_l("Please fill this in.")), Length(max=20)]
    )


class WhyForm(OnceForm):
    """Why a certificate is taken back, or none is issued."""

    reason = TextAreaField(
        _l("Why?"), filters=[cleaned], validators=[InputRequired(_l("Please say why.")), Length(max=400)]
    )
