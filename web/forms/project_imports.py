"""The file of an office's list of running projects."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from web.forms.projects import InCommunityForm


class ProjectSheetForm(InCommunityForm):
    """A list of projects that run already."""

    file = FileField(_l("The list (.xlsx or .csv)"), validators=[FileRequired(_l("Please choose a file."))])
