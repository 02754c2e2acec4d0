"""What comes with one picture."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField

from web.forms.base import OnceForm


class PhotoForm(OnceForm):
    """One picture, sent as it is picked."""

    photo = FileField(_l("Photo"), validators=[FileRequired(_l("Please choose a picture."))])
    taken_at = HiddenField()
