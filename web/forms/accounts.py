"""What is typed about accounts: roles and seats, a new password, and the password once more."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from models.accounts import appointable, seats
from web import sentences
from web.forms.base import ActForm, Form, OnceForm, cleaned, options


class ConfirmForm(OnceForm):
    """Which entry of the register the person is; none means a new one."""

    person = StringField(validators=[Length(max=10)])


class SeatForm(OnceForm):
    """A role and where it is held."""

    role = SelectField(_l("Role"), validators=[InputRequired(_l("Please choose a role."))])
    seat = SelectField(_l("Where"), validators=[InputRequired(_l("Please choose a place or an organization."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actor = g.visitor.actor
        self.role.choices = options((role, sentences.label(role)) for role in appointable(actor))
        self.seat.choices = options(seats(actor))


class TransferForm(OnceForm):
    """Where a role moves to."""

    seat = SelectField(_l("Where to"), validators=[InputRequired(_l("Please choose a place or an organization."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seat.choices = options(seats(g.visitor.actor))


class PasswordForm(Form):
    """The present password and a new one."""

    old = PasswordField(
        _l("Present password"), validators=[InputRequired(_l("Please write your password.")), Length(max=1024)]
    )
    new = PasswordField(
        _l("New password"), validators=[InputRequired(_l("Please write a password.")), Length(max=1024)]
    )


class SearchForm(Form):
    """Words to look for."""

    q = StringField(_l("Name, or a whole phone number"), filters=[cleaned], validators=[Length(max=60)])


__all__ = ["ActForm", "ConfirmForm", "PasswordForm", "SearchForm", "SeatForm", "TransferForm"]
