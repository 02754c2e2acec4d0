"""Which sheet somebody wants without masks, and why; and why not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from models.places import PlaceLine
from models.unmasked_files import UnmaskedKind
from web import sentences
from web.forms.base import OnceForm, cleaned, options
from web.forms.ledgers import OfOneCommunityForm


class AskUnmaskedForm(OfOneCommunityForm):
    """Which list, of which community, and what for."""

    kind = SelectField(_l("What to take along"))
    reason = TextAreaField(
        _l("What is it for, and who will hold it?"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write why.")), Length(max=500, message=_l("This is too long."))],
    )

    def __init__(self, communities: Sequence[PlaceLine], kinds: Sequence[UnmaskedKind], **kwargs: Any) -> None:
        super().__init__(communities, **kwargs)
        self.kind.choices = options((kind, sentences.label(kind)) for kind in kinds)


class RefuseUnmaskedForm(OnceForm):
    """Why the file does not leave."""

    reason = TextAreaField(
        _l("Why not?"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write why.")), Length(max=500, message=_l("This is too long."))],
    )
