"""The file that an office brings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField

from web.forms.base import OnceForm


class ImportForm(OnceForm):
    """A sheet, and the community whose needs it holds."""

    community = SelectField(_l("Community"), validate_choice=False)
    file = FileField(_l("Sheet (.xlsx, .csv or .jsonl)"), validators=[FileRequired(_l("Please choose a file."))])
