"""What is typed in the time bank: a help, minutes to give, a reward."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from models.base import SHANGHAI
from web.forms.base import OnceForm, cleaned
from web.forms.moments import DayField, NumberField

_NUMBER = [InputRequired(_l("Please write a whole number."))]
_CHOICE = [InputRequired(_l("Please choose somebody."))]


class ClaimForm(OnceForm):
    """Whom one helped, when, for how long."""

    helped = SelectField(_l("Whom did you help?"), validators=_CHOICE)
    what = StringField(
        _l("With what?"), filters=[cleaned],
        validators=[InputRequired(_l("Please write a few words.")), Length(max=80)],
    )  # fmt: skip
    on = DayField(_l("When"), validators=[InputRequired(_l("Please choose a day."))])
    minutes = NumberField(_l("How many minutes?"), validators=_NUMBER)

    @property
    def day(self) -> date:
        """Return the day as the calendar here has it."""
        return self.on.when.astimezone(SHANGHAI).date()


class MinutesForm(OnceForm):
    """How many minutes."""

    minutes = NumberField(_l("How many minutes?"), validators=_NUMBER)


class GrantForm(MinutesForm):
    """Whom the pool helps, and with how much."""

    member = SelectField(_l("Member"), validators=_CHOICE)


class RewardForm(OnceForm):
    """What the desk offers."""

    title = StringField(
        _l("What is it?"), filters=[cleaned], validators=[InputRequired(_l("Please fill this in.")), Length(max=40)]
    )
    minutes = NumberField(_l("For how many minutes?"), validators=_NUMBER)
    stock = NumberField(_l("How many are there?"), validators=_NUMBER)


class StockForm(OnceForm):
    """How many are left."""

    stock = NumberField(_l("How many are there?"), validators=_NUMBER)


class ReserveForm(OnceForm):
    """Which reward."""

    reward = HiddenField(filters=[cleaned], validators=[InputRequired(), Length(max=10)])
