"""What is typed on a notice, and where it hangs."""

from __future__ import annotations

from datetime import date

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from models.base import SHANGHAI
from models.notices import LONGEST_TEXT, LONGEST_TITLE, NoticeKind
from web.forms.base import EditForm, cleaned
from web.forms.desk import words_for
from web.forms.moments import DayField


class NoticeForm(EditForm):
    """A notice for the board."""

    place = SelectField(_l("Where does it hang?"), choices=[], validate_choice=True)
    kind = RadioField(_l("Notice or policy?"), choices=lambda: words_for(NoticeKind), default=NoticeKind.NOTICE.value)
    title = StringField(
        _l("What is it about?"), filters=[cleaned],
        validators=[InputRequired(_l("Please write a short title.")), Length(max=LONGEST_TITLE)],
    )  # fmt: skip
    text = TextAreaField(
        _l("What should everybody know?"), filters=[cleaned],
        validators=[InputRequired(_l("Please write a few words.")), Length(max=LONGEST_TEXT)],
    )  # fmt: skip
    expires_on = DayField(_l("Hangs until"), validators=[Optional()])
    papers_files = MultipleFileField(_l("Papers"))

    @property
    def papers(self) -> list[str]:
        """Return the papers that it has already and keeps."""
        return [one for one in request.form.getlist("papers") if len(one) == 10]

    @property
    def last_day(self) -> date | None:
        """Return the last day, None where none was chosen."""
        moment = self.expires_on.moment
        return moment.astimezone(SHANGHAI).date() if moment else None
