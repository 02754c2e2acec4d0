"""A ready sentence: for which step and field, its name and its words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from models.answer_templates import TemplateStep
from models.needs import Field
from web.forms.base import EditForm, cleaned
from web.forms.desk import words_for


class TemplateForm(EditForm):
    """A ready sentence."""

    community = SelectField(_l("Community"), validate_choice=False)
    step = SelectField(_l("For which step"), choices=lambda: words_for(TemplateStep))
    field = SelectField(_l("For which field"), choices=lambda: words_for(Field, empty=_l("any field")))
    title = StringField(
        _l("Name of the sentence"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write a name.")), Length(max=40)],
    )
    text = TextAreaField(
        _l("The sentence"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write the sentence.")), Length(max=1000)],
    )
