"""What is written down when somebody calls or comes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional, Regexp

from models.front_desk import NUMBER, WAYS
from models.needs import Source
from web.forms.base import OnceForm, cleaned
from web.forms.desk import words_for

PHONE = r"^\+?[\d\s-]{5,20}$"


class EntryForm(OnceForm):
    """Who, what, where, and who answers."""

    person = HiddenField(filters=[cleaned], validators=[Length(max=10)])
    name = StringField(_l("Name"), filters=[cleaned], validators=[Length(max=60)])
    phone = StringField(
        _l("Phone"),
        filters=[cleaned],
        validators=[Optional(), Regexp(PHONE, message=_l("This is not a phone number. Please check the digits."))],
    )
    building = StringField(_l("Building"), filters=[cleaned], validators=[Length(max=20)])
    text = TextAreaField(
        _l("What is it about? In their words."),
        filters=[cleaned],
        validators=[Length(max=5000, message=_l("This is too long."))],
    )
    place = SelectField(_l("Where"), validate_choice=False)
    place_detail = StringField(_l("More exactly"), filters=[cleaned], validators=[Length(max=200)])
    source = SelectField(_l("How it reached us"), choices=lambda: words_for(Source, only=WAYS))
    handler = SelectField(_l("Who answers"), default="")
    consent = BooleanField(_l("They agreed that I write this down for them"))

    def begin(self, person: str, said: str) -> None:
        """Begin for a person of the register; else what was said and found nobody is not to be typed again."""
        self.person.data = person
        if not person and said:
            field = self.phone if NUMBER.fullmatch(said) else self.name
            field.data = said
