"""What is typed about volunteers' time."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from web.forms.base import OnceForm, cleaned
from web.forms.moments import MomentField, NumberField


class ProposalForm(OnceForm):
    """The end, where nobody checked out, the break, and a reason where it is late."""

    ended = MomentField(_l("Ended (only where it was otherwise)"))
    break_minutes = NumberField(_l("Break in minutes"))
    late_reason = StringField(_l("Why is it recorded only now?"), filters=[cleaned], validators=[Length(max=400)])


class ApproveForm(OnceForm):
    """A reason, where a day was long."""

    reason = StringField(_l("Reason"), filters=[cleaned], validators=[Length(max=400)])


class ApproveAllForm(OnceForm):
    """The records that were ticked."""

    records = SelectMultipleField(_l("Records"), validate_choice=False)


class ProposeAllForm(OnceForm):
    """Those who were there, and a reason where it is late."""

    there = SelectMultipleField(_l("Volunteers"), validate_choice=False)
    late_reason = StringField(_l("Why is it recorded only now?"), filters=[cleaned], validators=[Length(max=400)])


class TurnDownForm(OnceForm):
    """Why not."""

    reason = StringField(
        _l("Reason"), filters=[cleaned], validators=[InputRequired(_l("Please say why.")), Length(max=400)]
    )


class CorrectionForm(OnceForm):
    """What is wrong with a record."""

    text = TextAreaField(
        _l("What is wrong?"), filters=[cleaned],
        validators=[InputRequired(_l("Please write a few words.")), Length(max=1000)],
    )  # fmt: skip
    ended = MomentField(_l("When did it really end?"))


class AnswerForm(OnceForm):
    """What the volunteer will read."""

    text = StringField(
        _l("Your answer"), filters=[cleaned], validators=[InputRequired(_l("Please say why.")), Length(max=400)]
    )
    ended = MomentField(_l("Right end (else the one asked for)"))
