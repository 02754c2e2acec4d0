"""What a clerk ticks on a suggestion: which needs, and which of them stands for the others."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectMultipleField
from wtforms.validators import InputRequired

from web.forms.base import OnceForm


class ChosenForm(OnceForm):
    """The ticked members."""

    need = SelectMultipleField(_l("Matters"), validate_choice=False)


class MergeForm(ChosenForm):
    """The ticked members, and the one that they are handled with."""

    target = HiddenField(validators=[InputRequired(_l("Please choose the matter that stands for all."))])


class MoveForm(OnceForm):
    """One matter that is moved by hand."""

    matter = HiddenField(validators=[InputRequired(_l("Please choose a matter."))])
