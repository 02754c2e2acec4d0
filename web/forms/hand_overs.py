"""Whose open work goes to whom, and why."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from models.hand_overs import Open
from web.forms.base import OnceForm, cleaned, options


class HandOverForm(OnceForm):
    """To whom, and why."""

    giver = HiddenField(filters=[cleaned], validators=[Length(max=10)])
    taker = SelectField(_l("To whom"), validate_choice=False)
    reason = TextAreaField(
        _l("Why"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write why.")), Length(max=300, message=_l("This is too long."))],
    )

    def offering(self, work: Open) -> HandOverForm:
        """Offer the colleagues who could take the work, and return the form."""
        self.giver.data = work.public_id
        self.taker.choices = options(work.takers)
        return self
