"""What is typed on and for slips."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from web.forms.accounts import SeatForm
from web.forms.base import Form, cleaned


class InviteForm(SeatForm):
    """Who begins to work here, as what and where."""

    name = StringField(
        _l("Name"), filters=[cleaned], validators=[InputRequired(_l("Please write a name.")), Length(max=60)]
    )
    phone = StringField(
        _l("Phone number"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write a phone number.")), Length(max=40)],
    )


class SlipForm(Form):
    """The code of a slip and the password that its holder chooses."""

    code = StringField(
        _l("Code on the slip"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write the code of the slip.")), Length(max=40)],
    )
    password = PasswordField(
        _l("Password"), validators=[InputRequired(_l("Please write a password.")), Length(max=1024)]
    )
