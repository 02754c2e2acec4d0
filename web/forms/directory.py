"""An entry of the directory of units in charge."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from models.kept_answers import LONGEST_ANSWER, LONGEST_QUESTION
from models.needs import Tile
from web.forms.base import EditForm, OnceForm, cleaned
from web.forms.desk import words_for


class UnitForm(EditForm):
    """Name, duties, tiles, number and hours."""

    community = SelectField(_l("Community"), validate_choice=False)
    name = StringField(
        _l("Name of the unit"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write a name.")), Length(max=60)],
    )
    duties = TextAreaField(
        _l("What it is in charge of"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write what the unit is in charge of.")), Length(max=300)],
    )
    tiles = SelectMultipleField(
        _l("For these tiles"),
        choices=lambda: words_for(Tile),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    phone = StringField(_l("Phone"), filters=[cleaned], validators=[Length(max=40)])
    hours = StringField(_l("When somebody answers"), filters=[cleaned], validators=[Length(max=80)])
    position = IntegerField(_l("Place in the list"), default=0, validators=[Optional(), NumberRange(0, 999)])


class AnswerForm(OnceForm):
    """A question and its answer, in words for everybody."""

    need = HiddenField()
    question = StringField(
        _l("The question"), filters=[cleaned],
        validators=[InputRequired(_l("Please write the question.")), Length(max=LONGEST_QUESTION)],
    )  # fmt: skip
    answer = TextAreaField(
        _l("The answer"), filters=[cleaned],
        validators=[InputRequired(_l("Please write the answer.")), Length(max=LONGEST_ANSWER)],
    )  # fmt: skip
    unit = SelectField(_l("Which unit is it about?"), validators=[Optional()], validate_choice=True)
