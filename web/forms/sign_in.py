"""What is typed at the sign-in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from web.forms.base import Form, cleaned


class SignInForm(Form):
    """Phone number and password."""

    phone = StringField(
        _l("Phone number"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write your phone number.")), Length(max=40)],
    )
    password = PasswordField(
        _l("Password"), validators=[InputRequired(_l("Please write your password.")), Length(max=1024)]
    )
    next = HiddenField()
