"""What is handed in about those who came: ticks, names, a file, a photo of the sheet."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from web.forms.base import ActForm, OnceForm, cleaned, options
from web.forms.moments import MomentField, PhoneTimeField, TicksField


class ListForm(OnceForm):
    """The list of a day, in any of its ways."""

    people = TicksField(_l("Tick who came"), choices=[])
    names = TextAreaField(
        _l("Or paste the names: one a line, with the building if the sheet tells it"),
        filters=[cleaned],
        validators=[Length(max=20000)],
    )
    file = FileField(_l("Or a spreadsheet (.xlsx, .csv) with a column of names"))
    sheet = FileField(_l("Photo of the paper sheet; sealed, for auditors only"))
    part = RadioField(
        _l("Who are they?"),
        choices=options([("SERVED", _l("Was served")), ("VOLUNTEER", _l("Helped as a volunteer"))]),
        default="SERVED",
    )


class MatchForm(OnceForm):
    """Who is meant."""

    person = StringField(
        _l("Who is meant?"), validators=[InputRequired(_l("Please choose who is meant.")), Length(max=10)]
    )


class DisputeForm(OnceForm):
    """Why somebody says: I was not there; or what the committee found."""

    reason = StringField(
        _l("In a few words"), filters=[cleaned], validators=[InputRequired(_l("Please say why.")), Length(max=400)]
    )


class CorrectionForm(OnceForm):
    """When it really was, and why the line is wrong; without a time the line is struck."""

    at = MomentField(_l("When it really was"), validators=[Optional()])
    reason = StringField(
        _l("Why is the line wrong?"), filters=[cleaned],
        validators=[InputRequired(_l("Please say why.")), Length(max=400)],
    )  # fmt: skip


class TickForm(ActForm):
    """Who came or left; from a phone without a network also when."""

    done_at = PhoneTimeField()
