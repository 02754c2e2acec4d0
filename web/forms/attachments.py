"""What comes with one picture."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField

from web.forms.base import OnceForm


class PhotoForm(OnceForm):
    """One picture, sent as it is picked."""

    photo = FileField(_l("Photo"), validators=[FileRequired(_l("Please choose a picture."))])
    taken_at = HiddenField()
    entry = HiddenField()

    @property
    def said_at(self) -> datetime | None:
        """Return when the phone says that the picture was made, None where it says nothing that can be read."""
        try:
            said = datetime.fromisoformat(self.taken_at.data or "")
        except ValueError:
            return None
        return said if said.tzinfo and said.year > 2000 else None
