"""What is typed about a place: its name, numbers and hours."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, Optional, Regexp

from models import sheets
from models.places import CourtyardType, Place, PlaceKind
from web import sentences
from web.forms.base import EditForm, cleaned, options

SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
DAYS = (
    _l("Monday"),
    _l("Tuesday"),
    _l("Wednesday"),
    _l("Thursday"),
    _l("Friday"),
    _l("Saturday"),
    _l("Sunday"),
)


def spans_of(text: str) -> list[list[str]]:
    """Return 09:00-12:00 13:30-17:30 as pairs. Errors: ValueError for anything else."""
    spans = [SPAN.fullmatch(sheets.fold(part)) for part in (text or "").replace("，", " ").replace(",", " ").split()]
    pairs = [[f"{s[1]}:{s[2]}", f"{s[3]}:{s[4]}"] for s in spans if s]
    flat = [moment for pair in pairs for moment in pair]
    if None in spans or len(pairs) > 3 or flat != sorted(set(flat)):
        raise ValueError(text)
    return pairs


def checked_spans(form: Any, field: Any) -> None:
    try:
        spans_of(field.data or "")
    except ValueError:
        raise ValidationError(
            _l("Please write it like 09:00-12:00 13:30-17:30, or leave it empty when closed.")
        ) from None


def checked_phone(form: Any, field: Any) -> None:
    if field.data and sheets.parse_phone(field.data) is None and not re.fullmatch(r"1\d{2}|12345", field.data):
        raise ValidationError(_l("This is not a phone number. Please check the digits."))


class PlaceForm(EditForm):
    """Everything that may be rewritten."""

    name = StringField(
        _l("Name of the place"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write a name.")), Length(max=60)],
    )
    courtyard_type = SelectField(_l("Kind of courtyard"), validators=[Optional()])
    households = StringField(
        _l("Households in all"),
        filters=[cleaned],
        validators=[Optional(), Regexp(re.compile(r"\d{1,5}\Z", re.ASCII), message=_l("Please write a whole number."))],
    )
    phone = StringField(_l("Phone"), filters=[cleaned], validators=[Length(max=40), checked_phone])
    duty_phone = StringField(
        _l("Phone on duty, day and night"), filters=[cleaned], validators=[Length(max=40), checked_phone]
    )
    rural = BooleanField(_l("A village: farming is among what people ask for"))
    asking_months = SelectField(
        _l("How often the same person is asked how a project went"),
        choices=options([
            ("1", _l("At most once a month")), ("2", _l("At most once in two months")),
            ("3", _l("At most once a quarter")), ("6", _l("At most once in half a year")),
        ]),
        default="1",
    )  # fmt: skip
    day0, day1, day2, day3, day4, day5, day6 = (
        StringField(day, filters=[cleaned], validators=[Length(max=60), checked_spans]) for day in DAYS
    )

    def __init__(self, *args: Any, kind: PlaceKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        words = [(one, sentences.label(one)) for one in CourtyardType]
        self.courtyard_type.choices = options([("", "—"), *words])

    @property
    def days(self) -> list[Any]:
        """Return the seven fields of the opening hours."""
        return [self[f"day{n}"] for n in range(7)]

    @classmethod
    def of(cls, place: Place) -> PlaceForm:
        """Return the form filled with a place."""
        hours = {f"day{n}": " ".join("-".join(span) for span in place.hours.get(str(n), [])) for n in range(7)}
        values = {
            "name": place.name, "courtyard_type": place.courtyard_type or "",
            "households": "" if place.households is None else str(place.households), "phone": place.phone,
            "duty_phone": place.duty_phone, "rural": place.rural,
            "asking_months": str(place.asking_months), "version": place.version,
        }  # fmt: skip
        return cls(data={**values, **hours}, kind=PlaceKind(place.kind))

    def values(self) -> dict[str, Any]:
        """Return what the verb takes."""
        courtyard = self.kind == PlaceKind.COURTYARD
        hours = {str(n): spans_of(field.data or "") for n, field in enumerate(self.days)}
        return {
            "courtyard_type": CourtyardType(self.courtyard_type.data)
            if courtyard and self.courtyard_type.data
            else None,
            "households": int(self.households.data) if courtyard and self.households.data else None,
            "phone": self.phone.data,
            "duty_phone": self.duty_phone.data,
            "rural": bool(self.rural.data),
            "asking_months": int(self.asking_months.data),
            "opening_hours": {day: spans for day, spans in hours.items() if spans},
        }


class NewPlaceForm(PlaceForm):
    """A new place below another one."""

    code = StringField(
        _l("Official code"),
        filters=[cleaned],
        validators=[
            InputRequired(_l("Please write a code.")),
            Regexp(re.compile(r"[0-9A-Za-z-]{1,40}\Z", re.ASCII), message=_l("Digits, Latin letters and dashes only.")),
        ],
    )
