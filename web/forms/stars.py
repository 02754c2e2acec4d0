"""What is typed about stars: whether the name may be read in full, and why one is not given."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from web.forms.base import OnceForm, cleaned


class ApplyForm(OnceForm):
    """The one thing that a volunteer says besides applying."""

    full_name = BooleanField(_l("My full name may stand on the public notice"))


class DeclineForm(OnceForm):
    """Why not."""

    reason = StringField(
        _l("Reason"), filters=[cleaned], validators=[InputRequired(_l("Please say why.")), Length(max=400)]
    )
