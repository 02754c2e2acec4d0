"""What is typed about a hint: which, what explains it, and what is decided of it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length

from models.hints import HintVerdict
from web.forms.base import OnceForm, cleaned

_MARK = [InputRequired(), Length(max=80)]


class CommentForm(OnceForm):
    """What explains it."""

    mark = HiddenField(filters=[cleaned], validators=_MARK)
    text = TextAreaField(
        _l("What explains it?"), filters=[cleaned],
        validators=[InputRequired(_l("Please write a few words.")), Length(max=1000)],
    )  # fmt: skip


class DecisionForm(OnceForm):
    """Confirmed or dismissed, and why."""

    mark = HiddenField(filters=[cleaned], validators=_MARK)
    verdict = StringField(filters=[cleaned], validators=[AnyOf([one.value for one in HintVerdict])])
    reason = TextAreaField(
        _l("Why? (at least ten characters)"), filters=[cleaned],
        validators=[InputRequired(_l("Please say why.")), Length(max=1000)],
    )  # fmt: skip
