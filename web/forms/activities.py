"""What is typed about an activity, and the code of the day."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from web.forms.base import OnceForm, cleaned, options
from web.forms.moments import MomentField, NumberField


class OccasionForm(OnceForm):
    """What, where and when, and who is in charge: of an activity, or of one that is meant."""

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
    in_charge = StringField(
        _l("Person in charge"), filters=[cleaned],
        validators=[InputRequired(_l("Please write a name.")), Length(max=60)],
    )  # fmt: skip


class ActivityForm(OccasionForm):
    """An activity that is announced."""

    capacity = NumberField(_l("How many may come"))
    project = SelectField(_l("Which project does it belong to?"), validators=[Optional()], choices=[])


class SignUpForm(OnceForm):
    """For whom a place is wanted, and in which part."""

    person = SelectField(_l("Who is coming?"), choices=[])
    part = RadioField(
        _l("As what?"),
        choices=options([("SERVED", _l("I take part")), ("VOLUNTEER", _l("I help as a volunteer"))]),
        default="SERVED",
    )


class CodeForm(OnceForm):
    """The six digits at the entrance."""

    code = StringField(
        _l("Code of the day"), filters=[cleaned],
        validators=[InputRequired(_l("Please type the six digits.")), Length(max=12)],
    )  # fmt: skip
    person = SelectField(_l("Who is coming?"), choices=[])
    part = RadioField(
        _l("As what?"),
        choices=options([("SERVED", _l("I take part")), ("VOLUNTEER", _l("I help as a volunteer"))]),
        default="SERVED",
    )


class CallOffForm(OnceForm):
    """Why it does not take place."""

    reason = StringField(
        _l("Reason"), filters=[cleaned], validators=[InputRequired(_l("Please say why.")), Length(max=400)]
    )
