"""What is said to colleagues, and whom it calls."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from models.talk import LONGEST, Talk
from web.forms.base import OnceForm, cleaned, options


class CommentForm(OnceForm):
    """One thing said."""

    text = TextAreaField(
        _l("To your colleagues"),
        id="said",  # It stands in pages whose own forms have a text, too.
        filters=[cleaned],
        validators=[
            InputRequired(_l("Please write what you want to say.")),
            Length(max=LONGEST, message=_l("This is too long.")),
        ],
    )
    to = SelectMultipleField(
        _l("Whom it calls"),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offering(self, talk: Talk) -> CommentForm:
        """Offer those who take part, and return the form."""
        self.to.choices = options((one.public_id, one.name) for one in talk.others)
        return self
