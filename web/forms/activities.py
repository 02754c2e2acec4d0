"""What is typed about an activity, and the code of the day."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from models.activities import Wants
from models.attendance import Guardian, Relation
from models.check_ins import Near
from models.people import PLACE_NOTICES
from models.volunteer_profiles import Skill
from web.forms.base import ActForm, OnceForm, cleaned, options
from web.forms.moments import DayField, MomentField, NumberField, PhoneTimeField, TicksField
from web.sentences.attendance import RELATIONS
from web.sentences.volunteer_profiles import SKILLS

# As a browser writes a number with two decimals.
ROUGH_PLACE = re.compile(r"(-?\d{1,2}\.\d\d),(-?\d{1,3}\.\d\d)", re.ASCII)

WEEKDAYS = (
    (1, _l("Monday")), (2, _l("Tuesday")), (3, _l("Wednesday")), (4, _l("Thursday")), (5, _l("Friday")),
    (6, _l("Saturday")), (7, _l("Sunday")),
)  # fmt: skip


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


class NeedsMixin:
    """How many may come, what helpers must be able to do, and what may happen."""

    capacity = NumberField(_l("How many may come"))
    skill = SelectField(
        _l("What must volunteers be able to do?"), validators=[Optional()],
        choices=options([("", _l("Nothing special")), *SKILLS.items()]),
    )  # fmt: skip
    risk = StringField(_l("What may happen? Only where it is risky"), filters=[cleaned], validators=[Length(max=200)])

    @property
    def wants(self) -> Wants:
        """Return what the activity asks for."""
        return Wants(Skill(self.skill.data) if self.skill.data else None, self.risk.data or "")


class ActivityForm(NeedsMixin, OccasionForm):
    """An activity that is announced, once or again every week."""

    weekdays = TicksField(_l("On which days of the week?"), choices=options((str(n), word) for n, word in WEEKDAYS))
    until = DayField(_l("Until which day?"), validators=[Optional()])
    project = SelectField(_l("Which project does it belong to?"), validators=[Optional()], choices=[])


class ChangeForm(NeedsMixin, OccasionForm):
    """An activity that is changed; others may change it at the same time."""

    version = IntegerField(validators=[Optional()])


class InsuranceForm(OnceForm):
    """The insurance without which nobody is noted at a risky activity."""

    number = StringField(
        _l("Number of the insurance"), filters=[cleaned],
        validators=[InputRequired(_l("Please copy the number from the policy.")), Length(max=60)],
    )  # fmt: skip
    first = DayField(_l("Valid from"), validators=[InputRequired(_l("Please choose a day."))])
    last = DayField(_l("Valid until"), validators=[InputRequired(_l("Please choose a day."))])


class GuardianForm(OnceForm):
    """Whose word there is for a minor."""

    guardian = StringField(_l("Name of the guardian who agrees"), filters=[cleaned], validators=[Length(max=60)])
    relation = SelectField(_l("Who is that?"), choices=options(RELATIONS.items()), default="PARENT")

    @property
    def named(self) -> Guardian | None:
        """Return the guardian, or None where nobody was named."""
        return Guardian(self.guardian.data, Relation(self.relation.data)) if self.guardian.data else None


class SignUpForm(GuardianForm):
    """For whom a place is wanted, in which part, and for a minor whose word."""

    person = SelectField(_l("Who is coming?"), choices=[])
    part = RadioField(
        _l("As what?"),
        choices=options([("SERVED", _l("I take part")), ("VOLUNTEER", _l("I help as a volunteer"))]),
        default="SERVED",
    )


class RoughPlaceField(HiddenField):
    """A place that a phone has rounded to hundredths of a degree; what is finer is none. It is never shown again.

    It refuses nothing: whoever checks in is not kept at the door by their phone's idea of where that is.
    """

    near: Near | None = None

    def _value(self) -> str:
        return ""

    def pre_validate(self, form: Any) -> None:
        """Read the place by its shape, or leave it."""
        found = ROUGH_PLACE.fullmatch(self.data or "")
        north, east = (int(part.replace(".", "")) for part in found.groups()) if found else (99999, 99999)
        self.near = Near(north, east) if abs(north) <= 9000 and abs(east) <= 18000 else None


class CodeForm(OnceForm):
    """The six digits on the screen or at the entrance, or what a phone has scanned; from where there was no network also when."""

    done_at = PhoneTimeField()
    code = StringField(
        _l("Six digits"), filters=[cleaned],
        validators=[InputRequired(_l("Please type the six digits.")), Length(max=80)],
    )  # fmt: skip
    person = SelectField(_l("Who is coming?"), choices=[])
    part = RadioField(
        _l("As what?"),
        choices=options([("SERVED", _l("I take part")), ("VOLUNTEER", _l("I help as a volunteer"))]),
        default="SERVED",
    )
    near_wanted = BooleanField(_l("Also note roughly where I am (voluntary)"))
    near = RoughPlaceField()
    near_notice = HiddenField(default=PLACE_NOTICES[0])

    @property
    def place(self) -> Near | None:
        """Return roughly where the phone is, if its owner ticked that under a text that we know."""
        known = self.near_notice.data in PLACE_NOTICES
        return self.near.near if self.near_wanted.data and known else None


class LeaveForm(ActForm):
    """That somebody leaves, with what was scanned if anything was."""

    done_at = PhoneTimeField()
    code = HiddenField(validators=[Length(max=80)])


class LeavingTimeForm(OnceForm):
    """When somebody left who did not check out."""

    left = MomentField(_l("When did you leave?"), validators=[InputRequired(_l("Please choose a day and a time."))])


class CallOffForm(OnceForm):
    """Why it does not take place."""

    reason = StringField(
        _l("Reason"), filters=[cleaned], validators=[InputRequired(_l("Please say why.")), Length(max=400)]
    )
