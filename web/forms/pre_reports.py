"""What is typed about an activity that is reported beforehand, and what the committee says to it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from web.forms.base import OnceForm, cleaned, options
from web.forms.moments import MomentField, NumberField


class PreReportForm(OnceForm):
    """An activity as it is meant."""

    project = SelectField(_l("Which project does it belong to?"), choices=[])
    title = StringField(
        _l("What is it called?"), filters=[cleaned],
        validators=[InputRequired(_l("Please write a short title.")), Length(max=80)],
    )  # fmt: skip
    content = TextAreaField(
        _l("What will happen, and what to bring"), filters=[cleaned],
        validators=[InputRequired(_l("Please write a few words.")), Length(max=2000)],
    )  # fmt: skip
    place = StringField(
        _l("Where?"), filters=[cleaned], validators=[InputRequired(_l("Please write where.")), Length(max=120)]
    )
    starts = MomentField(_l("Begins"), validators=[InputRequired(_l("Please choose a day and a time."))])
    ends = MomentField(_l("Ends"), validators=[InputRequired(_l("Please choose a day and a time."))])
    safety = TextAreaField(
        _l("How is it kept safe and orderly?"), filters=[cleaned],
        validators=[InputRequired(_l("Please write a few words.")), Length(max=1000)],
    )  # fmt: skip
    expected = NumberField(_l("How many are expected"))
    in_charge = StringField(
        _l("Person in charge"), filters=[cleaned],
        validators=[InputRequired(_l("Please write a name.")), Length(max=60)],
    )  # fmt: skip


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
