"""What is typed about people of the register."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, Optional, Regexp

from models import sheets
from models.base import today
from models.people import MandateKind, MandateWay, PersonState, Tag, TagBasis
from models.places import PlaceKind
from models.places import lines as places
from web import sentences
from web.forms.base import EditForm, Form, OnceForm, cleaned, options


def _words(*members: Any) -> list[tuple[Any, str]]:
    return [(one, sentences.label(one)) for one in members]


def _day(form: Any, field: Any) -> None:
    if field.data and sheets.parse_day(field.data) is None:
        raise ValidationError(_l("This is not a day. Please write it like 2026-03-01."))


class SearchForm(Form):
    """Words to look for in the register."""

    q = StringField(_l("Name, building, or a whole phone number"), filters=[cleaned], validators=[Length(max=60)])
    state = SelectField(_l("State"), validators=[Optional()])
    tag = SelectField(_l("Mark"), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody, any_mark = [("", _l("Everybody here"))], [("", _l("Any"))]
        self.state.choices = options([*everybody, *_words(*(one for one in PersonState if one != PersonState.COMING))])
        self.tag.choices = options([*any_mark, *_words(*Tag)])


class PersonForm(EditForm):
    """Name, number and door."""

    name = StringField(
        _l("Name"), filters=[cleaned], validators=[InputRequired(_l("Please write a name.")), Length(max=60)]
    )
    phone = StringField(_l("Phone number"), filters=[cleaned], validators=[Length(max=40)])
    gender = SelectField(_l("Gender"), validators=[Optional()])
    birth_year = StringField(
        _l("Year of birth"),
        filters=[cleaned],
        validators=[Optional(), Regexp(re.compile(r"(19|20)\d{2}\Z", re.ASCII), message=_l("Four digits, please."))],
    )
    courtyard = SelectField(_l("Courtyard"), validators=[Optional()])
    building = StringField(_l("Building"), filters=[cleaned], validators=[Length(max=20)])
    unit = StringField(_l("Stairwell"), filters=[cleaned], validators=[Length(max=20)])
    room = StringField(_l("Room"), filters=[cleaned], validators=[Length(max=20)])

    def __init__(self, *args: Any, community_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gender.choices = options([("", "—"), ("F", _l("Female")), ("M", _l("Male"))])
        self.lines = {line.public_id: line for line in places(PlaceKind.COURTYARD, community_id=community_id)}
        self.courtyard.choices = options([("", "—"), *((key, line.name) for key, line in self.lines.items())])

    def validate_birth_year(self, field: Any) -> None:
        """Refuse a year to come."""
        if field.data and not field.errors and int(field.data) > today().year:
            raise ValidationError(_l("This year is yet to come."))

    def values(self) -> dict[str, Any]:
        """Return what the verbs take."""
        line = self.lines.get(self.courtyard.data or "")
        return {
            "gender": self.gender.data or None,
            "birth_year": int(self.birth_year.data) if self.birth_year.data else None,
            "courtyard_id": line.id if line else None, "building": self.building.data or None,
            "unit": self.unit.data or None, "room": self.room.data or None, "phone": self.phone.data or None,
        }  # fmt: skip


class RevealForm(Form):
    """Why somebody looks at a number."""

    reason = SelectField(
        _l("What for"),
        choices=options(
            [("MATTER", _l("About a matter of theirs")), ("VISIT", _l("For a visit")),
             ("CHECK", _l("To check the entry")),
             ("EMERGENCY", _l("An emergency"))]
        ),
    )  # fmt: skip


class StateForm(OnceForm):
    """That somebody moved, died, wants no contact, or is back."""

    state = SelectField(
        _l("State"),
        choices=[],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        some = (PersonState.ACTIVE, PersonState.MOVED, PersonState.DIED, PersonState.REFUSES)
        self.state.choices = options(_words(*some))


class TagForm(OnceForm):
    """A mark and why it may be kept."""

    tag = SelectField(_l("Mark"))
    basis = SelectField(_l("Why it may be kept"), validators=[Optional()])
    basis_on = StringField(_l("Since"), filters=[cleaned], validators=[Optional(), Length(max=20), _day])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tag.choices = options(_words(*Tag))
        self.basis.choices = options([("", _l("Not known yet (hidden, counts nowhere)")), *_words(*TagBasis)])

    def values(self) -> dict[str, Any]:
        """Return what the verb takes."""
        day = sheets.parse_day(self.basis_on.data) if self.basis_on.data else None
        return {"basis": TagBasis(self.basis.data) if self.basis.data else None, "basis_on": day}


class EndTagForm(OnceForm):
    """Which mark is taken away."""

    tag = SelectField(choices=[])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tag.choices = options(_words(*Tag))


class OtherForm(OnceForm):
    """Another person of the register."""

    other = SelectField(_l("Person"), validators=[InputRequired(_l("Please choose a person."))])

    def __init__(self, *args: Any, near: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.other.choices = options(
            (line.public_id, " ".join(filter(None, (line.name, line.courtyard, line.building, line.phone))))
            for line in near
        )


class MergeForm(OtherForm):
    """The entry that stays, and why."""

    why = TextAreaField(_l("Why they are one person"), filters=[cleaned], validators=[Length(max=300)])


class MandateForm(OnceForm):
    """Who may act for a person, and how the person said so."""

    phone = StringField(
        _l("Phone number of the account"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write a phone number.")), Length(max=40)],
    )
    kind = SelectField(_l("Acts as"))
    way = SelectField(_l("How the person said so"))
    last_day = StringField(_l("Last day"), filters=[cleaned], validators=[Optional(), Length(max=20), _day])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = options(_words(*MandateKind))
        self.way.choices = options(_words(MandateWay.ON_SIGHT, MandateWay.PHONE, MandateWay.PAPER))

    @property
    def on(self) -> date | None:
        """Return the last day, where one was chosen."""
        return sheets.parse_day(self.last_day.data) if self.last_day.data else None
