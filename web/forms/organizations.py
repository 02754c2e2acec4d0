"""What is typed about an organization."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from models.organizations import LegalForm
from web import sentences
from web.forms.base import EditForm, cleaned, options


class OrganizationForm(EditForm):
    """Name, form, credit code and phone."""

    name = StringField(
        _l("Name of the organization"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write a name.")), Length(max=100)],
    )
    legal_form = SelectField(_l("Registered as"))
    uscc = StringField(_l("Unified social credit code"), filters=[cleaned], validators=[Length(max=18)])
    phone = StringField(_l("Phone"), filters=[cleaned], validators=[Length(max=40)])
    is_support = BooleanField(_l("Supports other organizations, and does not take projects that it watches"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.legal_form.choices = options((one, sentences.label(one)) for one in LegalForm)

    def values(self) -> dict[str, Any]:
        """Return what the verbs take."""
        return {
            "legal_form": LegalForm(self.legal_form.data), "is_support": bool(self.is_support.data),
            "uscc": (self.uscc.data or "").upper() or None, "phone": self.phone.data or None,
        }  # fmt: skip
