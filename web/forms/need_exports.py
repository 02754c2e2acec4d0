"""How needs are taken along."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from web.forms.base import Form, options

KINDS = {"xlsx": _l("For Excel and WPS (.xlsx)"), "csv": _l("As plain table (.csv)")}


class ExportForm(Form):
    """The kind of file."""

    kind = RadioField(_l("File"), choices=lambda: options(KINDS.items()), default="xlsx")
