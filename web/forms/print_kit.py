"""What is typed for a sheet of paper; nothing of it is kept."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length

from models.print_kit import MOST_BLANK, SHORTEST
from web.forms.base import Form, cleaned
from web.forms.moments import MomentField, NumberField


class MeetingForm(Form):
    """A meeting for which a sheet is wanted."""

    class Meta:
        """A question needs no token."""

        csrf = False

    what = StringField(_l("Which meeting?"), filters=[cleaned], validators=[Length(max=80)])
    place = StringField(_l("Where?"), filters=[cleaned], validators=[Length(max=80)])
    at = MomentField(_l("When?"))
    rows = NumberField(_l("How many lines"))

    @property
    def lines(self) -> int:
        """Return how many lines the sheet has: a page of them where nothing was said."""
        return min(self.rows.number or SHORTEST, MOST_BLANK)
