"""How a call of the to-notify list went."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from web.forms.base import ActForm, OnceForm, options


class TickForm(OnceForm):
    """Told, nobody answered, or to be called again."""

    outcome = SelectField(
        _l("How did the call go?"),
        choices=options(
            [
                ("TOLD", _l("Told")),
                ("NO_ANSWER", _l("No answer")),
                ("AGAIN", _l("Call again")),
                ("WRONG_NUMBER", _l("Wrong number")),
                ("GIVEN_UP", _l("Looked for, not found")),
            ]
        ),
    )


class PressForm(ActForm):
    """One button: the number shown."""
