"""What is typed about an activity that is reported beforehand, and what the committee says to it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from web.forms.activities import OccasionForm
from web.forms.base import OnceForm, cleaned, options
from web.forms.moments import NumberField


class PreReportForm(OccasionForm):
    """An activity as it is meant."""

    project = SelectField(_l("Which project does it belong to?"), choices=[])
    safety = TextAreaField(
        _l("How is it kept safe and orderly?"), filters=[cleaned],
        validators=[InputRequired(_l("Please write a few words.")), Length(max=1000)],
    )  # fmt: skip
    expected = NumberField(_l("How many are expected"))


class VerdictForm(OnceForm):
    """What the committee says to it."""

    verdict = RadioField(
        _l("What do you say to it?"),
        choices=options([("NOTE", _l("Noted")), ("ASK", _l("Ask something")), ("REFUSE", _l("Refuse it"))]),
        validators=[InputRequired(_l("Please choose one."))],
    )
    words = TextAreaField(_l("Your question or reason"), filters=[cleaned], validators=[Length(max=1000)])


class ReplyForm(OnceForm):
    """The organization's answer."""

    words = TextAreaField(
        _l("Your answer"), filters=[cleaned],
        validators=[InputRequired(_l("Please write a few words.")), Length(max=1000)],
    )  # fmt: skip
