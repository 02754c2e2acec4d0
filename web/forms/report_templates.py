"""The file that an office brings as its template."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from models.report_templates import LONGEST_NAME
from models.reports import ReportKind
from web import sentences
from web.forms.base import OnceForm, cleaned, options


class TemplateForm(OnceForm):
    """A template with its name, for one kind of report and one place."""

    place = SelectField(_l("Whose template"), choices=[])
    kind = SelectField(_l("For which report"), choices=[])
    name = StringField(
        _l("Name of the template"), filters=[cleaned],
        validators=[InputRequired(_l("Please give it a name.")), Length(max=LONGEST_NAME)],
    )  # fmt: skip
    file = FileField(_l("Template (.xlsx or .docx)"), validators=[FileRequired(_l("Please choose a file."))])

    def __init__(self, places: list[tuple[str, str]], **more: object) -> None:
        super().__init__(**more)
        self.place.choices = options(places)
        self.kind.choices = options((one, sentences.label(one)) for one in ReportKind)
