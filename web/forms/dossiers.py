"""What is typed when records are drawn."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length

from web.forms.base import OnceForm, cleaned
from web.forms.moments import NumberField


class DrawForm(OnceForm):
    """How many are drawn and, from the second time on, why again."""

    size = NumberField(_l("How many records"))
    reason = TextAreaField(_l("Why again"), filters=[cleaned], validators=[Length(max=300)])
