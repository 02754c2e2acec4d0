"""What is typed to ask for an account."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from models.places import PlaceKind
from models.places import lines as places
from web.forms.base import OnceForm, cleaned, options


class SignUpForm(OnceForm):
    """Name, number, community and a password of one's own."""

    name = StringField(
        _l("Your name"), filters=[cleaned], validators=[InputRequired(_l("Please write your name.")), Length(max=60)]
    )
    phone = StringField(
        _l("Phone number"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write your phone number.")), Length(max=40)],
    )
    community = SelectField(_l("Community"), validators=[InputRequired(_l("Please choose your community."))])
    address = StringField(_l("Courtyard, building and door"), filters=[cleaned], validators=[Length(max=80)])
    password = PasswordField(
        _l("A password of your own"),
        validators=[InputRequired(_l("Please write a password.")), Length(max=1024)],
    )
    agreed = BooleanField(
        _l("I have read how my data is kept, and agree."),
        validators=[InputRequired(_l("Please read it and tick it; without it we may not keep your request."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.community.choices = options((line.public_id, line.name) for line in places(PlaceKind.COMMUNITY))
