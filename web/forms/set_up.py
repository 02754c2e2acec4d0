"""What is typed in a community's first days: name, hours and phones, a list of courtyards, and reasons."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from models.places import UNNAMED, Place, YardLine, read_layout
from models.set_up import Checklist
from web import sentences
from web.forms.base import EditForm, OnceForm, cleaned, options
from web.forms.places import checked_phone, checked_spans, spans_of

WEEK, MOST_TOLD = "01234", 8


def _number(label: Any) -> StringField:
    return StringField(
        label,
        filters=[cleaned],
        validators=[InputRequired(_l("Please write a phone number.")), Length(max=40), checked_phone],
    )


def _hours(label: Any) -> StringField:
    return StringField(label, filters=[cleaned], validators=[Length(max=60), checked_spans])


class HoursForm(EditForm):
    """A community on one short form; the five working days keep the same hours."""

    name = StringField(
        _l("Name of the community"), filters=[cleaned],
        validators=[InputRequired(_l("Please write a name.")), Length(max=60)],
    )  # fmt: skip
    phone = _number(_l("Phone"))
    duty_phone = _number(_l("Phone on duty, day and night"))
    week = _hours(_l("Monday to Friday"))
    saturday = _hours(_l("Saturday"))
    sunday = _hours(_l("Sunday"))

    def validate_week(self, field: Any) -> None:
        """Ask for hours of the week: every deadline counts in them."""
        if not field.data:
            raise ValidationError(_l("Please write the hours of a working day."))

    @classmethod
    def of(cls, place: Place) -> HoursForm:
        """Return the form filled with what is known; the usual hours where nothing was said."""
        hours = {day: " ".join("-".join(span) for span in place.hours.get(day, [])) for day in "0123456"}
        return cls(
            data={
                "name": "" if place.name == UNNAMED else place.name, "phone": place.phone, "version": place.version,
                "duty_phone": place.duty_phone, "week": hours["0"], "saturday": hours["5"], "sunday": hours["6"],
            }
        )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """Return what the verb takes."""
        week = spans_of(self.week.data or "")
        hours = dict.fromkeys(WEEK, week) | {
            "5": spans_of(self.saturday.data or ""), "6": spans_of(self.sunday.data or "")
        }  # fmt: skip
        return {
            "phone": self.phone.data, "duty_phone": self.duty_phone.data, "seen_version": self.version.data,
            "opening_hours": {day: spans for day, spans in hours.items() if spans},
        }  # fmt: skip


class LayoutForm(OnceForm):
    """The list of grids and courtyards, as it stands in the office's sheet."""

    text = TextAreaField(
        _l("Grids and courtyards, one a line"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write or paste the list.")), Length(max=40_000)],
    )

    def validate_text(self, field: Any) -> None:
        """Say which lines cannot be read; nothing is entered then."""
        faults = read_layout(field.data or "")[1]
        if faults:
            told = [
                _l("Line %(n)s: %(why)s", n=number, why=sentences.label(key, "LayoutFault"))
                for number, key in faults[:MOST_TOLD]
            ]
            raise ValidationError("; ".join(str(one) for one in told))

    @property
    def lines(self) -> list[YardLine]:
        """Return the lines that were read."""
        return read_layout(self.text.data or "")[0]


class ReasonForm(OnceForm):
    """Why a trial run lasts longer or ends early."""

    reason = StringField(
        _l("Reason"), filters=[cleaned], validators=[InputRequired(_l("Please write a reason.")), Length(max=200)]
    )


class AsideForm(OnceForm):
    """Which step a community does without, and why."""

    step = SelectField(_l("Step"))
    why = StringField(
        _l("Why"), filters=[cleaned], validators=[InputRequired(_l("Please write a reason.")), Length(max=200)]
    )

    def __init__(self, card: Checklist, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step.choices = options((one.step, sentences.label(one.step)) for one in card.checks if one.open)


class TakeUpForm(OnceForm):
    """Which step is taken up again."""

    step = StringField(validators=[InputRequired(), Length(max=8)])
