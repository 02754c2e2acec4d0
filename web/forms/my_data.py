"""What is pressed about one's own data: buttons only."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import InputRequired

from web.forms.base import ActForm


class EraseForm(ActForm):
    """The tick before the last button."""

    sure = BooleanField(
        _l("Yes, erase my name, my number and everything I wrote. This cannot be undone."),
        validators=[InputRequired(_l("Please tick it if you are sure."))],
    )
