"""What is typed on a report: which one is begun, the clerk's note, and why it goes back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from models.reports import LONGEST_NOTE, ReportKind
from web.forms.base import EditForm, OnceForm, cleaned


class DraftForm(OnceForm):
    """The community, the period and the kind of a report that is begun."""

    place = HiddenField(filters=[cleaned])
    period = HiddenField(filters=[cleaned])
    kind = SelectField(_l("Kind"), choices=[one.value for one in ReportKind])


class HandInForm(EditForm):
    """What the clerk adds in words."""

    note = TextAreaField(
        _l("Note for the head and the street"), filters=[cleaned], validators=[Optional(), Length(max=LONGEST_NOTE)]
    )


class SendBackForm(OnceForm):
    """Why a report goes back."""

    reason = TextAreaField(
        _l("What should be different?"), filters=[cleaned],
        validators=[InputRequired(_l("Please say why.")), Length(2, 500)],
    )  # fmt: skip
